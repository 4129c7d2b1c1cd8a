/* Removes a directory tree without ever following a symbolic link. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/pool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void complain(struct diags *diags, const char *path, int error) {
    char text[128];
    const char *reason = strerror_r(error, text, sizeof text);
    if (diags)
        diag_add(diags, DIAG_IO, "io-remove", (struct place){path, 0, 0}, "%s", reason);
}

static bool remove_at(int parent, const char *name, bool is_directory);

static bool is_dots(const char *name) {
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool remove_children(DIR *directory) {
    bool ok = true;
    struct dirent *entry;
    while ((entry = readdir(directory)))
        if (!is_dots(entry->d_name))
            ok = remove_at(dirfd(directory), entry->d_name, entry->d_type == DT_DIR) && ok;
    return ok;
}

/* is_directory: it is known to be one, and not tried as a file. */
static bool remove_at(int parent, const char *name, bool is_directory) {
    if (!is_directory && unlinkat(parent, name, 0) == 0)
        return true;
    /* EACCES: in the sandbox no file may be removed beside the site. */
    int error = is_directory ? EISDIR : errno;
    if (error != EISDIR && error != EPERM && error != EACCES)
        return error == ENOENT;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        if (is_directory && errno == ENOENT)
            return true;
        errno = error;
        return false;
    }
    DIR *directory = fdopendir(fd);
    if (!directory) {
        close(fd);
        return false;
    }
    bool ok = remove_children(directory);
    closedir(directory);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 && ok;
}

bool fs_remove_tree(const char *path, struct diags *diags) {
    if (remove_at(AT_FDCWD, path, false))
        return true;
    complain(diags, path, errno);
    return false;
}

/* Directories two steps below the tree: enough of them for all threads, whatever the tree is. */
enum { LIMBS_MAX = 32 };
struct branches {
    struct arena *arena;
    DIR *limbs[LIMBS_MAX]; /* one step below: open while their branches are removed */
    size_t limb_count;
    struct branch {
        int limb;
        const char *name;
    } * items;
    size_t count, capacity;
};

static DIR *open_directory(int parent, const char *name) {
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *directory = fd < 0 ? NULL : fdopendir(fd);
    if (fd >= 0 && !directory)
        close(fd);
    return directory;
}

static void gather_branches(struct branches *all, DIR *limb) {
    struct dirent *entry;
    while ((entry = readdir(limb))) {
        if (entry->d_type != DT_DIR || is_dots(entry->d_name))
            continue;
        all->items =
            arena_grow(all->arena, all->items, all->count, &all->capacity, sizeof *all->items);
        all->items[all->count++] =
            (struct branch){dirfd(limb), arena_strdup(all->arena, entry->d_name)};
    }
}

static void gather_limbs(struct branches *all, DIR *tree) {
    struct dirent *entry;
    while (all->limb_count < LIMBS_MAX && (entry = readdir(tree))) {
        DIR *limb = entry->d_type == DT_DIR && !is_dots(entry->d_name)
                        ? open_directory(dirfd(tree), entry->d_name)
                        : NULL;
        if (!limb)
            continue;
        all->limbs[all->limb_count++] = limb;
        gather_branches(all, limb);
    }
}

static void remove_branch(void *context, size_t index, unsigned worker) {
    const struct branches *all = context;
    (void)worker;
    (void)remove_at(all->items[index].limb, all->items[index].name, true);
}

bool fs_remove_tree_by(const char *path, unsigned jobs, struct diags *diags) {
    struct branches all = {.arena = arena_new()};
    DIR *tree = open_directory(AT_FDCWD, path);
    if (tree) {
        gather_limbs(&all, tree);
        closedir(tree);
    }
    pool_run(jobs, all.count, remove_branch, &all);
    for (size_t i = 0; i < all.limb_count; i++)
        closedir(all.limbs[i]);
    arena_free(all.arena);
    return fs_remove_tree(path, diags); /* what is left, and what could not be removed */
}
