/* What a longer context does: KV growth against the weights, throughput, effective bandwidth. */
#include "page/pair.h"

#include "engine/curve.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

#define MOST_CONTEXTS 10
#define REPLY_TOKENS 256.0

struct contexts {
    struct curve_point points[MOST_CONTEXTS];
    size_t count;
    double weights_bytes;
};

/* NaN where no context of the model is as long. */
static double overtakes(const struct pair *c, double batch) {
    double at =
        curve_crossover(c->model, c->pick->weights, c->plan->catalog->site.kv_precision, batch);
    return c->model->context_tokens && at > c->model->context_tokens ? NAN : at;
}

/* No GPU changes it. */
static double one_overtakes(struct pair *c) {
    double *at = &c->kept->one_overtakes[c->pick->weights];
    if (isnan(*at))
        *at = overtakes(c, 1);
    return *at;
}

/* Every fourfold context. */
static void evaluate(struct pair *c, struct contexts *all) {
    all->weights_bytes = memory_weights_bytes(c->model, c->pick->weights);
    struct curve_ask ask = {
        .batch = c->pick->batch, .reply_tokens = REPLY_TOKENS, .per_doubling = 0.5};
    all->count = curve_contexts_of(&c->kept->own, &ask, all->points, MOST_CONTEXTS);
}

static struct table *context_table(struct pair *c, const struct contexts *all) {
    static const struct column columns[] = {
        {"context_tokens", "Context", "tokens", true, false},
        {"kv_gb_per_request", "KV per request", "GB", true, false},
        {"batch", "At once", NULL, true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"kv_share", "KV share of reads", NULL, true, false},
        {"read_gb_per_s", "Effective bandwidth", "GB/s", true, false},
    };
    struct arena *arena = c->arena;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), all->count);
    for (size_t i = 0; i < all->count; i++) {
        const struct curve_point *point = &all->points[i];
        enum provenance from = point->ours.provenance;
        rows_put(&rows, value_exact(arena, point->context_tokens));
        rows_put(&rows, value_from(value_gb(arena, point->kv_bytes), FROM_FIRST_PRINCIPLES, NULL));
        rows_put(&rows, value_exact(arena, point->batch));
        rows_put(&rows,
                 value_from(value_number(arena, point->ours.output_tokens_per_s), from, NULL));
        rows_put(&rows, value_percent(arena, point->kv_share));
        rows_put(&rows, value_from(value_gb(arena, point->bandwidth_bytes_per_s), from, NULL));
    }
    const struct curve_point *last = &all->points[all->count - 1];
    const struct memory_use *memory = &last->ours.memory;
    if (!(memory->fragmentation_bytes > 0))
        return rows_table(&rows, c->set_up);
    return rows_table(&rows, WORDS_JOIN(arena, "Paged blocks waste ",
                                        words_bytes(arena, memory->fragmentation_bytes), " at ",
                                        words_exact(arena, last->batch), " requests of ",
                                        words_exact(arena, last->context_tokens), " tokens."));
}

/* What the lines show: a crossing beyond their end is not told. */
static const char *finding(struct pair *c, const struct contexts *all) {
    static const char grows[] = " requests the KV cache outgrows the weights at ";
    struct arena *arena = c->arena;
    double one = one_overtakes(c);
    double many = overtakes(c, c->pick->batch);
    if (!isfinite(many))
        return "The KV cache never outgrows the weights";
    double end = all->points[all->count - 1].context_tokens;
    if (many > end)
        return WORDS_JOIN(arena, "Up to ", words_exact(arena, end), " tokens the KV cache of ",
                          words_exact(arena, c->pick->batch),
                          c->pick->batch < 2 ? " request" : " requests",
                          " stays below the weights");
    if (c->pick->batch < 2)
        return WORDS_JOIN(arena, "The KV cache outgrows the weights at ", words_number(arena, one),
                          " tokens");
    if (!(one <= end))
        return WORDS_JOIN(arena, "With ", words_exact(arena, c->pick->batch), grows,
                          words_number(arena, many), " tokens");
    return WORDS_JOIN(arena, "With ", words_exact(arena, c->pick->batch), grows,
                      words_number(arena, many), " tokens, with one at ", words_number(arena, one));
}

static void growth_chart(struct pair *c, const struct contexts *all) {
    static const char *const names[] = {"Weights", "KV, one request", NULL, "GPU memory"};
    struct arena *arena = c->arena;
    size_t n = all->count;
    double *x = arena_room(arena, n, sizeof *x);
    struct chart_series *series = arena_room(arena, 4, sizeof *series);
    double capacity = c->gpu->memory_bytes * c->pick->gpus;
    for (size_t i = 0; i < n; i++)
        x[i] = all->points[i].context_tokens;
    for (size_t s = 0; s < 4; s++) {
        double *y = arena_room(arena, n, sizeof *y);
        for (size_t i = 0; i < n; i++) {
            const double gb[] = {all->weights_bytes, all->points[i].kv_bytes,
                                 all->points[i].kv_bytes * c->pick->batch, capacity};
            y[i] = gb[s] / 1e9;
        }
        series[s] = (struct chart_series){.name = names[s],
                                          .kind = SERIES_LINE,
                                          .colour = (int)s,
                                          .dashed = s == 3,
                                          .x = x,
                                          .y = y,
                                          .count = n};
    }
    series[2].name = WORDS_JOIN(arena, "KV, ", words_exact(arena, c->pick->batch), " requests");
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){.kind = CHART_LINE,
                            .id = "context",
                            .title = finding(c, all),
                            .x = {.label = "Context", .unit = "tokens", .log = true},
                            .y = {.label = "Memory", .unit = "GB", .log = true},
                            .series = series,
                            .series_count = 4,
                            .height = 280};
    if (c->pick->batch < 2) {
        series[2] = series[3];
        chart->series_count = 3;
    }
    draft_chart(&c->draft, "context", chart, context_table(c, all));
}

void pair_context(struct pair *c) {
    struct contexts all; /* evaluate() writes all of it that counts */
    evaluate(c, &all);
    if (all.count >= 2)
        growth_chart(c, &all);
}
