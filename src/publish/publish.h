/* Pages to a site directory: fingerprints, staging, swap, manifest. */
#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

/* One site being written. Files go to a staging tree beside `out`; commit swaps it in with one
   rename; abort (also on exit and signals) removes it. */
struct stage;
/* NULL with a diagnostic. Waits for another build of the same out, or says so. */
struct stage *stage_begin(const char *out, struct diags *diags);
/* Thread-safe. path is relative, '/'-separated, checked: no "..", no absolute, no NUL, no empty
   part, [A-Za-z0-9._-] only. */
bool stage_put(struct stage *stage, const char *path, const char *bytes, size_t n);
struct stage_summary {
    size_t files, written, unchanged, removed;
    unsigned long long bytes;
};
/* Files in `out` the tool did not make (not in its manifest) are carried over untouched. */
bool stage_commit(struct stage *stage, struct stage_summary *summary);
void stage_abort(struct stage *stage);

#endif
