/* Where the site's directory cannot be swapped: files are renamed over the old ones, one by one. */
#include "publish/stage_inside.h"

#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A manifest of old and new together comes first: killed half-way, the next build still knows
   which files are ours. */
static bool place_union(struct stage *stage) {
    const size_t most = stage->old.count + stage->made.count;
    struct manifest both = {.fingerprint = MANIFEST_MIXED,
                            .entries = ARENA_ARRAY(stage->arena, most, struct manifest_entry)};
    for (size_t i = 0; i < most; i++) {
        bool first = i < stage->old.count;
        const struct manifest_entry *entry =
            first ? &stage->old.entries[i] : &stage->made.entries[i - stage->old.count];
        if (!first && manifest_find(&stage->old, entry->path))
            continue;
        both.entries[both.count++] = *entry;
    }
    manifest_sort(&both);
    bool same;
    if (!commit_manifest(stage, &both, ".tallypress-union", &same))
        return false;
    if (renameat(stage->tree_fd, ".tallypress-union", stage->out_lock, STAGE_MANIFEST) == 0)
        return true;
    stage_io_error(stage, STAGE_MANIFEST, errno);
    return false;
}

/* The directory that path lies in, below fd, made where it is missing and wanted. No link on the
   way is followed: it may lead out of the site. -1 with errno (ENOTDIR: a link); *name is the last
   part of the path. The caller closes it. */
static int open_parent(int fd, const char *path, bool make, const char **name) {
    const int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int at = openat(fd, ".", flags);
    for (const char *slash; at >= 0 && (slash = strchr(path, '/')); path = slash + 1) {
        char part[NAME_MAX + 1];
        size_t n = (size_t)(slash - path);
        memcpy(part, path, n < sizeof part ? n : 0); /* stage_put refuses longer parts */
        part[n < sizeof part ? n : 0] = '\0';
        int next = openat(at, part, flags);
        if (next < 0 && errno == ENOENT && make &&
            (mkdirat(at, part, 0777) == 0 || errno == EEXIST))
            next = openat(at, part, flags);
        int error = errno;
        close(at);
        errno = error;
        at = next;
    }
    *name = path;
    return at;
}

static bool place(struct stage *stage, const char *path) {
    const char *name;
    int parent = open_parent(stage->out_lock, path, true, &name);
    if (parent < 0)
        return false;
    bool ok = renameat(stage->tree_fd, path, parent, name) == 0;
    int error = errno;
    close(parent);
    errno = error;
    return ok;
}

static bool place_changed(struct stage *stage, bool is_new) {
    for (size_t i = 0; i < stage->made.count; i++) {
        const struct manifest_entry *entry = &stage->made.entries[i];
        if (entry->changed && entry->is_new == is_new && !place(stage, entry->path)) {
            stage_io_error(stage, entry->path, errno);
            return false;
        }
    }
    return true;
}

/* Directories that became empty go too. */
static void prune_parents(struct stage *stage, const char *path) {
    char *parent = arena_strdup(stage->arena, path), *slash;
    bool gone = true;
    while (gone && (slash = strrchr(parent, '/'))) {
        *slash = '\0';
        const char *name;
        int above = open_parent(stage->out_lock, parent, false, &name);
        gone = above >= 0 && unlinkat(above, name, AT_REMOVEDIR) == 0;
        if (above >= 0)
            close(above);
    }
}

static bool remove_ours(struct stage *stage, const struct manifest_entry *entry) {
    const char *name;
    int parent = open_parent(stage->out_lock, entry->path, false, &name);
    if (parent < 0)
        return false;
    bool gone = content_has_hash(parent, name, entry) && unlinkat(parent, name, 0) == 0;
    close(parent);
    return gone;
}

static void remove_unplanned(struct stage *stage) {
    for (size_t i = 0; i < stage->old.count; i++) {
        const struct manifest_entry *old = &stage->old.entries[i];
        if (manifest_find(&stage->made, old->path))
            continue;
        if (remove_ours(stage, old))
            prune_parents(stage, old->path);
    }
}

bool place_files(struct stage *stage) {
    diag_add(stage->diags, DIAG_NOTE, "publish-in-place", (struct place){stage->out, 0, 0},
             "cannot be swapped as a whole: files are replaced one by one");
    if (!stage_flush(stage, stage->tree_fd) || !place_union(stage))
        return false;
    /* New pages before those that link to them, and what goes last: no link leads nowhere. */
    bool ok = place_changed(stage, true) && place_changed(stage, false);
    if (ok)
        remove_unplanned(stage);
    if (ok && renameat(stage->tree_fd, STAGE_MANIFEST, stage->out_lock, STAGE_MANIFEST) != 0) {
        stage_io_error(stage, STAGE_MANIFEST, errno);
        ok = false;
    }
    if (!ok) {
        diag_add(stage->diags, DIAG_WARNING, "publish-mixed", (struct place){stage->out, 0, 0},
                 "old and new files stand side by side, each whole, until the next build");
        return false;
    }
    stage_flush(stage, stage->out_lock); /* the site stands; what failed is said */
    return fs_remove_tree(stage->tree, stage->diags);
}
