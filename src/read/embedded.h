/* The shipped data, templates and assets inside the binary. build/embedded.S is made by make. */
#ifndef READ_EMBEDDED_H
#define READ_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *path;  /* "data/gpus.json" */
    const char *bytes; /* followed by one NUL */
    size_t n;
};

extern const struct embedded_file embedded_files[]; /* sorted bytewise by path */
extern const size_t embedded_file_count;

#endif
