/* A site being written: locks it, keeps what differs in a staging tree, remembers every file. */
#include "publish/stage_inside.h"

#include "base/die.h"
#include "base/fs.h"
#include "base/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define OUT_PLACE(stage) ((struct place){(stage)->out, 0, 0})

void stage_io_error(struct stage *stage, const char *path, int error) {
    char text[128];
    const char *reason = strerror_r(error, text, sizeof text);
    struct place place = {*path ? path : stage->out, 0, 0}; /* "": the whole tree */
    atomic_store(&stage->failed, true);
    diag_add(stage->diags, DIAG_IO, "io-write", place, "%s", reason);
}

static struct stage *stage_new(struct diags *diags) {
    struct stage *stage = calloc(1, sizeof *stage);
    if (!stage)
        die_no_memory(sizeof *stage);
    stage->arena = arena_new();
    stage->diags = diags;
    stage->out_lock = stage->tree_fd = -1;
    pthread_mutex_init(&stage->lock, NULL);
    return stage;
}

/* Makes out if need be and resolves links, so that a linked site is swapped where it lies. */
static bool find_out(struct stage *stage, const char *out) {
    stage->out = arena_strdup(stage->arena, out);
    struct stat info;
    stage->created_out = stat(out, &info) != 0 && errno == ENOENT;
    if (!fs_mkdirs(out, stage->diags))
        return false;
    char *resolved = realpath(out, NULL);
    if (!resolved) {
        stage_io_error(stage, stage->out, errno);
        return false;
    }
    stage->out = arena_strdup(stage->arena, resolved);
    free(resolved);
    return true;
}

static bool starts_with_directory(const char *path, const char *directory) {
    size_t n = strlen(directory);
    return strncmp(path, directory, n) == 0 && (path[n] == '/' || path[n] == '\0' || n == 1);
}

/* The working directory must not be swapped away under the one who stands in it. */
static bool holds_working_directory(struct stage *stage) {
    char *here = realpath(".", NULL);
    bool holds = here && starts_with_directory(here, stage->out);
    free(here);
    if (holds)
        diag_add(stage->diags, DIAG_IO, "publish-out", OUT_PLACE(stage),
                 "is the working directory or holds it; give the site a directory of its own");
    return holds;
}

static bool is_mount_point(const char *path) {
    struct statx info;
    return statx(AT_FDCWD, path, 0, STATX_BASIC_STATS, &info) == 0 &&
           (info.stx_attributes & STATX_ATTR_MOUNT_ROOT);
}

/* "/a/site" -> "/a/.site.tallypress-stage", or "/a/site/.tallypress-stage" when out stays put. */
static void name_tree(struct stage *stage) {
    const char *slash = strrchr(stage->out, '/');
    const char *parent = arena_copy(stage->arena, stage->out,
                                    slash == stage->out ? 1 : (size_t)(slash - stage->out));
    stage->in_place = is_mount_point(stage->out) || access(parent, W_OK | X_OK) != 0;
    if (stage->in_place)
        stage->tree = fs_join(stage->arena, stage->out, ".tallypress-stage");
    else
        stage->tree = fs_join(stage->arena, parent,
                              arena_printf(stage->arena, ".%s.tallypress-stage", slash + 1));
}

static bool is_blank(const char *path) {
    DIR *directory = opendir(path);
    size_t entries = 0;
    errno = 0;
    while (directory && entries < 3 && readdir(directory))
        entries++;
    bool blank = directory && entries == 2 && errno == 0; /* "." and ".." */
    if (directory)
        closedir(directory);
    return blank;
}

static void read_old_manifest(struct stage *stage) {
    const char *path = fs_join(stage->arena, stage->out, STAGE_MANIFEST), *text;
    struct stat info;
    size_t n;
    if (fstatat(stage->out_lock, STAGE_MANIFEST, &info, AT_SYMLINK_NOFOLLOW) == 0)
        stage->old_written = info.st_mtim;
    struct arena *scratch = arena_new();
    if (fs_is_file(path, stage->diags) &&
        fs_read(scratch, path, STAGE_MANIFEST_MAX, stage->diags, &text, &n) &&
        !manifest_parse(stage->arena, text, n, &stage->old))
        diag_add(stage->diags, DIAG_WARNING, "publish-manifest", (struct place){path, 0, 0},
                 "not a manifest of this version: pages are compared one by one");
    arena_free(scratch);
    if (stage->old.fingerprint == MANIFEST_MIXED)
        diag_add(stage->diags, DIAG_NOTE, "publish-mixed", (struct place){stage->out, 0, 0},
                 "a build was stopped while it replaced files here one by one: old and new ones "
                 "stand side by side; this build makes the site whole");
}

struct stage *stage_begin(const char *out, struct diags *diags) {
    struct stage *stage = stage_new(diags);
    if (!find_out(stage, out) || holds_working_directory(stage)) {
        stage_free(stage);
        return NULL;
    }
    name_tree(stage);
    swap_undo(stage);
    stage->out_lock = lock_directory(stage->out);
    if (stage->out_lock < 0) {
        stage_io_error(stage, stage->out, errno);
        stage_free(stage);
        return NULL;
    }
    stage->guard = guard_new(stage);
    fs_remove_tree(stage->tree, NULL); /* left by a build that was killed */
    stage->blank = is_blank(stage->out);
    read_old_manifest(stage);
    return stage;
}

/* The tree is locked too: after the swap it is the site, and the next build must
   wait until the old one is gone. */
bool stage_make_tree(struct stage *stage) {
    if (stage->tree_fd >= 0)
        return true;
    struct stat info;
    if (mkdir(stage->tree, 0777) != 0 ||
        (stage->tree_fd = open(stage->tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
        stage_io_error(stage, stage->tree, errno);
        return false;
    }
    flock(stage->tree_fd, LOCK_EX | LOCK_NB);
    if (fstat(stage->out_lock, &info) == 0 && !stage->in_place) { /* the site keeps its mode */
        (void)!fchown(stage->tree_fd, info.st_uid, info.st_gid);
        (void)!fchmod(stage->tree_fd, info.st_mode & 07777);
    }
    return true;
}

bool stage_places(struct stage *stage, struct stage_places *places) {
    *places = (struct stage_places){.out = stage->out, .tree = stage->tree};
    if (!stage->in_place)
        places->parent = fs_join(stage->arena, stage->out, "..");
    pthread_mutex_lock(&stage->lock);
    bool ok = stage_make_tree(stage);
    pthread_mutex_unlock(&stage->lock);
    return ok;
}

bool stage_parents(int fd, const char *path) {
    char part[1100];
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        size_t n = (size_t)(slash - path);
        if (n >= sizeof part)
            return false;
        memcpy(part, path, n);
        part[n] = '\0';
        if (mkdirat(fd, part, 0777) != 0 && errno != EEXIST)
            return false;
    }
    return true;
}

bool stage_parent(int fd, const char *path) {
    const char *slash = strrchr(path, '/');
    char part[1100];
    size_t n = slash ? (size_t)(slash - path) : 0;
    if (n == 0 || n >= sizeof part)
        return n == 0;
    memcpy(part, path, n);
    part[n] = '\0';
    return mkdirat(fd, part, 0777) == 0 || errno == EEXIST;
}

bool stage_is_foreign(struct stage *stage, const char *path) {
    if (manifest_find(&stage->old, path))
        return false;
    atomic_store(&stage->failed, true);
    diag_add(stage->diags, DIAG_IO, "publish-foreign", (struct place){path, 0, 0},
             "%s has a file of this name that was not made by tallypress: move it away, or choose "
             "another --out",
             stage->out);
    return true;
}

/* Not in the arena, which would keep every smaller one: a site has a hundred thousand files. */
static void add_made(struct manifest *made, struct manifest_entry entry) {
    if (made->count == made->capacity) {
        made->capacity = made->capacity ? 2 * made->capacity : 256;
        const size_t bytes = made->capacity * sizeof entry;
        made->entries = realloc(made->entries, bytes);
        if (!made->entries)
            die_no_memory(bytes);
    }
    made->entries[made->count++] = entry;
}

void stage_remember(struct stage *stage, struct manifest_entry entry, bool copy_path) {
    pthread_mutex_lock(&stage->lock);
    if (copy_path)
        entry.path = arena_strdup(stage->arena, entry.path);
    add_made(&stage->made, entry);
    pthread_mutex_unlock(&stage->lock);
}

/* How the site's file compares with what it is to be. One that the manifest says was other bytes is
   not read: whatever lies there now, it is written anew. */
static enum content compare(const struct stage *stage, const struct manifest_entry *entry,
                            const char *bytes) {
    if (stage->blank)
        return CONTENT_MISSING;
    const struct manifest_entry *old = manifest_find(&stage->old, entry->path);
    if (old && (old->hash != entry->hash || old->bytes != entry->bytes))
        return CONTENT_DIFFERENT;
    return content_compare(stage->out_lock, entry->path, bytes, entry->bytes);
}

int stage_create(struct stage *stage, const char *path) {
    pthread_mutex_lock(&stage->lock);
    bool ok = stage_make_tree(stage);
    pthread_mutex_unlock(&stage->lock);
    if (!ok)
        return -1;
    /* A page has a directory of its own as a rule: made before it is missed. */
    if (publish_is_index(path))
        (void)stage_parent(stage->tree_fd, path);
    int file = content_create(stage->tree_fd, path);
    if (file < 0 && errno == ENOENT && stage_parents(stage->tree_fd, path))
        file = content_create(stage->tree_fd, path);
    if (file < 0)
        stage_io_error(stage, path, errno);
    return file;
}

static bool write_staged(struct stage *stage, const char *path, const char *bytes, size_t n) {
    int file = stage_create(stage, path);
    if (file < 0)
        return false;
    if (content_end(file, content_append(file, bytes, n)))
        return true;
    stage_io_error(stage, path, errno);
    return false;
}

bool stage_may_put(struct stage *stage, const char *path) {
    const char *why;
    if (atomic_load(&stage->stopping) || atomic_load(&stage->failed))
        return false;
    if (publish_path_ok(path, &why))
        return true;
    atomic_store(&stage->failed, true);
    diag_add(stage->diags, DIAG_IO, "publish-path", (struct place){0},
             "'%.200s' cannot be published: %s", path, why);
    return false;
}

bool stage_put(struct stage *stage, const char *path, const char *bytes, size_t n) {
    return stage_put_keyed(stage, path, 0, bytes, n);
}

bool stage_put_keyed(struct stage *stage, const char *path, uint64_t key, const char *bytes,
                     size_t n) {
    if (!stage_may_put(stage, path))
        return false;
    struct manifest_entry entry = {
        .path = path, .hash = hash_content(bytes, n), .bytes = n, .key = key};
    enum content content = compare(stage, &entry, bytes);
    if (content == CONTENT_DIFFERENT && stage_is_foreign(stage, path))
        return false;
    if (content != CONTENT_SAME && !write_staged(stage, path, bytes, n))
        return false;
    entry.changed = content != CONTENT_SAME;
    entry.is_new = content == CONTENT_MISSING;
    stage_remember(stage, entry, true);
    return true;
}

void stage_free(struct stage *stage) {
    if (!stage)
        return;
    if (stage->tree_fd >= 0 && !stage->committed)
        fs_remove_tree(stage->tree, stage->diags);
    if (stage->created_out && !stage->committed)
        rmdir(stage->out);
    guard_release(stage->guard);
    if (stage->tree_fd >= 0)
        close(stage->tree_fd);
    if (stage->out_lock >= 0)
        close(stage->out_lock);
    pthread_mutex_destroy(&stage->lock);
    free(stage->made.entries);
    arena_free(stage->arena);
    free(stage);
}

void stage_set_fingerprint(struct stage *stage, uint64_t fingerprint) {
    stage->made.fingerprint = fingerprint;
}

void stage_set_durable(struct stage *stage, bool durable) {
    stage->durable = durable;
}
