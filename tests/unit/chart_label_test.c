/* Labels: names at line ends keep apart, names of points never overlap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/frontier.h"
#include "chart/label.h"
#include "chart/text.h"

static uint64_t state = 7;
static double uniform(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

static void spread_keeps_apart_and_in_order(void **unused) {
    (void)unused;
    for (int round = 0; round < 20000; round++) {
        double wish[12], at[12];
        size_t n = 1 + (size_t)(uniform() * 12);
        for (size_t i = 0; i < n; i++)
            at[i] = wish[i] = 300 * uniform() * (round % 2 ? 1 : 0.1);
        label_spread(at, n, 15, 10, 290);
        for (size_t i = 0; i < n; i++) {
            assert_true(at[i] >= 10 - 1e-9 && at[i] <= 290 + 1e-9);
            for (size_t k = 0; k < n; k++) {
                if (wish[i] < wish[k])
                    assert_true(at[k] - at[i] >= 15 - 1e-9);
            }
        }
    }
}

static void spread_leaves_free_labels_alone(void **unused) {
    (void)unused;
    double at[] = {200, 50, 120};
    label_spread(at, 3, 15, 0, 300);
    assert_true(at[0] == 200 && at[1] == 50 && at[2] == 120);
    double pair[] = {100, 101};
    label_spread(pair, 2, 15, 0, 300);
    assert_true(fabs(pair[0] - 93) < 1e-9 && fabs(pair[1] - 108) < 1e-9);
}

static void spread_without_room_spaces_evenly(void **unused) {
    (void)unused;
    double at[] = {5, 5, 5};
    label_spread(at, 3, 15, 0, 20);
    assert_true(at[0] == 0 && at[1] == 10 && at[2] == 20);
}

static void point_labels_do_not_overlap(void **unused) {
    (void)unused;
    for (int round = 0; round < 200; round++) {
        struct arena *arena = arena_new();
        struct sketch sketch = {.arena = arena};
        struct label_room room = {.arena = arena, .bounds = {0, 0, 500, 300}};
        for (int i = 0; i < 40; i++)
            label_point(&room, &sketch, ROLE_ANNOTATION, -1, 500 * uniform(), 300 * uniform(),
                        "8\u00d7H100 SXM");
        assert_true(sketch.count > 10);
        for (size_t i = 0; i < room.count; i++)
            for (size_t k = 0; k < i; k++) {
                struct box a = room.taken[i], b = room.taken[k];
                assert_true(a.right <= b.left || b.right <= a.left || a.bottom <= b.top ||
                            b.bottom <= a.top);
            }
        arena_free(arena);
    }
}

static void frontier_is_what_no_point_beats(void **unused) {
    (void)unused;
    for (int round = 0; round < 400; round++) {
        struct arena *arena = arena_new();
        double x[60], y[60];
        bool less_x = round & 1, less_y = round & 2, on[60] = {false};
        for (int i = 0; i < 60; i++) {
            x[i] = floor(20 * uniform());
            y[i] = i % 11 ? floor(20 * uniform()) : NAN;
        }
        size_t *found, n = frontier_find(arena, x, y, 60, less_x, less_y, &found);
        for (size_t i = 0; i < n; i++) {
            on[found[i]] = true;
            assert_true(i == 0 || x[found[i - 1]] < x[found[i]]);
        }
        for (int i = 0; i < 60; i++) {
            bool beaten = isnan(y[i]);
            for (int k = 0; k < 60 && !beaten; k++) {
                bool no_worse = (less_x ? x[k] <= x[i] : x[k] >= x[i]) &&
                                (less_y ? y[k] <= y[i] : y[k] >= y[i]);
                bool same = x[k] == x[i] && y[k] == y[i];
                beaten = no_worse && (!same || k < i);
            }
            assert_int_equal(on[i], !beaten);
        }
        arena_free(arena);
    }
}

static void texts_are_cut_between_characters(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    const char *text = "\u00b5s \u2192 \u03b7\u03b3 throughput";
    for (double width = 0; width < 140; width += 1) {
        const char *cut = text_fit(arena, text, width);
        assert_true(!*cut || text_width(cut) <= width + 0.011);
        for (const char *p = cut; *p; p++)
            assert_true((unsigned char)*p != 0xff);
    }
    assert_string_equal(text_fit(arena, text, 500), text);
    assert_string_equal(text_number(arena, 1234567), "1,230,000");
    assert_string_equal(text_number(arena, 0.5), "0.5");
    assert_string_equal(text_number(arena, 12.0), "12");
    assert_string_equal(text_fixed(arena, -1234567.25, 1, "k"), "\u22121,234,567.2k");
    arena_free(arena);
}

/* Those written without a conversion read as printf has them, ties and neighbours too. */
static void few_decimals_are_exact(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    char should[64];
    for (int decimals = 0; decimals <= 3; decimals++)
        for (int thousandths = 0; thousandths < 999000;
             thousandths += thousandths < 3000 ? 1 : 37) {
            double value = thousandths / 1000.0;
            snprintf(should, sizeof should, "%.*fk", decimals, value);
            assert_string_equal(text_fixed(arena, value, decimals, "k"), should);
            if (thousandths % 1000 == 0)
                arena_reset(arena);
        }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_decimals_are_exact),
        cmocka_unit_test(spread_keeps_apart_and_in_order),
        cmocka_unit_test(spread_leaves_free_labels_alone),
        cmocka_unit_test(spread_without_room_spaces_evenly),
        cmocka_unit_test(point_labels_do_not_overlap),
        cmocka_unit_test(frontier_is_what_no_point_beats),
        cmocka_unit_test(texts_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
