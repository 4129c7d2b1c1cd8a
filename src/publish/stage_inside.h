/* What the files of this room share about a stage; nobody else includes it. */
#ifndef PUBLISH_STAGE_INSIDE_H
#define PUBLISH_STAGE_INSIDE_H

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
    bool durable;            /* flush to the disk before and after the swap */
    int out_lock, tree_lock; /* descriptors that hold the locks; -1 none */
    int tree_fd;             /* the staging tree once it is made, else -1 (same as tree_lock) */
    pthread_mutex_t lock;    /* guards the arena, `made` and the making of the tree */
    atomic_bool failed, stopping;
    atomic_bool cannot_link; /* found out while carrying over */
    struct manifest old, made;
    struct timespec old_written; /* the old manifest: after every file it lists */
    size_t removed;
    struct guard *guard;
};

/* stage.c */
bool stage_make_tree(struct stage *stage);
void stage_io_error(struct stage *stage, const char *path, int error);
/* Notes what the new site has; the path is copied. */
void stage_remember(struct stage *stage, struct manifest_entry entry);
/* Has a directory of its own as a rule. */
bool stage_is_index(const char *path);
/* Makes the directories above path below the directory fd: all of them, or the innermost. */
bool stage_parents(int fd, const char *path);
bool stage_parent(int fd, const char *path);

/* content.c */
enum content { CONTENT_MISSING, CONTENT_SAME, CONTENT_DIFFERENT };
/* Compares the file at path below fd with the bytes. */
enum content content_compare(int fd, const char *path, const char *bytes, size_t n);
/* True when the file at path below fd has this hash and size. */
bool content_has_hash(int fd, const char *path, const struct manifest_entry *entry);
bool content_write(int fd, const char *path, const char *bytes, size_t n);

/* lock.c: takes the lock of the directory, after waiting for another build; -1 with errno. */
int lock_directory(const char *path);

/* swap.c */
bool swap_trees(struct stage *stage);
/* Has the disk hold all of the file system of fd, when the stage is durable. False with errno. */
bool stage_flush(const struct stage *stage, int fd);
/* in_place.c */
bool place_files(struct stage *stage);

/* guard.c: removes the tree on exit and signals. */
struct guard *guard_new(struct stage *stage);
void guard_release(struct guard *guard);

#endif
