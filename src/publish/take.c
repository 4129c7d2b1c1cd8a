/* Takes over the files of another site, one that holds a part of the pages. */
#include "publish/stage_inside.h"

#include "base/fs.h"
#include "base/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64, WORKERS_MAX = 64 };
#define FILE_MAX_BYTES ((size_t)256 << 20)

struct taking {
    struct stage *stage;
    const char *directory, *except;
    int fd;
    struct manifest manifest;
    struct arena *arenas[WORKERS_MAX];
    atomic_bool failed;
};

static bool refuse(struct taking *t, const char *path, const char *why) {
    diag_add(t->stage->diags, DIAG_IO, "publish-part", (struct place){path, 0, 0}, "%s", why);
    atomic_store(&t->failed, true);
    return false;
}

static bool take_one(struct taking *t, const struct manifest_entry *entry, struct arena *arena) {
    const char *path = fs_join(arena, t->directory, entry->path), *text;
    size_t n;
    if (strcmp(entry->path, t->except) == 0)
        return true;
    if (!content_has_hash(t->fd, entry->path, entry))
        return refuse(t, path, "is not what the manifest beside it says: build the part again");
    if (!fs_read(arena, path, FILE_MAX_BYTES, t->stage->diags, &text, &n) ||
        !stage_put_keyed(t->stage, entry->path, entry->key, text, n))
        atomic_store(&t->failed, true);
    return !atomic_load(&t->failed);
}

static void take_chunk(void *context, size_t chunk, unsigned worker) {
    struct taking *t = context;
    size_t first = chunk * CHUNK;
    for (size_t i = first; i < t->manifest.count && i < first + CHUNK; i++) {
        arena_reset(t->arenas[worker]);
        if (atomic_load(&t->failed) || !take_one(t, &t->manifest.entries[i], t->arenas[worker]))
            return;
    }
}

static bool take_all(struct taking *t, unsigned jobs) {
    jobs = jobs < 1 ? 1 : jobs > WORKERS_MAX ? WORKERS_MAX : jobs;
    for (unsigned i = 0; i < jobs; i++)
        t->arenas[i] = arena_new();
    pool_run(jobs, (t->manifest.count + CHUNK - 1) / CHUNK, take_chunk, t);
    for (unsigned i = 0; i < jobs; i++)
        arena_free(t->arenas[i]);
    return !atomic_load(&t->failed);
}

bool stage_take(struct stage *stage, const char *directory, const char *except, unsigned jobs) {
    struct taking t = {.stage = stage, .directory = directory, .except = except};
    struct arena *arena = arena_new();
    const char *path = fs_join(arena, directory, STAGE_MANIFEST), *text;
    size_t n;
    bool ok = fs_read(arena, path, STAGE_MANIFEST_MAX, stage->diags, &text, &n);
    if (ok && !manifest_parse(arena, text, n, &t.manifest))
        ok = refuse(&t, path, "is no manifest of this version");
    t.fd = ok ? open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (ok && t.fd < 0)
        ok = refuse(&t, directory, strerror(errno));
    ok = ok && take_all(&t, jobs);
    if (t.fd >= 0)
        close(t.fd);
    arena_free(arena);
    return ok;
}
