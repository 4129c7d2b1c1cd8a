/* Files too large to hold: hashed, compared with the site's and staged as they are made. */
#include "publish/stage_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define PART_BYTES ((size_t)1 << 16)

/* buf->drain. */
static bool take_part(void *context, const char *bytes, size_t n) {
    struct parts *parts = context;
    hash_part(&parts->hash, bytes, n);
    parts->same = parts->same && content_goes_on(parts->old, bytes, n);
    parts->bytes += n;
    bool ok = content_append(parts->file, bytes, n);
    if (!ok)
        stage_io_error(parts->stage, parts->path, errno);
    return ok;
}

void parts_begin(struct parts *parts, struct stage *stage, const char *path, int file) {
    *parts = (struct parts){.stage = stage, .path = path, .file = file};
    parts->old = content_open(stage->out_lock, path, &parts->old_bytes);
    parts->is_new = parts->old < 0 && (errno == ENOENT || errno == ENOTDIR);
    parts->same = parts->old >= 0;
    hash_begin(&parts->hash);
    parts->out.drain = take_part;
    parts->out.context = parts;
    buf_reserve(&parts->out, PART_BYTES);
}

bool parts_end(struct parts *parts) {
    bool drained = buf_drain(&parts->out), ok = content_end(parts->file, drained);
    if (drained && !ok)
        stage_io_error(parts->stage, parts->path, errno);
    parts->same = parts->same && parts->bytes == parts->old_bytes;
    buf_free(&parts->out);
    if (parts->old >= 0)
        close(parts->old);
    return ok;
}

bool parts_drop(const struct parts *parts) {
    if (unlinkat(parts->stage->tree_fd, parts->path, 0) == 0)
        return true;
    stage_io_error(parts->stage, parts->path, errno);
    return false;
}

bool stage_put_parts(struct stage *stage, const char *path, stage_maker *make, void *context) {
    struct parts parts;
    int file = stage_may_put(stage, path) ? stage_create(stage, path) : -1;
    if (file < 0)
        return false;
    parts_begin(&parts, stage, path, file);
    make(context, &parts.out);
    if (!parts_end(&parts) || (!parts.same && !parts.is_new && stage_is_foreign(stage, path)) ||
        (parts.same && !parts_drop(&parts)))
        return false;
    stage_remember(stage,
                   (struct manifest_entry){.path = path,
                                           .hash = hash_end(&parts.hash),
                                           .bytes = parts.bytes,
                                           .changed = !parts.same,
                                           .is_new = parts.is_new},
                   true);
    return true;
}
