/* PDF: the same bytes each time, readable by other tools, the page's texts in it, tags, refusals.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../demo/charts.c"
#include "../demo/report.c"
#include "cpu_time.h"
#include "render/pdf_report.h"

static const struct site_context SITE = {.title = "LLM prices",
                                         .base_url = "https://example.org/",
                                         .owner = "Somebody",
                                         .as_of = "2026-10-10"};

struct state {
    struct arena *arena;
    struct diags *diags;
    const struct theme *theme;
};

static int begin(void **user) {
    struct state *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->arena = arena_new();
    s->diags = diags_new();
    s->theme = demo_theme(s->arena, s->diags);
    *user = s;
    return s->theme ? 0 : -1;
}

static int end(void **user) {
    struct state *s = *user;
    diags_free(s->diags);
    arena_free(s->arena);
    free(s);
    return 0;
}

static void save(const char *path, const struct buf *out) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(out->data, 1, out->len, f), out->len);
    fclose(f);
}

/* All output of a command; NULL when the tool is not there. */
static char *run(struct state *s, const char *tool, const char *command) {
    char path[64];
    snprintf(path, sizeof path, "/usr/bin/%s", tool);
    if (access(path, X_OK) != 0) {
        print_message("skipped: no %s\n", tool);
        return NULL;
    }
    struct buf all = BUF_INIT;
    char part[4096];
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;)
        buf_put(&all, part, n);
    buf_printf(&all, "\nstatus %d\n", pclose(pipe));
    char *text = arena_strdup(s->arena, buf_text(&all));
    buf_free(&all);
    return text;
}

static void two_runs_give_the_same_bytes(void **user) {
    struct state *s = *user;
    struct buf one = BUF_INIT, two = BUF_INIT;
    const struct page *page = demo_page(s->arena, 60);
    assert_true(render_pdf(s->theme, &SITE, page, &one, s->diags));
    assert_true(render_pdf(s->theme, &SITE, page, &two, s->diags));
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    assert_memory_equal(one.data, "%PDF-1.7", 8);
    buf_free(&one);
    buf_free(&two);
}

static void other_tools_read_it(void **user) {
    struct state *s = *user;
    struct buf out = BUF_INIT;
    assert_true(render_pdf(s->theme, &SITE, demo_page(s->arena, 60), &out, s->diags));
    save("build/report.pdf", &out);
    buf_free(&out);
    char *check = run(s, "qpdf", "qpdf --check build/report.pdf 2>&1");
    if (check) {
        assert_non_null(strstr(check, "No syntax or stream encoding errors"));
        assert_null(strstr(check, "WARNING"));
        assert_non_null(strstr(check, "status 0"));
    }
    char *info = run(s, "pdfinfo", "pdfinfo build/report.pdf 2>&1");
    if (info) {
        assert_non_null(strstr(info, "Tagged:          yes"));
        assert_non_null(strstr(info, "Title:           Llama 3.3 70B: what it needs and costs"));
        assert_null(strstr(info, "Error"));
        assert_null(strstr(info, "Warning"));
    }
    char *fonts = run(s, "pdffonts", "pdffonts build/report.pdf 2>&1");
    if (fonts) {
        assert_non_null(strstr(fonts, "TALLYA+DejaVuSans "));
        assert_null(strstr(fonts, " no  yes")); /* embedded: yes, subset: yes, unicode: yes */
        assert_null(strstr(fonts, " no\n"));
    }
}

/* Every cell, figure and formula of the page is found in the text another program extracts. */
static void texts_are_found_again(void **user) {
    struct state *s = *user;
    struct buf out = BUF_INIT;
    const struct page *page = demo_page(s->arena, 60);
    assert_true(render_pdf(s->theme, &SITE, page, &out, s->diags));
    save("build/report.pdf", &out);
    buf_free(&out);
    char *text = run(s, "pdftotext", "pdftotext -layout build/report.pdf - 2>&1");
    if (!text)
        return;
    assert_null(strstr(text, "Error"));
    assert_null(strstr(text, "Warning"));
    for (size_t b = 0; b < page->block_count; b++) {
        const struct block *block = &page->blocks[b];
        for (size_t i = 0; block->table && i < block->table->row_count * 6; i++)
            if (block->table->cells[i].text)
                assert_non_null(strstr(text, block->table->cells[i].text));
        for (size_t i = 0; i < block->figure_count; i++)
            assert_non_null(strstr(text, block->figures[i].value.text));
        for (size_t i = 0; i < block->line_count; i++)
            assert_non_null(strstr(text, block->lines[i].symbols));
        if (block->heading)
            assert_non_null(strstr(text, block->heading));
    }
    assert_non_null(strstr(text, "γ ≤ 1, η"));
    assert_non_null(strstr(text, "Inputs up to 2026-10-10"));
    assert_non_null(strstr(text, "2/")); /* the page number */
    const char *first = strstr(text, "$ / hour");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "$ / hour")); /* the head again, on the next page */
}

static void tags_lead_to_every_content(void **user) {
    struct state *s = *user;
    struct pdf_report r = {.arena = s->arena, .site = &SITE};
    r.press = pdf_press_new(s->arena, s->theme->sources, s->diags);
    assert_non_null(r.press);
    r.air = 1;
    pdf_node(&r, 0, "Document");
    pdf_add_page(&r);
    pdf_blocks(&r, demo_page(s->arena, 60));
    size_t headings = 0, tables = 0, rows = 0, figures = 0, links = 0, contents = 0, marked = 0;
    for (size_t i = 0; i < r.node_count; i++) {
        const struct pdf_node *node = &r.nodes[i];
        assert_true(i == 0 || node->parent < i);
        contents += !node->type;
        if (!node->type)
            continue;
        headings += node->type[0] == 'H';
        tables += strcmp(node->type, "Table") == 0;
        rows += strcmp(node->type, "TR") == 0;
        links += node->link != PDF_NONE;
        if (strcmp(node->type, "Figure") == 0) {
            figures++;
            assert_true(node->alt && strlen(node->alt) > 20);
        }
        if (strcmp(node->type, "TH") == 0)
            assert_non_null(node->scope);
    }
    for (size_t i = 0; i < r.page_count; i++) {
        const char *text = buf_text(&r.pages[i].content);
        size_t opened = 0, closed = 0, texts = 0;
        for (const char *p = text; (p = strstr(p, "BDC\n")); p++)
            opened++;
        for (const char *p = text; (p = strstr(p, "/Artifact BMC")); p++)
            opened++;
        for (const char *p = text; (p = strstr(p, "EMC\n")); p++)
            closed++;
        assert_int_equal(opened, closed);
        for (const char *p = text; (p = strstr(p, "BT\n")); p++)
            texts++;
        assert_true(texts < 40); /* rows share a text object: only what is drawn parts them */
        marked += r.pages[i].marked;
        buf_free(&r.pages[i].content);
    }
    assert_int_equal(marked, contents);
    assert_int_equal(tables, 1);
    assert_int_equal(rows, 61);
    assert_int_equal(links, 62);
    assert_true(headings >= 10 && figures >= 9);
}

/* No level of headings is left out, and a column's unit is a word of its own. */
static void what_is_read_aloud(void **user) {
    struct state *s = *user;
    struct buf out = BUF_INIT;
    const struct column column = {.key = "k", .head = "Output", .unit = "tokens/s"};
    struct value value = {.kind = VALUE_TEXT, .text = "1"};
    struct table table = {.columns = &column, .column_count = 1, .cells = &value, .row_count = 1};
    struct block blocks[] = {
        {.name = "t", .kind = BLOCK_TABLE, .heading = "Rows", .table = &table},
        {.name = "m", .kind = BLOCK_MARKDOWN, .heading = "Prose", .text = "## Part\n\nWords."}};
    struct page page = {.path = "x.pdf", .title = "T", .blocks = blocks, .block_count = 2};
    assert_true(render_pdf(s->theme, &SITE, &page, &out, s->diags));
    save("build/aloud.pdf", &out);
    buf_free(&out);
    char *text = run(s, "pdfinfo", "pdfinfo -struct-text build/aloud.pdf 2>&1");
    if (text) {
        assert_non_null(strstr(text, "H3 (block)\n    \"Part\""));
        assert_null(strstr(text, "H4"));
        assert_non_null(strstr(text, "\"Output tokens/s\""));
    }
}

static void bad_text_is_cleaned(void **user) {
    struct state *s = *user;
    struct buf out = BUF_INIT;
    struct block block = {.name = "t",
                          .kind = BLOCK_TEXT,
                          .text =
                              "bad \xff\xfe utf \xe2\x82 and \xf0\x9f\x98\x80 beyond \xed\xa0\x80"};
    struct page page = {
        .path = "x.pdf", .title = "A \xc3( title", .blocks = &block, .block_count = 1};
    assert_true(render_pdf(s->theme, &SITE, &page, &out, s->diags));
    save("build/bad.pdf", &out);
    buf_free(&out);
    char *text =
        run(s, "pdftotext", "pdftotext build/bad.pdf - 2>&1; qpdf --check build/bad.pdf 2>&1");
    if (text)
        assert_non_null(strstr(text, "bad ?? utf ?"));
}

/* What has no code of one byte comes from fonts of its own, in between and at either end; what the
   face lacks is a question mark; what a string must escape is there. */
static void any_character_of_the_face_is_set(void **user) {
    struct state *s = *user;
    struct buf out = BUF_INIT;
    static const char TEXT[] =
        "\u00c9tude (na\u00efve) back\\slash \u2264 \u221a2 \u4e2d caf\u00e9";
    struct block block = {.name = "t", .kind = BLOCK_TEXT, .heading = TEXT, .text = TEXT};
    struct page page = {.path = "x.pdf", .title = "t", .blocks = &block, .block_count = 1};
    assert_true(render_pdf(s->theme, &SITE, &page, &out, s->diags));
    save("build/characters.pdf", &out);
    buf_free(&out);
    char *text = run(s, "pdftotext", "pdftotext build/characters.pdf - 2>&1");
    for (int i = 0; text && i < 2; i++) {
        text = strstr(text, "\u00c9tude (na\u00efve) back\\slash \u2264 \u221a2 ? caf\u00e9");
        assert_non_null(text);
        text++;
    }
    char *fonts = run(s, "pdffonts", "pdffonts build/characters.pdf 2>&1");
    if (fonts) {
        assert_non_null(strstr(fonts, "TALLYB+DejaVuSans-Bold"));
        assert_non_null(strstr(fonts, "TALLYC+DejaVuSans "));
        assert_null(strstr(fonts, " no\n"));
    }
    char *check = run(s, "qpdf", "qpdf --check build/characters.pdf 2>&1");
    assert_true(!check || strstr(check, "status 0"));
}

/* One press for many reports gives what each makes with its own. */
static void a_shared_press_changes_nothing(void **user) {
    struct state *s = *user;
    struct buf one = BUF_INIT, two = BUF_INIT;
    const struct page *page = demo_page(s->arena, 60);
    struct theme theme = *s->theme;
    assert_true(render_pdf(&theme, &SITE, page, &one, s->diags));
    assert_true(render_pdf_begin(&theme, s->arena, s->diags));
    assert_non_null(theme.press);
    assert_true(render_pdf(&theme, &SITE, page, &two, s->diags));
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    assert_true(one.len < 90000); /* the tags lie packed: a third more without */
    buf_free(&one);
    buf_free(&two);
}

static void off_the_page_is_refused(void **user) {
    struct state *s = *user;
    struct buf out = BUF_INIT;
    struct column columns[33];
    struct value cells[33];
    for (int i = 0; i < 33; i++) {
        columns[i] = (struct column){.key = "k", .head = "h"};
        cells[i] = (struct value){.kind = VALUE_TEXT, .text = "t"};
    }
    struct table table = {.columns = columns, .column_count = 33, .cells = cells, .row_count = 1};
    struct block block = {.name = "t", .kind = BLOCK_TABLE, .table = &table};
    struct page page = {.path = "x.pdf", .title = "t", .blocks = &block, .block_count = 1};
    assert_false(render_pdf(s->theme, &SITE, &page, &out, s->diags));
    assert_string_equal(diags_get(s->diags, diags_count(s->diags) - 1)->code, "pdf-bounds");
    table.column_count = 32;
    assert_true(render_pdf(s->theme, &SITE, &page, &out, s->diags));
    buf_free(&out);
}

#define LONG "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenpoliturdosendeckelgriff"

/* Words that fit nowhere are cut, in every kind of block: no box another program finds lies beyond
   the margins. */
static void nothing_lies_beyond_the_margins(void **user) {
    struct state *s = *user;
    struct buf out = BUF_INIT;
    struct column columns[12];
    struct value cells[36], long_text = {.kind = VALUE_TEXT, .text = LONG LONG LONG};
    for (int i = 0; i < 12; i++)
        columns[i] = (struct column){.key = "k", .head = LONG, .unit = LONG, .numeric = i % 2};
    for (int i = 0; i < 36; i++)
        cells[i] = long_text;
    struct table table = {.caption = LONG LONG,
                          .columns = columns,
                          .column_count = 12,
                          .cells = cells,
                          .row_count = 3};
    struct figure figures[4];
    for (int i = 0; i < 4; i++)
        figures[i] = (struct figure){LONG, long_text, LONG, LONG};
    struct formula_line line = {LONG, LONG LONG, LONG};
    struct link link = {LONG LONG, "https://example.org/", LONG LONG};
    struct block blocks[] = {
        {.name = "a", .kind = BLOCK_ANSWER, .text = LONG LONG},
        {.name = "f", .kind = BLOCK_FIGURES, .figures = figures, .figure_count = 4},
        {.name = "t", .kind = BLOCK_TABLE, .heading = LONG, .chapter = LONG LONG, .table = &table},
        {.name = "l", .kind = BLOCK_FORMULA, .lines = &line, .line_count = 1},
        {.name = "m", .kind = BLOCK_MARKDOWN, .text = "1. " LONG LONG "\n   - " LONG LONG},
        {.name = "k", .kind = BLOCK_LINKS, .links = &link, .link_count = 1}};
    struct page page = {.path = "x.pdf",
                        .title = LONG LONG LONG,
                        .blocks = blocks,
                        .block_count = 6,
                        .contents = true};
    assert_true(render_pdf(s->theme, &SITE, &page, &out, s->diags));
    save("build/long.pdf", &out);
    buf_free(&out);
    char *text = run(s, "pdftotext", "pdftotext -bbox build/long.pdf - 2>&1");
    size_t words = 0;
    for (const char *p = text; p && (p = strstr(p, "<word xMin=")); p++, words++) {
        double left, top, right, bottom;
        assert_int_equal(sscanf(p, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"",
                                &left, &top, &right, &bottom),
                         4);
        assert_true(left >= PDF_LEFT - 0.6 && right <= PDF_RIGHT + 0.6);
        assert_true(top >= 26 && bottom <= PDF_HEIGHT - 26);
    }
    assert_true(!text || words > 100);
}

static void missing_assets_are_named(void **user) {
    struct state *s = *user;
    struct buf out = BUF_INIT;
    struct render_sources none = {0};
    struct theme theme = {.sources = &none};
    assert_false(render_pdf(&theme, &SITE, demo_page(s->arena, 3), &out, s->diags));
    assert_string_equal(diags_get(s->diags, diags_count(s->diags) - 1)->code, "asset-missing");
    assert_int_equal(out.len, 0);
}

static void one_page_takes_few_milliseconds(void **user) {
    struct state *s = *user;
    const struct page *page = demo_page(s->arena, 10);
    double best = 1e9;
    size_t bytes = 0;
    for (int i = 0; i < 20; i++) {
        struct buf out = BUF_INIT;
        double begin = cpu_seconds();
        assert_true(render_pdf(s->theme, &SITE, page, &out, s->diags));
        double ms = (cpu_seconds() - begin) * 1e3;
        best = ms < best ? ms : best;
        bytes = out.len;
        buf_free(&out);
    }
    print_message("%.2f ms, %zu bytes\n", best, bytes);
    assert_true(best < 25); /* 2.5 ms is the aim; slow machines and sanitizers take longer */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_runs_give_the_same_bytes, begin, end),
        cmocka_unit_test_setup_teardown(other_tools_read_it, begin, end),
        cmocka_unit_test_setup_teardown(texts_are_found_again, begin, end),
        cmocka_unit_test_setup_teardown(tags_lead_to_every_content, begin, end),
        cmocka_unit_test_setup_teardown(what_is_read_aloud, begin, end),
        cmocka_unit_test_setup_teardown(bad_text_is_cleaned, begin, end),
        cmocka_unit_test_setup_teardown(any_character_of_the_face_is_set, begin, end),
        cmocka_unit_test_setup_teardown(a_shared_press_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(off_the_page_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(nothing_lies_beyond_the_margins, begin, end),
        cmocka_unit_test_setup_teardown(missing_assets_are_named, begin, end),
        cmocka_unit_test_setup_teardown(one_page_takes_few_milliseconds, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
