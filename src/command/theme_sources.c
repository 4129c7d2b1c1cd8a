/* Gathers templates and assets: the project's file lies over the embedded one of the same name. */
#include "command/theme_sources.h"

#include "base/fs.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 4 };
#define THEME_FILE_MAX_BYTES ((size_t)8 << 20)

struct gathering {
    struct project *project;
    struct source_text *items;
    size_t count, capacity;
};

static bool gather(struct gathering *g, const char *directory, int depth);

/* A name that cannot be read as a file is a directory. */
static bool take(struct gathering *g, const char *path, int depth) {
    struct arena *arena = g->project->arena;
    const char *text;
    size_t n;
    if (!source_read(g->project->source, path, true, THEME_FILE_MAX_BYTES, &text, &n))
        return depth < DEPTH_MAX && gather(g, path, depth + 1);
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

bool theme_sources(struct project *project, struct render_sources *sources, uint64_t *fingerprint) {
    struct gathering g = {.project = project};
    if (!gather(&g, "templates", 0) || !gather(&g, "assets", 0))
        return false;
    if (g.count)
        qsort(g.items, g.count, sizeof *g.items, by_name);
    for (size_t i = 0; i < g.count; i++) {
        *fingerprint = hash_bytes(g.items[i].name, strlen(g.items[i].name), *fingerprint);
        *fingerprint = hash_bytes(g.items[i].text, g.items[i].length, *fingerprint);
    }
    *sources = (struct render_sources){g.items, g.count};
    return true;
}
