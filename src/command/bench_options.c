/* Options that say what a benchmark file does not. */
#include "command/bench_options.h"
#include "command/specs.h"

void bench_options(struct option_spec *specs, struct option_list *files, struct bench_defaults *d) {
    specs[0] = spec_list("benchmarks", files, "FILE", "measured rows; may be given more than once");
    specs[1] = spec_text("model", &d->model, "M", "model of rows that name none");
    specs[2] = spec_text("gpu", &d->gpu, "G", "GPU of rows that name none");
    specs[3] = spec_count("count", &d->gpu_count, 1e7, "GPUs of rows that say none");
    specs[4] = spec_text("weights", &d->weights, "P", "precision of rows that name none");
    specs[5] = spec_text("kv", &d->kv, "P", "precision of the KV cache");
    specs[6] = spec_number("input", &d->input_tokens, 0, 1e8, "N", "tokens of a prompt");
    specs[7] = spec_number("output", &d->output_tokens, 0, 1e8, "N", "tokens of an answer");
    specs[8] = spec_count("batch", &d->batch, 1e7, "batch or concurrency");
    specs[9] = spec_text("date", &d->date, "DATE", "when rows were measured: decides the software");
    specs[10] = spec_number("drafts", &d->drafts, 0, 64, "N",
                            "tokens proposed a step, of rows that ran with drafts");
    specs[11] = spec_number("acceptance", &d->acceptance, 0, 1, "X", "chance that one is right");
}

void bench_options_files(struct arena *arena, struct option_list *files,
                         const struct option_list *words) {
    for (size_t i = 0; i < words->count; i++) {
        files->items =
            arena_grow(arena, files->items, files->count, &files->capacity, sizeof *files->items);
        files->items[files->count++] = words->items[i];
    }
}

bool bench_read_files(struct arena *arena, struct source *source, const struct catalog *catalog,
                      const struct option_list *files, const struct bench_defaults *defaults,
                      struct diags *diags, struct benchmark_list *list) {
    bool ok = true;
    for (size_t i = 0; i < files->count; i++)
        ok = bench_read(arena, source, catalog, files->items[i], defaults, diags, list) && ok;
    return ok;
}
