/* The numbers of a chart as a table: names instead of places on an axis, dates instead of days. */
#include "render/html.h"

#include "arena_state.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void cell_says(const struct table *table, size_t row, size_t column, const char *text) {
    assert_string_equal(table->cells[row * table->column_count + column].text, text);
}

static const double places[] = {0, 1}, first[] = {3, 5}, second[] = {4, NAN};
static const struct chart_series both[] = {
    {.name = "A", .kind = SERIES_BAR, .x = places, .y = first, .count = 2},
    {.name = "B", .kind = SERIES_BAR, .x = places, .y = second, .count = 2}};

/* Bars that lie have their names on y and their values along x. */
static void lying_bars_name_their_rows(void **state) {
    static const char *const names[] = {"Lambda", "AWS"};
    struct chart chart = {.kind = CHART_BARS,
                          .x = {.label = "Price", .unit = "$"},
                          .y = {.label = "Platform", .categories = names, .category_count = 2},
                          .series = both,
                          .series_count = 2};
    const struct table *table = html_chart_table(*state, &chart);
    assert_int_equal(table->column_count, 3);
    assert_string_equal(table->columns[0].head, "Platform");
    assert_false(table->columns[0].numeric);
    assert_string_equal(table->columns[1].unit, "$");
    cell_says(table, 0, 0, "Lambda");
    cell_says(table, 1, 0, "AWS");
    cell_says(table, 0, 2, "4");
    chart.series_count = 1;
    table = html_chart_table(*state, &chart);
    assert_string_equal(table->columns[1].head, "Platform");
    assert_string_equal(table->columns[2].head, "Price");
    assert_string_equal(table->columns[2].unit, "$");
    cell_says(table, 1, 1, "AWS");
    cell_says(table, 1, 2, "5");
}

static void days_are_dates(void **state) {
    static const double days[] = {20346, 20376};
    struct chart_series series[] = {both[0], both[1]};
    series[0].x = series[1].x = days;
    struct chart chart = {.kind = CHART_LINE,
                          .x = {.label = "Day", .unit = "", .date = true},
                          .y = {.label = "Price", .unit = "$"},
                          .series = series,
                          .series_count = 2};
    const struct table *table = html_chart_table(*state, &chart);
    assert_false(table->columns[0].numeric);
    cell_says(table, 0, 0, "2025-09-15");
    chart.series_count = 1;
    cell_says(html_chart_table(*state, &chart), 1, 1, "2025-10-15");
}

static void figures_of_a_column_are_written_alike(void **state) {
    static const double counts[] = {3, -2}, prices[] = {2, 2.5};
    struct chart_series series[] = {both[0], both[1]};
    struct chart chart = {.kind = CHART_LINE, .x = {.label = "Batch"}, .y = {.label = "Price"}};
    chart.series = series, chart.series_count = 2;
    series[0].y = series[1].y = counts;
    cell_says(html_chart_table(*state, &chart), 0, 1, "3");
    cell_says(html_chart_table(*state, &chart), 1, 1, "\u22122");
    series[1].y = prices;
    cell_says(html_chart_table(*state, &chart), 0, 2, "2.00");
    cell_says(html_chart_table(*state, &chart), 1, 2, "2.50");
    cell_says(html_chart_table(*state, &chart), 0, 0, "0"); /* the places stay as they are */
}

static void a_grid_says_row_and_column_of_each_cell(void **state) {
    static const char *const across[] = {"vLLM", "SGLang"}, *const down[] = {"H100", "L4"};
    static const double cells[] = {1.5, 2, NAN, 20.5};
    const struct chart chart = {
        .kind = CHART_HEAT,
        .x = {.label = "Engine", .categories = across, .category_count = 2},
        .y = {.label = "Error", .unit = "%", .categories = down, .category_count = 2},
        .heat = cells};
    const struct table *table = html_chart_table(*state, &chart);
    assert_int_equal(table->row_count, 4);
    assert_string_equal(table->columns[1].head, "Engine");
    assert_string_equal(table->columns[2].head, "Error");
    assert_string_equal(table->columns[2].unit, "%");
    cell_says(table, 1, 0, "H100");
    cell_says(table, 1, 1, "SGLang");
    cell_says(table, 1, 2, "2.00");
    cell_says(table, 2, 0, "L4");
    assert_int_equal(table->cells[2 * 3 + 2].kind, VALUE_MISSING);
    cell_says(table, 3, 2, "20.5");
}

static void names_alike_have_keys_of_their_own(void **state) {
    static const char *const names[] = {"A b", "A-b", "a_b", "A b 2"};
    struct chart_series series[4];
    for (size_t i = 0; i < 4; i++)
        series[i] = both[0], series[i].name = names[i];
    const struct chart chart = {.kind = CHART_LINE,
                                .x = {.label = "Batch"},
                                .y = {.label = "Price"},
                                .series = series,
                                .series_count = 4};
    const struct table *table = html_chart_table(*state, &chart);
    assert_int_equal(table->column_count, 5);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(table->columns[i].key, table->columns[k].key);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_grid_says_row_and_column_of_each_cell),
                                       cmocka_unit_test(names_alike_have_keys_of_their_own),
                                       cmocka_unit_test(lying_bars_name_their_rows),
                                       cmocka_unit_test(days_are_dates),
                                       cmocka_unit_test(figures_of_a_column_are_written_alike)};
    return cmocka_run_group_tests_name("render/chart_table", tests, begin_arena, end_arena);
}
