/* Ends a build: decides whether anything changed, then swaps the tree in or places the files. */
#include "publish/carry.h"

#include "base/fs.h"
#include "base/pool.h"

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

/* What the tree lacks of a new site, the two side by side: files of the old one, the manifest. */
struct filling {
    struct stage *stage;
    bool carried, listed;
};

static void fill(void *context, size_t index, unsigned worker) {
    struct filling *filling = context;
    struct stage *stage = filling->stage;
    bool same;
    (void)worker;
    if (index == 0)
        filling->carried = carry_over(stage);
    else
        filling->listed = commit_manifest(stage, &stage->made, STAGE_MANIFEST, &same);
}

/* Where files cannot be linked they are placed one by one. */
static bool swap(struct stage *stage, bool listed) {
    struct filling filling = {.stage = stage, .listed = listed};
    pool_run(2, listed ? 1 : 2, fill, &filling);
    if (filling.carried || !filling.listed)
        return filling.listed && swap_trees(stage);
    return atomic_load(&stage->cannot_link) && place_files(stage);
}

/* The manifest may say of the files what it said before, where they were edited or gone; and
   another thing, where none has changed. */
static bool publish(struct stage *stage) {
    bool same, changed = any_changed(&stage->made);
    if (!stage_make_tree(stage))
        return false;
    if (changed && !stage->in_place)
        return swap(stage, false);
    if (!commit_manifest(stage, &stage->made, STAGE_MANIFEST, &same))
        return false;
    if (same && !changed)
        return fs_remove_tree(stage->tree, stage->diags);
    return stage->in_place ? place_files(stage) : swap(stage, true);
}

bool stage_commit(struct stage *stage, struct stage_summary *summary) {
    pthread_mutex_lock(&stage->lock);
    stage->removed = stage->old.count - manifest_sort_like(&stage->made, &stage->old);
    bool ok = !atomic_load(&stage->failed) && !atomic_load(&stage->stopping) &&
              no_duplicates(stage) && publish(stage);
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
