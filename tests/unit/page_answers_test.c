/* What a page says first: its sentence and its figures. */
#include "page/plan.h"

#include "page_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct page *page_at(struct arena *arena, const char *path) {
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 1);
    for (size_t i = 0; i < page_plan_count(plan); i++)
        if (strcmp(page_plan_path(plan, i), path) == 0)
            return page_make(plan, i, arena);
    fail_msg("no page %s", path);
    return NULL;
}

static const struct block *block(const struct page *page, const char *name) {
    for (size_t b = 0; b < page->block_count; b++)
        if (strcmp(page->blocks[b].name, name) == 0)
            return &page->blocks[b];
    fail_msg("no block %s", name);
    return NULL;
}

static void old_prices_say_their_date(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct page *page = page_at(arena, "platforms/old/index.html");
    assert_non_null(strstr(page->blocks[0].text, "the newest is of 2020-01-01"));
    assert_int_equal(block(page, "figures")->figure_count, 2); /* no figure of nothing */
    arena_free(arena);
}

/* The median alone would hide that somebody asks less: 0.5 and 0.8 for 2035 and 300 tokens. */
static void the_cheapest_api_stands_by_the_median(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct block *figures =
        block(page_at(arena, "models/llama-3.3-70b/index.html"), "figures");
    assert_string_equal(figures->figures[3].label, "API median");
    assert_string_equal(figures->figures[3].note, "2 prices, from $1.38 at A");
    figures = block(page_at(arena, "models/llama-3.3-70b/price/index.html"), "figures");
    assert_int_equal(figures->figure_count, 4);
    assert_string_equal(figures->figures[2].value.text, "$1.38");
    assert_string_equal(figures->figures[2].note, "A, 2026-09-01");
    double own = figures->figures[0].value.number * 0.4; /* the fixture's use */
    double even = figures->figures[3].value.number;
    assert_true(even < 1 && fabs(own / figures->figures[1].value.number / even - 1) < 1e-12);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(old_prices_say_their_date),
                                       cmocka_unit_test(the_cheapest_api_stands_by_the_median)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
