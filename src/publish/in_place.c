/* Where the site's directory cannot be swapped: files are renamed over the old ones, one by one. */
#include "publish/stage_inside.h"

#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A manifest of old and new together comes first: killed half-way, the next build still knows
   which files are ours. */
static bool place_union(struct stage *stage) {
    struct manifest both = {.fingerprint = MANIFEST_MIXED};
    for (size_t i = 0; i < stage->old.count + stage->made.count; i++) {
        bool first = i < stage->old.count;
        const struct manifest_entry *entry =
            first ? &stage->old.entries[i] : &stage->made.entries[i - stage->old.count];
        if (!first && manifest_find(&stage->old, entry->path))
            continue;
        both.entries = arena_grow(stage->arena, both.entries, both.count, &both.capacity,
                                  sizeof *both.entries);
        both.entries[both.count++] = *entry;
    }
    manifest_sort(&both);
    struct buf text = BUF_INIT;
    manifest_print(&both, &text);
    bool ok = content_write(stage->tree_fd, ".tallypress-union", buf_text(&text), text.len) &&
              renameat(stage->tree_fd, ".tallypress-union", stage->out_lock, STAGE_MANIFEST) == 0;
    buf_free(&text);
    return ok;
}

static bool place(struct stage *stage, const char *path) {
    if (renameat(stage->tree_fd, path, stage->out_lock, path) == 0)
        return true;
    return errno == ENOENT && stage_parents(stage->out_lock, path) &&
           renameat(stage->tree_fd, path, stage->out_lock, path) == 0;
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
    while ((slash = strrchr(parent, '/'))) {
        *slash = '\0';
        if (unlinkat(stage->out_lock, parent, AT_REMOVEDIR) != 0)
            return;
    }
}

static void remove_unplanned(struct stage *stage) {
    for (size_t i = 0; i < stage->old.count; i++) {
        const struct manifest_entry *old = &stage->old.entries[i];
        if (manifest_find(&stage->made, old->path))
            continue;
        if (!content_has_hash(stage->out_lock, old->path, old))
            continue;
        if (unlinkat(stage->out_lock, old->path, 0) == 0)
            prune_parents(stage, old->path);
    }
}

bool place_files(struct stage *stage) {
    diag_add(stage->diags, DIAG_NOTE, "publish-in-place", (struct place){stage->out, 0, 0},
             "cannot be swapped as a whole: files are replaced one by one");
    if (!stage_flush(stage, stage->tree_fd) || !place_union(stage)) {
        stage_io_error(stage, STAGE_MANIFEST, errno);
        return false;
    }
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
    return stage_flush(stage, stage->out_lock) && fs_remove_tree(stage->tree, stage->diags);
}
