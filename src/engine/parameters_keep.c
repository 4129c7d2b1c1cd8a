/* Counts a model once for all who ask, after it was read. */
#include "base/arena.h"
#include "engine/memory.h"
#include "engine/parameters.h"
#include "engine/shape.h"

static void keep_layer_bytes(struct arena *arena, struct model *model) {
    double *bytes = ARENA_ARRAY(arena, PRECISION_COUNT * MEMORY_KEPT_DEGREES, double);
    for (int w = 0; w < PRECISION_COUNT; w++)
        for (uint32_t t = 1; memory_kept_degree(t) >= 0; t *= 2)
            bytes[w * MEMORY_KEPT_DEGREES + memory_kept_degree(t)] =
                memory_layer_bytes_per_gpu(model, (enum precision)w, t);
    model->layer_bytes = bytes;
}

static void keep_weights_bytes(struct arena *arena, struct model *model) {
    double *bytes = ARENA_ARRAY(arena, PRECISION_COUNT, double);
    for (int w = 0; w < PRECISION_COUNT; w++)
        bytes[w] = memory_weights_bytes(model, (enum precision)w);
    model->weights_bytes = bytes;
}

static void keep_shapes(struct arena *arena, struct model *model) {
    static const enum precision caches[] = {PRECISION_BF16, PRECISION_FP8};
    struct memory_kv *lines = ARENA_ARRAY(arena, MEMORY_KEPT_KV, struct memory_kv);
    struct step_shape *frames = ARENA_ARRAY(arena, MEMORY_KEPT_KV, struct step_shape);
    for (size_t i = 0; i < sizeof caches / sizeof *caches; i++)
        for (uint32_t t = 1; memory_kept_degree(t) >= 0; t *= 2) {
            int at = memory_kept_kv(caches[i], t);
            lines[at] = memory_kv_of(model, caches[i], t);
            frames[at] = shape_frame(model, caches[i], (struct shape_layout){.tensor_parallel = t});
        }
    model->kv_lines = lines;
    model->frames = frames;
}

static void keep_splits(struct model *model) {
    uint64_t splits = 1; /* bit 0 says that they are kept */
    for (uint32_t t = 1; t < 64; t++)
        splits |= (uint64_t)memory_tensor_parallel_fits(model, t) << t;
    model->splits = splits;
    model->widest_ffn = memory_widest_ffn(model);
}

void parameters_keep(struct arena *arena, struct model *model) {
    struct layer_parameters *runs =
        ARENA_ARRAY(arena, model->run_count + 1, struct layer_parameters);
    struct parameters *all = ARENA_NEW(arena, struct parameters);
    for (size_t i = 0; i < model->run_count; i++)
        runs[i] = parameters_of_layer(model, &model->runs[i]);
    *all = parameters_count(model);
    model->run_counts = runs;
    model->counts = all;
    keep_layer_bytes(arena, model);
    keep_weights_bytes(arena, model);
    keep_shapes(arena, model);
    keep_splits(model);
}
