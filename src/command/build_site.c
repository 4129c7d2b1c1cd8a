/* Renders pages in parallel: one arena and one buffer a worker, results go to the stage by path. */
#include "command/build_site.h"

#include "base/pool.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Neighbours share a directory: one worker makes them, so that two do not create files in one. */
enum { CHUNK = 8, WORKERS_MAX = 64 };

struct worker {
    struct arena *arena;
    struct buf out;
};

struct run {
    const struct build_site *site;
    struct worker workers[WORKERS_MAX];
    size_t count;
    atomic_size_t done;
    atomic_bool failed;
    bool (*make)(struct run *run, struct worker *worker, size_t index);
    const char *what; /* "pages" */
};

static bool put(struct run *run, const char *path, struct buf *out) {
    const struct build_site *site = run->site;
    if (out->overflow) {
        diag_add(site->project->diags, DIAG_ERROR, "render-incomplete", (struct place){path, 0, 0},
                 "the template could not be rendered to its end");
        return false;
    }
    return stage_put(site->stage, path, buf_text(out), out->len);
}

/* "models/x/index.html", "prices", ".csv" -> "models/x/prices.csv" */
static const char *beside(struct arena *arena, const char *path, const char *name,
                          const char *ending) {
    const char *slash = strrchr(path, '/');
    return arena_printf(arena, "%.*s%s%s", slash ? (int)(slash + 1 - path) : 0, path, name, ending);
}

static bool put_twins(struct run *run, struct worker *worker, const struct page *page) {
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        if (!block->table || !block->table->downloadable)
            continue;
        buf_reset(&worker->out);
        render_table_csv(block->table, &worker->out);
        if (!put(run, beside(worker->arena, page->path, block->name, ".csv"), &worker->out))
            return false;
        buf_reset(&worker->out);
        render_table_json(block->table, &worker->out);
        if (!put(run, beside(worker->arena, page->path, block->name, ".json"), &worker->out))
            return false;
    }
    return true;
}

static bool make_page(struct run *run, struct worker *worker, size_t index) {
    const struct build_site *site = run->site;
    const struct page *page = page_make(site->plan, index, worker->arena);
    render_html(site->theme, &site->context, page, &worker->out);
    return put(run, page->path, &worker->out) && put_twins(run, worker, page);
}

static bool make_report(struct run *run, struct worker *worker, size_t index) {
    const struct build_site *site = run->site;
    const struct page *page = page_report_make(site->plan, index, worker->arena);
    return render_pdf(site->theme, &site->context, page, &worker->out, site->project->diags) &&
           put(run, page->path, &worker->out);
}

static void show_progress(const struct run *run, size_t done) {
    fprintf(stderr, "\r%s %zu of %zu", run->what, done, run->count);
    if (done == run->count)
        fputs("\r\033[K", stderr);
    fflush(stderr);
}

static void make_chunk(void *context, size_t chunk, unsigned number) {
    struct run *run = context;
    struct worker *worker = &run->workers[number];
    size_t first = chunk * CHUNK, end = first + CHUNK < run->count ? first + CHUNK : run->count;
    for (size_t i = first; i < end && !atomic_load(&run->failed); i++) {
        arena_reset(worker->arena);
        buf_reset(&worker->out);
        if (!run->make(run, worker, i))
            atomic_store(&run->failed, true);
    }
    size_t done = atomic_fetch_add(&run->done, end - first) + (end - first);
    if (run->site->progress && (number == 0 || done == run->count))
        show_progress(run, done);
}

static bool run_all(struct run *run) {
    unsigned jobs = run->site->jobs > WORKERS_MAX ? WORKERS_MAX : run->site->jobs;
    for (unsigned i = 0; i < WORKERS_MAX && (i == 0 || i < jobs); i++)
        run->workers[i].arena = arena_new();
    pool_run(jobs, (run->count + CHUNK - 1) / CHUNK, make_chunk, run);
    for (unsigned i = 0; i < WORKERS_MAX; i++) {
        arena_free(run->workers[i].arena);
        buf_free(&run->workers[i].out);
    }
    return !atomic_load(&run->failed);
}

bool build_pages(const struct build_site *site) {
    struct run run = {
        .site = site, .count = page_plan_count(site->plan), .make = make_page, .what = "pages"};
    return run_all(&run);
}

bool build_reports(const struct build_site *site) {
    struct run run = {.site = site,
                      .count = page_report_count(site->plan),
                      .make = make_report,
                      .what = "reports"};
    return site->pdf == BUILD_PDF_NONE || run_all(&run);
}

static bool put_text(const struct build_site *site, const char *path, struct buf *out) {
    bool ok = stage_put(site->stage, path, buf_text(out), out->len);
    buf_reset(out);
    return ok;
}

static bool is_html(const char *path) {
    size_t n = strlen(path);
    return n > 5 && strcmp(path + n - 5, ".html") == 0 && strcmp(path, "404.html") != 0;
}

bool build_listings(const struct build_site *site) {
    size_t count = page_plan_count(site->plan), kept = 0;
    const char **paths = ARENA_ARRAY(site->project->arena, count, const char *);
    for (size_t i = 0; i < count; i++)
        if (is_html(page_plan_path(site->plan, i)))
            paths[kept++] = page_plan_path(site->plan, i);
    struct buf out = BUF_INIT;
    render_sitemap(&site->context, paths, kept, &out);
    bool ok = put_text(site, "sitemap.xml", &out);
    render_robots(&site->context, &out);
    ok = ok && put_text(site, "robots.txt", &out);
    buf_free(&out);
    return ok;
}
