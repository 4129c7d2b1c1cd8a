/* What the combination costs: by GPU count and precision with the reasons where it does not run, by
   platform with the age of each price, and by workload. */
#include "page/pair.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

#define SHOWN_PLATFORMS 5

/* Each number of GPUs has a place of its own for each of the precisions. */
static struct combination *place_of(struct pair *c, size_t precision, uint32_t gpus) {
    for (size_t i = 0; i < PAIR_COUNTS; i++)
        if (gpus == 1u << i)
            return &c->kept->counts[precision][i];
    return &c->kept->other;
}

/* `precision`: which of those kept `weights` are. */
static void count_row(struct pair *c, struct rows *rows, uint32_t gpus, size_t precision,
                      enum precision weights) {
    struct arena *arena = c->arena;
    const struct pair_kept *kept = c->kept;
    bool own =
        c->pick->reason == REASON_NONE && gpus == c->pick->gpus && weights == c->pick->weights;
    struct combination *place = own ? &c->kept->own : place_of(c, precision, gpus);
    if (!own)
        pick_begin(c->plan, place, c->model_index, c->gpu_index, gpus, weights);
    struct pick pick = own ? *c->pick : pick_at(c->plan, place, c->workload);
    rows_put(rows, value_exact(arena, gpus));
    rows_put(rows, value_text(phrase_weights(c->model, weights, c->gpu)));
    if (weights == kept->precisions[precision])
        rows_put(rows, kept->sizes[precision]);
    else /* the pick's own, which may be none of them */
        rows_put(rows, value_from(value_gb(arena, memory_weights_bytes(c->model, weights)),
                                  FROM_FIRST_PRINCIPLES, NULL));
    if (pick.reason != REASON_NONE) {
        rows_put_infeasible(rows, pick.reason, 4);
        rows_put(rows, value_text(phrase_reason(pick.reason)));
        return;
    }
    rows_put(rows, value_exact(arena, pick.max_batch));
    double fits = combination_max_context(place), most = c->model->context_tokens;
    rows_put(rows, most > 0 && fits > most ? value_exact(arena, most) : value_number(arena, fits));
    rows_put(rows,
             value_from(value_number(arena, pick.output_tokens_per_s), pick.provenance, NULL));
    rows_put(rows, value_from(value_usd(arena, pick.usd_per_million), pick.provenance, NULL));
    rows_put(rows, pick.listing ? value_text(c->plan->platforms[pick.listing->platform].name)
                                : value_text(phrase_reason(REASON_NO_PRICE)));
}

void pair_counts(struct pair *c) {
    static const struct column columns[] = {
        {"gpu_count", "GPUs", NULL, true, false},
        {"weights", "Weights", NULL, false, false},
        {"weights_gb", "Size", "GB", true, false},
        {"max_batch", "Largest batch", NULL, true, false},
        {"max_context_tokens", "Longest context", NULL, true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"where", "Cheapest at, or why not", NULL, false, false},
    };
    const struct pair_kept *kept = c->kept;
    size_t count = kept->precision_count;
    uint32_t node = gpu_per_node(c->gpu);
    struct rows rows = rows_begin(c->arena, columns, COUNT_OF(columns), count * 3 + 1);
    for (size_t p = 0; p < count; p++) {
        /* One size below the fewest says why; those below it only repeat it. */
        double bytes = kept->weights_bytes[p];
        double least = c->gpu->memory_bytes > 0 ? bytes / c->gpu->memory_bytes : 1;
        for (uint32_t gpus = 1; gpus <= node; gpus *= 2)
            if (gpus * 2 > least || gpus == node)
                count_row(c, &rows, gpus, p, kept->precisions[p]);
    }
    if (c->pick->gpus > node)
        count_row(c, &rows, c->pick->gpus, 0, c->pick->weights);
    struct table *table = draft_table(&c->draft, "counts", "By number of GPUs and precision", &rows,
                                      kept->always_busy);
    if (table)
        table->sortable = true;
}

static void platform_row(struct pair *c, struct rows *rows, const struct listing *listing) {
    struct arena *arena = c->arena;
    const struct pick *pick = c->pick;
    double million = pick_usd_per_million(pick, listing);
    rows_put(rows, listing->link);
    rows_put(rows, listing->gpu_hour);
    rows_put(rows, listing->age);
    rows_put(rows, value_from(value_usd(arena, million), pick->provenance, NULL));
    rows_put(rows, value_from(value_usd(arena, million / c->plan->catalog->site.utilisation),
                              pick->provenance, NULL));
}

/* The cheapest that may be ranked and have enough GPUs; the GPU's own page lists them all. */
void pair_platforms(struct pair *c) {
    struct arena *arena = c->arena;
    if (!c->pick->listing)
        return;
    struct column *columns = arena_room(arena, 5, sizeof *columns);
    columns[0] = (struct column){"platform", "Platform", NULL, false, false};
    columns[1] = (struct column){"usd_per_gpu_hour", "$ / GPU-hour", NULL, true, false};
    columns[2] = (struct column){"price_age_days", "Price age", NULL, true, false};
    columns[3] =
        (struct column){"usd_per_million_output", "$ / 1M output", "always busy", true, false};
    columns[4] = (struct column){"usd_per_million_output_in_use", "$ / 1M output", c->kept->at_use,
                                 true, false};
    struct rows rows = rows_begin(arena, columns, 5, SHOWN_PLATFORMS);
    for (size_t i = 0; i < c->market->ranked && rows_count(&rows) < SHOWN_PLATFORMS; i++)
        if (listing_runs(&c->market->listings[i], c->pick->gpus))
            platform_row(c, &rows, &c->market->listings[i]);
    draft_table(&c->draft, "platforms", "By platform", &rows,
                words_gpus(arena, c->pick->gpus, phrase_gpu(c->gpu)));
}

void pair_workloads(struct pair *c) {
    static const struct column columns[] = {
        {"workload", "Workload", NULL, false, false},
        {"input_tokens", "In", "tokens", true, false},
        {"output_tokens", "Out", "tokens", true, false},
        {"batch", "At once", NULL, true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"ttft_s", "First token", NULL, true, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"output_tokens_per_usd", "Output tokens / $", NULL, true, false},
    };
    const struct site *site = &c->plan->catalog->site;
    struct arena *arena = c->arena;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), site->workload_count);
    for (size_t w = 0; w < site->workload_count; w++) {
        const struct workload *workload = &site->workloads[w];
        struct pick pick = *c->pick;
        if (w > 0)
            pick = pick_at(c->plan, &c->kept->own, workload);
        for (size_t i = 0; i < 3; i++)
            rows_put(&rows, c->kept->workload_cells[3 * w + i]);
        if (pick.reason != REASON_NONE) {
            rows_put_infeasible(&rows, pick.reason, 5);
            continue;
        }
        rows_put(&rows, value_exact(arena, pick.batch));
        rows_put(&rows,
                 value_from(value_number(arena, pick.output_tokens_per_s), pick.provenance, NULL));
        rows_put(&rows, value_from(value_seconds(arena, pick.ttft_s), pick.provenance, NULL));
        rows_put(&rows, value_from(value_usd(arena, pick.usd_per_million), pick.provenance, NULL));
        rows_put(&rows,
                 value_from(value_number(arena, pick.tokens_per_usd), pick.provenance, NULL));
    }
    draft_table(&c->draft, "workloads", "By workload", &rows,
                WORDS_JOIN(arena, c->set_up, ", always busy"));
}
