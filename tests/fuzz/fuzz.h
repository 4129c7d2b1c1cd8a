/* What the fuzz targets share: the bytes as a text in a block of its own size, an arena and a
   collector that go with it, and oracles that stop the process when a promise does not hold. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "read/parts.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A promise of the code under test. */
#define PROMISE(holds, ...)                                                                        \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fprintf(stderr, "%s:%d: broken promise: %s: ", __FILE__, __LINE__, #holds);            \
            fprintf(stderr, __VA_ARGS__);                                                          \
            fputc('\n', stderr);                                                                   \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

struct fuzz {
    char *copy; /* n bytes and a NUL, so that a sanitizer sees a read behind the end */
    struct input in;
};

static inline struct fuzz fuzz_begin(const uint8_t *bytes, size_t n, const char *path) {
    struct fuzz fuzz = {.copy = malloc(n + 1)};
    if (n)
        memcpy(fuzz.copy, bytes, n);
    fuzz.copy[n] = '\0';
    fuzz.in = (struct input){arena_new(), diags_new(), path, path, fuzz.copy, n};
    return fuzz;
}

/* Every finding has a code, a text and a file; all of them can be printed in every format. */
static inline void fuzz_end(struct fuzz *fuzz) {
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < diags_count(fuzz->in.diags); i++) {
        const struct diag *d = diags_get(fuzz->in.diags, i);
        PROMISE(d->code && d->code[0] && d->text && d->text[0], "finding %zu says nothing", i);
        PROMISE(d->place.file, "finding %s has no file", d->code);
    }
    diags_print(fuzz->in.diags, DIAG_FORMAT_TEXT, &out);
    diags_print(fuzz->in.diags, DIAG_FORMAT_JSON, &out);
    diags_print(fuzz->in.diags, DIAG_FORMAT_GITHUB, &out);
    buf_free(&out);
    diags_free(fuzz->in.diags);
    arena_free(fuzz->in.arena);
    free(fuzz->copy);
}

/* The first line of the input names the file, as readers take date and kind from names. Cuts it
   off; "data/x.csv" when the first line is none. */
static inline struct fuzz fuzz_begin_named(const uint8_t *bytes, size_t n, const char *folder) {
    const uint8_t *end = n ? memchr(bytes, '\n', n < 64 ? n : 64) : NULL;
    size_t length = end && bytes[0] == '#' ? (size_t)(end - bytes) : 0;
    struct fuzz fuzz =
        fuzz_begin(bytes + (length ? length + 1 : 0), n - (length ? length + 1 : 0), "data/x.csv");
    bool listed = length > 1 && bytes[1] != '.'; /* what a folder's listing can hold */
    if (listed && !memchr(bytes, 0, length) && !memchr(bytes, '/', length)) {
        fuzz.in.path = arena_printf(fuzz.in.arena, "data/%s/%.*s", folder, (int)length - 1,
                                    (const char *)bytes + 1);
        fuzz.in.display = fuzz.in.path;
    }
    return fuzz;
}

#endif
