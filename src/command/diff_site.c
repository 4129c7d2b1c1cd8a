/* Compares two built sites: by their manifests, and by the figures of the JSON that lies beside the
   pages. Sources and dates stand for the input lines, which a site does not know. */
#include "command/diff_site.h"

#include "base/fs.h"
#include "base/num.h"
#include "base/str.h"
#include "command/diff_rows.h"
#include "publish/manifest.h"
#include "publish/publish.h"
#include "read/json.h"

#include <math.h>
#include <string.h>

struct site_side {
    const char *directory; /* NULL: only a manifest */
    struct manifest manifest;
};

struct sites {
    struct diff *diff;
    struct arena *arena;
    struct diags *diags;
    struct site_side old, new;
};

enum diff_kind diff_kind_of(struct arena *arena, const char *path, struct diags *diags) {
    if (fs_is_file(path, diags))
        return DIFF_OF_MANIFESTS;
    if (fs_is_file(fs_join(arena, path, STAGE_MANIFEST), diags))
        return DIFF_OF_SITES;
    return DIFF_OF_PROJECTS;
}

static bool open_side(struct sites *s, const char *path, struct site_side *side) {
    bool directory = fs_is_dir(path, s->diags);
    const char *file = directory ? fs_join(s->arena, path, STAGE_MANIFEST) : path, *text;
    size_t n;
    side->directory = directory ? path : NULL;
    if (!fs_read(s->arena, file, STAGE_MANIFEST_MAX, s->diags, &text, &n))
        return false;
    if (manifest_parse(s->arena, text, n, &side->manifest))
        return true;
    diag_add(s->diags, DIAG_ERROR, "diff-manifest", (struct place){file, 0, 0},
             "is no manifest of a site of this version");
    return false;
}

/* A table's JSON; NULL when the site has no such file. */
static const struct json *table_of(struct sites *s, const struct site_side *side,
                                   const char *path) {
    const char *file = fs_join(s->arena, side->directory, path), *text;
    size_t n;
    if (!manifest_find(&side->manifest, path) ||
        !fs_read(s->arena, file, JSON_MAX_BYTES, s->diags, &text, &n))
        return NULL;
    return json_parse(s->arena, file, text, n, s->diags);
}

static const struct json *rows_in(const struct json *table) {
    const struct json *rows = json_get(table, "rows");
    return rows && rows->kind == JSON_ARRAY ? rows : NULL;
}

static const struct json *rows_of(struct sites *s, const struct site_side *side, const char *path,
                                  const char **caption) {
    const struct json *table = table_of(s, side, path);
    if (caption)
        *caption = json_get_string(table, "caption");
    return rows_in(table);
}

static bool unchanged(const struct sites *s, const char *path) {
    const struct manifest_entry *was = manifest_find(&s->old.manifest, path);
    const struct manifest_entry *is = manifest_find(&s->new.manifest, path);
    return was && is && was->hash == is->hash && was->bytes == is->bytes;
}

static const char *offer_name(struct sites *s, const char *platform,
                              const struct diff_offer_row *o) {
    char count[NUM_MAX];
    num_fixed(count, o->gpu_count, 0);
    return arena_printf(s->arena, "%s%s%s, %s x %s%s%s", platform, *o->instance ? " " : "",
                        o->instance, count, o->gpu, *o->region ? ", " : "", o->region);
}

/* A source that a whole column shares stands with the column. */
static struct diff_value source_of(const struct json *table, const struct json *row) {
    const char *source = json_get_string(json_get(row, DIFF_ROWS_PRICE), "source");
    const struct json *columns = json_get(table, "columns");
    for (size_t i = 0; !source && i < json_count(columns); i++) {
        const char *name = json_get_string(columns->items[i], "key");
        if (name && strcmp(name, DIFF_ROWS_PRICE) == 0)
            source = json_get_string(columns->items[i], "source");
    }
    return diff_text(source ? source : "");
}

static void compare_offers(struct sites *s, const char *path) {
    if (unchanged(s, path))
        return;
    const char *begin = path + strlen("platforms/");
    const char *platform = arena_copy(s->arena, begin, strcspn(begin, "/"));
    const struct json *before = table_of(s, &s->old, path), *after = table_of(s, &s->new, path);
    struct diff_rows old = diff_rows_of(s->arena, rows_in(before));
    struct diff_rows new = diff_rows_of(s->arena, rows_in(after));
    for (size_t i = 0; i < new.count; i++) {
        const struct diff_offer_row *is = &new.items[i];
        double then = diff_rows_hourly(diff_rows_find(&old, &new, is)), now = diff_rows_hourly(is);
        if (!(now > 0) || now == then)
            continue;
        if (!(then > 0))
            diff_offer(s->diff, "new", offer_name(s, platform, is), now, source_of(after, is->row));
        else
            diff_price(s->diff, offer_name(s, platform, is), then, now, source_of(after, is->row));
    }
    for (size_t i = 0; i < old.count; i++) {
        const struct diff_offer_row *was = &old.items[i];
        if (diff_rows_hourly(was) > 0 && !(diff_rows_hourly(diff_rows_find(&new, &old, was)) > 0))
            diff_offer(s->diff, "gone", offer_name(s, platform, was), diff_rows_hourly(was),
                       source_of(before, was->row));
    }
}

static const struct json *row_by(const struct json *rows, const char *key, const char *text) {
    for (size_t i = 0; i < json_count(rows); i++)
        if (strcmp(diff_text_at(rows->items[i], key), text) == 0)
            return rows->items[i];
    return NULL;
}

/* Where the changed price of a GPU at a platform comes from, "" when none changed. */
static const char *price_source(struct sites *s, const char *platform, const char *gpu) {
    const struct diff_section *prices = &s->diff->tables[DIFF_PRICES];
    char id[128];
    size_t n = str_slug(id, sizeof id, platform);
    for (size_t i = 0; i < prices->count; i++) {
        const char *offer = prices->rows[i].values[0].text, *where = prices->rows[i].values[4].text;
        if (strncmp(offer, id, n) == 0 && strchr(" ,", offer[n]) && strstr(offer, gpu) && *where)
            return arena_printf(s->arena, " (%s)", where);
    }
    return "";
}

/* What the two rows of a model on a GPU say about why the price moved. */
static const char *cause(struct sites *s, const struct json *was, const struct json *is) {
    const char *then = diff_text_at(was, "where"), *now = diff_text_at(is, "where");
    if (diff_number_at(was, "output_tokens_per_s") != diff_number_at(is, "output_tokens_per_s"))
        return "speed: model, GPU, calibration or program";
    if (strcmp(then, now) != 0)
        return arena_printf(s->arena, "now at %s (was %s)", now, then);
    return arena_printf(s->arena, "price of %s%s", now,
                        price_source(s, now, diff_text_at(is, "gpu")));
}

static void compare_model(struct sites *s, const char *path) {
    if (unchanged(s, path))
        return;
    const char *begin = path + strlen("models/"), *before = NULL, *after = NULL;
    const struct json *old = rows_of(s, &s->old, path, &before);
    const struct json *new = rows_of(s, &s->new, path, &after);
    const char *caption = after ? after : before;
    struct diff_cell cell = {
        .model = arena_copy(s->arena, begin, strcspn(begin, "/")),
        .workload = caption ? arena_copy(s->arena, caption, strcspn(caption, ":")) : ""};
    for (size_t i = 0; i < json_count(new); i++) {
        const struct json *is = new->items[i], *was = row_by(old, "gpu", diff_text_at(is, "gpu"));
        double then = diff_number_at(was, "usd_per_million_output");
        double now = diff_number_at(is, "usd_per_million_output");
        cell.gpu = diff_text_at(is, "gpu");
        s->diff->cells += !isnan(then) || !isnan(now);
        if (isnan(then) != isnan(now))
            diff_coverage(s->diff, cell, isnan(now), isnan(now) ? then : now);
        else if (then != now && !isnan(then))
            diff_cell(s->diff, cell, then, now)->values[6] = diff_text(cause(s, was, is));
    }
    for (size_t i = 0; i < json_count(old); i++) {
        double then = diff_number_at(old->items[i], "usd_per_million_output");
        cell.gpu = diff_text_at(old->items[i], "gpu");
        if (!isnan(then) && !row_by(new, "gpu", cell.gpu))
            diff_coverage(s->diff, cell, true, then);
    }
}

static const char *runs_on(struct sites *s, const struct json *row) {
    return arena_printf(s->arena, "%s at %s", diff_text_at(row, "gpus"),
                        diff_text_at(row, "platform"));
}

/* "$ for Chat: 2,035 tokens in, 300 out" -> "Chat" */
static const char *workload_of(struct sites *s, const char *caption) {
    const char *begin = caption && strncmp(caption, "$ for ", 6) == 0 ? caption + 6 : "";
    return arena_copy(s->arena, begin, strcspn(begin, ":"));
}

static void compare_index(struct sites *s) {
    const char *caption = NULL;
    const struct json *old = rows_of(s, &s->old, "models.json", NULL);
    const struct json *new = rows_of(s, &s->new, "models.json", &caption);
    const char *workload = workload_of(s, caption);
    for (size_t i = 0; i < json_count(new); i++) {
        const struct json *is = new->items[i],
                          *was = row_by(old, "model", diff_text_at(is, "model"));
        double before = diff_number_at(was, "usd_per_million_output");
        double after = diff_number_at(is, "usd_per_million_output");
        const char *then = was ? runs_on(s, was) : "", *now = runs_on(s, is);
        diff_fact(s->diff, diff_text_at(is, "model"), "parameters",
                  diff_number_at(was, "parameters"), diff_number_at(is, "parameters"),
                  diff_text("models.json"));
        if (!isnan(before) && !isnan(after))
            diff_winner(s->diff,
                        (struct diff_best){diff_text_at(is, "model"), workload, before, after},
                        strcmp(then, now) != 0, then, now);
    }
    for (size_t i = 0; i < json_count(old); i++)
        if (!row_by(new, "model", diff_text_at(old->items[i], "model")))
            diff_fact(s->diff, diff_text_at(old->items[i], "model"), "parameters",
                      diff_number_at(old->items[i], "parameters"), (double)NAN,
                      diff_text("models.json"));
}

static void compare_gpus(struct sites *s) {
    static const char *const keys[] = {"memory_gb", "memory_gb_per_s", "peak_tflop_per_s"};
    static const char *const names[] = {"memory, GB", "bandwidth, GB/s", "16-bit TFLOP/s"};
    const struct json *old = rows_of(s, &s->old, "gpus.json", NULL);
    const struct json *new = rows_of(s, &s->new, "gpus.json", NULL);
    for (size_t i = 0; i < json_count(new) + json_count(old); i++) {
        bool first = i < json_count(new);
        const struct json *is = first ? new->items[i] : NULL;
        const struct json *was =
            first ? row_by(old, "gpu", diff_text_at(is, "gpu")) : old->items[i - json_count(new)];
        if (!first && row_by(new, "gpu", diff_text_at(was, "gpu")))
            continue;
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            diff_fact(s->diff, diff_text_at(first ? is : was, "gpu"), names[k],
                      diff_number_at(was, keys[k]), diff_number_at(is, keys[k]),
                      diff_text("gpus.json"));
    }
}

static void add_page(struct sites *s, const char *what, const char *path,
                     const struct manifest_entry *was, const struct manifest_entry *is) {
    double before = was ? (double)was->bytes : (double)NAN;
    double after = is ? (double)is->bytes : (double)NAN;
    struct diff_row *row = diff_add(s->diff, DIFF_PAGES, was && is ? fabs(after - before) : 1e12);
    row->values[0] = diff_text(what);
    row->values[1] = diff_text(path);
    row->values[2] = diff_count(s->arena, before);
    row->values[3] = diff_count(s->arena, after);
}

/* Files by name; of sites only the pages that came and went, since figures say the rest better. */
static void compare_files(struct sites *s) {
    bool figures = s->old.directory && s->new.directory;
    for (size_t i = 0; i < s->new.manifest.count; i++) {
        const struct manifest_entry *is = &s->new.manifest.entries[i];
        const struct manifest_entry *was = manifest_find(&s->old.manifest, is->path);
        if (figures && (was || !str_ends(is->path, ".html")))
            continue;
        if (!was || was->hash != is->hash)
            add_page(s, was ? "changed" : "new", is->path, was, is);
    }
    for (size_t i = 0; i < s->old.manifest.count; i++) {
        const struct manifest_entry *was = &s->old.manifest.entries[i];
        if (!manifest_find(&s->new.manifest, was->path) &&
            (!figures || str_ends(was->path, ".html")))
            add_page(s, "gone", was->path, was, NULL);
        if (!manifest_find(&s->new.manifest, was->path) && !figures)
            s->diff->coverage_lost += str_ends(was->path, ".html");
    }
}

/* Whether the path is "FOLDER/x/NAME". */
static bool is_table(const char *path, const char *folder, const char *name) {
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && strcmp(path + n + strcspn(path + n, "/"), name) == 0;
}

/* Calls compare for each table "FOLDER/x/NAME" of the new site, and of the old one what is gone. */
static void for_each(struct sites *s, const char *folder, const char *name,
                     void (*compare)(struct sites *s, const char *path)) {
    for (size_t i = 0; i < s->new.manifest.count; i++)
        if (is_table(s->new.manifest.entries[i].path, folder, name))
            compare(s, s->new.manifest.entries[i].path);
    for (size_t i = 0; i < s->old.manifest.count; i++) {
        const char *path = s->old.manifest.entries[i].path;
        if (is_table(path, folder, name) && !manifest_find(&s->new.manifest, path))
            compare(s, path);
    }
}

bool diff_sites(struct arena *arena, const char *old, const char *new, struct diags *diags,
                struct diff *diff) {
    struct sites s = {.diff = diff, .arena = arena, .diags = diags};
    *diff = diff_begin(arena);
    if (!open_side(&s, old, &s.old) || !open_side(&s, new, &s.new))
        return false;
    if (s.old.directory && s.new.directory) {
        for_each(&s, "platforms/", "/offers.json", compare_offers);
        for_each(&s, "models/", "/gpus.json", compare_model);
        compare_index(&s);
        compare_gpus(&s);
    }
    compare_files(&s);
    diff_end(diff);
    return diags_errors(diags) == 0;
}
