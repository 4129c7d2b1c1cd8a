#include "read/join.h"

#include "base/str.h"
#include "catalog/names.h"
#include "read/schema.h"

#include <stdlib.h>

struct entry {
    const char *key;
    const void *thing; /* struct gpu, struct model or struct alias */
    bool ambiguous;    /* several things have this name */
};

struct index {
    struct entry *items;
    size_t count, capacity;
};

struct gpu_alias {
    const char *platform_key; /* "" = any */
    double memory_gb;         /* NaN = any */
    const struct gpu *gpu;    /* NULL: not to be joined */
    const char *why;
    struct place place;
    unsigned again_of; /* the line of an earlier row of this very case, or 0 */
};

struct join {
    struct arena *arena;
    const struct catalog *catalog;
    struct diags *diags;
    struct index gpus, models, gpu_aliases, model_aliases;
};

static const char *key_of(struct arena *arena, const char *name) {
    char key[NAME_KEY_MAX];
    size_t n = name_key(key, name);
    return arena_copy(arena, key, n);
}

static int compare_entries(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->thing > y->thing) - (x->thing < y->thing);
}

static void add(struct join *join, struct index *index, const char *name, const void *thing) {
    if (!name || !name[0]) {
        return;
    }
    index->items =
        arena_grow(join->arena, index->items, index->count, &index->capacity, sizeof *index->items);
    index->items[index->count++] = (struct entry){key_of(join->arena, name), thing, false};
}

/* Sorted by key; of one thing's equal keys one is kept, different things' are ambiguous. */
static void settle(struct index *index) {
    if (index->count == 0) {
        return;
    }
    qsort(index->items, index->count, sizeof *index->items, compare_entries);
    size_t kept = 0;
    for (size_t i = 0; i < index->count; i++) {
        struct entry *last = kept ? &index->items[kept - 1] : NULL;
        if (last && strcmp(last->key, index->items[i].key) == 0) {
            last->ambiguous = last->ambiguous || last->thing != index->items[i].thing;
        } else {
            index->items[kept++] = index->items[i];
        }
    }
    index->count = kept;
}

/* First entry whose key is not before `key`. */
static size_t lower_bound(const struct index *index, const char *key) {
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(index->items[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const struct entry *entry_of(const struct index *index, const char *key) {
    size_t at = lower_bound(index, key);
    return at < index->count && strcmp(index->items[at].key, key) == 0 ? &index->items[at] : NULL;
}

static const void *find(const struct index *index, const char *key) {
    const struct entry *entry = entry_of(index, key);
    return entry && !entry->ambiguous ? entry->thing : NULL;
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static void index_gpus(struct join *join) {
    for (size_t i = 0; i < join->catalog->gpu_count; i++) {
        const struct gpu *gpu = &join->catalog->gpus[i];
        add(join, &join->gpus, gpu->id, gpu);
        add(join, &join->gpus, gpu->name, gpu);
        add(join, &join->gpus, gpu->short_name, gpu);
        for (size_t j = 0; j < gpu->alias_count; j++) {
            add(join, &join->gpus, gpu->aliases[j], gpu);
        }
    }
    settle(&join->gpus);
}

static void index_models(struct join *join) {
    for (size_t i = 0; i < join->catalog->model_count; i++) {
        const struct model *model = &join->catalog->models[i];
        add(join, &join->models, model->id, model);
        add(join, &join->models, model->name, model);
        if (model->hf_id) {
            add(join, &join->models, model->hf_id, model);
            add(join, &join->models, last_part(model->hf_id), model);
        }
        for (size_t j = 0; j < model->alias_count; j++) {
            add(join, &join->models, model->aliases[j], model);
            add(join, &join->models, last_part(model->aliases[j]), model);
        }
    }
    settle(&join->models);
}

struct join *join_new(struct arena *arena, const struct catalog *catalog, struct diags *diags) {
    struct join *join = ARENA_NEW(arena, struct join);
    join->arena = arena;
    join->catalog = catalog;
    join->diags = diags;
    index_gpus(join);
    index_models(join);
    return join;
}

static void read_gpu_alias(struct join *join, const struct csv_table *t, size_t row,
                           const int *column, struct gpu_alias *alias) {
    const struct csv_cell *id = csv_at(t, row, column[3]);
    alias->platform_key = key_of(join->arena, csv_at(t, row, column[2])->text);
    schema_cell_number(csv_at(t, row, column[1]), "memory_gb", 0.1, 10000, join->diags,
                       &alias->memory_gb);
    alias->why = csv_at(t, row, column[4])->text;
    alias->place = csv_at(t, row, column[0])->place;
    alias->gpu = id->text[0] ? catalog_find_gpu(join->catalog, id->text) : NULL;
    if (id->text[0] && !alias->gpu) {
        diag_add(join->diags, DIAG_ERROR, "alias-unknown-gpu", id->place, "no GPU is called \"%s\"",
                 id->text);
    }
    if (!alias->why[0]) {
        diag_add(join->diags, DIAG_ERROR, "alias-no-reason", csv_at(t, row, column[4])->place,
                 "an alias that decides needs a reason");
    }
    add(join, &join->gpu_aliases, csv_at(t, row, column[0])->text, alias);
}

/* Memories in order, "any" last. */
static int compare_memory(double a, double b) {
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a > b) - (a < b);
}

/* Zero: two rows of one name, platform and memory. */
static int compare_cases(const struct entry *a, const struct entry *b) {
    const struct gpu_alias *x = a->thing, *y = b->thing;
    int order = strcmp(a->key, b->key);
    order = order ? order : strcmp(x->platform_key, y->platform_key);
    return order ? order : compare_memory(x->memory_gb, y->memory_gb);
}

static int by_case_then_line(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    unsigned first = ((const struct gpu_alias *)x->thing)->place.line;
    unsigned second = ((const struct gpu_alias *)y->thing)->place.line;
    int order = compare_cases(x, y);
    return order ? order : (first > second) - (first < second);
}

/* Which of two rows of one case holds would be chance. rows: in the order of the file. */
static void settle_gpu_aliases(struct join *join, struct gpu_alias *rows, size_t count) {
    struct index *index = &join->gpu_aliases;
    if (index->count)
        qsort(index->items, index->count, sizeof *index->items, by_case_then_line);
    for (size_t i = 1; i < index->count; i++) {
        const struct gpu_alias *before = index->items[i - 1].thing, *alias = index->items[i].thing;
        if (compare_cases(&index->items[i - 1], &index->items[i]) == 0)
            rows[alias - rows].again_of = before->place.line;
    }
    for (size_t i = 0; i < count; i++) {
        if (rows[i].again_of)
            diag_add(join->diags, DIAG_ERROR, "alias-twice", rows[i].place,
                     "line %u says what this name is", rows[i].again_of);
    }
}

void join_read_gpu_aliases(struct join *join, const struct input *in) {
    static const char *const names[] = {"name", "memory_gb", "platform", "gpu", "why"};
    int column[5];
    struct csv_table *t = csv_read(in->arena, in->display, in->text, in->n, in->diags);
    if (!t || !schema_columns(t, names, 5, 5, column, in->diags)) {
        return;
    }
    struct gpu_alias *rows = ARENA_ARRAY(join->arena, t->row_count + 1, struct gpu_alias);
    for (size_t i = 0; i < t->row_count; i++) {
        read_gpu_alias(join, t, i, column, &rows[i]);
    }
    settle_gpu_aliases(join, rows, t->row_count);
}

void join_read_model_aliases(struct join *join, const struct input *in) {
    static const char *const names[] = {"name", "model"};
    int column[2];
    struct csv_table *t = csv_read(in->arena, in->display, in->text, in->n, in->diags);
    if (!t || !schema_columns(t, names, 2, 2, column, in->diags)) {
        return;
    }
    for (size_t i = 0; i < t->row_count; i++) {
        const char *target = csv_at(t, i, column[1])->text;
        const struct model *model = find(&join->models, key_of(join->arena, target));
        if (model) {
            add(join, &join->model_aliases, csv_at(t, i, column[0])->text, model);
        }
    }
    settle(&join->model_aliases);
}

static bool near(double a, double b, double share) {
    return fabs(a - b) <= share * b;
}

/* Stated in GB, or in GiB, or what the driver shows. */
static bool memory_matches(const struct gpu *gpu, double gb) {
    double stated = gpu->memory_bytes / 1e9, visible = gpu_capacity_bytes(gpu) / 1073741824.0;
    return near(gb, stated, 0.08) || near(gb, visible, 0.08);
}

/* 0: does not apply; else the more, the narrower. Platform: that of the alias fits. */
static int narrowness(const struct gpu_alias *alias, const struct offer *offer) {
    bool any_memory = isnan(alias->memory_gb);
    if (!any_memory &&
        (isnan(offer->gpu_memory_gb) || !near(offer->gpu_memory_gb, alias->memory_gb, 0.08))) {
        return 0;
    }
    return 1 + 2 * (alias->platform_key[0] != '\0') + !any_memory;
}

/* Zero: a row of this name for this platform ("": for any). */
static int compare_with(const struct entry *entry, const char *key, const char *platform_key) {
    int order = strcmp(entry->key, key);
    return order ? order
                 : strcmp(((const struct gpu_alias *)entry->thing)->platform_key, platform_key);
}

/* The first row that is not before those of the name and platform. */
static size_t first_alias(const struct index *index, const char *key, const char *platform_key) {
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_with(&index->items[middle], key, platform_key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The narrowest of the rows of a name and platform, of equals the first in the file, when it is
   narrower than `best`. */
static const struct gpu_alias *narrowest(const struct index *index, const struct offer *offer,
                                         const char *key, const char *platform_key,
                                         const struct gpu_alias *best) {
    int width = best ? narrowness(best, offer) : 0;
    size_t at = first_alias(index, key, platform_key);
    for (; at < index->count && compare_with(&index->items[at], key, platform_key) == 0; at++) {
        const struct gpu_alias *alias = index->items[at].thing;
        int other = narrowness(alias, offer);
        if (other > width || (other && other == width && alias->place.line < best->place.line)) {
            best = alias;
            width = other;
        }
    }
    return best;
}

static const struct gpu_alias *find_alias(struct join *join, const struct offer *offer,
                                          const char *key) {
    const struct index *index = &join->gpu_aliases;
    char platform_key[NAME_KEY_MAX];
    size_t first = first_alias(index, key, "");
    if (first == index->count || strcmp(index->items[first].key, key) != 0) {
        return NULL; /* as of most names */
    }
    name_key(platform_key, offer->platform);
    const struct gpu_alias *any = narrowest(index, offer, key, "", NULL);
    return platform_key[0] ? narrowest(index, offer, key, platform_key, any) : any;
}

static void check_memory(struct join *join, struct offer *offer) {
    if (!offer->gpu || isnan(offer->gpu_memory_gb) ||
        memory_matches(offer->gpu, offer->gpu_memory_gb)) {
        return;
    }
    offer->join_note =
        arena_printf(join->arena, "stated memory is not that of %s", offer->gpu->name);
    offer->gpu = NULL;
    offer->gpu_assumed = false;
}

/* Lists that put the memory behind the name ("A6000 (48 GB)") give it apart as well. */
static const char *without_memory(struct arena *arena, const char *name) {
    const char *open = strrchr(name, '(');
    bool memory = open && open > name && open[1] >= '0' && open[1] <= '9' && strstr(open, "GB)");
    return memory ? arena_copy(arena, name, (size_t)(open - name)) : name;
}

void join_offer(struct join *join, struct offer *offer) {
    char key[NAME_KEY_MAX];
    bool apart = !isnan(offer->gpu_memory_gb);
    name_key(key, apart ? without_memory(join->arena, offer->gpu_as_stated) : offer->gpu_as_stated);
    const struct gpu_alias *alias = find_alias(join, offer, key);
    if (alias) {
        offer->gpu = alias->gpu;
        offer->gpu_assumed = alias->gpu != NULL;
        offer->join_note = alias->why;
    } else {
        const struct entry *entry = entry_of(&join->gpus, key);
        offer->gpu = entry && !entry->ambiguous ? entry->thing : NULL;
        offer->join_note = NULL;
        if (!offer->gpu)
            offer->join_note = entry ? "several GPUs of the catalog have this name"
                                     : "no GPU of the catalog has this name";
    }
    check_memory(join, offer);
    offer->rankable = offer->gpu && offer->kind != OFFER_COMPONENT && offer->kind != OFFER_INDEX;
}

const struct gpu *join_gpu(struct join *join, const char *name) {
    char key[NAME_KEY_MAX];
    name_key(key, name);
    return find(&join->gpus, key);
}

const struct model *join_model(struct join *join, const char *name, const char **note) {
    char key[NAME_KEY_MAX];
    name_key(key, last_part(name));
    *note = NULL;
    const struct model *model = find(&join->model_aliases, key);
    if (model) {
        *note = "alias";
        return model;
    }
    model = find(&join->models, key);
    if (!model) {
        name_key(key, name);
        model = find(&join->models, key);
    }
    return model;
}

void join_api_price(struct join *join, struct api_price *price) {
    price->model = join_model(join, price->model_as_stated, &price->join_note);
    if (!price->model && price->hf_id) {
        price->model = join_model(join, price->hf_id, &price->join_note);
    }
}
