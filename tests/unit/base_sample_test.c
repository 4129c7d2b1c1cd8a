/* The order and the middle of a sample. */
#include "golden.h"

#include "base/sample.h"

static void middle_of_none_odd_and_even(void **state) {
    (void)state;
    double values[] = {9, -1, 4, 2};
    assert_true(isnan(sample_median(values, 0)));
    assert_true(sample_median(values, 1) == 9);
    assert_true(sample_median(values, 3) == 4);
    assert_true(sample_median(values, 4) == 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(values[i] <= values[i + 1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(middle_of_none_odd_and_even)};
    return cmocka_run_group_tests_name("base/sample", tests, NULL, NULL);
}
