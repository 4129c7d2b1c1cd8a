/* Fills the staging tree from the old site with hard links: same files, nothing is copied. Files of
   one directory lie together, and each directory is looked at once: threads share both out. */
#include "publish/carry.h"

#include "base/pool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOREIGN_MAX = 20000, CHUNK = 256, JOBS_MAX = 64 };

/* Directories of one depth; those below them are found on the way. */
struct folders {
    const char **paths;
    size_t count, capacity;
};

struct walk {
    struct stage *stage;
    atomic_size_t foreign;
    atomic_bool failed;
    struct folders now, next[JOBS_MAX]; /* next: by the thread that found them */
    struct arena *arenas[JOBS_MAX];     /* likewise */
};

/* Some file systems and owners do not let us link: then the files are placed one by one. */
static bool refuses_links(int error) {
    return error == EPERM || error == EXDEV || error == EMLINK || error == EOPNOTSUPP ||
           error == ENOSYS;
}

static bool link_over(struct stage *stage, const char *path) {
    if (linkat(stage->out_lock, path, stage->tree_fd, path, 0) == 0)
        return true;
    if (errno == ENOENT && stage_parents(stage->tree_fd, path) &&
        linkat(stage->out_lock, path, stage->tree_fd, path, 0) == 0)
        return true;
    if (refuses_links(errno))
        atomic_store(&stage->cannot_link, true);
    else
        stage_io_error(stage, path, errno);
    return false;
}

static void link_chunk(void *context, size_t chunk, unsigned worker) {
    struct walk *walk = context;
    const struct manifest *made = &walk->stage->made;
    (void)worker;
    for (size_t i = chunk * CHUNK; i < made->count && i < (chunk + 1) * CHUNK; i++) {
        const char *path = made->entries[i].path;
        if (made->entries[i].changed || atomic_load(&walk->failed))
            continue;
        if (publish_is_index(path)) /* made before it is missed */
            (void)stage_parent(walk->stage->tree_fd, path);
        if (!link_over(walk->stage, path))
            atomic_store(&walk->failed, true);
    }
}

bool carry_unchanged(struct stage *stage) {
    struct walk walk = {.stage = stage};
    pool_run(pool_default_jobs(), (stage->made.count + CHUNK - 1) / CHUNK, link_chunk, &walk);
    return !atomic_load(&walk.failed);
}

/* One that the tool did not make is made again as it is, be it empty. */
static bool carry_directory(struct stage *stage, const char *path) {
    struct stat info;
    if (manifest_has_below(&stage->old, path))
        return true;
    if (!stage_parents(stage->tree_fd, path) ||
        (mkdirat(stage->tree_fd, path, 0777) != 0 && errno != EEXIST)) {
        stage_io_error(stage, path, errno);
        return false;
    }
    if (fstatat(stage->out_lock, path, &info, AT_SYMLINK_NOFOLLOW) == 0)
        (void)!fchmodat(stage->tree_fd, path, info.st_mode & 07777, 0);
    return true;
}

/* A file of ours that is not planned any more goes, unless somebody edited it. */
static bool carry_file(struct walk *walk, const char *path) {
    struct stage *stage = walk->stage;
    const struct manifest_entry *old = manifest_find(&stage->old, path);
    if (manifest_find(&stage->made, path))
        return true;
    if (old && content_has_hash(stage->out_lock, path, old))
        return true;
    if (old)
        diag_add(stage->diags, DIAG_WARNING, "publish-edited", (struct place){path, 0, 0},
                 "is no longer planned but was edited by hand: kept");
    if (atomic_fetch_add(&walk->foreign, 1) == FOREIGN_MAX) {
        stage_io_error(stage, stage->out, EFBIG);
        diag_add(stage->diags, DIAG_IO, "publish-out", (struct place){stage->out, 0, 0},
                 "holds more than %d files that tallypress did not make: is it a site?",
                 FOREIGN_MAX);
        return false;
    }
    return link_over(stage, path);
}

static bool is_ours_by_name(const char *name) {
    return strcmp(name, STAGE_MANIFEST) == 0 || strcmp(name, ".tallypress-stage") == 0;
}

/* What the directory says it is, or where that is not known what it is; DT_UNKNOWN: it is gone. */
static unsigned char kind_of(const struct walk *walk, const struct dirent *entry,
                             const char *path) {
    struct stat info;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type;
    if (fstatat(walk->stage->out_lock, path, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return S_ISDIR(info.st_mode) ? DT_DIR : DT_REG;
}

static bool carry_entry(struct walk *walk, unsigned worker, const char *folder,
                        const struct dirent *entry) {
    struct arena *arena = walk->arenas[worker];
    const char *name = entry->d_name;
    const char *path =
        folder[0] ? arena_printf(arena, "%s/%s", folder, name) : arena_strdup(arena, name);
    unsigned char kind = kind_of(walk, entry, path);
    if (kind != DT_DIR)
        return kind == DT_UNKNOWN || carry_file(walk, path);
    struct folders *next = &walk->next[worker];
    next->paths = arena_grow(arena, next->paths, next->count, &next->capacity, sizeof(char *));
    next->paths[next->count++] = path;
    return carry_directory(walk->stage, path);
}

static bool look_into(struct walk *walk, unsigned worker, const char *path) {
    int fd = openat(walk->stage->out_lock, path[0] ? path : ".",
                    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *directory = fd < 0 ? NULL : fdopendir(fd);
    if (!directory) {
        stage_io_error(walk->stage, path, errno);
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool ok = true;
    struct dirent *entry;
    while (ok && (entry = readdir(directory))) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (!path[0] && is_ours_by_name(name))
            continue;
        ok = carry_entry(walk, worker, path, entry);
    }
    closedir(directory);
    return ok;
}

static void look_into_next(void *context, size_t index, unsigned worker) {
    struct walk *walk = context;
    if (!atomic_load(&walk->failed) && !look_into(walk, worker, walk->now.paths[index]))
        atomic_store(&walk->failed, true);
}

/* Those of all threads, for the next round. */
static void go_down(struct walk *walk) {
    struct arena *arena = walk->arenas[0];
    struct folders all = {.paths = NULL};
    for (size_t w = 0; w < JOBS_MAX; w++) {
        for (size_t i = 0; i < walk->next[w].count; i++) {
            all.paths = arena_grow(arena, all.paths, all.count, &all.capacity, sizeof(char *));
            all.paths[all.count++] = walk->next[w].paths[i];
        }
        walk->next[w].count = 0;
    }
    walk->now = all;
}

bool carry_foreign(struct stage *stage) {
    const char *root = "";
    struct walk walk = {.stage = stage, .now = {&root, 1, 1}};
    unsigned jobs = pool_default_jobs();
    for (size_t w = 0; w < jobs; w++)
        walk.arenas[w] = arena_new();
    while (walk.now.count && !atomic_load(&walk.failed)) {
        pool_run(jobs, walk.now.count, look_into_next, &walk);
        go_down(&walk);
    }
    for (size_t w = 0; w < jobs; w++)
        arena_free(walk.arenas[w]);
    return !atomic_load(&walk.failed);
}
