/* Gathers the inputs: the project's file lies over the embedded one of the same name. */
#include "command/inputs.h"

#include "base/fs.h"
#include "base/hash.h"
#include "base/program.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 4 };
#define FILE_MAX_BYTES ((size_t)64 << 20)

struct gathering {
    struct project *project;
    struct source_text *items;
    size_t count, capacity;
};

static bool gather(struct gathering *g, const char *directory, int depth);

/* A name that is no file is a directory. */
static bool take(struct gathering *g, const char *path, int depth) {
    struct arena *arena = g->project->arena;
    const char *text;
    size_t n, errors = diags_errors(g->project->diags);
    if (!source_read(g->project->source, path, true, FILE_MAX_BYTES, &text, &n))
        return diags_errors(g->project->diags) == errors && depth < DEPTH_MAX &&
               gather(g, path, depth + 1);
    g->items = arena_grow(arena, g->items, g->count, &g->capacity, sizeof *g->items);
    g->items[g->count++] = (struct source_text){
        .name = path, .path = source_display(g->project->source, path), .text = text, .length = n};
    return true;
}

static bool gather(struct gathering *g, const char *directory, int depth) {
    const char **names;
    size_t count;
    if (!source_list(g->project->source, directory, &names, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!take(g, fs_join(g->project->arena, directory, names[i]), depth))
            return false;
    return true;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct source_text *)a)->name, ((const struct source_text *)b)->name);
}

static uint64_t hash_texts(const struct source_text *items, size_t count, uint64_t hash) {
    for (size_t i = 0; i < count; i++) {
        hash = hash_bytes(items[i].name, strlen(items[i].name), hash);
        hash = hash_bytes(items[i].text, items[i].length, hash);
    }
    return hash;
}

static bool is_price_list(const char *name) {
    static const char *const folders[] = {"data/prices/", "data/api-prices/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (strncmp(name, folders[i], strlen(folders[i])) == 0)
            return true;
    return false;
}

static uint64_t hash_rest(const struct inputs *inputs, uint64_t hash) {
    for (size_t i = 0; i < inputs->all.count; i++)
        if (!is_price_list(inputs->all.items[i].name))
            hash = hash_texts(&inputs->all.items[i], 1, hash);
    return hash;
}

bool inputs_theme(struct project *project, struct render_sources *theme) {
    struct gathering g = {.project = project};
    if (!gather(&g, "templates", 0) || !gather(&g, "assets", 0))
        return false;
    if (g.count)
        qsort(g.items, g.count, sizeof *g.items, by_name);
    *theme = (struct render_sources){g.items, g.count};
    return true;
}

bool inputs_gather(struct project *project, struct inputs *inputs) {
    struct gathering g = {.project = project};
    if (!gather(&g, "data", 0) || !gather(&g, "templates", 0) || !gather(&g, "assets", 0))
        return false;
    if (g.count)
        qsort(g.items, g.count, sizeof *g.items, by_name);
    *inputs = (struct inputs){.all = {g.items, g.count}, .theme = {g.items, 0}};
    size_t first_data = 0, after_data;
    while (first_data < g.count && strncmp(g.items[first_data].name, "data/", 5) < 0)
        first_data++;
    for (after_data = first_data; after_data < g.count; after_data++)
        if (strncmp(g.items[after_data].name, "data/", 5) != 0)
            break;
    struct source_text *theme = ARENA_ARRAY(project->arena, g.count, struct source_text);
    size_t rest = g.count - after_data;
    for (size_t i = 0; i < first_data; i++)
        theme[i] = g.items[i];
    for (size_t i = 0; i < rest; i++)
        theme[first_data + i] = g.items[after_data + i];
    inputs->theme = (struct render_sources){theme, first_data + rest};
    inputs->data_hash = hash_texts(g.items + first_data, after_data - first_data, 0);
    uint64_t program = program_fingerprint(); /* another one may write another site */
    if (program) {
        inputs->hash = hash_texts(theme, inputs->theme.count, inputs->data_hash ^ program);
        inputs->rest_hash = hash_rest(inputs, program);
    }
    return true;
}
