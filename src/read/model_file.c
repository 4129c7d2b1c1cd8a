/* read_model(): the project's own model file, a raw config.json or a safetensors index. */
#include "read/hf_model.h"
#include "read/read.h"
#include "read/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct arena *arena;
    struct diags *diags;
    bool failed;
};

static void refuse(struct reader *r, struct place place, const char *code, const char *text,
                   const char *key) {
    r->failed = true;
    diag_add(r->diags, DIAG_ERROR, code, place, "\"%s\" %s", key, text);
}

/* Optional string member; NULL when absent or null. */
static const char *string_member(struct reader *r, const struct json *object, const char *key,
                                 bool required) {
    const struct json *value = json_get(object, key);
    if (value && value->kind == JSON_STRING && str_turns(value->string, strlen(value->string)))
        refuse(r, value->place, "json-control", "has a mark that turns the direction of text", key);
    else if (value && value->kind == JSON_STRING && value->string[0])
        return value->string;
    else if (value && value->kind != JSON_NULL)
        refuse(r, value->place, "wrong-type", "must be a string that is not empty", key);
    else if (required)
        refuse(r, object->place, "missing-key", "is missing", key);
    return NULL;
}

static void check_keys(struct reader *r, const struct json *object, const char *const *known,
                       size_t count) {
    for (size_t i = 0; i < object->count; i++) {
        bool found = false;
        for (size_t k = 0; k < count && !found; k++)
            found = strcmp(object->keys[i], known[k]) == 0;
        if (!found)
            refuse(r, object->key_places[i], "unknown-key", "is not a key of a model file",
                   object->keys[i]);
    }
}

static double count_member(struct reader *r, const struct json *object, const char *key) {
    const struct json *value = json_get(object, key);
    if (!value || value->kind == JSON_NULL)
        return NAN;
    if (value->kind == JSON_NUMBER && value->number > 0 && value->number < 1e16)
        return value->number;
    refuse(r, value->place, value->kind == JSON_NUMBER ? "out-of-range" : "wrong-type",
           "must be a positive count of parameters", key);
    return NAN;
}

static const char *date_member(struct reader *r, const struct json *object, const char *key) {
    const char *date = string_member(r, object, key, false);
    if (date && (!schema_is_date(date) || !date[4])) {
        refuse(r, json_get(object, key)->place, "bad-date", "must be YYYY-MM or YYYY-MM-DD", key);
        return NULL;
    }
    return date;
}

static void read_published(struct reader *r, const struct json *root, struct model *model) {
    static const char *const known[] = {"total",  "active", "exact",     "source",
                                        "counts", "note",   "difference"};
    const struct json *list = json_get(root, "published");
    if (!list)
        return;
    if (list->kind != JSON_ARRAY) {
        refuse(r, list->place, "wrong-type", "must be an array", "published");
        return;
    }
    struct published_count *rows = ARENA_ARRAY(r->arena, list->count, struct published_count);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *item = list->items[i];
        if (item->kind != JSON_OBJECT) {
            refuse(r, item->place, "wrong-type", "holds objects only", "published");
            continue;
        }
        check_keys(r, item, known, sizeof known / sizeof *known);
        struct published_count *row = &rows[model->published_count++];
        row->total = count_member(r, item, "total");
        row->active = count_member(r, item, "active");
        row->exact = json_is_true(json_get(item, "exact"));
        row->source = string_member(r, item, "source", true);
        row->counts = string_member(r, item, "counts", false);
        const struct json *difference = json_get(item, "difference");
        if (difference && difference->kind == JSON_NUMBER && fabs(difference->number) < 1e16)
            row->difference = (int64_t)difference->number;
        else if (difference)
            refuse(r, difference->place, "wrong-type", "must be a count", "difference");
    }
    model->published = rows;
}

static void read_aliases(struct reader *r, const struct json *root, struct model *model) {
    const struct json *list = json_get(root, "aliases");
    if (!list)
        return;
    if (list->kind != JSON_ARRAY) {
        refuse(r, list->place, "wrong-type", "must be an array", "aliases");
        return;
    }
    const char **names = ARENA_ARRAY(r->arena, list->count, const char *);
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->kind == JSON_STRING)
            names[model->alias_count++] = list->items[i]->string;
        else
            refuse(r, list->items[i]->place, "wrong-type", "holds strings only", "aliases");
    model->aliases = names;
}

static bool read_wrapper(struct reader *r, const struct json *root, struct model *model) {
    static const char *const known[] = {"id",      "name",         "hf_id",     "family",
                                        "aliases", "release_date", "license",   "context_tokens",
                                        "source",  "source_date",  "published", "config",
                                        "note"};
    check_keys(r, root, known, sizeof known / sizeof *known);
    const struct json *config = json_get(root, "config"), *context;
    model->id = string_member(r, root, "id", true);
    if (model->id && !schema_is_id(model->id))
        refuse(r, json_get(root, "id")->place, "schema-id", SCHEMA_ID_RULE, "id");
    model->name = string_member(r, root, "name", true);
    model->hf_id = string_member(r, root, "hf_id", false);
    model->family = string_member(r, root, "family", true);
    model->license_id = string_member(r, root, "license", false);
    model->release_date = date_member(r, root, "release_date");
    model->source = string_member(r, root, "source", true);
    model->source_date = date_member(r, root, "source_date");
    read_aliases(r, root, model);
    read_published(r, root, model);
    if (config->kind != JSON_OBJECT)
        refuse(r, config->place, "wrong-type", "must be an object", "config");
    else if (!hf_read_model(r->arena, config, r->diags, model))
        r->failed = true;
    context = json_get(root, "context_tokens");
    if (context && context->kind == JSON_NUMBER && context->number == floor(context->number) &&
        context->number >= 1 && context->number <= 1 << 30)
        model->context_tokens = (uint32_t)context->number;
    else if (context && context->kind != JSON_NULL)
        refuse(r, context->place, "out-of-range", "must be a whole number of tokens",
               "context_tokens");
    return !r->failed;
}

/* "a/b/Qwen__Qwen3-8B.json" -> "Qwen/Qwen3-8B"; "dir/config.json" -> "dir". */
static const char *name_of_path(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    size_t n = strlen(base);
    if (slash && slash > path &&
        (strcmp(base, "config.json") == 0 || strstr(base, ".index.json"))) {
        const char *end = slash;
        for (base = end; base > path && base[-1] != '/';)
            base--;
        n = (size_t)(end - base);
    } else if (n > 5 && strcmp(base + n - 5, ".json") == 0) {
        n -= 5;
    }
    char *name = arena_copy(arena, base, n);
    char *mark = strstr(name, "__");
    if (mark && mark > name && mark[2]) {
        *mark = '/';
        memmove(mark + 1, mark + 2, strlen(mark + 2) + 1);
    }
    return name;
}

static void name_by_path(struct arena *arena, const char *path, struct model *model) {
    const char *name = name_of_path(arena, path), *last = strrchr(name, '/');
    char slug[128];
    str_slug(slug, sizeof slug, last ? last + 1 : name);
    model->id = arena_strdup(arena, slug);
    model->name = last ? last + 1 : name;
    model->hf_id = last ? name : NULL;
    model->family = model->model_type;
    model->source = arena_strdup(arena, path);
}

static bool read_root(struct arena *arena, const char *path, const struct json *root,
                      struct diags *diags, struct model *model) {
    model->place = root->place;
    if (root->kind != JSON_OBJECT) {
        diag_add(diags, DIAG_ERROR, "not-a-model-config", root->place,
                 "a model is described by a JSON object");
        return false;
    }
    if (json_get(root, "config") && json_get(root, "id")) {
        struct reader reader = {arena, diags, false};
        return read_wrapper(&reader, root, model);
    }
    bool index = json_get(root, "weight_map") || json_get(root, "metadata");
    bool read =
        index ? hf_read_index(arena, root, diags, model) : hf_read_model(arena, root, diags, model);
    if (read)
        name_by_path(arena, path, model);
    return read;
}

/* Of a model's file its texts are kept, not the tree that they stand in: it is several times them.
 */
bool read_model(struct arena *arena, const char *path, const char *text, size_t n,
                struct diags *diags, struct model *model) {
    struct arena *tree = arena_new();
    const struct json *root =
        json_parse_flags(tree, arena, path, text, n, JSON_ALLOW_INFINITY, diags);
    memset(model, 0, sizeof *model);
    bool read = root && read_root(arena, path, root, diags, model);
    arena_free(tree);
    return read;
}
