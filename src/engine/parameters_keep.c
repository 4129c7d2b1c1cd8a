/* Counts a model once for all who ask, after it was read. */
#include "base/arena.h"
#include "engine/parameters.h"

void parameters_keep(struct arena *arena, struct model *model) {
    struct layer_parameters *runs =
        ARENA_ARRAY(arena, model->run_count + 1, struct layer_parameters);
    struct parameters *all = ARENA_NEW(arena, struct parameters);
    for (size_t i = 0; i < model->run_count; i++)
        runs[i] = parameters_of_layer(model, &model->runs[i]);
    *all = parameters_count(model);
    model->run_counts = runs;
    model->counts = all;
}
