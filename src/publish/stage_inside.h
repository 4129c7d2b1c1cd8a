/* What the files of this room share about a stage; nobody else includes it. */
#ifndef PUBLISH_STAGE_INSIDE_H
#define PUBLISH_STAGE_INSIDE_H

#include "base/hash.h"
#include "publish/manifest.h"
#include "publish/publish.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

struct guard;

struct stage {
    struct arena *arena;
    struct diags *diags;
    const char *out;  /* absolute, links resolved */
    const char *tree; /* the staging tree: beside out, or inside when in_place */
    bool in_place;    /* out cannot be swapped */
    bool created_out; /* out was not there before */
    bool blank;       /* there was nothing in it */
    bool committed;
    bool durable;         /* flush to the disk before and after the swap */
    int out_lock;         /* the descriptor that holds the lock; -1 none */
    int tree_fd;          /* the staging tree once it is made, locked too; else -1 */
    pthread_mutex_t lock; /* guards the arena, `made` and the making of the tree */
    atomic_bool failed, stopping;
    atomic_bool cannot_link;     /* found out while carrying over */
    struct manifest old, made;   /* entries of made: from malloc */
    struct timespec old_written; /* the old manifest: after every file it lists */
    size_t removed;
    struct guard *guard;
};

/* stage.c */
/* Makes the staging tree, once; under the lock. */
bool stage_make_tree(struct stage *stage);
/* Creates a file of the staging tree, which it makes, and the directories above it; -1 with a
 * diagnostic. */
int stage_create(struct stage *stage, const char *path);
/* False after a failure or a signal, and with a diagnostic for a path not fit to be written. */
bool stage_may_put(struct stage *stage, const char *path);
/* True with a diagnostic when somebody else made the site's file of this name. */
bool stage_is_foreign(struct stage *stage, const char *path);
void stage_io_error(struct stage *stage, const char *path, int error);
/* Notes what the new site has; a path that does not live as long as the stage is to be copied. */
void stage_remember(struct stage *stage, struct manifest_entry entry, bool copy_path);
/* Makes the directories above path below the directory fd: all of them, or the innermost. */
bool stage_parents(int fd, const char *path);
bool stage_parent(int fd, const char *path);

/* content.c */
enum content { CONTENT_MISSING, CONTENT_SAME, CONTENT_DIFFERENT };
/* Compares the file at path below fd with the bytes. */
enum content content_compare(int fd, const char *path, const char *bytes, size_t n);
/* True when the file at path below fd has this hash and size. */
bool content_has_hash(int fd, const char *path, const struct manifest_entry *entry);
/* A regular file, opened without following a link, and its size; -1 otherwise. */
int content_open(int fd, const char *path, uint64_t *bytes);
/* True when the open file goes on with these bytes. */
bool content_goes_on(int file, const char *bytes, size_t n);
/* A new file below fd: -1 when there is one. Append and end: false with errno. End closes it,
   whatever came before; ok: nothing failed so far. */
int content_create(int fd, const char *path);
bool content_append(int file, const char *bytes, size_t n);
bool content_end(int file, bool ok);

/* parts.c: one file that is made in parts. What is put in `out` is hashed, staged and compared with
   the site's. */
struct parts {
    struct stage *stage;
    const char *path;
    struct buf out;
    int file, old; /* the staged one; the site's, or -1 */
    uint64_t bytes, old_bytes;
    struct hash_parts hash;
    bool same, is_new; /* as the site's; there is none. Known at the end */
};
/* file: the staged one, new and open. What was begun has to be ended, which closes it; the path
   stays the caller's. False with a diagnostic. */
void parts_begin(struct parts *parts, struct stage *stage, const char *path, int file);
bool parts_end(struct parts *parts);
/* Takes the file out of the staging tree again. */
bool parts_drop(const struct parts *parts);

/* lock.c: takes the lock of the directory, after waiting for another build; -1 with errno. */
int lock_directory(const char *path);

/* commit.c: writes a manifest to a file of the staging tree, which is there, and says whether the
   site has the same. False with a diagnostic. */
bool commit_manifest(struct stage *stage, const struct manifest *manifest, const char *path,
                     bool *same);

/* swap.c: the tree is filled. */
bool swap_trees(struct stage *stage);
/* Puts a site back that a build, killed between two renames, left aside: nothing is in its place.
 */
void swap_undo(struct stage *stage);
/* Has the disk hold all of the file system of fd, when the stage is durable. False with a
   diagnostic. */
bool stage_flush(struct stage *stage, int fd);
/* in_place.c */
bool place_files(struct stage *stage);

/* guard.c: removes the tree on exit and signals. */
struct guard *guard_new(struct stage *stage);
void guard_release(struct guard *guard);

#endif
