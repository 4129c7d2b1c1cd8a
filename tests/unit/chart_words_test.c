/* What charts say of themselves in words, and room for the key of small multiples. */
#include "chart/marks.h"

#include "arena_state.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *words_of(struct arena *arena, const struct chart *chart) {
    return chart_layout(arena, chart).desc;
}

static void says(struct arena *arena, const struct chart *chart, const char *words, bool does) {
    const char *desc = words_of(arena, chart);
    if ((strstr(desc, words) != NULL) != does)
        fail_msg("\"%s\" %s \"%s\"", desc, does ? "lacks" : "has", words);
}

/* A frontier's points stand in any order: no line runs through them as they come. */
static void frontiers_pass_nothing(void **state) {
    struct arena *arena = *state;
    static const double x[] = {5, 1}, a[] = {9, 1}, b[] = {5, 5};
    struct chart_series series[] = {
        {.name = "A", .kind = SERIES_LINE, .colour = -1, .x = x, .y = a, .count = 2},
        {.name = "B", .kind = SERIES_LINE, .colour = -1, .x = x, .y = b, .count = 2}};
    struct chart chart = {.kind = CHART_SCATTER,
                          .id = "c",
                          .x = {.label = "Speed"},
                          .y = {.label = "Price"},
                          .series = series,
                          .series_count = 2};
    static const double up[] = {1, 5}, rising[] = {1, 9};
    series[0].kind = series[1].kind = SERIES_FRONTIER;
    says(arena, &chart, "passes", false);
    series[0].kind = series[1].kind = SERIES_LINE;
    series[0].x = series[1].x = up;
    series[0].y = rising;
    says(arena, &chart, "A passes B near 3.", true);
}

static void labels_of_a_frontier_are_listed(void **state) {
    struct arena *arena = *state;
    static const double x[] = {1, 2, 3}, y[] = {3, 2, 1};
    static const char *const labels[] = {NULL, "two", "three"};
    struct chart_series series = {.name = "F",
                                  .kind = SERIES_FRONTIER,
                                  .colour = -1,
                                  .x = x,
                                  .y = y,
                                  .labels = labels,
                                  .count = 3};
    struct chart chart = {.kind = CHART_SCATTER,
                          .id = "c",
                          .x = {.label = "X", .less_is_better = true},
                          .y = {.label = "Y", .less_is_better = true},
                          .series = &series,
                          .series_count = 1};
    says(arena, &chart, " 3 on the frontier: two, three and 1 more.", true);
}

/* Whatever the key takes, panels and axis label lie below each other and inside. */
static void multiples_have_room_for_their_key(void **state) {
    struct arena *arena = *state;
    static const double x[] = {1, 2, 3}, y[] = {3, 2, 1};
    static const char *const names[] = {
        "A name of some length", "Another name as long", "A third one, longer than those before",
        "And a fourth, too",     "The fifth name",       "The last"};
    struct chart_series series[6];
    for (size_t i = 0; i < 6; i++)
        series[i] = (struct chart_series){
            .name = names[i], .kind = SERIES_LINE, .colour = -1, .x = x, .y = y, .count = 3};
    for (size_t count = 1; count <= 6; count++) {
        struct chart panels[] = {{.title = "One", .series = series, .series_count = count},
                                 {.title = "Two", .series = series, .series_count = count},
                                 {.title = "Three", .series = series, .series_count = count}};
        struct chart chart = {.kind = CHART_MULTIPLES,
                              .id = "c",
                              .x = {.label = "X"},
                              .y = {.label = "Y"},
                              .panels = panels,
                              .panel_count = 3};
        struct marks marks = chart_layout(arena, &chart);
        double lowest_tick = 0, label = 0;
        for (size_t i = 0; i < marks.count; i++) {
            const struct mark *mark = &marks.items[i];
            if (mark->kind == MARK_TEXT && mark->role == ROLE_TICK_LABEL)
                lowest_tick = fmax(lowest_tick, mark->y);
            if (mark->kind == MARK_TEXT && mark->role == ROLE_AXIS_LABEL)
                label = fmax(label, mark->y);
        }
        if (!(lowest_tick + 12 <= label && label <= marks.height))
            fail_msg("%zu: ticks end at %g, the label at %g, the chart at %g", count, lowest_tick,
                     label, marks.height);
    }
}

/* Points of one series may come from several places: each is drawn as it is, and the key says so.
 */
static void the_key_tells_fillings_apart(void **state) {
    struct arena *arena = *state;
    static const double x[] = {1, 2, 3}, y[] = {1, 2, 3};
    static const enum chart_mark fillings[] = {MARK_HALF, MARK_DOTTED, MARK_HALF};
    struct chart_series series = {.name = "A",
                                  .kind = SERIES_POINTS,
                                  .mark = MARK_HALF,
                                  .marks = fillings,
                                  .x = x,
                                  .y = y,
                                  .count = 3};
    struct chart chart = {.kind = CHART_SCATTER, .id = "c", .series = &series, .series_count = 1};
    struct marks marks = chart_layout(arena, &chart);
    size_t halves = 0, dotted = 0, said = 0;
    for (size_t i = 0; i < marks.count; i++) {
        const struct mark *mark = &marks.items[i];
        halves += mark->kind == MARK_CIRCLE && mark->half;
        dotted += mark->kind == MARK_PATH && mark->closed && mark->dashed && !mark->fill;
        said += mark->kind == MARK_TEXT &&
                (!strcmp(mark->text, "calibrated") || !strcmp(mark->text, "extrapolated"));
    }
    assert_int_equal(halves, 2 + 2); /* in the key: the series and "calibrated" */
    assert_int_equal(dotted, 1 + 1);
    assert_int_equal(said, 2);
}

/* Counts are exact: 1,251 measurements are not 1,250; a fraction among them makes them figures. */
static void counts_are_written_out(void **state) {
    struct arena *arena = *state;
    static const char *const names[] = {"low", "high"};
    static const double x[] = {0, 1};
    double y[] = {1251, 17};
    struct chart_series series = {
        .name = "Rows", .kind = SERIES_BAR, .colour = -1, .x = x, .y = y, .count = 2};
    struct chart chart = {.kind = CHART_BARS,
                          .id = "c",
                          .x = {.label = "Off by", .categories = names, .category_count = 2},
                          .y = {.label = "Rows", .from_zero = true},
                          .series = &series,
                          .series_count = 1};
    for (int fraction = 0; fraction < 2; fraction++) {
        const char *wanted = fraction ? "1,250" : "1,251";
        y[1] += fraction ? 0.5 : 0;
        struct marks marks = chart_layout(arena, &chart);
        size_t said = 0;
        for (size_t i = 0; i < marks.count; i++)
            said += marks.items[i].kind == MARK_TEXT && !strcmp(marks.items[i].text, wanted);
        assert_int_equal(said, 1);
        says(arena, &chart, wanted, true);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_written_out),
        cmocka_unit_test(frontiers_pass_nothing),
        cmocka_unit_test(labels_of_a_frontier_are_listed),
        cmocka_unit_test(the_key_tells_fillings_apart),
        cmocka_unit_test(multiples_have_room_for_their_key),
    };
    return cmocka_run_group_tests_name("chart/words", tests, begin_arena, end_arena);
}
