/* Models whose published size is not what their shape says. */
#include "base/num.h"
#include "engine/audit.h"
#include "engine/parameters.h"

#include <math.h>

/* Exact counts that are explained differ by what explains them; rounded ones by what rounds. */
static bool agrees(const struct published_count *said, uint64_t ours) {
    double difference = said->total - (double)ours;
    if (said->exact)
        return difference == (double)said->difference;
    return said->counts || fabs(difference) < 0.5 * (double)ours;
}

static void warn(const struct model *model, const struct published_count *said, uint64_t ours,
                 struct diags *diags) {
    char theirs[NUM_MAX], made[NUM_MAX];
    num_shortest(theirs, said->total);
    num_u64(made, ours);
    diag_add(diags, DIAG_WARNING, "model-count", model->place,
             "%s: %s says %s parameters, the config makes %s", model->id, said->source, theirs,
             made);
}

void audit_models(const struct catalog *catalog, struct diags *diags) {
    for (size_t i = 0; i < catalog->model_count; i++) {
        const struct model *model = &catalog->models[i];
        struct parameters room;
        const struct parameters *ours = parameters_in(model, &room);
        for (size_t k = 0; k < model->published_count; k++)
            if (isfinite(model->published[k].total) && !model->weights_only &&
                !agrees(&model->published[k], ours->total))
                warn(model, &model->published[k], ours->total, diags);
    }
}
