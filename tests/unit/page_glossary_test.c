/* What heads and labels link to stands on the glossary's page. */
#include "page/plan.h"

#include "arena_state.h"
#include "page_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

static const struct table *terms(struct arena *arena) {
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 1);
    for (size_t i = 0; i < page_plan_count(plan); i++)
        if (strcmp(page_plan_path(plan, i), "glossary/index.html") == 0) {
            const struct page *page = page_make(plan, i, arena);
            for (size_t b = 0; b < page->block_count; b++)
                if (page->blocks[b].table)
                    return page->blocks[b].table;
        }
    return NULL;
}

static void anchors_are_slugs(void **state) {
    assert_string_equal(page_anchor("KV cache", *state), "kv-cache");
    assert_string_equal(page_anchor("Output tokens / $", *state), "output-tokens");
    assert_string_equal(page_anchor("Gamma (\xCE\xB3)", *state), "gamma");
}

static void names_lead_to_terms(void **state) {
    static const char *const words[] = {"API median",
                                        "Active per token",
                                        "All in",
                                        "Always busy",
                                        "At once",
                                        "Batch",
                                        "Bias",
                                        "Break-even use",
                                        "Calibrated",
                                        "Each request",
                                        "First principles",
                                        "First token",
                                        "KV cache",
                                        "KV per 1,000 tokens",
                                        "Longest context",
                                        "Trained by LoRA",
                                        "MFU",
                                        "P10",
                                        "Output tokens / $",
                                        "PUE",
                                        "Parameters",
                                        "Per token",
                                        "Price age",
                                        "Use",
                                        "At 50\xE2\x80\xAF% use"};
    const struct table *table = terms(*state);
    assert_non_null(table);
    assert_true(table->anchors);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t index;
        const char *anchor = page_term(words[i], &index);
        bool found = false;
        assert_non_null(anchor);
        assert_true(index < 64);
        for (size_t row = 0; row < table->row_count && !found; row++)
            found = strcmp(page_anchor(table->cells[row * table->column_count].text, *state),
                           anchor) == 0;
        if (!found)
            fail_msg("%s leads to #%s, which is no term", words[i], anchor);
    }
}

static void other_words_lead_nowhere(void **state) {
    (void)state;
    size_t index;
    assert_null(page_term("Platform", &index));
    assert_null(page_term("", &index));
    assert_null(page_term(NULL, &index));
    assert_null(page_term("At rest", &index));
}

static void one_term_has_one_number(void **state) {
    (void)state;
    size_t a, b, c;
    page_term("Batch", &a);
    page_term("At once", &b);
    page_term("Bias", &c);
    assert_int_equal(a, b);
    assert_int_not_equal(a, c);
}

/* A reader looks for a term where its name stands in the alphabet. */
static void terms_are_in_order(void **state) {
    const struct table *table = terms(*state);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct value *cells = &table->cells[i * table->column_count];
        const char *before = i ? cells[0].text : NULL, *unit = cells[2].text;
        if (before)
            assert_true(strcasecmp((cells - table->column_count)[0].text, before) < 0);
        assert_true(!unit || unit[0] != ' ');
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(anchors_are_slugs, begin_arena, end_arena),
        cmocka_unit_test_setup_teardown(names_lead_to_terms, begin_arena, end_arena),
        cmocka_unit_test_setup_teardown(terms_are_in_order, begin_arena, end_arena),
        cmocka_unit_test(other_words_lead_nowhere),
        cmocka_unit_test(one_term_has_one_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
