/* PDF: where things stand. Charts that follow each other share the width, and a table leaves no row
   or two alone on its last page. Words and their boxes are read by pdftotext. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../demo/charts.c"
#include "../demo/report.c"
#include "render/pdf_report.h"

static const struct site_context SITE = {.title = "Prices", .as_of = "2026-10-10"};

/* The report as pdftotext tells it; NULL when it is not there. */
static const char *set(struct arena *arena, const struct block *blocks, size_t count) {
    struct diags *diags = diags_new();
    struct page page = {.path = "x.pdf", .title = "Title", .blocks = blocks, .block_count = count};
    struct buf out = BUF_INIT, all = BUF_INIT;
    assert_true(render_pdf(demo_theme(arena, diags), &SITE, &page, &out, diags));
    FILE *file = fopen("build/layout.pdf", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(out.data, 1, out.len, file), out.len);
    assert_int_equal(fclose(file), 0);
    diags_free(diags);
    buf_free(&out);
    if (access("/usr/bin/pdftotext", X_OK) != 0) {
        print_message("skipped: no pdftotext\n");
        return NULL;
    }
    FILE *pipe = popen("pdftotext -bbox build/layout.pdf - 2>&1", "r");
    assert_non_null(pipe);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;)
        buf_put(&all, part, n);
    assert_int_equal(pclose(pipe), 0);
    const char *text = arena_strdup(arena, buf_text(&all));
    buf_free(&all);
    return text;
}

struct spot {
    double left, top, right, bottom;
};

static struct spot spot_of(const char *text, const char *word) {
    char ending[64];
    snprintf(ending, sizeof ending, ">%s</word>", word);
    const char *end = strstr(text, ending), *begin = end;
    assert_non_null(end);
    while (strncmp(begin, "<word", 5) != 0)
        begin--;
    struct spot spot;
    assert_int_equal(sscanf(begin, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"",
                            &spot.left, &spot.top, &spot.right, &spot.bottom),
                     4);
    return spot;
}

/* The same of the word in the right half of the page. */
static struct spot spot_on_the_right(const char *text, const char *word) {
    struct spot spot = spot_of(text, word);
    for (; spot.left < PDF_WIDTH / 2; spot = spot_of(text, word)) {
        char ending[64];
        snprintf(ending, sizeof ending, ">%s</word>", word);
        text = strstr(text, ending) + strlen(ending);
    }
    return spot;
}

static void charts_stand_side_by_side(void **state) {
    (void)state;
    static const double x[] = {1, 2, 4}, y[] = {10, 20, 30};
    static const struct chart_series series[] = {
        {.name = "Series", .kind = SERIES_LINE, .x = x, .y = y, .count = 3}};
    static const struct chart chart = {.kind = CHART_LINE,
                                       .title = "Title",
                                       .x = {.label = "Over"},
                                       .y = {.label = "Under"},
                                       .series = series,
                                       .series_count = 1,
                                       .height = 280};
    const struct block blocks[] = {
        {.name = "a", .kind = BLOCK_CHART, .heading = "Firstchart", .chart = &chart},
        {.name = "b",
         .kind = BLOCK_CHART,
         .heading = "Secondchart has a heading of many words that needs a second line here",
         .chart = &chart},
        {.name = "c", .kind = BLOCK_CHART, .heading = "Thirdchart", .chart = &chart},
        {.name = "t", .kind = BLOCK_TEXT, .heading = "Lastly", .text = "End."}};
    struct arena *arena = arena_new();
    const char *text = set(arena, blocks, 4);
    if (text) {
        struct spot first = spot_of(text, "Firstchart"), second = spot_of(text, "Secondchart");
        struct spot third = spot_of(text, "Thirdchart"), last = spot_of(text, "Lastly");
        assert_true(first.top == second.top);
        assert_true(first.right < PDF_WIDTH / 2 && second.left > PDF_WIDTH / 2);
        assert_true(third.left == first.left && third.top > first.top + 150);
        assert_true(last.left == first.left && last.top > third.top + 150);
    }
    arena_free(arena);
}

/* The plots of two charts stand at one height, whatever the key above one of them takes. */
static void plots_side_by_side_are_level(void **state) {
    (void)state;
    static const double x[] = {1, 2, 4}, y[] = {10, 20, 30};
    static const enum chart_mark marks[] = {MARK_HALF, MARK_DOTTED, MARK_FILLED};
    static const struct chart_series plain = {
        .name = "Series", .kind = SERIES_LINE, .x = x, .y = y, .count = 3};
    struct chart_series keyed = plain;
    keyed.marks = marks;
    const struct chart charts[] = {{.kind = CHART_LINE,
                                    .x = {.label = "Over"},
                                    .y = {.label = "Under"},
                                    .series = &plain,
                                    .series_count = 1},
                                   {.kind = CHART_LINE,
                                    .x = {.label = "Over"},
                                    .y = {.label = "Under"},
                                    .series = &keyed,
                                    .series_count = 1}};
    const struct block blocks[] = {
        {.name = "a", .kind = BLOCK_CHART, .heading = "One", .chart = &charts[0]},
        {.name = "b", .kind = BLOCK_CHART, .heading = "Two", .chart = &charts[1]}};
    struct arena *arena = arena_new();
    const char *text = set(arena, blocks, 2);
    static const char *const words[] = {"Under", "10", "30"};
    for (size_t i = 0; text && i < 3; i++) {
        struct spot left = spot_of(text, words[i]), right = spot_on_the_right(text, words[i]);
        assert_true(left.left < PDF_WIDTH / 2 && right.left > PDF_WIDTH / 2);
        assert_true(fabs(left.top - right.top) < 0.2);
    }
    assert_true(!text || strstr(text, ">extrapolated<"));
    arena_free(arena);
}

/* Rows named on the last page of a table that goes over; all when it does not. */
static size_t rows_at_the_end(struct arena *arena, size_t count) {
    static const struct column column = {.key = "k", .head = "Name"};
    struct value *cells = ARENA_ARRAY(arena, count, struct value);
    for (size_t i = 0; i < count; i++)
        cells[i] = (struct value){.kind = VALUE_TEXT, .text = arena_printf(arena, "row%zu", i)};
    struct table table = {
        .columns = &column, .column_count = 1, .cells = cells, .row_count = count};
    struct block block = {.name = "t", .kind = BLOCK_TABLE, .heading = "Rows", .table = &table};
    const char *text = set(arena, &block, 1), *page = NULL;
    for (const char *p = text; p && (p = strstr(p, "<page ")); p++)
        page = strstr(p, ">row") ? p : page;
    size_t rows = 0;
    for (const char *p = page; p && (p = strstr(p, ">row")); p++)
        rows++;
    return text ? rows : count;
}

/* Lines of the closing paragraph that stand on the last of two pages; 0: there is one page. */
static size_t lines_over(struct arena *arena, size_t rows) {
    static const struct column column = {.key = "k", .head = "Name"};
    struct value *cells = ARENA_ARRAY(arena, rows, struct value);
    for (size_t i = 0; i < rows; i++)
        cells[i] = (struct value){.kind = VALUE_TEXT, .text = arena_printf(arena, "row%zu", i)};
    struct table table = {.columns = &column, .column_count = 1, .cells = cells, .row_count = rows};
    const struct block blocks[] = {
        {.name = "t", .kind = BLOCK_TABLE, .heading = "Rows", .table = &table},
        {.name = "e", .kind = BLOCK_TEXT, .text = "line\n\nline\n\nline\n\nline\n\nline"}};
    const char *text = set(arena, blocks, 2);
    const char *first = text ? strstr(text, "<page ") : NULL;
    const char *second = first ? strstr(first + 1, "<page ") : NULL;
    size_t lines = 0;
    for (const char *p = second; p && (p = strstr(p, ">line<")); p++)
        lines++;
    return lines;
}

/* A table that ends near the foot is set a little tighter before a few lines get a page. */
static void no_page_for_a_few_lines(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    for (size_t rows = 34; rows < 42; rows++) {
        size_t lines = lines_over(arena, rows);
        assert_true(lines == 0 || lines >= 3);
    }
    assert_true(lines_over(arena, 70) == 0 || access("/usr/bin/pdftotext", X_OK) == 0);
    arena_free(arena);
}

/* Pages of a chart, a table of `rows` and `lines` of prose. */
static size_t pages_of(struct arena *arena, size_t rows, size_t lines) {
    static const double x[] = {1, 2, 4}, y[] = {10, 20, 30};
    static const struct chart_series series = {
        .name = "Series", .kind = SERIES_LINE, .x = x, .y = y, .count = 3};
    static const struct chart chart = {.kind = CHART_LINE, .series = &series, .series_count = 1};
    static const struct column column = {.key = "k", .head = "Name"};
    struct value *cells = ARENA_ARRAY(arena, rows, struct value);
    char *prose = ARENA_ARRAY(arena, 6 * lines + 1, char);
    for (size_t i = 0; i < rows; i++)
        cells[i] = (struct value){.kind = VALUE_TEXT, .text = "Row"};
    for (size_t i = 0; i < lines; i++)
        memcpy(prose + 6 * i, "Line\n\n", 6);
    struct table table = {.columns = &column, .column_count = 1, .cells = cells, .row_count = rows};
    const struct block blocks[] = {
        {.name = "c", .kind = BLOCK_CHART, .heading = "Chart", .chart = &chart},
        {.name = "t", .kind = BLOCK_TABLE, .heading = "Rows", .table = &table},
        {.name = "m", .kind = BLOCK_MARKDOWN, .heading = "Prose", .text = prose}};
    const char *text = set(arena, blocks, 3);
    size_t pages = 0;
    for (const char *p = text; p && (p = strstr(p, "<page ")); p++)
        pages++;
    return pages;
}

/* Nor where charts, rows and prose set closer have room for a third of a page more. */
static void no_page_for_a_third(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    size_t close = pages_of(arena, 18, 10), loose = pages_of(arena, 18, 16);
    assert_true(close == 0 || (close == 1 && loose == 2));
    arena_free(arena);
}

/* Heads of two words and more take two lines, not three, and cells no second line for their sake.
 */
static void heads_take_two_lines(void **state) {
    (void)state;
    struct column columns[9];
    struct value cells[9];
    struct arena *arena = arena_new();
    for (int i = 0; i < 9; i++) {
        columns[i] = (struct column){.key = "k", .head = "of fifty use", .numeric = true};
        cells[i] = (struct value){.kind = VALUE_TEXT, .text = "1,234,567"};
    }
    struct table table = {.columns = columns, .column_count = 9, .cells = cells, .row_count = 1};
    const struct block block = {.name = "t", .kind = BLOCK_TABLE, .table = &table};
    const char *text = set(arena, &block, 1);
    if (text) {
        struct spot of = spot_of(text, "of"), use = spot_of(text, "use");
        assert_true(use.top - of.top < 12 && use.top - of.top > 5);
    }
    arena_free(arena);
}

static void no_row_goes_over_alone(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    size_t least = 1000;
    for (size_t count = 36; count < 60; count++) {
        size_t rows = rows_at_the_end(arena, count);
        least = rows < least ? rows : least;
    }
    assert_true(least >= 3);
    arena_free(arena);
}

/* Names in a table that is cut at `count` of `all` rows and stands behind `lines` of text. */
static const char *cut_table(struct arena *arena, size_t lines, size_t count, size_t all) {
    static const struct column column = {.key = "k", .head = "Name"};
    struct value *cells = ARENA_ARRAY(arena, count, struct value);
    char *filler = ARENA_ARRAY(arena, 3 * lines + 1, char);
    for (size_t i = 0; i < lines; i++)
        memcpy(filler + 3 * i, "F\n\n", 3);
    for (size_t i = 0; i < count; i++)
        cells[i] = (struct value){.kind = VALUE_TEXT, .text = arena_printf(arena, "Row%zu.", i)};
    const struct table table = {
        .columns = &column, .column_count = 1, .cells = cells, .row_count = count, .of_rows = all};
    const struct block blocks[] = {
        {.name = "f", .kind = BLOCK_TEXT, .text = filler},
        {.name = "t", .kind = BLOCK_TABLE, .heading = "Names", .table = &table}};
    return set(arena, blocks, 2);
}

static bool goes_over(const char *text) {
    const char *second = strstr(strstr(text, "<page ") + 1, "<page ");
    return second && strstr(second, ">Row");
}

static void a_cut_table_ends_with_its_page(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const char *text = cut_table(arena, 18, 24, 1234);
    if (text) {
        assert_non_null(strstr(text, ">Row12.<"));
        assert_null(strstr(text, ">Row23.<"));
        assert_false(goes_over(text));
        assert_non_null(strstr(text, ">1,234<"));
        text = cut_table(arena, 5, 24, 1234); /* there is room for all */
        assert_non_null(strstr(text, ">Row23.<"));
        text = cut_table(arena, 28, 24, 1234); /* too few would be left */
        assert_non_null(strstr(text, ">Row23.<"));
        assert_true(goes_over(text));
        text = cut_table(arena, 18, 24, 0); /* it has no more rows */
        assert_non_null(strstr(text, ">Row23.<"));
    }
    arena_free(arena);
}

/* Lines of words that begin with "Pa", up to the next page. */
static size_t lines_on(const char *page) {
    const char *end = strstr(page + 1, "<page ");
    size_t lines = 0;
    double last = -1, y = 0;
    for (const char *p = page; (p = strstr(p, "<word ")) && (!end || p < end); p++) {
        const char *word = strchr(p, '>');
        if (sscanf(p, "<word xMin=\"%*f\" yMin=\"%lf\"", &y) != 1 || strncmp(word, ">Pa", 3) != 0)
            continue;
        lines += y != last;
        last = y;
    }
    return lines;
}

/* Neither the first line of a paragraph nor its last stands alone on a page. */
static void no_line_stands_alone(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    size_t split = 0;
    for (size_t filled = 28; filled < 38; filled++) {
        struct buf text = BUF_INIT;
        for (size_t i = 0; i < filled; i++)
            buf_puts(&text, "F\n\n");
        for (size_t i = 0; i < 110; i++)
            buf_printf(&text, "Pa%zu. ", i);
        const struct block block = {.name = "f", .kind = BLOCK_TEXT, .text = buf_text(&text)};
        const char *first = set(arena, &block, 1);
        first = first ? strstr(first, "<page ") : NULL;
        const char *second = first ? strstr(first + 1, "<page ") : NULL;
        if (second) {
            assert_int_not_equal(lines_on(first), 1);
            assert_int_not_equal(lines_on(second), 1);
            split += lines_on(first) && lines_on(second);
        }
        buf_free(&text);
    }
    assert_true(split > 0);
    arena_free(arena);
}

/* A few entries more than a page holds: the list of contents is set closer, chapters follow it. */
static void contents_take_no_page_for_a_few(void **state) {
    (void)state;
    enum { CHAPTERS = 36 };
    struct block blocks[CHAPTERS];
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct buf out = BUF_INIT;
    for (int i = 0; i < CHAPTERS; i++)
        blocks[i] =
            (struct block){.name = "t", .kind = BLOCK_TEXT, .chapter = "Chapter", .text = "x"};
    struct page page = {.path = "x.pdf",
                        .title = "Title",
                        .blocks = blocks,
                        .block_count = CHAPTERS,
                        .contents = true};
    assert_true(render_pdf(demo_theme(arena, diags), &SITE, &page, &out, diags));
    size_t pages = 0;
    for (size_t i = 0; i + 12 < out.len; i++)
        pages += memcmp(out.data + i, "/Type /Page\n", 12) == 0;
    assert_int_equal(pages, 1 + CHAPTERS);
    buf_free(&out);
    diags_free(diags);
    arena_free(arena);
}

/* A heading's small table stands below it whole, wherever the page ends. */
static void a_small_table_stays_whole(void **state) {
    (void)state;
    static const struct column column = {.key = "k", .head = "Name"};
    struct value cells[5];
    struct arena *arena = arena_new();
    for (int i = 0; i < 5; i++)
        cells[i] = (struct value){.kind = VALUE_TEXT, .text = arena_printf(arena, "row%d", i)};
    struct table table = {.columns = &column, .column_count = 1, .cells = cells, .row_count = 5};
    struct buf prose = BUF_INIT;
    for (int lines = 0; lines < 36; lines++) {
        const struct block blocks[] = {
            {.name = "p", .kind = BLOCK_TEXT, .text = buf_text(&prose)},
            {.name = "t", .kind = BLOCK_TABLE, .heading = "Rows", .table = &table},
            {.name = "e",
             .kind = BLOCK_TEXT,
             .heading = "End",
             .text = "x\n\nx\n\nx\n\nx\n\nx\n\nx"}};
        const char *text = set(arena, blocks, 3);
        const char *next = text ? strstr(text, "</page>") : NULL;
        if (lines > 20 && text)
            assert_int_equal(strstr(text, ">row0<") < next, strstr(text, ">row4<") < next);
        buf_puts(&prose, "line\n\n");
    }
    buf_free(&prose);
    arena_free(arena);
}

/* Nor a heading alone at the foot, above a table of two rows or one with a head of many lines. */
static void a_heading_stays_with_its_table(void **state) {
    (void)state;
    struct column columns[14];
    struct value cells[14 * 12];
    struct arena *arena = arena_new();
    struct buf prose = BUF_INIT;
    for (size_t i = 0; i < 14; i++)
        columns[i] = (struct column){.key = "k",
                                     .head = i ? "Head of quite a few words" : "Name",
                                     .unit = i ? "and units of many more" : NULL,
                                     .numeric = i > 0};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        cells[i] = (struct value){.kind = VALUE_TEXT, .text = i ? "1,234" : "row0"};
    for (int lines = 0; lines < 34; lines++) {
        for (int wide = 0; wide < 2 && lines > 24; wide++) {
            const struct table table = {.columns = columns,
                                        .column_count = wide ? 14 : 1,
                                        .cells = cells,
                                        .caption = "Caption",
                                        .row_count = wide ? 12 : 2};
            const struct block blocks[] = {
                {.name = "p", .kind = BLOCK_TEXT, .text = buf_text(&prose)},
                {.name = "t", .kind = BLOCK_TABLE, .heading = "Heading.", .table = &table},
                {.name = "e",
                 .kind = BLOCK_TEXT,
                 .text = "x\n\nx\n\nx\n\nx\n\nx\n\nx\n\nx\n\nx\n\nx\n\nx\n\nx"}};
            const char *text = set(arena, blocks, 3);
            const char *next = text ? strstr(text, "</page>") : NULL;
            if (text)
                assert_int_equal(strstr(text, ">Heading.<") < next, strstr(text, ">row0<") < next);
        }
        buf_puts(&prose, "line\n\n");
    }
    buf_free(&prose);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(charts_stand_side_by_side),
                                       cmocka_unit_test(plots_side_by_side_are_level),
                                       cmocka_unit_test(no_page_for_a_few_lines),
                                       cmocka_unit_test(no_page_for_a_third),
                                       cmocka_unit_test(a_small_table_stays_whole),
                                       cmocka_unit_test(a_heading_stays_with_its_table),
                                       cmocka_unit_test(contents_take_no_page_for_a_few),
                                       cmocka_unit_test(a_cut_table_ends_with_its_page),
                                       cmocka_unit_test(no_line_stands_alone),
                                       cmocka_unit_test(heads_take_two_lines),
                                       cmocka_unit_test(no_row_goes_over_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
