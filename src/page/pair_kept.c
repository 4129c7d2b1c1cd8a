/* What pairs of one model, or all pairs, say alike: made for the first of them. */
#include "page/pair.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

struct pair_kept *pair_kept_new(struct arena *arena) {
    struct pair_kept *kept = ARENA_NEW(arena, struct pair_kept);
    kept->arena = arena;
    return kept;
}

static void keep_workloads(struct pair_kept *kept, const struct site *site) {
    struct value *cells = ARENA_ARRAY(kept->arena, 3 * site->workload_count + 1, struct value);
    for (size_t w = 0; w < site->workload_count; w++) {
        cells[3 * w] = value_text(site->workloads[w].name);
        cells[3 * w + 1] = value_exact(kept->arena, site->workloads[w].input_tokens);
        cells[3 * w + 2] = value_exact(kept->arena, site->workloads[w].output_tokens);
    }
    kept->workload_cells = cells;
}

static void keep_site(struct pair_kept *kept, const struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    struct arena *arena = kept->arena;
    kept->at_use = WORDS_JOIN(arena, "at ", plan->use, " use");
    kept->at_use_label = WORDS_JOIN(arena, "At ", plan->use, " use");
    kept->always_busy =
        WORDS_JOIN(arena, phrase_workload(arena, &catalog->site.workloads[0]), "; always busy");
    kept->lengths = arena_printf(arena, " --input %u --output %u --batch ",
                                 catalog->site.workloads[0].input_tokens,
                                 catalog->site.workloads[0].output_tokens);
    keep_workloads(kept, &catalog->site);
    kept->gpus = ARENA_ARRAY(arena, catalog->gpu_count + 1, struct link);
    for (size_t g = 0; g < catalog->gpu_count; g++)
        kept->gpus[g] =
            (struct link){WORDS_JOIN(arena, "Every model on ", phrase_gpu(&catalog->gpus[g])),
                          href_gpu(arena, &catalog->gpus[g]), NULL};
}

/* The precision of the model's pages and the usual lower ones. */
static void choose_precisions(struct pair_kept *kept, enum precision own) {
    static const enum precision usual[] = {PRECISION_BF16, PRECISION_FP8, PRECISION_AWQ};
    size_t n = 0;
    kept->precisions[n++] = own;
    for (size_t i = 0; i < COUNT_OF(usual); i++)
        if (precision_info(usual[i])->bits_per_weight < precision_info(own)->bits_per_weight - 0.5)
            kept->precisions[n++] = usual[i];
    kept->precision_count = n;
}

static void keep_model(struct pair_kept *kept, const struct page_plan *plan, uint32_t index) {
    const struct model *model = kept->model = &plan->catalog->models[index];
    struct arena *arena = kept->arena;
    choose_precisions(kept, plan->precisions[index]);
    for (size_t p = 0; p < kept->precision_count; p++) {
        kept->weights_bytes[p] = memory_weights_bytes(model, kept->precisions[p]);
        kept->sizes[p] =
            value_from(value_gb(arena, kept->weights_bytes[p]), FROM_FIRST_PRINCIPLES, NULL);
    }
    for (size_t w = 0; w < PRECISION_COUNT; w++)
        kept->one_overtakes[w] = NAN;
    kept->estimate = WORDS_JOIN(arena, "tallypress estimate --model ", model->id, " --gpu ");
    kept->every_gpu = (struct link){WORDS_JOIN(arena, model->name, " on every GPU"),
                                    href_model(arena, model), NULL};
    kept->csv = (struct link){"CSV", href_model_page(arena, model, "gpus.csv"), "a row a GPU"};
    kept->json = (struct link){"JSON", href_model_page(arena, model, "gpus.json"), NULL};
}

void pair_keep(struct pair_kept *kept, const struct page_plan *plan, uint32_t model) {
    if (!kept->gpus)
        keep_site(kept, plan);
    if (kept->model != &plan->catalog->models[model])
        keep_model(kept, plan, model);
}
