/* What weights are called: by the GPU's age and by the checkpoint's own groups. */
#include "catalog/weights.h"

#include "base/arena.h"
#include "page/phrases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct gpu volta = {.architecture = "Volta"}, turing = {.architecture = "turing"},
                        hopper = {.architecture = "Hopper"}, unnamed = {.architecture = NULL};

static void takes_bfloat16_as_fp16_where_it_is_not_known(void **state) {
    (void)state;
    assert_int_equal(weights_on(PRECISION_BF16, &volta), PRECISION_FP16);
    assert_int_equal(weights_on(PRECISION_BF16, &turing), PRECISION_FP16);
    assert_int_equal(weights_on(PRECISION_BF16, &hopper), PRECISION_BF16);
    assert_int_equal(weights_on(PRECISION_BF16, &unnamed), PRECISION_BF16);
    assert_int_equal(weights_on(PRECISION_AWQ, &volta), PRECISION_AWQ);
}

static void calls_weights_by_their_own_groups(void **state) {
    (void)state;
    struct model model = {.native_precision = PRECISION_GPTQ, .native_name = "GPTQ INT3 g64"};
    assert_string_equal(weights_name(&model, PRECISION_GPTQ, &hopper), "GPTQ INT3 g64");
    assert_string_equal(weights_name(&model, PRECISION_AWQ, NULL), "AWQ INT4 g128");
    assert_string_equal(weights_name(NULL, PRECISION_GPTQ, NULL), "GPTQ INT4 g128");
    assert_string_equal(weights_name(&model, PRECISION_BF16, &volta), "FP16");
}

static void names_both_where_gpus_differ(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct gpu *gpus[] = {&hopper, NULL, &volta};
    assert_string_equal(phrase_weights_among(arena, NULL, PRECISION_BF16, gpus, 3), "BF16 or FP16");
    assert_string_equal(phrase_weights_among(arena, NULL, PRECISION_BF16, gpus, 2), "BF16");
    assert_string_equal(phrase_weights_among(arena, NULL, PRECISION_BF16, gpus + 1, 2), "FP16");
    assert_string_equal(phrase_weights_among(arena, NULL, PRECISION_BF16, gpus, 0), "BF16");
    assert_string_equal(phrase_weights_among(arena, NULL, PRECISION_FP8, gpus, 3), "FP8");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_bfloat16_as_fp16_where_it_is_not_known),
        cmocka_unit_test(calls_weights_by_their_own_groups),
        cmocka_unit_test(names_both_where_gpus_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
