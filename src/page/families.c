#include "page/families.h"

struct families families_begin(struct arena *arena, const struct page_plan *plan) {
    size_t most = plan->catalog->model_count + 1;
    struct families families = {.count = {0, 0}};
    for (int kind = 0; kind < 2; kind++) {
        families.x[kind] = ARENA_ARRAY(arena, most, double);
        families.y[kind] = ARENA_ARRAY(arena, most, double);
        families.labels[kind] = ARENA_ARRAY(arena, most, const char *);
        families.marks[kind] = ARENA_ARRAY(arena, most, enum chart_mark);
    }
    return families;
}

void families_add(struct families *families, const struct page_plan *plan, uint32_t model,
                  double value, enum provenance from) {
    const struct parameters *p = &plan->parameters[model];
    int kind = (double)p->active < 0.9 * (double)p->total;
    size_t at = families->count[kind]++;
    families->x[kind][at] = (double)p->active / 1e9;
    families->y[kind][at] = value;
    families->marks[kind][at] = draft_mark(from);
    families->labels[kind][at] = plan->catalog->models[model].name;
}

struct chart *families_chart(struct arena *arena, const struct families *families, const char *id,
                             const char *title, struct chart_axis y) {
    static const char *const names[] = {"Dense", "Mixture of experts"};
    struct chart_series *series = ARENA_ARRAY(arena, 2, struct chart_series);
    size_t used = 0;
    for (int kind = 0; kind < 2; kind++)
        if (families->count[kind])
            series[used++] = (struct chart_series){.name = names[kind],
                                                   .kind = SERIES_POINTS,
                                                   .mark = MARK_HALF,
                                                   .marks = families->marks[kind],
                                                   .colour = kind,
                                                   .x = families->x[kind],
                                                   .y = families->y[kind],
                                                   .labels = families->labels[kind],
                                                   .count = families->count[kind]};
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){.kind = CHART_SCATTER,
                            .id = id,
                            .title = title,
                            .x = {.label = "Active parameters", .unit = "billion", .log = true},
                            .y = y,
                            .series = series,
                            .series_count = used};
    return chart;
}
