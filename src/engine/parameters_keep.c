/* Counts a model once for all who ask, after it was read. */
#include "base/arena.h"
#include "engine/memory.h"
#include "engine/parameters.h"

static void keep_layer_bytes(struct arena *arena, struct model *model) {
    double *bytes = ARENA_ARRAY(arena, PRECISION_COUNT * MEMORY_KEPT_DEGREES, double);
    for (int w = 0; w < PRECISION_COUNT; w++)
        for (uint32_t t = 1; memory_kept_degree(t) >= 0; t *= 2)
            bytes[w * MEMORY_KEPT_DEGREES + memory_kept_degree(t)] =
                memory_layer_bytes_per_gpu(model, (enum precision)w, t);
    model->layer_bytes = bytes;
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
}
