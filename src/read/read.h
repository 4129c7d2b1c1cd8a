/* A project directory (or the data embedded in the binary) -> a checked, joined catalog. */
#ifndef READ_READ_H
#define READ_READ_H

#include "base/arena.h"
#include "base/diag.h"
#include "catalog/catalog.h"

/* Where inputs come from: a directory on disk, overlaid on the embedded files. */
struct source;
/* project NULL: embedded data only. When project/data exists it replaces the embedded data/ whole;
   templates/ and assets/ override file by file. */
struct source *source_open(struct arena *arena, const char *project, struct diags *diags);
/* Sorted names under "data/prices" and the like. */
bool source_list(struct source *source, const char *directory, const char ***names, size_t *count);
/* False when missing (no diagnostic when optional). A file is read once: what is asked for again
   is what the first got, whatever became of the file. One thread at a time. */
bool source_read(struct source *source, const char *path, bool optional, size_t max_bytes,
                 const char **text, size_t *n);
/* Why the project has no file of that name, and whether it has a directory. */
const char *source_no_file(struct source *source, const char *path);
bool source_is_directory(struct source *source, const char *path);
/* The name to use in diagnostics: "data/gpus.json" or "<embedded>/data/gpus.json". */
const char *source_display(struct source *source, const char *path);

/* Reads everything; as_of NULL = newest input. Diagnostics collect; false when any is an error. */
bool read_catalog(struct arena *arena, struct source *source, const char *as_of,
                  struct diags *diags, struct catalog *catalog);
/* The same on up to `jobs` threads; nothing that comes out depends on their number. */
bool read_catalog_with(struct arena *arena, struct source *source, const char *as_of, unsigned jobs,
                       struct diags *diags, struct catalog *catalog);

/* One HF config.json (or safetensors index, or the project's model file) -> model. False with
   diagnostics; never guesses an unknown architecture. */
bool read_model(struct arena *arena, const char *path, const char *text, size_t n,
                struct diags *diags, struct model *model);

#endif
