/* Renders pages in parallel: one arena and one buffer a worker, results go to the stage by path. */
#include "command/build_site.h"

#include "base/hash.h"
#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Neighbours share a directory: one worker makes them, so that two do not create files in one. */
enum { CHUNK = 8, WORKERS_MAX = 64 };

struct worker {
    struct arena *arena, *kept; /* of one page; of all */
    struct page_maker *maker;
    struct buf out;
};

struct run {
    const struct build_site *site;
    struct worker workers[WORKERS_MAX];
    size_t count, own; /* pages of the site, and of this part */
    size_t chunks;     /* of this part */
    unsigned jobs;
    atomic_size_t done;
    atomic_bool failed;
    pthread_mutex_t noted_lock; /* the project's arena serves one thread at a time */
    bool (*make)(struct run *run, struct worker *worker, size_t index);
    const char *what; /* "pages" */
};

void build_incomplete(const struct build_site *site, const char *path) {
    diag_add(site->project->diags, DIAG_ERROR, "render-incomplete", (struct place){path, 0, 0},
             "the template could not be rendered to its end");
}

static bool put_keyed(struct run *run, const char *path, uint64_t key, struct buf *out) {
    const struct build_site *site = run->site;
    if (out->overflow) {
        build_incomplete(site, path);
        return false;
    }
    return stage_put_keyed(site->stage, path, key, buf_text(out), out->len);
}

static bool put(struct run *run, const char *path, struct buf *out) {
    return put_keyed(run, path, 0, out);
}

/* "models/x/index.html", "prices", ".csv" -> "models/x/prices.csv" */
static const char *beside(struct arena *arena, const char *path, const char *name,
                          const char *ending) {
    const char *slash = strrchr(path, '/');
    return arena_printf(arena, "%.*s%s%s", slash ? (int)(slash + 1 - path) : 0, path, name, ending);
}

/* Of a file that the hash says all about, but what decides every file; 0: not known. */
static uint64_t key_of(const struct build_site *site, uint64_t hash) {
    const char *as_of = site->context.as_of;
    uint64_t parts[] = {site->rest_hash, hash};
    return site->rest_hash && hash
               ? hash_bytes(as_of, as_of ? strlen(as_of) : 0, hash_bytes(parts, sizeof parts, 0))
               : 0;
}

static bool put_table_twins(struct run *run, struct worker *worker, const char *path,
                            const struct block *block, uint64_t key) {
    struct stage *stage = run->site->stage;
    const char *csv = beside(worker->arena, path, block->name, ".csv");
    const char *json = beside(worker->arena, path, block->name, ".json");
    bool same_csv = stage_keep(stage, csv, key), same_json = stage_keep(stage, json, key);
    if (same_csv && same_json)
        return true;
    const struct raw_figures *raw = render_raw(worker->arena, block->table);
    buf_reset(&worker->out);
    render_table_csv(block->table, raw, &worker->out);
    if (!same_csv && !put_keyed(run, csv, key, &worker->out))
        return false;
    buf_reset(&worker->out);
    render_table_json(block->table, raw, &worker->out);
    return same_json || put_keyed(run, json, key, &worker->out);
}

static bool put_twins(struct run *run, struct worker *worker, const struct page *page) {
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        uint64_t hash = page->table_hashes ? page->table_hashes[i] : 0;
        if (block->table && block->table->downloadable &&
            !put_table_twins(run, worker, page->path, block, key_of(run->site, hash)))
            return false;
    }
    return true;
}

/* What the lists say of the page, when the page itself is gone. */
static void note_page(struct run *run, const struct page *page, size_t index) {
    struct arena *arena = run->site->project->arena;
    pthread_mutex_lock(&run->noted_lock);
    struct listed_page *noted = ARENA_NEW(arena, struct listed_page);
    *noted = (struct listed_page){
        .path = page_plan_path(run->site->plan, index),
        .title = arena_strdup(arena, page->title),
        .description = page->description ? arena_strdup(arena, page->description) : ""};
    run->site->noted[index] = noted;
    pthread_mutex_unlock(&run->noted_lock);
}

static bool has_feed(const struct page *page) {
    return strcmp(page->path, "changes/index.html") == 0;
}

static bool put_feed(struct run *run, struct worker *worker, const struct page *page) {
    buf_reset(&worker->out);
    if (!has_feed(page))
        return true;
    return !render_page_feed(&run->site->context, page, &worker->out) ||
           put(run, "feed.xml", &worker->out);
}

static bool put_page_json(struct run *run, struct worker *worker, const struct page *page,
                          uint64_t key) {
    if (!render_has_page_json(page->path))
        return true;
    struct buf path = BUF_INIT;
    render_twin_path(page, NULL, "json", &path);
    bool ok = stage_keep(run->site->stage, buf_text(&path), key);
    buf_reset(&worker->out);
    if (!ok) {
        render_page_json(&run->site->context, page, &worker->out);
        ok = put_keyed(run, buf_text(&path), key, &worker->out);
    }
    buf_free(&path);
    return ok;
}

static bool put_html(struct run *run, struct worker *worker, const struct page *page,
                     uint64_t key) {
    const struct build_site *site = run->site;
    if (stage_keep(site->stage, page->path, key))
        return true;
    buf_reset(&worker->out);
    render_html_in(worker->arena, site->theme, &site->context, page, &worker->out);
    return put_keyed(run, page->path, key, &worker->out);
}

/* Whether all that is made with the page stays with it when it is not made: what lies in its own
   folder does. */
static bool stays_whole(const struct page *page) {
    if (publish_is_index(page->path))
        return !has_feed(page);
    for (size_t i = 0; i < page->block_count; i++)
        if (page->blocks[i].table && page->blocks[i].table->downloadable)
            return false;
    return !render_has_page_json(page->path);
}

static bool put_report(struct run *run, struct worker *worker, struct page *page) {
    const struct build_site *site = run->site;
    const char *base = site->context.base_url;
    page_detach(worker->arena, page, base && *base);
    page_hash(page, worker->arena);
    uint64_t key = key_of(site, page->fingerprint);
    if (stage_keep(site->stage, page->path, key))
        return true;
    buf_reset(&worker->out);
    return render_pdf(site->theme, &site->context, page, &worker->out, site->project->diags) &&
           put_keyed(run, page->path, key, &worker->out);
}

static bool has_report(const struct build_site *site, size_t index) {
    return site->pdf != BUILD_PDF_NONE && page_report_index(site->plan, index) != PAGE_NO_REPORT;
}

static bool put_report_of(struct run *run, struct worker *worker, const struct page *page,
                          size_t index) {
    const struct page_plan *plan = run->site->plan;
    size_t report = page_report_index(plan, index);
    return !has_report(run->site, index) ||
           put_report(run, worker, page_report_of(plan, report, page, worker->arena));
}

/* Not made where its inputs are as they were, not rendered where it says what it said. */
static bool make_page(struct run *run, struct worker *worker, size_t index) {
    const struct build_site *site = run->site;
    const char *path = page_plan_path(site->plan, index);
    uint64_t inputs = has_report(site, index) /* that is made of the page */
                          ? 0
                          : page_plan_key(site->plan, index, site->rest_hash);
    if (publish_is_index(path) ? stage_keep_folder(site->stage, path, inputs)
                               : stage_keep(site->stage, path, inputs))
        return true;
    const struct page *page = page_make_with(worker->maker, site->plan, index, worker->arena);
    uint64_t key = inputs ? 0 : key_of(site, page->fingerprint);
    if (publish_is_index(path) || !page_plan_outlined(site->plan, index)) /* pairs are many */
        note_page(run, page, index);
    return put_html(run, worker, page, inputs && stays_whole(page) ? inputs : key) &&
           put_twins(run, worker, page) && put_page_json(run, worker, page, key) &&
           put_feed(run, worker, page) && put_report_of(run, worker, page, index);
}

static bool make_guide(struct run *run, struct worker *worker, size_t index) {
    (void)index; /* there is one */
    return put_report(run, worker, page_report_guide(run->site->plan, worker->arena));
}

static void show_progress(const struct run *run, size_t done) {
    fprintf(stderr, "\r%s %zu of %zu", run->what, done, run->own);
    if (done == run->own)
        fputs("\r\033[K", stderr);
    fflush(stderr);
}

bool build_has_page(const struct build_site *site, size_t index) {
    const struct build_part *part = &site->part;
    return !part->of || index / CHUNK % part->of == part->index - 1;
}

/* Chunks are dealt out to the parts in turn. */
static size_t own_chunks(const struct build_part *part, size_t chunks) {
    return part->of ? (chunks + part->of - part->index) / part->of : chunks;
}

static size_t chunk_of(const struct build_part *part, size_t own) {
    return part->of ? own * part->of + part->index - 1 : own;
}

/* The k-th chunk to make: workers that start together are far apart, since two that create files
   in one directory wait for each other. */
static size_t spread(size_t k, size_t count, unsigned jobs) {
    size_t region = k % jobs, each = count / jobs, rest = count % jobs;
    return region * each + (region < rest ? region : rest) + k / jobs;
}

static void make_chunk(void *context, size_t k, unsigned number) {
    struct run *run = context;
    size_t chunk = chunk_of(&run->site->part, spread(k, run->chunks, run->jobs));
    struct worker *worker = &run->workers[number];
    size_t first = chunk * CHUNK, end = first + CHUNK < run->count ? first + CHUNK : run->count;
    for (size_t i = first; i < end && !atomic_load(&run->failed); i++) {
        arena_reset(worker->arena);
        buf_reset(&worker->out);
        if (!run->make(run, worker, i))
            atomic_store(&run->failed, true);
    }
    size_t done = atomic_fetch_add(&run->done, end - first) + (end - first);
    if (run->site->progress && (number == 0 || done == run->own))
        show_progress(run, done);
}

static struct worker worker_new(void) {
    struct worker worker = {.arena = arena_new(), .kept = arena_new()};
    worker.maker = page_maker_new(worker.kept);
    return worker;
}

static bool run_all(struct run *run) {
    unsigned jobs = run->site->jobs > WORKERS_MAX ? WORKERS_MAX : run->site->jobs;
    run->jobs = jobs ? jobs : 1;
    for (unsigned i = 0; i < run->jobs; i++)
        run->workers[i] = worker_new();
    size_t chunks = (run->count + CHUNK - 1) / CHUNK;
    size_t mine = own_chunks(&run->site->part, chunks);
    bool has_last = mine && chunk_of(&run->site->part, mine - 1) == chunks - 1;
    run->own = mine * CHUNK - (has_last ? chunks * CHUNK - run->count : 0);
    run->chunks = mine;
    pool_run(run->jobs, mine, make_chunk, run);
    for (unsigned i = 0; i < WORKERS_MAX; i++) {
        arena_free(run->workers[i].arena);
        arena_free(run->workers[i].kept);
        buf_free(&run->workers[i].out);
    }
    return !atomic_load(&run->failed);
}

bool build_pages(struct build_site *site) {
    site->page_count = page_plan_count(site->plan);
    site->noted = ARENA_ARRAY(site->project->arena, site->page_count, const struct listed_page *);
    struct run run = {.site = site,
                      .count = site->page_count,
                      .make = make_page,
                      .what = "pages",
                      .noted_lock = PTHREAD_MUTEX_INITIALIZER};
    return run_all(&run);
}

bool build_guide(const struct build_site *site) {
    struct run run = {.site = site, .count = 1, .make = make_guide, .what = "guides"};
    return site->pdf != BUILD_PDF_ALL || run_all(&run);
}
