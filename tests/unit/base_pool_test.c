/* Thread pool: every index once, at any number of threads. */
#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { COUNT = 5000 };

static void mark(void *context, size_t index, unsigned worker) {
    int *seen = context;
    seen[index] += 1 + (int)(worker > 63);
}

static void each_index_runs_once(void **state) {
    (void)state;
    static const unsigned jobs[] = {0, 1, 2, 7, 64, 1000};
    for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
        int seen[COUNT] = {0};
        pool_run(jobs[k], COUNT, mark, seen);
        for (size_t i = 0; i < COUNT; i++)
            assert_int_equal(seen[i], 1);
    }
    pool_run(4, 0, mark, NULL);
    assert_true(pool_default_jobs() >= 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_index_runs_once)};
    return cmocka_run_group_tests_name("base/pool", tests, NULL, NULL);
}
