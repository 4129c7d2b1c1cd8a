/* Pages to a site directory: fingerprints, staging, swap, manifest. */
#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

/* One site being written. Files that differ from the site go to a staging tree beside `out`; commit
   fills the tree with hard links to what did not change and swaps it in with one rename. Where
   that cannot be (out is a mount point, its parent is not writable) files are renamed over the
   old ones one by one, and a note says so; stopped there, old and new files stand side by side,
   which the next build says (publish-mixed) and puts right. */
struct stage;

#define STAGE_MANIFEST ".tallypress-manifest"
#define STAGE_MANIFEST_MAX ((size_t)256 << 20)

/* NULL with a diagnostic. Waits for another build of the same out, and says so on stderr. Exit and
   SIGINT, SIGTERM, SIGHUP remove the staging tree from here on until stage_free. */
struct stage *stage_begin(const char *out, struct diags *diags);
/* Thread-safe. path is relative, '/'-separated, checked: no "..", no absolute, no NUL, no empty
   part, [A-Za-z0-9._-] only, not a name the tool keeps for itself. False with a diagnostic. */
bool stage_put(struct stage *stage, const char *path, const char *bytes, size_t n);
/* The same of a file that the key says all about: what it was made from, and by what program. */
bool stage_put_keyed(struct stage *stage, const char *path, uint64_t key, const char *bytes,
                     size_t n);
/* The same of a file that may be too large to hold: what `make` puts in `out` is written as it
   comes. */
typedef void stage_maker(void *context, struct buf *out);
bool stage_put_parts(struct stage *stage, const char *path, stage_maker *make, void *context);
/* True when the file at path was put with this key (not 0) last time and is still what was put: it
   stays, as if it had been put again. Thread-safe. */
bool stage_keep(struct stage *stage, const char *path, uint64_t key);
/* The same of a page with a folder of its own, and of every file of the old site in that folder but
   not below it; none stays where one of them is not what was put. */
bool stage_keep_folder(struct stage *stage, const char *path, uint64_t key);

/* Puts every file of another site's manifest but `except`, after checking that it is what the
   manifest says. False with a diagnostic. */
bool stage_take(struct stage *stage, const char *directory, const char *except, unsigned jobs);

/* Where a stage writes from here on: everything below out and tree; below parent (NULL: nowhere)
   directories are made, renamed and removed. Makes the staging tree. False with a diagnostic. */
struct stage_places {
    const char *out, *tree, *parent;
};
bool stage_places(struct stage *stage, struct stage_places *places);

struct stage_summary {
    size_t files, written, unchanged, removed;
    unsigned long long bytes; /* of all files of the site */
};
/* Once. Files in `out` the tool did not make (not in its manifest) are carried over untouched;
   files it made that were not put again are removed. False with a diagnostic: the old site stands.
 */
bool stage_commit(struct stage *stage, struct stage_summary *summary);
/* Removes what was staged and frees the stage, committed or not. */
void stage_free(struct stage *stage);

/* What the site is made from; kept in the manifest. 0: not known. */
void stage_set_fingerprint(struct stage *stage, uint64_t fingerprint);
/* The commit waits until the disk holds the new site before it takes the old one's place: then a
   crash of the machine, too, leaves the old or the new site whole. */
void stage_set_durable(struct stage *stage, bool durable);
/* True when the site was made from the same fingerprint and every file of its manifest is there
   with its size, and not touched since the manifest was written (or with the same content): nothing
   needs to be made. */
bool stage_is_current(struct stage *stage, uint64_t fingerprint, struct stage_summary *summary);
/* Files of the old site whose path ends so. */
size_t stage_old_count(const struct stage *stage, const char *ending);
bool stage_old_has(const struct stage *stage, const char *path);
/* After commit: a line a file that is new, changed or removed, sorted by path. */
void stage_explain(const struct stage *stage, struct buf *out);

/* True when path is fit to be written below a site. *why says what is wrong otherwise. */
bool publish_path_ok(const char *path, const char **why);
/* "a/index.html": a page with a folder of its own, where lies what is made with it. */
bool publish_is_index(const char *path);

#endif
