/* Ends a build: decides whether anything changed, then swaps the tree in or places the files. */
#include "publish/stage_inside.h"

#include "base/fs.h"

#include <errno.h>
#include <string.h>

static bool no_duplicates(struct stage *stage) {
    const struct manifest *made = &stage->made;
    bool ok = true;
    for (size_t i = 1; i < made->count; i++) {
        if (strcmp(made->entries[i - 1].path, made->entries[i].path) != 0)
            continue;
        diag_add(stage->diags, DIAG_IO, "publish-duplicate",
                 (struct place){made->entries[i].path, 0, 0}, "two pages have this path");
        ok = false;
    }
    return ok;
}

static struct stage_summary summarize(const struct stage *stage) {
    struct stage_summary summary = {.files = stage->made.count, .removed = stage->removed};
    for (size_t i = 0; i < stage->made.count; i++) {
        const struct manifest_entry *entry = &stage->made.entries[i];
        summary.bytes += entry->bytes;
        if (entry->changed)
            summary.written++;
        else
            summary.unchanged++;
    }
    return summary;
}

static bool any_changed(const struct manifest *made) {
    for (size_t i = 0; i < made->count; i++)
        if (made->entries[i].changed)
            return true;
    return false;
}

bool commit_manifest(struct stage *stage, const struct manifest *manifest, const char *path,
                     bool *same) {
    struct parts parts;
    int file = content_create(stage->tree_fd, path);
    if (file < 0) {
        stage_io_error(stage, path, errno);
        return false;
    }
    parts_begin(&parts, stage, path, file);
    manifest_print(manifest, &parts.out);
    bool ok = parts_end(&parts);
    *same = parts.same;
    return ok;
}

/* The manifest goes with the files of a new site: it may say of them what it said before, where
   they were edited or gone. */
static bool put_manifest(struct stage *stage, bool *differs) {
    bool same;
    if (!stage_make_tree(stage) || !commit_manifest(stage, &stage->made, STAGE_MANIFEST, &same))
        return false;
    *differs = !same || any_changed(&stage->made);
    return true;
}

bool stage_commit(struct stage *stage, struct stage_summary *summary) {
    pthread_mutex_lock(&stage->lock);
    size_t stay = manifest_sort_like(&stage->made, &stage->old);
    bool differs = false;
    bool ok = !atomic_load(&stage->failed) && !atomic_load(&stage->stopping) &&
              no_duplicates(stage) && put_manifest(stage, &differs);
    if (ok && differs) {
        stage->removed = stage->old.count - stay;
        ok = stage->in_place ? place_files(stage) : swap_trees(stage);
    } else if (ok) {
        ok = fs_remove_tree(stage->tree, stage->diags);
    }
    stage->committed = ok;
    pthread_mutex_unlock(&stage->lock);
    *summary = ok ? summarize(stage) : (struct stage_summary){0};
    return ok;
}

void stage_explain(const struct stage *stage, struct buf *out) {
    const struct manifest *old = &stage->old, *made = &stage->made;
    size_t i = 0, k = 0;
    while (i < old->count || k < made->count) {
        int order = i == old->count    ? 1
                    : k == made->count ? -1
                                       : strcmp(old->entries[i].path, made->entries[k].path);
        if (order < 0) {
            buf_printf(out, "removed    %s (no longer planned)\n", old->entries[i++].path);
            continue;
        }
        const struct manifest_entry *entry = &made->entries[k++];
        const struct manifest_entry *before = order == 0 ? &old->entries[i++] : NULL;
        if (!entry->changed)
            continue;
        if (entry->is_new && before)
            buf_printf(out, "restored   %s (it was gone from the site)\n", entry->path);
        else if (entry->is_new)
            buf_printf(out, "new        %s\n", entry->path);
        else if (before && before->hash == entry->hash)
            buf_printf(out, "repaired   %s (it was edited in the site)\n", entry->path);
        else
            buf_printf(out, "changed    %s (%llu bytes, was %llu)\n", entry->path,
                       (unsigned long long)entry->bytes,
                       before ? (unsigned long long)before->bytes : 0);
    }
}
