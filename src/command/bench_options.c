/* Options that say what a benchmark file does not. */
#include "command/bench_options.h"

static struct option_spec text(const char *name, const char **to, const char *metavar,
                               const char *help) {
    return (struct option_spec){
        .name = name, .kind = OPTION_TEXT, .to = to, .metavar = metavar, .help = help};
}

static struct option_spec count(const char *name, uint32_t *to, const char *help) {
    return (struct option_spec){.name = name,
                                .kind = OPTION_COUNT,
                                .to = to,
                                .metavar = "N",
                                .help = help,
                                .min = 1,
                                .max = 1e7};
}

static struct option_spec tokens(const char *name, double *to, const char *help) {
    return (struct option_spec){.name = name,
                                .kind = OPTION_NUMBER,
                                .to = to,
                                .metavar = "N",
                                .help = help,
                                .min = 0,
                                .max = 1e8};
}

void bench_options(struct option_spec *specs, struct option_list *files, struct bench_defaults *d) {
    specs[0] = (struct option_spec){.name = "benchmarks",
                                    .kind = OPTION_LIST,
                                    .to = files,
                                    .metavar = "FILE",
                                    .help = "measured rows; may be given more than once"};
    specs[1] = text("model", &d->model, "M", "model of rows that name none");
    specs[2] = text("gpu", &d->gpu, "G", "GPU of rows that name none");
    specs[3] = count("count", &d->gpu_count, "GPUs of rows that say none");
    specs[4] = text("weights", &d->weights, "P", "precision of rows that name none");
    specs[5] = text("kv", &d->kv, "P", "precision of the KV cache");
    specs[6] = tokens("input", &d->input_tokens, "tokens of a prompt");
    specs[7] = tokens("output", &d->output_tokens, "tokens of an answer");
    specs[8] = count("batch", &d->batch, "batch or concurrency");
    specs[9] = text("date", &d->date, "DATE", "when rows were measured: decides the software");
}

void bench_options_files(struct arena *arena, struct option_list *files,
                         const struct option_list *words) {
    for (size_t i = 0; i < words->count; i++) {
        files->items =
            arena_grow(arena, files->items, files->count, &files->capacity, sizeof *files->items);
        files->items[files->count++] = words->items[i];
    }
}
