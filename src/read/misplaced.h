/* A file in the folder of another kind: what it is, so that its owner knows where to put it. */
#ifndef READ_MISPLACED_H
#define READ_MISPLACED_H

#include "read/document.h"

/* The error format-unknown for a file that is none of the `lists` ("price list") of its folder;
   `plain` are the columns of the project's own table. */
void misplaced_refuse(const struct document *document, const char *lists, const char *plain);

#endif
