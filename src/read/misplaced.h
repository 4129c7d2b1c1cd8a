/* A file in the folder of another kind: what it is, so that its owner knows where to put it. */
#ifndef READ_MISPLACED_H
#define READ_MISPLACED_H

#include "read/document.h"

/* The error format-unknown for a file that is none of the `lists` ("price list") of its folder;
   `plain` are the columns of the project's own table. */
void misplaced_refuse(const struct document *document, const char *lists, const char *plain);
/* The warning list-empty for a list that was read and held nothing: cut off, or the wrong export.
 */
void misplaced_empty(const struct document *document, const char *list);

#endif
