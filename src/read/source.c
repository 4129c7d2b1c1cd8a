/* Where inputs come from: a project directory laid over the files embedded in the binary. */
#include "base/fs.h"
#include "base/hash.h"
#include "read/embedded.h"
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

/* A file that was read: who asks again gets what the first got. */
struct kept {
    const char *path, *display, *text;
    size_t n;
    struct kept *next;
};

enum { SLOTS = 256 };

struct source {
    struct arena *arena;
    struct diags *diags;
    const char *project;      /* NULL: embedded only */
    bool own_data;            /* the project's data/ replaces the embedded one whole */
    struct kept *kept[SLOTS]; /* of the project's files, by hash of their path */
};

static struct kept **slot_of(struct source *source, const char *path) {
    return &source->kept[hash_bytes(path, strlen(path), 0) % SLOTS];
}

static const struct kept *kept_file(struct source *source, const char *path) {
    const struct kept *file = *slot_of(source, path);
    while (file && strcmp(file->path, path) != 0)
        file = file->next;
    return file;
}

struct source *source_open(struct arena *arena, const char *project, struct diags *diags) {
    struct source *source = ARENA_NEW(arena, struct source);
    source->arena = arena;
    source->diags = diags;
    source->project = project;
    if (!project)
        return source;
    size_t errors = diags_errors(diags);
    if (!fs_is_dir(project, diags)) {
        diag_add(diags, DIAG_IO, "project-missing", (struct place){project, 0, 0},
                 "not a directory");
        return NULL;
    }
    source->own_data = fs_is_dir(fs_join(arena, project, "data"), diags);
    /* Not the embedded data in place of what could not be looked at. */
    return diags_errors(diags) == errors ? source : NULL;
}

static int compare_path(const void *key, const void *item) {
    return strcmp(key, ((const struct embedded_file *)item)->path);
}

static const struct embedded_file *embedded_find(const char *path) {
    return bsearch(path, embedded_files, embedded_file_count, sizeof embedded_files[0],
                   compare_path);
}

static bool is_data(const char *path) {
    return strncmp(path, "data", 4) == 0 && (path[4] == '/' || path[4] == '\0');
}

static bool uses_embedded(const struct source *source, const char *path) {
    return !(source->own_data && is_data(path));
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The next part of `path` below `directory`, or NULL: files and subdirectories alike. */
static const char *child_name(struct arena *arena, const char *path, const char *directory) {
    size_t n = strlen(directory);
    if (strncmp(path, directory, n) != 0 || path[n] != '/')
        return NULL;
    const char *name = path + n + 1;
    return arena_copy(arena, name, strcspn(name, "/"));
}

static size_t unique(const char **names, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(names[kept - 1], names[i]) != 0)
            names[kept++] = names[i];
    return kept;
}

bool source_list(struct source *source, const char *directory, const char ***names, size_t *count) {
    *names = NULL;
    *count = 0;
    size_t capacity = 0;
    if (source->project) {
        const char *path = fs_join(source->arena, source->project, directory);
        if (!fs_list(source->arena, path, true, source->diags, names, count))
            return false;
        capacity = *count; /* the next growth copies */
    }
    for (size_t i = 0; uses_embedded(source, directory) && i < embedded_file_count; i++) {
        const char *name = child_name(source->arena, embedded_files[i].path, directory);
        if (!name)
            continue;
        *names = arena_grow(source->arena, *names, *count, &capacity, sizeof **names);
        (*names)[(*count)++] = name;
    }
    if (*count)
        qsort(*names, *count, sizeof **names, by_bytes);
    *count = unique(*names, *count);
    return true;
}

static const char *display_of(const struct source *source, const char *path, const char *file) {
    return strcmp(source->project, ".") == 0 ? path : file;
}

/* The project's own file. */
static bool read_file(struct source *source, const char *path, const char *file, size_t max_bytes,
                      const char **text, size_t *n) {
    if (!fs_read(source->arena, file, max_bytes, source->diags, text, n))
        return false;
    struct kept **slot = slot_of(source, path), *kept = ARENA_NEW(source->arena, struct kept);
    kept->path = arena_strdup(source->arena, path);
    kept->display = display_of(source, kept->path, file);
    kept->text = *text;
    kept->n = *n;
    kept->next = *slot;
    *slot = kept;
    return true;
}

bool source_read(struct source *source, const char *path, bool optional, size_t max_bytes,
                 const char **text, size_t *n) {
    const struct kept *kept = kept_file(source, path);
    if (kept && kept->n <= max_bytes) {
        *text = kept->text;
        *n = kept->n;
        return true;
    }
    if (source->project) {
        const char *file = fs_join(source->arena, source->project, path);
        size_t errors = diags_errors(source->diags);
        if (fs_is_file(file, source->diags))
            return read_file(source, path, file, max_bytes, text, n);
        if (diags_errors(source->diags) != errors)
            return false;
    }
    const struct embedded_file *embedded = uses_embedded(source, path) ? embedded_find(path) : NULL;
    if (embedded && embedded->n <= max_bytes) {
        *text = embedded->bytes;
        *n = embedded->n;
        return true;
    }
    if (!optional)
        diag_add(source->diags, DIAG_IO, "io-open",
                 (struct place){source_display(source, path), 0, 0}, "%s",
                 embedded ? "larger than the limit" : source_no_file(source, path));
    return false;
}

const char *source_no_file(struct source *source, const char *path) {
    return source->project ? fs_no_file(fs_join(source->arena, source->project, path))
                           : "no such file";
}

bool source_is_directory(struct source *source, const char *path) {
    return source->project && fs_is_dir(fs_join(source->arena, source->project, path), NULL);
}

const char *source_display(struct source *source, const char *path) {
    const struct kept *kept = kept_file(source, path);
    if (kept)
        return kept->display;
    if (source->project) {
        const char *file = fs_join(source->arena, source->project, path);
        if (!uses_embedded(source, path) || fs_is_file(file, source->diags))
            return display_of(source, path, file);
    }
    return arena_printf(source->arena, "<embedded>/%s", path);
}
