/* Numbers in words: the house rule, units, singular and plural. */
#include "page/phrases.h"
#include "page/words.h"

#include "arena_state.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define THIN THIN_SPACE

static void three_digits_and_units(void **state) {
    struct arena *arena = *state;
    assert_string_equal(words_number(arena, 1234.5), "1,230");
    assert_string_equal(words_number(arena, 0.012345), "0.0123");
    assert_string_equal(words_number(arena, NAN), EN_DASH);
    assert_string_equal(words_exact(arena, 70553706496.0), "70,553,706,496");
    assert_string_equal(words_bytes(arena, 141.107e9), "141" THIN "GB");
    assert_string_equal(words_bytes(arena, 80e9), "80" THIN "GB");
    assert_string_equal(words_seconds(arena, 0.01504), "15.0" THIN "ms");
    assert_string_equal(words_seconds(arena, 0.9999), "1.00" THIN "s");
    assert_string_equal(words_count(arena, 70.5537e9), "70.6B");
    assert_string_equal(words_flops(arena, 989e12), "989" THIN "TFLOP/s");
}

static void dollars(void **state) {
    struct arena *arena = *state;
    assert_string_equal(words_usd(arena, 0.21345), "$0.213");
    assert_string_equal(words_usd(arena, 1234567), "$1,230,000");
    assert_string_equal(words_usd(arena, 0), "$0");
    assert_string_equal(words_usd_listed(arena, 2.49), "$2.49");
    assert_string_equal(words_usd_listed(arena, 2.1356), "$2.14");
    assert_string_equal(words_usd_listed(arena, 0.999996), "$1.00");
    assert_string_equal(words_usd_listed(arena, 0.4704), "$0.47");
    assert_string_equal(words_usd_listed(arena, 0.1296), "$0.13");
    assert_string_equal(words_usd_listed(arena, 0.135), "$0.135");
    assert_string_equal(words_usd_listed(arena, 0.02875), "$0.0288");
    assert_string_equal(words_usd_listed(arena, 0.00451), "$0.00451");
    assert_string_equal(words_usd_listed(arena, 98.32), "$98.32");
}

static void shares_and_factors(void **state) {
    struct arena *arena = *state;
    assert_string_equal(words_percent(arena, 0.4), "40" THIN "%");
    assert_string_equal(words_percent(arena, 0.962), "96.2" THIN "%");
    assert_string_equal(words_percent(arena, 0.0731), "7.3" THIN "%");
    assert_string_equal(words_percent(arena, -0.12), "\xE2\x88\x92"
                                                     "12" THIN "%");
    assert_string_equal(words_percent(arena, 0.00002), "<" THIN "0.1" THIN "%");
    assert_string_equal(words_times(arena, 1.94), "1.9" TIMES);
    assert_string_equal(words_times(arena, 25.7), "26" TIMES);
}

static void joins(void **state) {
    struct arena *arena = *state;
    char long_text[1200];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    assert_string_equal(WORDS_JOIN(arena, "a", "", "bc"), "abc");
    assert_string_equal(WORDS_JOIN(arena, ""), "");
    for (size_t n = 500; n < 520; n++) {
        const char *part = arena_copy(arena, long_text, n);
        assert_string_equal(WORDS_JOIN(arena, "<", part, part, ">", long_text),
                            arena_printf(arena, "<%s%s>%s", part, part, long_text));
    }
}

static void plurals(void **state) {
    struct arena *arena = *state;
    assert_string_equal(words_plural(arena, 1, "GPU"), "1 GPU");
    assert_string_equal(words_plural(arena, 8, "GPU"), "8 GPUs");
    assert_string_equal(words_plural(arena, 2, "day"), "2 days");
    assert_string_equal(words_plural(arena, 2, "query"), "2 queries");
    assert_string_equal(words_gpus(arena, 1, "H100"), "H100");
    assert_string_equal(words_gpus(arena, 4, "H100"), "4" TIMES THIN "H100");
    assert_string_equal(words_age(arena, 0), "same day");
    assert_string_equal(words_age(arena, 31), "31 days");
    assert_string_equal(words_age(arena, 92), "3 months");
    assert_string_equal(words_age(arena, -1), "date unknown");
}

static void comparisons(void **state) {
    struct arena *arena = *state;
    assert_string_equal(phrase_versus(arena, 1, 1.9, "the API median"),
                        "1.9" TIMES " below the API median");
    assert_string_equal(phrase_versus(arena, 2, 1, "it"), "2.0" TIMES " above it");
    assert_string_equal(phrase_versus(arena, 1, 1.01, "it"), "about it");
    assert_string_equal(phrase_versus(arena, 1, NAN, "it"), "");
    assert_string_equal(phrase_formula_number(arena, 141107000000.0), "1.41107e11");
    assert_string_equal(phrase_formula_number(arena, 999999999.9), "1e9");
    assert_string_equal(phrase_formula_number(arena, 999999.4), "999999");
    assert_string_equal(phrase_formula_number(arena, -0.00099999999), "-1e-3");
    assert_string_equal(phrase_formula_number(arena, 0.7), "0.7");
}

/* Every reason has words of its own, and none is longer than a cell; what stands in the way of a
   figure is named. */
static void reasons_in_a_few_words(void **state) {
    (void)state;
    static const enum reason reasons[] = {REASON_DOES_NOT_FIT,
                                          REASON_HEADS_NOT_DIVISIBLE,
                                          REASON_PRECISION_UNSUPPORTED,
                                          REASON_CONTEXT_TOO_LONG,
                                          REASON_NO_PRICE,
                                          REASON_STALE_PRICE,
                                          REASON_SPEC_MISSING};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        const char *words = phrase_reason(reasons[i]);
        assert_true(words[0] && strlen(words) <= 32);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(words, phrase_reason(reasons[k]));
    }
    assert_string_equal(phrase_reason((enum reason)9999), "");
    struct gpu gpu = {0};
    assert_string_equal(phrase_unknown(&gpu), "the GPU's memory is");
    gpu.memory_bytes = 1;
    assert_string_equal(phrase_unknown(&gpu), "the GPU's bandwidth and 16-bit peak are");
    gpu.memory_bytes_per_s = 1;
    assert_string_equal(phrase_unknown(&gpu), "the GPU's 16-bit peak is");
    gpu.flop_per_s[COMPUTE_16] = 1;
    assert_string_equal(phrase_unknown(&gpu), "a figure is");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(three_digits_and_units, begin_arena, end_arena),
        cmocka_unit_test_setup_teardown(dollars, begin_arena, end_arena),
        cmocka_unit_test_setup_teardown(shares_and_factors, begin_arena, end_arena),
        cmocka_unit_test_setup_teardown(plurals, begin_arena, end_arena),
        cmocka_unit_test_setup_teardown(joins, begin_arena, end_arena),
        cmocka_unit_test_setup_teardown(reasons_in_a_few_words, begin_arena, end_arena),
        cmocka_unit_test_setup_teardown(comparisons, begin_arena, end_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
