/* Fills the staging tree from the old site with hard links: same files, nothing is copied. */
#include "publish/carry.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOREIGN_MAX = 20000 };

struct walk {
    struct stage *stage;
    size_t foreign;
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
    stage->cannot_link = refuses_links(errno);
    if (!stage->cannot_link)
        stage_io_error(stage, path, errno);
    return false;
}

bool carry_unchanged(struct stage *stage) {
    for (size_t i = 0; i < stage->made.count; i++)
        if (!stage->made.entries[i].changed && !link_over(stage, stage->made.entries[i].path))
            return false;
    return true;
}

static bool walk_directory(struct walk *walk, const char *path);

static bool carry_directory(struct walk *walk, const char *path) {
    struct stage *stage = walk->stage;
    if (!manifest_has_below(&stage->old, path)) {
        struct stat info;
        if (!stage_parents(stage->tree_fd, path) ||
            (mkdirat(stage->tree_fd, path, 0777) != 0 && errno != EEXIST)) {
            stage_io_error(stage, path, errno);
            return false;
        }
        if (fstatat(stage->out_lock, path, &info, AT_SYMLINK_NOFOLLOW) == 0)
            (void)!fchmodat(stage->tree_fd, path, info.st_mode & 07777, 0);
    }
    return walk_directory(walk, path);
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
    if (++walk->foreign > FOREIGN_MAX) {
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

static bool carry_entry(struct walk *walk, const char *directory, const struct dirent *entry) {
    struct stage *stage = walk->stage;
    const char *path = directory[0] ? arena_printf(stage->arena, "%s/%s", directory, entry->d_name)
                                    : arena_strdup(stage->arena, entry->d_name);
    struct stat info;
    if (fstatat(stage->out_lock, path, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return true; /* gone meanwhile */
    return S_ISDIR(info.st_mode) ? carry_directory(walk, path) : carry_file(walk, path);
}

static bool walk_directory(struct walk *walk, const char *path) {
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
        ok = carry_entry(walk, path, entry);
    }
    closedir(directory);
    return ok;
}

bool carry_foreign(struct stage *stage) {
    struct walk walk = {.stage = stage};
    return walk_directory(&walk, "");
}
