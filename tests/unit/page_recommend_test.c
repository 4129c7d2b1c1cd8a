/* The recommender and an estimate agree on what a memory holds. */
#include "engine/estimate.h"
#include "page/plan.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shipped_page.h"

static const struct table *memory_table(void) {
    const struct page *page = shipped_page(PAGE_RECOMMEND);
    for (size_t i = 0; i < page->block_count; i++)
        if (strcmp(page->blocks[i].name, "memory") == 0)
            return page->blocks[i].table;
    fail_msg("no table of memories");
    return NULL;
}

/* On a GPU that computes every format, alone or as eight. */
static bool is_feasible(const struct model *model, double memory_bytes, uint32_t gpus,
                        enum precision weights) {
    struct gpu gpu = *shipped_gpu("h100-sxm");
    gpu.memory_bytes = memory_bytes / gpus;
    gpu.visible_memory_bytes = 0;
    struct scenario s = scenario_default(model, &gpu);
    double context = model->context_tokens ? fmin(8192, model->context_tokens) : 8192;
    s.gpu_count = gpus;
    s.weights = weights;
    s.kv = shipped.catalog.site.kv_precision;
    s.input_tokens = context - 1;
    s.output_tokens = 1;
    s.batch = 1;
    s.calibration = calibration_set_find(&shipped.calibrations, shipped.catalog.site.engine);
    return estimate(&s).feasible;
}

static const struct model *model_named(const char *name) {
    for (size_t i = 0; i < shipped.catalog.model_count; i++)
        if (strcmp(shipped.catalog.models[i].name, name) == 0)
            return &shipped.catalog.models[i];
    return NULL;
}

static void a_memory_holds_what_an_estimate_says(void **state) {
    (void)state;
    static const enum precision levels[] = {PRECISION_BF16, PRECISION_FP8, PRECISION_AWQ};
    const struct table *table = memory_table();
    assert_true(table->row_count > 15);
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *cells = &table->cells[row * table->column_count];
        double bytes = cells[0].number * 1e9;
        uint32_t most = bytes > 288e9 ? 8 : 1;
        for (size_t level = 0; level < 3; level++) {
            const struct model *said = model_named(cells[1 + level].text);
            bool fits = false;
            assert_non_null(said);
            for (uint32_t n = most; n >= 1; n /= 2) /* of the node's GPUs */
                fits |= is_feasible(said, bytes * n / most, n, levels[level]);
            if (!fits)
                fail_msg("%s does not fit %s GB", said->name, cells[0].text);
        }
        if (most > 1)
            continue;
        double fitting = 0; /* each of the others, too, at 4 bit */
        for (size_t i = 0; i < shipped.catalog.model_count; i++)
            fitting += is_feasible(&shipped.catalog.models[i], bytes, 1, PRECISION_AWQ);
        assert_float_equal(cells[5].number, fitting, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_memory_holds_what_an_estimate_says)};
    return cmocka_run_group_tests_name("page/recommend", tests, read_shipped, drop_shipped);
}
