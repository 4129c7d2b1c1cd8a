/* Is the site still what the manifest says? Looked up, not read: a build that changes little
   should cost little. */
#include "publish/stage_inside.h"

#include "base/pool.h"
#include "base/str.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

enum { CHUNK = 512 };

struct look {
    const struct stage *stage;
    atomic_bool differs;
};

/* Strictly: what was written in the manifest's own tick of the clock is read to be sure. */
static bool earlier(struct timespec a, struct timespec b) {
    return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

static bool as_written(const struct stage *stage, const struct manifest_entry *entry) {
    struct stat info;
    int fd = stage->out_lock;
    if (fstatat(fd, entry->path, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode) ||
        (uint64_t)info.st_size != entry->bytes)
        return false;
    return earlier(info.st_mtim, stage->old_written) || content_has_hash(fd, entry->path, entry);
}

static void look_at_chunk(void *context, size_t chunk, unsigned worker) {
    struct look *look = context;
    const struct manifest *old = &look->stage->old;
    (void)worker;
    for (size_t i = chunk * CHUNK; i < old->count && i < (chunk + 1) * CHUNK; i++)
        if (atomic_load(&look->differs) || !as_written(look->stage, &old->entries[i])) {
            atomic_store(&look->differs, true);
            return;
        }
}

bool stage_is_current(struct stage *stage, uint64_t fingerprint, struct stage_summary *summary) {
    const struct manifest *old = &stage->old;
    if (!old->count || old->fingerprint != fingerprint)
        return false;
    struct look look = {.stage = stage};
    pool_run(pool_default_jobs(), (old->count + CHUNK - 1) / CHUNK, look_at_chunk, &look);
    *summary = (struct stage_summary){.files = old->count, .unchanged = old->count};
    for (size_t i = 0; i < old->count; i++)
        summary->bytes += old->entries[i].bytes;
    return !atomic_load(&look.differs);
}

/* What was put with that key, or NULL. Where old and new stand side by side the manifest does not
   say which of them a file is. */
static const struct manifest_entry *kept(const struct stage *stage, const char *path,
                                         uint64_t key) {
    if (!key || stage->old.fingerprint == MANIFEST_MIXED)
        return NULL;
    const struct manifest_entry *old = manifest_find(&stage->old, path);
    return old && old->key == key && as_written(stage, old) ? old : NULL;
}

bool stage_keep(struct stage *stage, const char *path, uint64_t key) {
    const struct manifest_entry *old = kept(stage, path, key);
    if (old)
        stage_remember(stage, *old, false);
    return old != NULL;
}

bool stage_keep_folder(struct stage *stage, const char *path, uint64_t key) {
    const struct manifest_entry *page = kept(stage, path, key);
    const struct manifest *old = &stage->old;
    const char *slash = strrchr(path, '/');
    if (!page)
        return false;
    size_t n = slash ? (size_t)(slash + 1 - path) : 0, first, end;
    size_t at = (size_t)(page - old->entries);
    for (first = at; first > 0 && strncmp(old->entries[first - 1].path, path, n) == 0;)
        first--;
    for (end = at + 1; end < old->count && strncmp(old->entries[end].path, path, n) == 0;)
        end++;
    for (size_t i = first; i < end; i++)
        if (i != at && !strchr(old->entries[i].path + n, '/') &&
            !as_written(stage, &old->entries[i]))
            return false;
    for (size_t i = first; i < end; i++)
        if (!strchr(old->entries[i].path + n, '/'))
            stage_remember(stage, old->entries[i], false);
    return true;
}

bool stage_old_has(const struct stage *stage, const char *path) {
    return manifest_find(&stage->old, path) != NULL;
}

size_t stage_old_count(const struct stage *stage, const char *ending) {
    size_t count = 0;
    for (size_t i = 0; i < stage->old.count; i++)
        count += str_ends(stage->old.entries[i].path, ending);
    return count;
}
