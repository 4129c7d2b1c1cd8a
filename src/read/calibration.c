/* data/calibration/ENGINE.json -> struct calibration: every parameter by name, with its unit. */
#include "read/calibration.h"

#include "base/num.h"
#include "read/csv.h"
#include "read/json.h"
#include "read/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CALIBRATION_DIRECTORY "data/calibration"

struct reader {
    struct arena *arena;
    struct diags *diags;
    bool failed;
};

static void refuse(struct reader *r, struct place place, const char *code, const char *key,
                   const char *text) {
    r->failed = true;
    diag_add(r->diags, DIAG_ERROR, code, place, "\"%s\" %s", key, text);
}

static const struct json *member(struct reader *r, const struct json *object, const char *key,
                                 enum json_kind kind, bool required) {
    const struct json *value = json_get(object, key);
    if (!value || value->kind == JSON_NULL) {
        if (required)
            refuse(r, object->place, "missing-key", key, "is missing");
        return NULL;
    }
    if (value->kind == kind)
        return value;
    refuse(r, value->place, "wrong-type", key, "has the wrong type");
    return NULL;
}

static const char *text_of(struct reader *r, const struct json *object, const char *key,
                           bool required) {
    const struct json *value = member(r, object, key, JSON_STRING, required);
    return value ? value->string : NULL;
}

static double number_of(struct reader *r, const struct json *object, const char *key, double low,
                        double high) {
    const struct json *value = member(r, object, key, JSON_NUMBER, true);
    if (!value)
        return NAN;
    if (value->number < low || value->number > high)
        refuse(r, value->place, "out-of-range", key, "is outside what is physically possible");
    return value->number;
}

static uint32_t count_of(struct reader *r, const struct json *object, const char *key) {
    const struct json *value = member(r, object, key, JSON_NUMBER, true);
    if (!value)
        return 0;
    if (value->number >= 0 && value->number <= 4e9 && value->number == floor(value->number))
        return (uint32_t)value->number;
    refuse(r, value->place, "out-of-range", key, "is no count");
    return 0;
}

static void read_parameters(struct reader *r, const struct json *object, double *value) {
    for (size_t i = 0; i < object->count; i++) {
        bool known = false;
        for (size_t k = 0; k < CALIBRATION_PARAMETERS && !known; k++)
            known = strcmp(object->keys[i], calibration_parameters[k].name) == 0;
        if (!known)
            refuse(r, object->key_places[i], "unknown-key", object->keys[i], "is no parameter");
    }
    for (size_t k = 0; k < CALIBRATION_PARAMETERS; k++) {
        const struct calibration_parameter_info *info = &calibration_parameters[k];
        const struct json *entry = member(r, object, info->name, JSON_OBJECT, true);
        if (!entry)
            continue;
        const char *unit = text_of(r, entry, "unit", true);
        if (unit && strcmp(unit, info->unit) != 0)
            refuse(r, entry->place, "wrong-unit", info->name, "is given in another unit");
        value[k] = number_of(r, entry, "value", info->low * 0.999, info->high * 1.001);
    }
}

static void read_families(struct reader *r, const struct json *list, struct calibration *out) {
    if (list->count > CALIBRATION_FAMILIES)
        refuse(r, list->place, "out-of-range", "families", "holds more than there is room for");
    for (size_t i = 0; i < list->count && out->family_count < CALIBRATION_FAMILIES; i++) {
        const struct json *entry = list->items[i];
        if (entry->kind != JSON_OBJECT) {
            refuse(r, entry->place, "wrong-type", "families", "holds something else than objects");
            continue;
        }
        struct calibration_family *family = &out->family[out->family_count++];
        family->name = text_of(r, entry, "name", true);
        family->compute = number_of(r, entry, "compute", 0.05, 5);
        family->memory = number_of(r, entry, "memory", 0.05, 2);
        family->rows = count_of(r, entry, "rows");
        if (!family->name)
            family->name = "";
    }
}

static struct calibration_error read_error(struct reader *r, const struct json *errors,
                                           const char *key) {
    struct calibration_error error = {0};
    const struct json *entry = member(r, errors, key, JSON_OBJECT, true);
    if (!entry)
        return error;
    error.rows = count_of(r, entry, "rows");
    error.median = number_of(r, entry, "median", 0, 100);
    error.mean = number_of(r, entry, "mean", 0, 100);
    error.within_25 = number_of(r, entry, "within_25", 0, 1);
    return error;
}

static void read_weights(struct reader *r, const struct json *list, uint32_t *weights) {
    for (size_t i = 0; i < list->count; i++) {
        enum precision p = list->items[i]->kind == JSON_STRING
                               ? precision_find(list->items[i]->string)
                               : PRECISION_NONE;
        if (p == PRECISION_NONE)
            refuse(r, list->items[i]->place, "unknown-precision", "weights", "names no precision");
        else
            *weights |= 1u << p;
    }
}

static void read_range(struct reader *r, const struct json *object,
                       struct calibration_range *range) {
    range->input_min = number_of(r, object, "input_tokens_min", 0, 1e9);
    range->input_max = number_of(r, object, "input_tokens_max", 0, 1e9);
    range->output_min = number_of(r, object, "output_tokens_min", 0, 1e9);
    range->output_max = number_of(r, object, "output_tokens_max", 0, 1e9);
    range->context_max = number_of(r, object, "context_tokens_max", 0, 1e9);
    range->batch_max = number_of(r, object, "batch_max", 0, 1e9);
    range->tensor_parallel_max = count_of(r, object, "tensor_parallel_max");
    range->experts = json_is_true(json_get(object, "experts"));
    const struct json *weights = member(r, object, "weights", JSON_ARRAY, true);
    if (weights)
        read_weights(r, weights, &range->weights);
}

static void read_sources(struct reader *r, const struct json *list, struct calibration *out) {
    const char **sources = ARENA_ARRAY(r->arena, list->count, const char *);
    for (size_t i = 0; i < list->count; i++)
        sources[i] = list->items[i]->kind == JSON_STRING ? list->items[i]->string : "";
    out->sources = sources;
    out->source_count = list->count;
}

static void read_generation(struct reader *r, const struct json *object, struct calibration *out) {
    out->version = text_of(r, object, "version", true);
    out->until = text_of(r, object, "until", false);
    out->rows = count_of(r, object, "rows");
    const struct json *part;
    if ((part = member(r, object, "parameters", JSON_OBJECT, true)))
        read_parameters(r, part, out->value);
    if ((part = member(r, object, "families", JSON_ARRAY, true)))
        read_families(r, part, out);
    if ((part = member(r, object, "range", JSON_OBJECT, true)))
        read_range(r, part, &out->range);
    if ((part = member(r, object, "error", JSON_OBJECT, true))) {
        out->fitted = read_error(r, part, "fitted");
        out->left_out = read_error(r, part, "left_out_model");
        out->left_out_gpu = read_error(r, part, "left_out_gpu");
        out->left_out_source = read_error(r, part, "left_out_source");
    }
    if ((part = member(r, object, "sources", JSON_ARRAY, true)))
        read_sources(r, part, out);
}

struct list {
    struct calibration *items;
    size_t count, capacity;
};

static void read_file(struct reader *r, const struct json *root, struct list *list) {
    const char *engine = text_of(r, root, "engine", true), *name = text_of(r, root, "name", true);
    const struct json *generations = member(r, root, "generations", JSON_ARRAY, true);
    if (engine && !schema_is_id(engine)) /* it names the file that a new fit is written to */
        refuse(r, json_get(root, "engine")->place, "schema-id", "engine", SCHEMA_ID_RULE);
    for (size_t i = 0; generations && i < generations->count; i++) {
        const struct json *object = generations->items[i];
        if (object->kind != JSON_OBJECT) {
            refuse(r, object->place, "wrong-type", "generations",
                   "holds something else than objects");
            continue;
        }
        list->items =
            arena_grow(r->arena, list->items, list->count, &list->capacity, sizeof *list->items);
        struct calibration *out = &list->items[list->count++];
        *out = (struct calibration){.engine = engine, .name = name};
        read_generation(r, object, out);
    }
}

bool read_calibration(struct arena *arena, const char *display, const char *text, size_t n,
                      struct diags *diags, struct calibration_set *set) {
    struct reader r = {.arena = arena, .diags = diags};
    struct list list = {0};
    const struct json *root = json_parse(arena, display, text, n, diags);
    if (!root)
        return false;
    if (root->kind != JSON_OBJECT) {
        refuse(&r, root->place, "wrong-type", "calibration", "must be an object");
        return false;
    }
    read_file(&r, root, &list);
    *set = (struct calibration_set){.items = list.items, .count = list.count};
    return !r.failed;
}

static double share_at(struct reader *r, const struct csv_table *table, size_t row, int column) {
    const struct csv_cell *cell = csv_at(table, row, column);
    double value;
    if (num_parse(cell->text, strlen(cell->text), &value) && value >= 0 && value < 1e9)
        return value;
    refuse(r, cell->place, "csv-number", cell->text, "is no share or count");
    return NAN;
}

bool read_left_out(struct arena *arena, const char *display, const char *text, size_t n,
                   struct diags *diags, struct calibration_set *set) {
    static const char *const names[] = {"left_out", "name", "class",    "rows",
                                        "median",   "mean", "within_25"};
    struct reader r = {.arena = arena, .diags = diags};
    int column[7];
    const struct csv_table *table = csv_read(arena, display, text, n, diags);
    if (!table)
        return false;
    for (size_t i = 0; i < 7; i++)
        if ((column[i] = csv_column(table, names[i])) < 0)
            refuse(&r, (struct place){display, 1, 1}, "schema-missing-column", names[i],
                   "is missing");
    if (r.failed)
        return false;
    struct calibration_left_out *items =
        ARENA_ARRAY(arena, table->row_count + 1, struct calibration_left_out);
    for (size_t i = 0; i < table->row_count; i++) {
        items[i].key = csv_at(table, i, column[0])->text;
        items[i].name = csv_at(table, i, column[1])->text;
        items[i].kind = csv_at(table, i, column[2])->text;
        double rows = share_at(&r, table, i, column[3]);
        items[i].error.rows = isnan(rows) ? 0 : (uint32_t)rows;
        items[i].error.median = share_at(&r, table, i, column[4]);
        items[i].error.mean = share_at(&r, table, i, column[5]);
        items[i].error.within_25 = share_at(&r, table, i, column[6]);
    }
    set->left_out = items;
    set->left_out_count = table->row_count;
    return !r.failed;
}

static bool add_left_out(struct arena *arena, struct source *source, struct diags *diags,
                         struct calibration_set *set) {
    const char *path = CALIBRATION_DIRECTORY "/left-out.csv", *text;
    size_t n;
    return !source_read(source, path, true, JSON_MAX_BYTES, &text, &n) ||
           read_left_out(arena, source_display(source, path), text, n, diags, set);
}

bool read_calibrations(struct arena *arena, struct source *source, struct diags *diags,
                       struct calibration_set *set) {
    const char **names;
    size_t count;
    struct list all = {0};
    bool good = true;
    *set = (struct calibration_set){0};
    if (!source_list(source, CALIBRATION_DIRECTORY, &names, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]), n;
        if (length < 6 || strcmp(names[i] + length - 5, ".json") != 0)
            continue;
        const char *path = arena_printf(arena, CALIBRATION_DIRECTORY "/%s", names[i]), *text;
        struct calibration_set one;
        if (!source_read(source, path, false, JSON_MAX_BYTES, &text, &n) ||
            !read_calibration(arena, source_display(source, path), text, n, diags, &one)) {
            good = false;
            continue;
        }
        for (size_t k = 0; k < one.count; k++) {
            all.items = arena_grow(arena, all.items, all.count, &all.capacity, sizeof *all.items);
            all.items[all.count++] = one.items[k];
        }
    }
    *set = (struct calibration_set){.items = all.items, .count = all.count};
    return add_left_out(arena, source, diags, set) && good;
}
