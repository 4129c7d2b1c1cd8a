/* read_catalog(): every file under data/, checked, joined, as of a date. */
#include "base/fs.h"
#include "base/hash.h"
#include "base/pool.h"
#include "base/str.h"
#include "read/files.h"
#include "read/join.h"
#include "read/newest.h"
#include "read/offers_current.h"
#include "read/offers_level.h"
#include "read/parts.h"
#include "read/schema.h"

#include <stdint.h>
#include <stdlib.h>

struct reading {
    struct arena *arena;
    struct source *source;
    struct diags *diags;
    struct catalog *catalog;
    struct input_file *inputs;
    size_t input_count, input_capacity;
    struct offer_list offers;
    struct api_price_list api_prices;
    struct benchmark_list benchmarks;
    struct data_file *files; /* in the order in which they have their say */
    size_t file_count, file_capacity;
    struct join *join;
    unsigned jobs;
};

#define MAX_FILE ((size_t)64 << 20)

static bool load(struct reading *r, const char *path, bool optional, struct input *in) {
    const char *text;
    size_t n;
    if (!source_read(r->source, path, optional, MAX_FILE, &text, &n)) {
        return false;
    }
    *in = (struct input){r->arena, r->diags, path, source_display(r->source, path), text, n};
    r->inputs =
        arena_grow(r->arena, r->inputs, r->input_count, &r->input_capacity, sizeof *r->inputs);
    r->inputs[r->input_count++] = (struct input_file){path, n, hash_bytes(text, n, 0)};
    return true;
}

static bool is_data_file(const char *name) {
    return str_ends(name, ".json") || str_ends(name, ".jsonl") || str_ends(name, ".csv") ||
           str_ends(name, ".psv") || str_ends(name, ".toml");
}

static bool is_remark(const char *name) {
    return str_ends(name, ".md") || str_ends(name, ".txt") || strcmp(name, "LICENSE") == 0;
}

/* A model as it is downloaded: a directory with its config.json; an index serves without one. */
static bool load_model_directory(struct reading *r, const char *path, struct input *in) {
    return load(r, arena_printf(r->arena, "%s/config.json", path), true, in) ||
           load(r, arena_printf(r->arena, "%s/model.safetensors.index.json", path), true, in);
}

static struct data_file *add_file(struct reading *r, file_reader *read) {
    r->files = arena_grow(r->arena, r->files, r->file_count, &r->file_capacity, sizeof *r->files);
    struct data_file *file = &r->files[r->file_count++];
    file->read = read;
    file->in.diags = diags_new();
    return file;
}

static void load_gpus(struct reading *r) {
    struct input in;
    if (load(r, "data/gpus.json", false, &in)) {
        struct data_file *file = add_file(r, file_read_gpus);
        in.diags = file->in.diags;
        file->in = in;
        file->catalog = r->catalog;
    }
}

/* Why what lies there is not read. */
static const char *not_read(struct reading *r, const char *path, file_reader *read) {
    if (!source_is_directory(r->source, path))
        return "is not read: data files end in .json, .jsonl, .csv, .psv or .toml";
    return read == file_read_model
               ? "is not read: it has no config.json and no model.safetensors.index.json"
               : "is a directory: only files that lie beside it are read";
}

/* Every data file of a directory in bytewise order. Remarks are left alone; what else lies there
   was meant to be read, so it is not passed over in silence. */
static void load_directory(struct reading *r, const char *directory, file_reader *read) {
    const char **names;
    size_t count;
    if (!source_list(r->source, directory, &names, &count)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct input in;
        const char *path = arena_printf(r->arena, "%s/%s", directory, names[i]);
        bool data = is_data_file(names[i]);
        if (data ? load(r, path, false, &in)
                 : read == file_read_model && load_model_directory(r, path, &in)) {
            struct data_file *file = add_file(r, read);
            in.diags = file->in.diags;
            file->in = in;
        } else if (!data && !is_remark(names[i])) {
            diag_add(add_file(r, NULL)->in.diags, DIAG_WARNING, "file-ignored",
                     (struct place){source_display(r->source, path), 0, 0}, "%s",
                     not_read(r, path, read));
        }
    }
}

/* A folder or file of the data under a name that nothing looks for: most often a slip. */
static void warn_strays(struct reading *r) {
    static const char *const known[] = {"aliases",     "api-prices", "benchmarks",
                                        "calibration", "gpus.json",  "models",
                                        "power.json",  "prices",     "site.json"};
    enum { KNOWN = sizeof known / sizeof *known };
    const char **names;
    size_t count;
    if (!source_list(r->source, "data", &names, &count))
        return;
    for (size_t i = 0; i < count; i++) {
        bool looked_for = is_remark(names[i]);
        for (size_t k = 0; k < KNOWN; k++)
            looked_for = looked_for || strcmp(names[i], known[k]) == 0;
        if (looked_for)
            continue;
        const char *path = arena_printf(r->arena, "data/%s", names[i]);
        const char *near = schema_nearest(names[i], known, KNOWN);
        diag_add(r->diags, DIAG_WARNING, "file-ignored",
                 (struct place){source_display(r->source, path), 0, 0},
                 "is not read: nothing in data/ has this name%s%s%s",
                 near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
}

static void take_model(struct reading *r, const struct data_file *file) {
    struct catalog *c = r->catalog;
    const struct model *model = &file->model;
    for (size_t i = 0; i < c->model_count; i++) {
        if (strcmp(c->models[i].id, model->id) == 0) {
            diag_add(r->diags, DIAG_ERROR, "duplicate-id", model->place,
                     "model \"%s\" is described in %s already", model->id, c->models[i].place.file);
            return;
        }
    }
    c->models[c->model_count++] = *model;
}

/* Room for all rows at once, so that no list is left behind by growing. */
static void reserve(struct reading *r) {
    for (size_t i = 0; i < r->file_count; i++) {
        r->offers.capacity += r->files[i].offers.count;
        r->api_prices.capacity += r->files[i].api_prices.count;
        r->benchmarks.capacity += r->files[i].benchmarks.count;
    }
    r->offers.items = arena_room(r->arena, r->offers.capacity + 1, sizeof *r->offers.items);
    r->api_prices.items =
        arena_room(r->arena, r->api_prices.capacity + 1, sizeof *r->api_prices.items);
    r->benchmarks.items =
        arena_room(r->arena, r->benchmarks.capacity + 1, sizeof *r->benchmarks.items);
    r->catalog->models = ARENA_ARRAY(r->arena, r->file_count + 1, struct model);
}

/* What the files of one kind hold and say, in their order. */
static void take_files(struct reading *r, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        struct data_file *file = &r->files[i];
        diags_append(r->diags, file->in.diags);
        diags_free(file->in.diags);
        if (file->has_model) {
            take_model(r, file);
        }
        for (size_t k = 0; k < file->offers.count; k++) {
            *offer_add(r->arena, &r->offers) = file->offers.items[k];
        }
        for (size_t k = 0; k < file->api_prices.count; k++) {
            *api_price_add(r->arena, &r->api_prices) = file->api_prices.items[k];
        }
        for (size_t k = 0; k < file->benchmarks.count; k++) {
            *benchmark_add(r->arena, &r->benchmarks) = file->benchmarks.items[k];
        }
    }
}

static int by_id(const void *left, const void *right) {
    const struct gpu *a = *(const struct gpu *const *)left, *b = *(const struct gpu *const *)right;
    int order = strcmp(a->id, b->id);
    return order ? order : (a > b) - (a < b);
}

static void check_gpu_ids(struct reading *r) {
    const struct catalog *c = r->catalog;
    const struct gpu **sorted = ARENA_ARRAY(r->arena, c->gpu_count + 1, const struct gpu *);
    for (size_t i = 0; i < c->gpu_count; i++) {
        sorted[i] = &c->gpus[i];
    }
    if (c->gpu_count) {
        qsort(sorted, c->gpu_count, sizeof *sorted, by_id);
    }
    for (size_t i = 1; i < c->gpu_count; i++) {
        if (strcmp(sorted[i - 1]->id, sorted[i]->id) == 0) {
            diag_add(r->diags, DIAG_ERROR, "duplicate-id", sorted[i]->place,
                     "GPU \"%s\" stands twice, before at line %u", sorted[i]->id,
                     sorted[i - 1]->place.line);
        }
    }
}

/* The newest date any price or measurement carries. */
static const char *newest_date(const struct reading *r) {
    struct newest newest = {0};
    for (size_t i = 0; i < r->offers.count; i++) {
        newest_take(&newest, r->offers.items[i].as_of, r->offers.items[i].place);
    }
    for (size_t i = 0; i < r->api_prices.count; i++) {
        newest_take(&newest, r->api_prices.items[i].as_of, r->api_prices.items[i].place);
    }
    for (size_t i = 0; i < r->benchmarks.count; i++) {
        newest_take(&newest, r->benchmarks.items[i].date, r->benchmarks.items[i].place);
    }
    newest_check(&newest, r->diags);
    return newest_day(&newest, r->arena);
}

/* owners: of each row, SIZE_MAX for none. Counted, then dealt out. */
static struct rows_by_owner deal_out(struct arena *arena, const size_t *owners, size_t count,
                                     size_t owner_count) {
    size_t *starts = ARENA_ARRAY(arena, owner_count + 2, size_t);
    size_t *rows = ARENA_ARRAY(arena, count + 1, size_t);
    for (size_t i = 0; i < count; i++) {
        if (owners[i] != SIZE_MAX)
            starts[owners[i] + 2]++;
    }
    for (size_t i = 2; i < owner_count + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < count; i++) {
        if (owners[i] != SIZE_MAX)
            rows[starts[owners[i] + 1]++] = i;
    }
    return (struct rows_by_owner){starts, rows};
}

static void sort_offers(struct arena *arena, struct catalog *c) {
    size_t *owners = ARENA_ARRAY(arena, c->offer_count + 1, size_t);
    for (size_t i = 0; i < c->offer_count; i++)
        owners[i] = c->offers[i].gpu ? (size_t)(c->offers[i].gpu - c->gpus) : SIZE_MAX;
    c->gpu_offers = deal_out(arena, owners, c->offer_count, c->gpu_count);
    for (size_t i = 0; i < c->offer_count; i++)
        owners[i] = c->offers[i].current ? owners[i] : SIZE_MAX;
    c->gpu_current = deal_out(arena, owners, c->offer_count, c->gpu_count);
}

static void sort_api_prices(struct arena *arena, struct catalog *c) {
    size_t *owners = ARENA_ARRAY(arena, c->api_price_count + 1, size_t);
    for (size_t i = 0; i < c->api_price_count; i++)
        owners[i] =
            c->api_prices[i].model ? (size_t)(c->api_prices[i].model - c->models) : SIZE_MAX;
    c->model_prices = deal_out(arena, owners, c->api_price_count, c->model_count);
}

/* Offers as of the catalog's date. */
static void settle_offers(struct reading *r) {
    struct catalog *c = r->catalog;
    const char *date = c->site.as_of;
    for (size_t i = 0; i < r->offers.count; i++) {
        join_offer(r->join, &r->offers.items[i]);
    }
    c->offers = r->offers.items;
    c->offer_count = date ? offers_until(c->offers, r->offers.count, date) : r->offers.count;
    offers_mark_current(c->offers, c->offer_count);
    offers_mark_implausible(r->arena, c->offers, c->offer_count, r->diags);
    offers_mark_rates(c->offers, c->offer_count);
    sort_offers(r->arena, c);
}

/* API prices and measurements, in the arena of another worker. */
static void settle_others(struct reading *r, struct arena *arena) {
    struct catalog *c = r->catalog;
    const char *date = c->site.as_of, *note;
    for (size_t i = 0; i < r->api_prices.count; i++) {
        join_api_price(r->join, &r->api_prices.items[i]);
    }
    for (size_t i = 0; i < r->benchmarks.count; i++) {
        struct benchmark *b = &r->benchmarks.items[i];
        b->model = join_model(r->join, b->model_as_stated, &note);
        b->gpu = join_gpu(r->join, b->gpu_as_stated);
    }
    c->benchmarks = r->benchmarks.items;
    c->benchmark_count = r->benchmarks.count;
    c->api_prices = r->api_prices.items;
    c->api_price_count =
        date ? api_prices_until(c->api_prices, r->api_prices.count, date) : r->api_prices.count;
    api_prices_mark_current(c->api_prices, c->api_price_count);
    sort_api_prices(arena, c);
}

struct settling {
    struct reading *reading;
    struct arena *arena; /* of the others: only joining offers takes memory of the catalog's */
};

static void settle_one(void *context, size_t index, unsigned worker) {
    struct settling *settling = context;
    (void)worker;
    if (index == 0) {
        settle_offers(settling->reading);
    } else {
        settle_others(settling->reading, settling->arena);
    }
}

/* Joins all rows and finds which are current, the two sorts side by side. */
static void settle(struct reading *r, const char *as_of) {
    const char *date = as_of ? as_of : newest_date(r);
    struct settling settling = {r, arena_new()};
    r->catalog->site.as_of = date ? arena_strdup(r->arena, date) : NULL;
    pool_run(r->jobs, 2, settle_one, &settling);
    arena_adopt(r->arena, settling.arena);
}

/* Names join rows to models, which are read by then. */
static void read_aliases(struct reading *r, const struct input *gpus, const struct input *models) {
    r->join = join_new(r->arena, r->catalog, r->diags);
    if (gpus->text) {
        join_read_gpu_aliases(r->join, gpus);
    }
    if (models->text) {
        join_read_model_aliases(r->join, models);
    }
}

/* All files are loaded, then read, and taken one after the other. */
static void read_files(struct reading *r) {
    struct input gpus = {0}, models = {0}, site = {0}, power = {0};
    warn_strays(r);
    load_gpus(r);
    size_t gpu_files = r->file_count;
    load_directory(r, "data/models", file_read_model);
    size_t model_files = r->file_count;
    load(r, "data/aliases/gpus.csv", true, &gpus);
    load(r, "data/aliases/models.csv", true, &models);
    load_directory(r, "data/prices", file_read_offers);
    load_directory(r, "data/api-prices", file_read_api_prices);
    load_directory(r, "data/benchmarks", file_read_benchmarks);
    load(r, "data/site.json", false, &site);
    load(r, "data/power.json", true, &power);
    struct arena *lists = arena_new();
    files_read(r->arena, lists, r->files, r->file_count, r->jobs);
    reserve(r);
    take_files(r, 0, gpu_files);
    check_gpu_ids(r);
    take_files(r, gpu_files, model_files);
    read_aliases(r, &gpus, &models);
    take_files(r, model_files, r->file_count);
    if (site.text) {
        read_site(&site, &r->catalog->site);
    }
    if (power.text) {
        read_power(&power, r->catalog);
    }
    arena_free(lists);
}

static bool check_as_of(struct reading *r, const char *as_of) {
    if (!as_of || (schema_is_date(as_of) && strlen(as_of) == 10)) {
        return true;
    }
    diag_add(r->diags, DIAG_ERROR, "as-of-date", (struct place){0},
             "\"%s\" is not a date: YYYY-MM-DD", as_of);
    return false;
}

bool read_catalog(struct arena *arena, struct source *source, const char *as_of,
                  struct diags *diags, struct catalog *catalog) {
    return read_catalog_with(arena, source, as_of, 1, diags, catalog);
}

bool read_catalog_with(struct arena *arena, struct source *source, const char *as_of, unsigned jobs,
                       struct diags *diags, struct catalog *catalog) {
    *catalog = (struct catalog){0};
    struct reading r = {
        .arena = arena, .source = source, .diags = diags, .catalog = catalog, .jobs = jobs};
    size_t before = diags_errors(diags);
    if (!check_as_of(&r, as_of)) {
        return false;
    }
    read_files(&r);
    settle(&r, as_of);
    catalog->inputs = r.inputs;
    catalog->input_count = r.input_count;
    return diags_errors(diags) == before;
}
