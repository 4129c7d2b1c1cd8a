/* Tables begin with what answers, prices from the lowest up, and pages lead to their like. */
#include "golden.h"

#include "page/draft.h"
#include "page/plan.h"

#include "page_fixture.h"

static const struct table *table_of(const struct page_plan *plan, struct arena *arena,
                                    const char *path, const char *name) {
    for (size_t i = 0; i < page_plan_count(plan); i++)
        if (strcmp(page_plan_path(plan, i), path) == 0) {
            const struct page *page = page_make(plan, i, arena);
            for (size_t b = 0; b < page->block_count; b++)
                if (strcmp(page->blocks[b].name, name) == 0 && page->blocks[b].table)
                    return page->blocks[b].table;
        }
    fail_msg("no table %s in %s", name, path);
    return NULL;
}

static const struct value *cell(const struct table *table, size_t row, const char *key) {
    for (size_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].key, key) == 0)
            return &table->cells[row * table->column_count + c];
    fail_msg("no column %s", key);
    return NULL;
}

/* Numbers first; where `ascending`, each at least the one before. Returns how many. */
static size_t numbers_first(const struct table *table, const char *key, bool ascending) {
    size_t n = 0;
    double before = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = cell(table, row, key);
        if (value->kind != VALUE_NUMBER)
            continue;
        assert_int_equal(row, n);
        if (ascending)
            if (value->number < before)
                fail_msg("%s: %g after %g", key, value->number, before);
        before = value->number;
        n++;
    }
    return n;
}

static void what_answers_comes_first(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog = fixture_catalog;
    struct model *models = ARENA_ARRAY(arena, 3, struct model);
    models[0] = models[1] = models[2] = fixture_models[0];
    models[1].id = "short", models[1].name = "Short", models[2].id = "twin";
    models[1].context_tokens = 64; /* too short for any workload */
    catalog.models = models, catalog.model_count = 3;
    catalog.offer_count--; /* of a GPU that is only announced: last, whatever it asks */
    catalog.benchmark_count = catalog.api_price_count = 0; /* they name the fixture's own */
    struct page_plan *plan = page_plan_new(arena, &catalog, NULL, 1);
    const struct table *index = table_of(plan, arena, "index.html", "models");
    size_t priced = numbers_first(index, "usd_per_million_output", false);
    assert_true(priced > 0 && priced < index->row_count);
    assert_string_equal(cell(index, index->row_count - 1, "model")->text, models[1].name);
    const char *path = arena_printf(arena, "models/%s/index.html", models[2].id);
    const struct table *gpus = table_of(plan, arena, path, "gpus");
    assert_true(numbers_first(gpus, "usd_per_million_output", true) > 0);
    const struct table *models_there = table_of(plan, arena, "gpus/h100-sxm/index.html", "models");
    size_t run = numbers_first(models_there, "output_tokens_per_s", false);
    assert_true(run > 0 && run < models_there->row_count);
    const struct table *energy = table_of(plan, arena, "energy/index.html", "gpus");
    assert_true(numbers_first(energy, "joules_per_output_token", true) > 0);
    arena_free(arena);
}

static void namesakes_are_linked(void **state) {
    (void)state;
    static const char *const names[] = {"Sky Secure", "Sky", "Skyline", "Sky Community"};
    struct arena *arena = arena_new();
    struct offer offers[4];
    for (int i = 0; i < 4; i++) {
        offers[i] = fixture_offers[0];
        offers[i].platform = names[i];
        offers[i].platform_id = arena_printf(arena, "p%d", i);
    }
    struct catalog catalog = fixture_catalog;
    catalog.offers = offers, catalog.offer_count = 4;
    struct page_plan *plan = page_plan_new(arena, &catalog, NULL, 1);
    for (size_t i = 0; i < page_plan_count(plan); i++) {
        if (strcmp(page_plan_path(plan, i), "platforms/p1/index.html") != 0)
            continue;
        const struct page *page = page_make(plan, i, arena);
        const struct block *last = &page->blocks[page->block_count - 1];
        assert_int_equal(last->link_count, 3);                  /* two, and the method */
        assert_string_equal(last->links[0].text, "Sky Secure"); /* by id */
        assert_string_equal(last->links[1].text, "Sky Community");
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_answers_comes_first),
                                       cmocka_unit_test(namesakes_are_linked)};
    return cmocka_run_group_tests_name("page/order", tests, NULL, NULL);
}
