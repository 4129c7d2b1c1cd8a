/* Files: whole reads with a limit, writes whose every close is checked. No domain word here. */
#ifndef BASE_FS_H
#define BASE_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diags;

/* Whole regular file into the arena, NUL-terminated. False with a diagnostic: io-open, io-read
   (DIAG_IO), too-large (DIAG_ERROR) when over max_bytes. */
bool fs_read(struct arena *arena, const char *path, size_t max_bytes, struct diags *diags,
             const char **text, size_t *n);
/* Names (not paths) in a directory, sorted bytewise, without dot files. A missing directory is an
   empty list when missing_ok. */
bool fs_list(struct arena *arena, const char *path, bool missing_ok, struct diags *diags,
             const char ***names, size_t *count);
/* hash_bytes of a whole regular file that nobody writes meanwhile. False when it cannot be read. */
bool fs_hash(const char *path, uint64_t seed, uint64_t *hash);
/* Whether it is there and is one. What could not be looked at is none, and is said (io-open) unless
   diags is NULL: a file that may be missing must not go missing unnoticed. */
bool fs_is_dir(const char *path, struct diags *diags);
bool fs_is_file(const char *path, struct diags *diags);
/* Why there is no file of that name: "is a directory, not a file" and the like. */
const char *fs_no_file(const char *path);
/* Create the directory and its parents. */
bool fs_mkdirs(const char *path, struct diags *diags);
/* Write the whole file, checking write and close (io-write). Does not follow a final symlink. */
bool fs_write(const char *path, const char *bytes, size_t n, struct diags *diags);
/* Remove a tree without following symlinks. */
bool fs_remove_tree(const char *path, struct diags *diags);
/* The same by several threads, for a tree of thousands of directories. */
bool fs_remove_tree_by(const char *path, unsigned jobs, struct diags *diags);
/* Write to stdout and check it, flush included (io-stdout). */
bool fs_put_stdout(const char *bytes, size_t n, struct diags *diags);
char *fs_join(struct arena *arena, const char *directory, const char *name);

#endif
