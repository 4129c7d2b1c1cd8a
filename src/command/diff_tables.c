/* The tables of a diff: what stands in them, cells of them, ranks, their order. */
#include "base/num.h"
#include "command/diff_compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct diff diff_begin(struct arena *arena) {
    return (struct diff){
        .arena = arena,
        .tables = {
            [DIFF_PRICES] = {"prices",
                             "Prices",
                             {"offer", "was", "is", "", "where"},
                             {"offer", "old_usd_per_hour", "new_usd_per_hour", "change", "place"},
                             .rows = NULL},
            [DIFF_API] = {"api_prices",
                          "API prices, $/1M tokens",
                          {"price", "was", "is", "", "where"},
                          {"price", "old_usd_per_million", "new_usd_per_million", "change",
                           "place"},
                          .rows = NULL},
            [DIFF_OFFERS] = {"offers",
                             "Offers",
                             {"", "offer", "price", "where"},
                             {"what", "offer", "usd_per_hour", "place"},
                             .rows = NULL},
            [DIFF_FACTS] = {"facts",
                            "Models and GPUs",
                            {"id", "figure", "was", "is", "where"},
                            {"id", "figure", "old", "new", "place"},
                            .rows = NULL},
            [DIFF_WINNERS] = {"winners",
                              "Best offers",
                              {"model", "workload", "was", "$/1M", "is", "$/1M", ""},
                              {"model", "workload", "old", "old_usd_per_million", "new",
                               "new_usd_per_million", "change"},
                              .rows = NULL},
            [DIFF_RANKS] = {"ranks",
                            "Ranks by price",
                            {"model", "workload", "was", "is"},
                            {"model", "workload", "old_rank", "new_rank"},
                            .rows = NULL},
            [DIFF_CELLS] = {"cells",
                            "Cells",
                            {"model", "workload", "GPU", "was $/1M", "is $/1M", "", "because"},
                            {"model", "workload", "gpu", "old_usd_per_million",
                             "new_usd_per_million", "change", "cause"},
                            .rows = NULL},
            [DIFF_COVERAGE] = {"coverage",
                               "Coverage",
                               {"model", "workload", "GPU", "", "$/1M"},
                               {"model", "workload", "gpu", "what", "usd_per_million"},
                               .rows = NULL},
            [DIFF_PAGES] = {"pages",
                            "Pages",
                            {"", "page", "bytes were", "bytes are"},
                            {"what", "page", "old_bytes", "new_bytes"},
                            .rows = NULL},
        }};
}

struct diff_row *diff_add(struct diff *diff, enum diff_table table, double weight) {
    struct diff_section *t = &diff->tables[table];
    t->rows = arena_grow(diff->arena, t->rows, t->count, &t->capacity, sizeof *t->rows);
    t->rows[t->count] = (struct diff_row){.weight = weight};
    return &t->rows[t->count++];
}

struct diff_value diff_text(const char *text) {
    return (struct diff_value){.text = text};
}

struct diff_value diff_usd(struct arena *arena, double usd) {
    char text[NUM_MAX];
    num_grouped(text, usd, 3);
    return (struct diff_value){isnan(usd) ? "-" : arena_printf(arena, "$%s", text), usd, true};
}

struct diff_value diff_count(struct arena *arena, double count) {
    char text[NUM_MAX];
    num_fixed(text, count, 0);
    return (struct diff_value){isnan(count) ? "-" : arena_strdup(arena, text), count, true};
}

struct diff_value diff_percent(struct arena *arena, double share) {
    char text[NUM_MAX];
    num_fixed(text, 100 * share, 1);
    return (struct diff_value){arena_printf(arena, "%s%s %%", share > 0 ? "+" : "", text), share,
                               true};
}

struct diff_value diff_place(struct arena *arena, struct place place) {
    return diff_text(place.file ? arena_printf(arena, "%s:%u", place.file, place.line) : "");
}

static void add_price(struct diff *diff, enum diff_table table, const char *what, double before,
                      double after, struct diff_value where) {
    double share = after / before - 1;
    struct diff_row *row = diff_add(diff, table, fabs(share));
    row->values[0] = diff_text(what);
    row->values[1] = diff_usd(diff->arena, before);
    row->values[2] = diff_usd(diff->arena, after);
    row->values[3] = diff_percent(diff->arena, share);
    row->values[4] = where;
    diff->worst_price_rise = fmax(diff->worst_price_rise, share);
}

void diff_price(struct diff *diff, const char *offer, double before, double after,
                struct diff_value where) {
    add_price(diff, DIFF_PRICES, offer, before, after, where);
}

void diff_api_price(struct diff *diff, const char *price, double before, double after,
                    struct diff_value where) {
    add_price(diff, DIFF_API, price, before, after, where);
}

void diff_offer(struct diff *diff, const char *what, const char *offer, double usd,
                struct diff_value where) {
    struct diff_row *row = diff_add(diff, DIFF_OFFERS, 1);
    row->values[0] = diff_text(what);
    row->values[1] = diff_text(offer);
    row->values[2] = diff_usd(diff->arena, usd);
    row->values[3] = where;
}

void diff_fact(struct diff *diff, const char *id, const char *what, double before, double after,
               struct diff_value where) {
    bool both = !isnan(before) && !isnan(after);
    if ((both && before == after) || (isnan(before) && isnan(after)))
        return;
    char old_text[NUM_MAX] = "-", new_text[NUM_MAX] = "-";
    if (!isnan(before))
        num_grouped(old_text, before, 6);
    if (!isnan(after))
        num_grouped(new_text, after, 6);
    struct diff_row *row = diff_add(diff, DIFF_FACTS, both ? fabs(after - before) / before : 1e9);
    row->values[0] = diff_text(id);
    row->values[1] = diff_text(what);
    row->values[2] = (struct diff_value){arena_strdup(diff->arena, old_text), before, true};
    row->values[3] = (struct diff_value){arena_strdup(diff->arena, new_text), after, true};
    row->values[4] = where;
}

void diff_coverage(struct diff *diff, struct diff_cell cell, bool lost, double usd) {
    struct diff_row *row = diff_add(diff, DIFF_COVERAGE, 1);
    row->values[0] = diff_text(cell.model);
    row->values[1] = diff_text(cell.workload);
    row->values[2] = diff_text(cell.gpu);
    row->values[3] = diff_text(lost ? "lost" : "new");
    row->values[4] = diff_usd(diff->arena, usd);
    diff->coverage_lost += lost;
}

struct diff_row *diff_cell(struct diff *diff, struct diff_cell cell, double before, double after) {
    struct diff_row *row = diff_add(diff, DIFF_CELLS, fabs(after / before - 1));
    row->values[0] = diff_text(cell.model);
    row->values[1] = diff_text(cell.workload);
    row->values[2] = diff_text(cell.gpu);
    row->values[3] = diff_usd(diff->arena, before);
    row->values[4] = diff_usd(diff->arena, after);
    row->values[5] = diff_percent(diff->arena, after / before - 1);
    return row;
}

void diff_winner(struct diff *diff, struct diff_best best, bool other, const char *was,
                 const char *is) {
    double share = best.after / best.before - 1;
    diff->bests = arena_grow(diff->arena, diff->bests, diff->best_count, &diff->best_capacity,
                             sizeof *diff->bests);
    diff->bests[diff->best_count++] = best;
    diff->worst_best_rise = fmax(diff->worst_best_rise, share);
    if (!other && share == 0)
        return;
    struct diff_row *row = diff_add(diff, DIFF_WINNERS, (other ? 1000 : 0) + fabs(share));
    row->values[0] = diff_text(best.model);
    row->values[1] = diff_text(best.workload);
    row->values[2] = diff_text(was);
    row->values[3] = diff_usd(diff->arena, best.before);
    row->values[4] = diff_text(is);
    row->values[5] = diff_usd(diff->arena, best.after);
    row->values[6] = diff_percent(diff->arena, share);
}

/* Rank among the models of both sides for the same workload, 1 the cheapest; equal prices share. */
static void add_rank(struct diff *diff, const struct diff_best *best) {
    size_t was = 1, is = 1;
    for (size_t i = 0; i < diff->best_count; i++) {
        const struct diff_best *other = &diff->bests[i];
        if (strcmp(other->workload, best->workload) != 0)
            continue;
        was += other->before < best->before;
        is += other->after < best->after;
    }
    if (was == is)
        return;
    struct diff_row *row =
        diff_add(diff, DIFF_RANKS, was > is ? (double)(was - is) : (double)(is - was));
    row->values[0] = diff_text(best->model);
    row->values[1] = diff_text(best->workload);
    row->values[2] = diff_count(diff->arena, (double)was);
    row->values[3] = diff_count(diff->arena, (double)is);
}

static int by_weight(const void *a, const void *b) {
    const struct diff_row *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    for (int i = 0; i < DIFF_COLUMNS; i++) {
        int order = strcmp(x->values[i].text ? x->values[i].text : "",
                           y->values[i].text ? y->values[i].text : "");
        if (order)
            return order;
    }
    return 0;
}

void diff_end(struct diff *diff) {
    for (size_t i = 0; i < diff->best_count; i++)
        add_rank(diff, &diff->bests[i]);
    for (int t = 0; t < DIFF_TABLES; t++)
        if (diff->tables[t].count)
            qsort(diff->tables[t].rows, diff->tables[t].count, sizeof *diff->tables[t].rows,
                  by_weight);
}
