#include "read/json.h"

#include "base/die.h"

#include "read/json_scan.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

/* Walks cJSON's tree and the scan's marks side by side: both are in the order of the text. */
struct builder {
    struct arena *arena, *texts; /* of the tree; of its strings */
    const struct json_scan *scan;
    size_t next_mark;
    bool duplicates;        /* a duplicate key was refused */
    const struct json *row; /* the one before in a file of rows, or NULL */
};

static const struct json_mark *next_mark(struct builder *b, struct place *place) {
    const struct json_mark *mark = &b->scan->marks[b->next_mark++];
    *place = (struct place){b->scan->file, mark->line, mark->column};
    return mark;
}

static enum json_kind kind_of(const cJSON *item) {
    switch (item->type & 0xFF) {
    case cJSON_False:
        return JSON_FALSE;
    case cJSON_True:
        return JSON_TRUE;
    case cJSON_String:
        return JSON_STRING;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_NULL;
    }
}

static int compare_keys(const void *a, const void *b, void *context) {
    const struct json *object = context;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    int order = strcmp(object->keys[i], object->keys[j]);
    return order ? order : (i > j) - (i < j);
}

/* Members by key, for look-ups and for finding duplicates: n log n whatever the keys are. */
static void sort_members(struct builder *b, struct json *object) {
    uint32_t *sorted = ARENA_ARRAY(b->arena, object->count, uint32_t);
    for (size_t i = 0; i < object->count; i++) {
        sorted[i] = (uint32_t)i;
    }
    qsort_r(sorted, object->count, sizeof *sorted, compare_keys, object);
    object->sorted = sorted;
}

/* Rows of a table have the same keys in the same order: what one keeps of them serves the next. */
static const char *keep_key(const struct builder *b, const struct json *row, size_t i,
                            const char *key) {
    bool same = row && i < row->count && strcmp(row->keys[i], key) == 0;
    return same ? row->keys[i] : arena_strdup(b->arena, key);
}

static bool sort_like_row(const struct json *row, struct json *object) {
    if (!row || row->count != object->count) {
        return false;
    }
    for (size_t i = 0; i < object->count; i++) {
        if (object->keys[i] != row->keys[i]) {
            return false;
        }
    }
    object->sorted = row->sorted;
    return true;
}

static void refuse_duplicate(struct builder *b, const struct json *object, uint32_t first,
                             uint32_t again) {
    b->duplicates = true;
    diag_add(b->scan->diags, DIAG_ERROR, "json-duplicate-key", object->key_places[again],
             "key \"%s\" stands twice, first at %u:%u", object->keys[again],
             object->key_places[first].line, object->key_places[first].column);
}

/* Of equal keys the last stands: the others are taken out of the object. */
static void drop_members(struct builder *b, struct json *object, const bool *drop) {
    size_t kept = 0;
    for (size_t i = 0; i < object->count; i++) {
        if (!drop[i]) {
            object->keys[kept] = object->keys[i];
            object->items[kept] = object->items[i];
            object->key_places[kept++] = object->key_places[i];
        }
    }
    object->count = kept;
    sort_members(b, object);
}

static void check_duplicates(struct builder *b, struct json *object) {
    bool *drop = NULL;
    for (size_t i = 1; i < object->count; i++) {
        uint32_t before = object->sorted[i - 1], again = object->sorted[i];
        if (strcmp(object->keys[before], object->keys[again]) != 0) {
            continue;
        }
        if (!(b->scan->flags & JSON_ALLOW_DUPLICATES)) {
            refuse_duplicate(b, object, before, again);
            continue;
        }
        drop = drop ? drop : ARENA_ARRAY(b->arena, object->count, bool);
        drop[before] = true;
    }
    if (drop) {
        drop_members(b, object, drop);
    }
}

static struct json *build(struct builder *b, const cJSON *item);

static void build_children(struct builder *b, struct json *value, const cJSON *item) {
    const cJSON *child;
    cJSON_ArrayForEach(child, item) {
        value->count++;
    }
    value->items = arena_room(b->arena, value->count, sizeof *value->items);
    bool object = value->kind == JSON_OBJECT;
    const struct json *row = object && b->row && b->row->kind == JSON_OBJECT ? b->row : NULL;
    if (object) {
        value->keys = arena_room(b->arena, value->count, sizeof *value->keys);
        value->key_places = arena_room(b->arena, value->count, sizeof *value->key_places);
    }
    size_t i = 0;
    cJSON_ArrayForEach(child, item) {
        if (object) {
            next_mark(b, &value->key_places[i]);
            value->keys[i] = keep_key(b, row, i, child->string);
        }
        value->items[i++] = build(b, child);
    }
    if (object && !sort_like_row(row, value)) {
        sort_members(b, value);
        check_duplicates(b, value);
    }
}

static struct json *build(struct builder *b, const cJSON *item) {
    struct json *value = ARENA_NEW(b->arena, struct json);
    const struct json_mark *mark = next_mark(b, &value->place);
    value->kind = mark->is_number ? JSON_NUMBER : kind_of(item);
    if (value->kind == JSON_NUMBER) {
        value->number = mark->number;
        value->is_integer = mark->is_integer;
        value->integer = mark->integer;
    } else if (value->kind == JSON_STRING) {
        value->string = arena_strdup(b->texts, item->valuestring);
    } else if (value->kind == JSON_ARRAY || value->kind == JSON_OBJECT) {
        build_children(b, value, item);
    }
    return value;
}

/* The value between start and scan->at, which the scan has accepted, after that row. */
static struct json *build_value(struct arena *arena, struct arena *texts, struct json_scan *scan,
                                size_t start, const struct json *row) {
    cJSON *root = cJSON_ParseWithLength(scan->copy + start, scan->at - start);
    if (!root) /* the scan has accepted it, so memory ran out */
        die_no_memory(scan->at - start);
    struct builder b = {.arena = arena, .texts = texts, .scan = scan, .row = row};
    struct json *value = build(&b, root);
    cJSON_Delete(root);
    return b.duplicates ? NULL : value;
}

static bool too_large(const char *file, size_t n, struct diags *diags) {
    if (n <= JSON_MAX_BYTES) {
        return false;
    }
    diag_add(diags, DIAG_ERROR, "json-size", (struct place){file, 0, 0},
             "larger than 64 MiB: %zu bytes", n);
    return true;
}

static struct json *parse_one(struct arena *arena, struct arena *texts, struct json_scan *scan) {
    json_scan_space(scan);
    size_t start = scan->at;
    bool accepted = json_scan_value(scan);
    struct json *value = accepted ? build_value(arena, texts, scan, start, NULL) : NULL;
    if (accepted && json_scan_space(scan)) {
        json_scan_fail(scan, "json-trailing", "text after the value");
        return NULL;
    }
    return value;
}

struct json *json_parse_flags(struct arena *arena, struct arena *texts, const char *file,
                              const char *text, size_t n, unsigned flags, struct diags *diags) {
    if (too_large(file, n, diags)) {
        return NULL;
    }
    struct arena *scratch = arena_new();
    struct json_scan scan;
    json_scan_begin(&scan, scratch, file, text, n, flags, diags);
    struct json *value = parse_one(arena, texts, &scan);
    arena_free(scratch);
    return value;
}

struct json *json_parse(struct arena *arena, const char *file, const char *text, size_t n,
                        struct diags *diags) {
    return json_parse_flags(arena, arena, file, text, n, 0, diags);
}

struct json **json_parse_lines(struct arena *arena, const char *file, const char *text, size_t n,
                               unsigned flags, struct diags *diags, size_t *count) {
    *count = 0;
    if (too_large(file, n, diags)) {
        return NULL;
    }
    struct arena *scratch = arena_new();
    struct json_scan scan;
    json_scan_begin(&scan, scratch, file, text, n, flags, diags);
    size_t capacity = 16;
    struct json **values = ARENA_ARRAY(arena, capacity, struct json *);
    while (json_scan_space(&scan)) {
        const struct json_scan before = scan;
        const struct json *row = *count ? values[*count - 1] : NULL;
        struct json *value =
            json_scan_value(&scan) ? build_value(arena, arena, &scan, before.at, row) : NULL;
        if (value) {
            values = arena_grow(arena, values, *count, &capacity, sizeof *values);
            values[(*count)++] = value;
        } else if (text[before.at] == '{') {
            json_scan_resume(&scan, &before);
        } else {
            break;
        }
    }
    arena_free(scratch);
    return values;
}

const struct json *json_get(const struct json *object, const char *key) {
    if (!object || object->kind != JSON_OBJECT) {
        return NULL;
    }
    size_t low = 0, high = object->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t member = object->sorted[middle];
        int order = strcmp(key, object->keys[member]);
        if (order == 0) {
            return object->items[member];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

bool json_is_true(const struct json *value) {
    return value && value->kind == JSON_TRUE;
}

const char *json_get_string(const struct json *object, const char *key) {
    const struct json *value = json_get(object, key);
    return value && value->kind == JSON_STRING ? value->string : NULL;
}

double json_get_number(const struct json *object, const char *key) {
    const struct json *value = json_get(object, key);
    return value && value->kind == JSON_NUMBER ? value->number : NAN;
}
