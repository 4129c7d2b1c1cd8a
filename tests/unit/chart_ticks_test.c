/* Ticks: properties over random ranges, and the cases that go wrong elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/scale.h"
#include "chart/text.h"
#include "chart/ticks.h"
#include "chart/ticks_kept.h"

static uint64_t state = 42;
static double uniform(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

static void check_labels(const struct ticks *t, const struct tick_request *r) {
    struct scale scale = scale_make(r->log, t->lo, t->hi, 0, r->length);
    for (size_t i = 0; i < t->count; i++) {
        assert_true(strcmp(t->labels[i], "-0") != 0);
        assert_true(strlen(t->labels[i]) < 25);
        assert_null(strstr(t->labels[i], "00000000001"));
        assert_null(strstr(t->labels[i], "99999999999"));
        assert_true(t->values[i] >= t->lo && t->values[i] <= t->hi);
        for (size_t k = 0; k < i; k++) {
            assert_true(t->values[k] < t->values[i]);
            assert_string_not_equal(t->labels[k], t->labels[i]);
            double apart = scale_at(&scale, t->values[i]) - scale_at(&scale, t->values[k]);
            double need = r->vertical ? LINE_HEIGHT
                                      : (text_width(t->labels[i]) + text_width(t->labels[k])) / 2;
            if (!(apart >= need))
                print_message("%g .. %g log %d: %s and %s are %g apart\n", r->lo, r->hi, r->log,
                              t->labels[k], t->labels[i], apart);
            assert_true(apart >= need);
        }
    }
}

static void check(struct arena *arena, struct tick_request r, size_t fewest) {
    struct ticks t = ticks_make(arena, &r);
    if (t.count < fewest || t.count > 8)
        print_message("%g .. %g log %d keep %d: %zu ticks\n", r.lo, r.hi, r.log, r.keep, t.count);
    assert_true(t.count >= fewest && t.count <= 8);
    assert_true(t.lo < t.hi);
    if (isfinite(r.lo) && isfinite(r.hi))
        assert_true(t.lo <= fmin(r.lo, r.hi) && t.hi >= fmax(r.lo, r.hi));
    check_labels(&t, &r);
    arena_reset(arena);
}

static void linear_ranges_get_four_to_eight(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    for (int i = 0; i < 20000; i++) {
        double size = pow(10, 24 * uniform() - 12);
        double lo = (uniform() - 0.5) * size, hi = lo + uniform() * size * pow(10, -3 * uniform());
        check(arena, (struct tick_request){.lo = lo, .hi = hi, .vertical = true, .length = 280}, 4);
    }
    arena_free(arena);
}

static void everyday_ranges_lie_along_x(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    for (int i = 0; i < 20000; i++) {
        double hi = pow(10, 9 * uniform() - 3), lo = uniform() < 0.5 ? 0 : uniform() * hi * 0.8;
        check(arena, (struct tick_request){.lo = lo, .hi = hi, .keep = i % 2, .length = 520}, 4);
    }
    arena_free(arena);
}

static void log_ranges_get_four_to_eight(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    for (int i = 0; i < 20000; i++) {
        double lo = pow(10, 12 * uniform() - 6), hi = lo * pow(10, 0.3 + 9 * uniform());
        check(arena,
              (struct tick_request){.lo = lo,
                                    .hi = hi,
                                    .log = true,
                                    .keep = i % 2,
                                    .vertical = i % 3 == 0,
                                    .length = i % 3 ? 560 : 300},
              4);
    }
    arena_free(arena);
}

static void narrow_log_ranges_and_dates(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    for (int i = 0; i < 5000; i++) {
        double lo = pow(10, 8 * uniform() - 4);
        check(
            arena,
            (struct tick_request){.lo = lo, .hi = lo * (1 + uniform()), .log = true, .length = 560},
            3);
        double day = 10000 + 15000 * uniform(), span = pow(10, 3.9 * uniform());
        check(arena,
              (struct tick_request){.lo = day, .hi = day + span, .date = true, .length = 560}, 3);
    }
    arena_free(arena);
}

/* Whatever comes in, something legible or nothing comes out. */
static void extremes_do_no_harm(void **unused) {
    (void)unused;
    static const double ODD[] = {0,      -0.0,          1,         -1,  1e-320, 5e-324,   1e308,
                                 -1e308, INFINITY,      -INFINITY, NAN, 1e15,   1e15 + 1, 0.1,
                                 0.3,    123456789.125, -1e-9};
    enum { N = sizeof ODD / sizeof *ODD };
    struct arena *arena = arena_new();
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++)
            for (int mode = 0; mode < 4; mode++) {
                struct tick_request r = {.lo = ODD[a],
                                         .hi = ODD[b],
                                         .log = mode == 1,
                                         .date = mode == 2,
                                         .vertical = mode == 3,
                                         .length = 300};
                if (r.log && !(r.lo > 0 && r.hi > 0))
                    continue;
                struct ticks t = ticks_make(arena, &r);
                assert_true(t.count <= 8 && t.lo < t.hi);
                check_labels(&t, &r);
                arena_reset(arena);
            }
    arena_free(arena);
}

static void expect(struct arena *arena, struct tick_request r, const char *joined) {
    char got[256] = "";
    struct ticks t = ticks_make(arena, &r);
    for (size_t i = 0; i < t.count; i++) {
        strcat(got, i ? " " : "");
        strcat(got, t.labels[i]);
    }
    assert_string_equal(got, joined);
}

static void known_axes_read_well(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    struct tick_request r = {.vertical = true, .length = 280};
    r.hi = 0.55;
    expect(arena, r, "0 0.1 0.2 0.3 0.4 0.5 0.6");
    r.lo = -0.3, r.hi = 0.3;
    expect(arena, r, "\u22120.3 \u22120.2 \u22120.1 0 0.1 0.2 0.3");
    r.lo = 0, r.hi = 11500;
    expect(arena, r, "0 2k 4k 6k 8k 10k 12k");
    r.hi = 4120;
    expect(arena, r, "0 1,000 2,000 3,000 4,000 5,000");
    r = (struct tick_request){.lo = 1, .hi = 256, .log = true, .keep = true, .length = 520};
    expect(arena, r, "1 2 5 10 20 50 100 200");
    r.hi = 5e6;
    expect(arena, r, "1 10 100 1k 10k 100k 1M");
    r.lo = 0.002, r.hi = 0.4;
    expect(arena, r, "0.002 0.005 0.01 0.02 0.05 0.1 0.2");
    r = (struct tick_request){.lo = 19723, .hi = 20454, .date = true, .length = 520};
    expect(arena, r, "2024-01 2024-07 2025-01 2025-07 2026-01");
    arena_free(arena);
}

/* More axes than are kept, each asked for twice: as made anew, also where labels of the page that
   asked first are gone. */
static void kept_axes_are_as_made(void **unused) {
    (void)unused;
    struct arena *lasting = arena_new(), *arena = arena_new();
    struct ticks_kept *kept = ticks_kept_new(lasting);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 1000; i++) {
            arena_reset(arena);
            struct tick_request r = {.lo = i % 10 ? 1.0 + i / 10 : (double)NAN,
                                     .hi = 40 * (1 + i % 7),
                                     .log = i % 3 == 0,
                                     .keep = i % 2,
                                     .vertical = i % 5 == 0,
                                     .length = 200 + i % 4};
            struct ticks is = ticks_of(kept, arena, &r), should = ticks_make(arena, &r);
            assert_true(is.count == should.count && is.lo == should.lo && is.hi == should.hi);
            for (size_t k = 0; k < is.count; k++) {
                assert_true(is.values[k] == should.values[k]);
                assert_string_equal(is.labels[k], should.labels[k]);
            }
        }
    arena_free(arena);
    arena_free(lasting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_axes_are_as_made),
        cmocka_unit_test(linear_ranges_get_four_to_eight),
        cmocka_unit_test(everyday_ranges_lie_along_x),
        cmocka_unit_test(log_ranges_get_four_to_eight),
        cmocka_unit_test(narrow_log_ranges_and_dates),
        cmocka_unit_test(extremes_do_no_harm),
        cmocka_unit_test(known_axes_read_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
