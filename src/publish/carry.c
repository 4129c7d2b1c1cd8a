/* Fills the staging tree from the old site with hard links: same files, nothing is copied. Each
   directory is read once, by one thread, and held open in both trees: a name is looked up in it,
   not a path from the top. */
#include "publish/carry.h"

#include "base/pool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOREIGN_MAX = 20000, JOBS_MAX = 64 };

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

/* The directory one thread is at. */
struct folder {
    struct walk *walk;
    unsigned worker;
    const char *path; /* "models/x", "" at the top */
    size_t n;         /* of the path with its slash */
    int site, tree;   /* open; tree: -1 until it is needed */
    struct manifest_span made, old;
};

/* Some file systems and owners do not let us link: then the files are placed one by one. */
static bool refuses_links(int error) {
    return error == EPERM || error == EXDEV || error == EMLINK || error == EOPNOTSUPP ||
           error == ENOSYS;
}

static const char *path_in(const struct folder *folder, const char *name) {
    struct arena *arena = folder->walk->arenas[folder->worker];
    return folder->n ? arena_printf(arena, "%s/%s", folder->path, name) : arena_strdup(arena, name);
}

static bool open_in_tree(struct folder *folder) {
    const struct stage *stage = folder->walk->stage;
    folder->tree = openat(stage->tree_fd, folder->n ? folder->path : ".",
                          O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return folder->tree >= 0;
}

/* Makes it where it is not there yet. */
static bool enter_tree(struct folder *folder) {
    struct stage *stage = folder->walk->stage;
    if (folder->tree >= 0 || open_in_tree(folder))
        return true;
    return errno == ENOENT && stage_parents(stage->tree_fd, path_in(folder, "")) &&
           open_in_tree(folder);
}

static bool link_over(struct folder *folder, const char *name) {
    struct stage *stage = folder->walk->stage;
    if (enter_tree(folder) && linkat(folder->site, name, folder->tree, name, 0) == 0)
        return true;
    if (refuses_links(errno))
        atomic_store(&stage->cannot_link, true);
    else
        stage_io_error(stage, path_in(folder, name), errno);
    return false;
}

/* One that the tool did not make is made again as it is, be it empty. */
static bool carry_directory(struct stage *stage, const char *path) {
    struct stat info;
    if (manifest_below(&stage->old, path).count)
        return true;
    if (!stage_parents(stage->tree_fd, path) ||
        (mkdirat(stage->tree_fd, path, 0777) != 0 && errno != EEXIST)) {
        stage_io_error(stage, path, errno);
        return false;
    }
    /* Not by its path: the sandbox lets nobody. */
    int fd = openat(stage->tree_fd, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && fstatat(stage->out_lock, path, &info, AT_SYMLINK_NOFOLLOW) == 0)
        (void)!fchmod(fd, info.st_mode & 07777);
    if (fd >= 0)
        close(fd);
    return true;
}

/* Of a file that is not planned. One of ours goes, unless somebody edited it. */
static bool carry_unplanned(struct folder *folder, const char *name) {
    struct walk *walk = folder->walk;
    struct stage *stage = walk->stage;
    const struct manifest_entry *old = manifest_name(folder->old, folder->n, name);
    if (old && content_has_hash(stage->out_lock, old->path, old))
        return true;
    if (old)
        diag_add(stage->diags, DIAG_WARNING, "publish-edited", (struct place){old->path, 0, 0},
                 "is no longer planned but was edited by hand: kept");
    if (atomic_fetch_add(&walk->foreign, 1) == FOREIGN_MAX) {
        diag_add(stage->diags, DIAG_IO, "publish-out", (struct place){stage->out, 0, 0},
                 "holds more than %d files that tallypress did not make: is it a site?",
                 FOREIGN_MAX);
        return false;
    }
    return link_over(folder, name);
}

static bool carry_file(struct folder *folder, const char *name) {
    struct manifest_entry *made = manifest_name(folder->made, folder->n, name);
    if (!made)
        return carry_unplanned(folder, name);
    made->carried = !made->changed && link_over(folder, name);
    return made->changed || made->carried;
}

static bool is_ours_by_name(const char *name) {
    return strcmp(name, STAGE_MANIFEST) == 0 || strcmp(name, ".tallypress-stage") == 0;
}

/* What the directory says it is, or where that is not known what it is; DT_UNKNOWN: it is gone. */
static unsigned char kind_of(const struct folder *folder, const struct dirent *entry) {
    struct stat info;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type;
    if (fstatat(folder->site, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return S_ISDIR(info.st_mode) ? DT_DIR : DT_REG;
}

static bool carry_entry(struct folder *folder, const struct dirent *entry) {
    struct walk *walk = folder->walk;
    unsigned char kind = kind_of(folder, entry);
    if (kind != DT_DIR)
        return kind == DT_UNKNOWN || carry_file(folder, entry->d_name);
    const char *path = path_in(folder, entry->d_name);
    struct folders *next = &walk->next[folder->worker];
    next->paths = arena_grow(walk->arenas[folder->worker], next->paths, next->count,
                             &next->capacity, sizeof(char *));
    next->paths[next->count++] = path;
    return carry_directory(walk->stage, path);
}

static bool carry_entries(struct folder *folder, DIR *directory) {
    struct dirent *entry;
    while (errno = 0, (entry = readdir(directory))) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (!folder->n && is_ours_by_name(name))
            continue;
        if (!carry_entry(folder, entry))
            return false;
    }
    if (errno) /* what of the owner's was not listed would be gone */
        stage_io_error(folder->walk->stage, folder->path, errno);
    return errno == 0;
}

static bool look_into(struct walk *walk, unsigned worker, const char *path) {
    struct stage *stage = walk->stage;
    int fd = openat(stage->out_lock, path[0] ? path : ".",
                    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *directory = fd < 0 ? NULL : fdopendir(fd);
    if (!directory) {
        stage_io_error(stage, path, errno);
        if (fd >= 0)
            close(fd);
        return false;
    }
    struct folder folder = {.walk = walk,
                            .worker = worker,
                            .path = path,
                            .n = path[0] ? strlen(path) + 1 : 0,
                            .site = fd,
                            .tree = -1,
                            .made = manifest_below(&stage->made, path),
                            .old = manifest_below(&stage->old, path)};
    bool ok = carry_entries(&folder, directory);
    if (folder.tree >= 0)
        close(folder.tree);
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

/* A file that is gone since it was looked at would be missing from the new site. */
static bool all_carried(struct stage *stage) {
    for (size_t i = 0; i < stage->made.count; i++) {
        const struct manifest_entry *entry = &stage->made.entries[i];
        if (entry->changed || entry->carried)
            continue;
        stage_io_error(stage, entry->path, ENOENT);
        return false;
    }
    return true;
}

bool carry_over(struct stage *stage) {
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
    return !atomic_load(&walk.failed) && all_carried(stage);
}
