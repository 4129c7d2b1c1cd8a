/* Compares two built sites: by their manifests, and by the figures of the JSON that lies beside the
   pages. Sources and dates stand for the input lines, which a site does not know. */
#include "command/diff_site.h"

#include "base/fs.h"
#include "base/num.h"
#include "base/str.h"
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

static size_t count_of(const struct json *rows) {
    return rows ? rows->count : 0;
}

static double number_at(const struct json *row, const char *key) {
    const struct json *value = json_get(json_get(row, key), "value");
    return value && value->kind == JSON_NUMBER ? value->number : (double)NAN;
}

static const char *text_at(const struct json *row, const char *key) {
    const char *text = json_get_string(json_get(row, key), "value");
    return text ? text : "";
}

static bool same_text(const struct json *a, const struct json *b, const char *key) {
    return strcmp(text_at(a, key), text_at(b, key)) == 0;
}

static bool unchanged(const struct sites *s, const char *path) {
    const struct manifest_entry *was = manifest_find(&s->old.manifest, path);
    const struct manifest_entry *is = manifest_find(&s->new.manifest, path);
    return was && is && was->hash == is->hash && was->bytes == is->bytes;
}

static bool same_offer(const struct json *a, const struct json *b) {
    return same_text(a, b, "gpu") && same_text(a, b, "instance") && same_text(a, b, "region") &&
           number_at(a, "gpu_count") == number_at(b, "gpu_count");
}

static const char price_key[] = "on_demand_usd_per_gpu_hour";

/* The row of the same offer at the same price, NULL: there is none. */
static const struct json *at_same_price(const struct json *rows, const struct json *offer) {
    for (size_t i = 0; i < count_of(rows); i++)
        if (same_offer(rows->items[i], offer) &&
            number_at(rows->items[i], price_key) == number_at(offer, price_key))
            return rows->items[i];
    return NULL;
}

/* What an offer of `own` is among the rows of the other site: of several the one of the same price,
   else one that no other offer of `own` is the same as. A page may show an old price of the same
   instance beside the new one. */
static const struct json *offer_in(const struct json *rows, const struct json *own,
                                   const struct json *offer) {
    const struct json *found = at_same_price(rows, offer);
    for (size_t i = 0; !found && i < count_of(rows); i++)
        if (same_offer(rows->items[i], offer) && !at_same_price(own, rows->items[i]))
            found = rows->items[i];
    return found;
}

static const char *offer_name(struct sites *s, const char *platform, const struct json *row) {
    char count[NUM_MAX];
    num_fixed(count, number_at(row, "gpu_count"), 0);
    const char *instance = text_at(row, "instance"), *region = text_at(row, "region");
    return arena_printf(s->arena, "%s%s%s, %s x %s%s%s", platform, *instance ? " " : "", instance,
                        count, text_at(row, "gpu"), *region ? ", " : "", region);
}

static double hourly(const struct json *row) {
    return number_at(row, price_key) * number_at(row, "gpu_count");
}

/* A source that a whole column shares stands with the column. */
static struct diff_value source_of(const struct json *table, const struct json *row) {
    const char *source = json_get_string(json_get(row, price_key), "source");
    const struct json *columns = json_get(table, "columns");
    for (size_t i = 0; !source && i < count_of(columns); i++) {
        const char *name = json_get_string(columns->items[i], "key");
        if (name && strcmp(name, price_key) == 0)
            source = json_get_string(columns->items[i], "source");
    }
    return diff_text(source ? source : "");
}

static void compare_offers(struct sites *s, const char *path) {
    if (unchanged(s, path))
        return;
    const char *begin = path + strlen("platforms/");
    const char *platform = arena_copy(s->arena, begin, strcspn(begin, "/"));
    const struct json *before = table_of(s, &s->old, path), *old = rows_in(before);
    const struct json *after = table_of(s, &s->new, path), *new = rows_in(after);
    for (size_t i = 0; i < count_of(new); i++) {
        const struct json *is = new->items[i], *was = offer_in(old, new, is);
        const char *name = offer_name(s, platform, is);
        if (!(hourly(is) > 0))
            continue;
        if (!was || !(hourly(was) > 0))
            diff_offer(s->diff, "new", name, hourly(is), source_of(after, is));
        else if (hourly(was) != hourly(is))
            diff_price(s->diff, name, hourly(was), hourly(is), source_of(after, is));
    }
    for (size_t i = 0; i < count_of(old); i++) {
        const struct json *was = old->items[i], *is = offer_in(new, old, was);
        if (hourly(was) > 0 && !(is && hourly(is) > 0))
            diff_offer(s->diff, "gone", offer_name(s, platform, was), hourly(was),
                       source_of(before, was));
    }
}

static const struct json *row_by(const struct json *rows, const char *key, const char *text) {
    for (size_t i = 0; i < count_of(rows); i++)
        if (strcmp(text_at(rows->items[i], key), text) == 0)
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
    const char *then = text_at(was, "where"), *now = text_at(is, "where");
    if (number_at(was, "output_tokens_per_s") != number_at(is, "output_tokens_per_s"))
        return "speed: model, GPU, calibration or program";
    if (strcmp(then, now) != 0)
        return arena_printf(s->arena, "now at %s (was %s)", now, then);
    return arena_printf(s->arena, "price of %s%s", now, price_source(s, now, text_at(is, "gpu")));
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
    for (size_t i = 0; i < count_of(new); i++) {
        const struct json *is = new->items[i], *was = row_by(old, "gpu", text_at(is, "gpu"));
        double then = number_at(was, "usd_per_million_output");
        double now = number_at(is, "usd_per_million_output");
        cell.gpu = text_at(is, "gpu");
        s->diff->cells += !isnan(then) || !isnan(now);
        if (isnan(then) != isnan(now))
            diff_coverage(s->diff, cell, isnan(now), isnan(now) ? then : now);
        else if (then != now && !isnan(then))
            diff_cell(s->diff, cell, then, now)->values[6] = diff_text(cause(s, was, is));
    }
    for (size_t i = 0; i < count_of(old); i++) {
        double then = number_at(old->items[i], "usd_per_million_output");
        cell.gpu = text_at(old->items[i], "gpu");
        if (!isnan(then) && !row_by(new, "gpu", cell.gpu))
            diff_coverage(s->diff, cell, true, then);
    }
}

static const char *runs_on(struct sites *s, const struct json *row) {
    return arena_printf(s->arena, "%s at %s", text_at(row, "gpus"), text_at(row, "platform"));
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
    for (size_t i = 0; i < count_of(new); i++) {
        const struct json *is = new->items[i], *was = row_by(old, "model", text_at(is, "model"));
        double before = number_at(was, "usd_per_million_output");
        double after = number_at(is, "usd_per_million_output");
        const char *then = was ? runs_on(s, was) : "", *now = runs_on(s, is);
        diff_fact(s->diff, text_at(is, "model"), "parameters", number_at(was, "parameters"),
                  number_at(is, "parameters"), diff_text("models.json"));
        if (!isnan(before) && !isnan(after))
            diff_winner(s->diff, (struct diff_best){text_at(is, "model"), workload, before, after},
                        strcmp(then, now) != 0, then, now);
    }
    for (size_t i = 0; i < count_of(old); i++)
        if (!row_by(new, "model", text_at(old->items[i], "model")))
            diff_fact(s->diff, text_at(old->items[i], "model"), "parameters",
                      number_at(old->items[i], "parameters"), (double)NAN,
                      diff_text("models.json"));
}

static void compare_gpus(struct sites *s) {
    static const char *const keys[] = {"memory_gb", "memory_gb_per_s", "peak_tflop_per_s"};
    static const char *const names[] = {"memory, GB", "bandwidth, GB/s", "16-bit TFLOP/s"};
    const struct json *old = rows_of(s, &s->old, "gpus.json", NULL);
    const struct json *new = rows_of(s, &s->new, "gpus.json", NULL);
    for (size_t i = 0; i < count_of(new) + count_of(old); i++) {
        bool first = i < count_of(new);
        const struct json *is = first ? new->items[i] : NULL;
        const struct json *was =
            first ? row_by(old, "gpu", text_at(is, "gpu")) : old->items[i - count_of(new)];
        if (!first && row_by(new, "gpu", text_at(was, "gpu")))
            continue;
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            diff_fact(s->diff, text_at(first ? is : was, "gpu"), names[k], number_at(was, keys[k]),
                      number_at(is, keys[k]), diff_text("gpus.json"));
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
