/* Benchmark files that users bring: the project's rows or any foreign format, recognised by
   content. What a file does not say comes from a sidecar or the command line. */
#ifndef READ_BENCH_H
#define READ_BENCH_H

#include "read/csv.h"
#include "read/json.h"
#include "read/parts.h"

/* NULL, 0 and NaN mean: not stated. */
struct bench_defaults {
    const char *model, *gpu, *engine, *engine_version, *weights, *kv, *date, *source;
    uint32_t gpu_count, tensor_parallel, batch;
    double input_tokens, output_tokens;
    double drafts, acceptance; /* of rows that ran with speculative decoding */
};
struct bench_defaults bench_defaults_none(void);

/* Reads path's rows into list and joins them with the catalog. FILE.meta.json beside it, when it
   is there, states members of bench_defaults by the row format's names; what the file itself says
   comes first, then the sidecar, then `defaults`. Codes: format-unknown, benchmark-missing (a
   figure neither file nor defaults state), and those of the readers. False when any was found. */
bool bench_read(struct arena *arena, struct source *source, const struct catalog *catalog,
                const char *path, const struct bench_defaults *defaults, struct diags *diags,
                struct benchmark_list *list);

/* What a foreign format's reader gets. */
struct bench {
    const struct input *in;
    const char *format; /* "vLLM bench serve", for messages */
    struct bench_defaults defaults;
    struct benchmark_list *list;
    bool more_tables; /* other tables follow in the file: rows of other widths are theirs */
    bool said_model, said_gpu, said_engine, said_lengths; /* missing: said once a file */
};

/* A row with nothing stated but its place. */
struct benchmark bench_row(struct bench *bench, struct place place);
/* Fills what is not stated from the defaults, says what is missing, appends. */
void bench_emit(struct bench *bench, struct benchmark row);
/* A row that ran with speculative decoding: its tokens a step where the file has them, else from
   the defaults; without either it is kept with the reason "acceptance-missing". */
void bench_drafts(const struct bench *bench, struct benchmark *row, double tokens_per_step);
/* Members of an object: NaN or NULL when absent, null or of another type. Numbers in text
   ("1,234.5", "inf") count; infinities give INFINITY. */
double bench_number(const struct json *object, const char *key);
const char *bench_text(const struct json *object, const char *key);
/* A member that is an object; NULL when there is none. */
const struct json *bench_member(const struct json *object, const char *key);
/* A number in text with thousands commas; NaN when it is none. */
double bench_parse(const char *text);
/* A count below ten million as a whole number; 0 for anything else: not stated. */
uint32_t bench_count(double value);
uint32_t bench_count_of(const struct json *object, const char *key);
/* Requests in flight on average, at least one of them; 0 when that is not known. */
uint32_t bench_in_flight(double value);
/* "fp8", "FP8", "w4a16", "16": PRECISION_NONE when it names none. */
enum precision bench_precision(const char *name);

/* Dates, kinds of FP8 and equal prompts of the list's rows from `first` on. */
void bench_settle(struct arena *arena, struct source *source, struct diags *diags,
                  struct benchmark_list *list, size_t first);

/* Fills what a row does not state from the defaults. */
void bench_fill(const struct bench *bench, struct benchmark *row);
/* Appends the row whether or not anything names its model and GPU ("" then). */
void bench_keep(const struct bench *bench, struct benchmark row);
/* Rows in the project's own format that a user brings (read/benchmarks.c): members it does not
   know are left alone, a row that cannot be read is kept with the reason. */
void read_benchmark_rows(const struct bench *bench, struct json *const *rows, size_t count);

/* Each returns false when the document is not of its formats. */
bool bench_read_serving(struct bench *bench, struct json *const *lines, size_t count);
bool bench_read_profile(struct bench *bench, struct json *const *lines, size_t count);
bool bench_read_llama(struct bench *bench, struct json *const *lines, size_t count);
bool bench_read_guidellm(struct bench *bench, const struct json *root);
bool bench_read_sweeps(struct bench *bench, struct json *const *lines, size_t count);
bool bench_read_table(struct bench *bench, const struct csv_table *table);
bool bench_read_profile_csv(struct bench *bench);
bool bench_read_text(struct bench *bench);

#endif
