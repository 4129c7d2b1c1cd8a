/* The list of blocks that templates may name has those of every kind of page; captions. */
#include "page/blocks.h"

#include "base/fs.h"
#include "page/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "shipped_page.h"

enum { PAIRS_APART = 61 }; /* thousands of pairs have the same few blocks */

static void look_up(const struct page *page) {
    struct str template = str_of(page->template);
    if (!page_blocks_template(template))
        fail_msg("%s: no template \"%s\" is listed", page->path, page->template);
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        if (!page_blocks_has(template, str_of(block->name)))
            fail_msg("%s: no block \"%s\" is listed", page->path, block->name);
        if (block->kind == BLOCK_MARKDOWN && !block->text)
            assert_true(page_blocks_prose(str_of(block->name)));
    }
}

static void every_page_has_listed_blocks(void **state) {
    (void)state;
    struct page_plan *plan =
        page_plan_new(shipped.arena, &shipped.catalog, &shipped.calibrations, 2);
    size_t pairs = 0;
    for (size_t i = 0; i < page_plan_count(plan); i++) {
        if (plan->entries[i].kind == PAGE_COMBINATION && pairs++ % PAIRS_APART)
            continue;
        struct arena *arena = arena_new();
        look_up(page_make(plan, i, arena));
        arena_free(arena);
    }
    const struct page *report = page_report_make(plan, 0, shipped.arena);
    for (size_t i = 0; i < report->block_count; i++)
        assert_true(page_blocks_has(STR("report"), str_of(report->blocks[i].name)));
}

/* Each table of the errors says what it is of, and which of its rows to look at. */
static void tables_of_errors_have_captions_of_their_own(void **state) {
    (void)state;
    const struct page *page = shipped_page(PAGE_ACCURACY);
    size_t found = 0;
    for (size_t i = 0; i < page->block_count; i++) {
        const struct table *table = page->blocks[i].table;
        for (size_t k = 0; table && k < i; k++)
            if (page->blocks[k].table)
                assert_string_not_equal(table->caption, page->blocks[k].table->caption);
        found += table && strstr(table->caption, ". Closest: ");
    }
    assert_int_equal(found, 5);
}

static void lists_by_template(void **state) {
    (void)state;
    assert_true(page_blocks_has(STR("gpu"), STR("roofline")));
    assert_false(page_blocks_has(STR("model"), STR("roofline")));
    assert_true(page_blocks_has(STR("my-partial"), STR("roofline")));
    assert_true(page_blocks_has(STR("report"), STR("roofline")));
    assert_false(page_blocks_has(STR("my-partial"), STR("rooflin")));
    assert_false(page_blocks_has(STR("gpu"), STR("")));
    assert_false(page_blocks_template(STR("modle")));
    assert_false(page_blocks_prose(STR("about")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_has_listed_blocks),
        cmocka_unit_test(tables_of_errors_have_captions_of_their_own),
        cmocka_unit_test(lists_by_template)};
    return cmocka_run_group_tests_name("page/blocks", tests, read_shipped, drop_shipped);
}
