/* SVG: well-formed, small, described; charts of every kind without overlapping texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../demo/charts.c"
#include "chart/text.h"
#include "render/render.h"

static const struct chart *sample(const struct chart *charts, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(charts[i].id, id) == 0)
            return &charts[i];
    fail_msg("no sample %s", id);
    return NULL;
}

static void thirty_points_take_2500_bytes_at_most(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    struct buf out = BUF_INIT;
    size_t count;
    const struct chart *charts = demo_charts(arena, &count);
    struct marks marks = chart_layout(arena, sample(charts, count, "thirty"));
    render_svg(&marks, &out);
    assert_true(out.len <= 2500);
    assert_non_null(strstr(buf_text(&out), "role=\"img\"><title>"));
    assert_non_null(strstr(buf_text(&out), "<title>Throughput levels off"));
    assert_non_null(strstr(buf_text(&out), "<desc>Lines: Output tokens per second"));
    FILE *pipe =
        popen("cat > build/thirty.svg; gzip -9nc build/thirty.svg | wc -c > build/thirty.gz", "w");
    assert_non_null(pipe);
    fwrite(out.data, 1, out.len, pipe);
    pclose(pipe);
    unsigned long zipped = 0;
    FILE *size = fopen("build/thirty.gz", "r");
    assert_non_null(size);
    assert_int_equal(fscanf(size, "%lu", &zipped), 1);
    fclose(size);
    assert_true(zipped > 0 && zipped <= 900);
    buf_free(&out);
    arena_free(arena);
}

static void two_texts_never_overlap(const struct marks *marks) {
    for (size_t i = 0; i < marks->count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct mark *p = &marks->items[i], *q = &marks->items[k];
            if (p->kind != MARK_TEXT || q->kind != MARK_TEXT || !*p->text || !*q->text)
                continue;
            double pw = text_width(p->text), qw = text_width(q->text);
            double pl = p->x - (p->anchor == ANCHOR_END      ? pw
                                : p->anchor == ANCHOR_MIDDLE ? pw / 2
                                                             : 0);
            double ql = q->x - (q->anchor == ANCHOR_END      ? qw
                                : q->anchor == ANCHOR_MIDDLE ? qw / 2
                                                             : 0);
            bool apart = pl + pw <= ql + .1 || ql + qw <= pl + .1 || fabs(p->y - q->y) >= 10.9;
            if (!apart)
                print_message("%s: \"%s\" over \"%s\"\n", marks->id, p->text, q->text);
            assert_true(apart);
        }
}

static void all_kinds_are_legible_and_balanced(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    struct buf out = BUF_INIT;
    size_t count;
    const struct chart *charts = demo_charts(arena, &count);
    for (size_t i = 0; i < count; i++) {
        struct marks marks = chart_layout(arena, &charts[i]);
        two_texts_never_overlap(&marks);
        buf_reset(&out);
        render_svg(&marks, &out);
        assert_null(strstr(buf_text(&out), "style="));
        assert_null(strstr(buf_text(&out), ">nan"));
        assert_null(strstr(buf_text(&out), "1000000")); /* where NaN would end */
        size_t opened = 0, closed = 0;
        for (const char *p = buf_text(&out); *p; p++) {
            opened += *p == '<' && p[1] != '/';
            closed += (*p == '<' && p[1] == '/') || (*p == '/' && p[1] == '>');
        }
        assert_int_equal(opened, closed);
    }
    buf_free(&out);
    arena_free(arena);
}

static void texts_are_escaped(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    struct buf out = BUF_INIT;
    double x[] = {1, 2}, y[] = {1, 2};
    struct chart_series s = {.name = "<b>&", .x = x, .y = y, .count = 2};
    struct chart chart = {.id = "x", .title = "</title><script>", .series = &s, .series_count = 1};
    struct marks marks = chart_layout(arena, &chart);
    render_svg(&marks, &out);
    assert_null(strstr(buf_text(&out), "<script"));
    assert_null(strstr(buf_text(&out), "<b>"));
    assert_non_null(strstr(buf_text(&out), "&lt;b&gt;&amp;"));
    buf_free(&out);
    arena_free(arena);
}

/* Missing, single, equal and absurd values: still a chart, and no "nan" in it. */
static void odd_data_still_draw(void **unused) {
    (void)unused;
    static const double X[] = {1, 2, 3, 4}, NONE[] = {NAN, NAN, NAN, NAN},
                        LONE[] = {NAN, 5, NAN, NAN}, EQUAL[] = {7, 7, 7, 7},
                        WIDE[] = {-1e300, 1e300, 0, INFINITY}, NEGATIVE[] = {-3, -1, -2, -5};
    static const double *const Y[] = {NONE, LONE, EQUAL, WIDE, NEGATIVE};
    static const char *const NAMES[] = {"a", "b", "c", "d"};
    struct arena *arena = arena_new();
    struct buf out = BUF_INIT;
    for (int kind = CHART_LINE; kind <= (int)CHART_MULTIPLES; kind++)
        for (size_t k = 0; k < 5; k++)
            for (size_t n = 0; n <= 4; n += 2) {
                struct chart_series s = {.name = "s",
                                         .x = X,
                                         .y = Y[k],
                                         .count = n,
                                         .kind = k % 2 ? SERIES_FRONTIER : SERIES_LINE};
                struct chart chart = {.kind = (enum chart_kind)kind,
                                      .id = "odd",
                                      .title = "t",
                                      .series = &s,
                                      .series_count = 1,
                                      .heat = Y[k],
                                      .x = {.label = "x", .log = kind == CHART_ROOFLINE},
                                      .y = {.label = "y"}};
                if (kind == CHART_BARS || kind == CHART_STACKED || kind == CHART_HEAT) {
                    chart.x.categories = NAMES;
                    chart.x.category_count = n;
                    s.x = NULL;
                }
                if (kind == CHART_HEAT) {
                    chart.y.categories = NAMES;
                    chart.y.category_count = 1;
                }
                struct marks marks = chart_layout(arena, &chart);
                buf_reset(&out);
                render_svg(&marks, &out);
                assert_null(strstr(buf_text(&out), ">nan"));
                if (strstr(buf_text(&out), "1000000"))
                    print_message("%s\n", buf_text(&out));
                assert_null(strstr(buf_text(&out), "1000000")); /* where NaN would end */
                assert_non_null(marks.desc);
            }
    buf_free(&out);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirty_points_take_2500_bytes_at_most),
        cmocka_unit_test(all_kinds_are_legible_and_balanced),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(odd_data_still_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
