/* The parts that the training pages share. */
#include "page/training.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

uint32_t training_usual_gpu(const struct page_plan *plan) {
    uint32_t best = 0;
    size_t most = 0;
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++) {
        const struct gpu *gpu = &plan->catalog->gpus[g];
        if (gpu->announced || gpu->memory_bytes < 79e9 || gpu->link != LINK_NVLINK ||
            !(gpu->flop_per_s[COMPUTE_16] > 0))
            continue;
        if (plan->gpu_markets[g].ranked > most) {
            most = plan->gpu_markets[g].ranked;
            best = g;
        }
    }
    return best;
}

struct training_outcome training_fewest(const struct page_plan *plan, uint32_t model, uint32_t gpu,
                                        enum training_method method,
                                        struct training_layouts *kept) {
    struct training ask =
        training_default(&plan->catalog->models[model], &plan->catalog->gpus[gpu]);
    ask.method = method;
    ask.usd_per_gpu_hour = plan->gpu_markets[gpu].low_usd_per_gpu_hour;
    return training_on_fewest(kept, &ask);
}

uint32_t training_gpus(const struct training_outcome *outcome) {
    return outcome->feasible ? outcome->min_gpus : 0;
}

struct table *training_parts(struct draft *draft, const char *name, const char *heading,
                             const struct training_outcome *outcomes) {
    static const struct column columns[] = {{"method", "Method", NULL, false, false},
                                            {"gpus", "GPUs", NULL, true, false},
                                            {"weights_gb", "Weights", "GB", true, false},
                                            {"gradients_gb", "Gradients", "GB", true, false},
                                            {"optimizer_gb", "Optimizer", "GB", true, false},
                                            {"activations_gb", "Activations", "GB", true, false},
                                            {"buffers_gb", "Logits, buffers", "GB", true, false},
                                            {"total_gb", "Together", "GB a GPU", true, false},
                                            {"trainable", "Trained", "parameters", true, false}};
    struct arena *arena = draft->arena;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), TRAINING_METHODS);
    for (int method = 0; method < TRAINING_METHODS; method++) {
        const struct training_outcome *outcome = &outcomes[method];
        const struct training_memory *memory = &outcome->memory;
        if (!outcome->feasible)
            continue;
        rows_put(&rows, value_text(training_method_name((enum training_method)method)));
        rows_put(&rows, value_exact(arena, outcome->min_gpus));
        const double gb[] = {memory->weights,
                             memory->gradients,
                             memory->optimizer,
                             memory->activations,
                             memory->logits + memory->buffers,
                             memory->total};
        for (size_t i = 0; i < COUNT_OF(gb); i++)
            rows_put(&rows,
                     value_from(value_number(arena, gb[i] / 1e9), FROM_FIRST_PRINCIPLES, NULL));
        rows_put(&rows, value_count(arena, outcome->trainable_parameters));
    }
    return draft_table(draft, name, heading, &rows, "GB on each GPU, at the fewest GPUs");
}

void training_formula(struct draft *draft, const struct page_plan *plan, uint32_t model,
                      uint32_t gpu, const struct training_outcome *full) {
    struct arena *arena = draft->arena;
    struct training ask =
        training_default(&plan->catalog->models[model], &plan->catalog->gpus[gpu]);
    struct derivation lines = {.arena = arena};
    if (!full->feasible)
        return;
    double peak = plan->catalog->gpus[gpu].flop_per_s[COMPUTE_16];
    derivation_line(
        &lines, "GPU-hours = FLOP per token \xC2\xB7 tokens / (MFU \xC2\xB7 peak \xC2\xB7 3600)",
        arena_printf(arena, "%s \xC2\xB7 %s / (%s \xC2\xB7 %s \xC2\xB7 3600)",
                     phrase_formula_number(arena, full->model_flop_per_token),
                     phrase_formula_number(arena, ask.tokens),
                     phrase_formula_number(arena, ask.mfu), phrase_formula_number(arena, peak)),
        words_unit(arena, full->model_flop_per_token * ask.tokens / (ask.mfu * peak * 3600),
                   "GPU-hours"));
    derivation_line(&lines, "the rule of thumb = 6 \xC2\xB7 parameters \xC2\xB7 tokens",
                    arena_printf(arena, "6 \xC2\xB7 %s \xC2\xB7 %s",
                                 phrase_formula_number(arena, full->flop_6nd / 6 / ask.tokens),
                                 phrase_formula_number(arena, ask.tokens)),
                    words_unit(arena, full->flop_6nd / 1e18, "EFLOP"));
    draft_formula(draft, "formula", "How the hours are made", NULL, &lines);
}
