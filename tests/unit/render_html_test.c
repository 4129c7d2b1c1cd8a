/* One page as HTML: structure, escaping, provenance, policy; and the theme's refusals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "render_sample.h"

struct rendered {
    struct arena *arena;
    struct diags *diags;
    struct theme *theme;
    struct page *page;
    struct buf out;
    const char *html;
};

static int render_page(void **state) {
    struct rendered *r = calloc(1, sizeof *r);
    r->arena = arena_new();
    r->diags = diags_new();
    r->theme = theme_load(r->arena, sample_sources(r->arena, r->diags, "."), r->diags);
    assert_int_equal(diags_count(r->diags), 0);
    assert_non_null(r->theme);
    r->page = sample_page(r->arena);
    struct site_context site = sample_site();
    render_html(r->theme, &site, r->page, &r->out);
    assert_false(r->out.overflow);
    r->html = buf_text(&r->out);
    *state = r;
    return 0;
}

static int release(void **state) {
    struct rendered *r = *state;
    buf_free(&r->out);
    diags_free(r->diags);
    arena_free(r->arena);
    free(r);
    return 0;
}

static size_t count_of(const char *text, const char *needle) {
    size_t count = 0;
    for (const char *p = text; (p = strstr(p, needle)); p += strlen(needle))
        count++;
    return count;
}

static void shows(const struct rendered *r, const char *needle, size_t times) {
    size_t count = count_of(r->html, needle);
    if (count != times)
        fail_msg("\"%s\" stands %zu times, not %zu", needle, count, times);
}

/* At every depth that is prepared, one more, and with an address of its own. */
static void beginning_changes_nothing(void **state) {
    struct rendered *r = *state;
    static const char *const paths[] = {"x.html",       "a/x.html",       "a/b/x.html",
                                        "a/b/c/x.html", "a/b/c/d/x.html", "a/b/c/d/e/x.html"};
    struct site_context site = sample_site(), same = site;
    struct buf out = BUF_INIT;
    render_html_begin(r->theme, r->arena, &site);
    for (size_t i = 0; i < 2 * sizeof paths / sizeof *paths; i++) {
        r->page->path = paths[i / 2];
        r->page->template = i % 2 ? "404" : "page";
        buf_reset(&out);
        buf_reset(&r->out);
        render_html(r->theme, &site, r->page, &out);
        render_html(r->theme, &same, r->page, &r->out);
        assert_string_equal(buf_text(&out), buf_text(&r->out));
    }
    buf_free(&out);
}

static void every_block_once(void **state) {
    const struct rendered *r = *state;
    shows(r, "<p class=\"answer\">", 1);
    shows(r, "<dl class=\"figures\">", 1);
    shows(r, "<section id=\"throughput\">", 1);
    shows(r, "<section id=\"platforms\">", 1);
    shows(r, "<ol class=\"formula\">", 1);
    shows(r, "<ul class=\"links\">", 1);
    shows(r, "<em>all weights</em>", 1);
    shows(r, "<p>Second paragraph.</p>", 1);
    shows(r, "<h1>", 1);
    shows(r, "<svg", 1);
}

static void escaped_and_linked(void **state) {
    const struct rendered *r = *state;
    shows(r, "API median &lt;&amp;&gt;.", 1);
    shows(r, "href=\"../../../method/index.html#kv\"", 2);
    shows(r, "href=\"../../../platforms/lambda/index.html\"", SAMPLE_ROWS);
    shows(r, "<link rel=\"canonical\" href=\"https://tally.example/models/llama/h200/\">", 1);
    shows(r, "style=\"", 0);
    shows(r, " src=\"", 0);
}

static void figures_keep_raw_value_and_provenance(void **state) {
    const struct rendered *r = *state;
    shows(r, "title=\"input: price list, 2026-10-10\">▪</abbr>", 2); /* one figure, one head */
    shows(r, "data-r=\"does-not-fit\">does not fit</td>", 8);
    shows(r, "data-v=\"1235\"", 1);
    shows(r, ">●</abbr>", 4); /* the odd ones of a calibrated column */
    shows(r, "<b>$0.21</b>", 1);
    shows(r, "<th scope=\"row\">", SAMPLE_ROWS);
}

/* Rows that only the CSV has do not name the mark of those that are shown. */
static void a_head_speaks_for_the_rows_shown(void **state) {
    struct rendered *r = *state;
    static const struct column columns[] = {{"n", "Row", NULL, false, false},
                                            {"v", "Value", NULL, true, false}};
    struct value cells[10];
    for (size_t i = 0; i < 10; i++)
        cells[i] = (struct value){.kind = VALUE_NUMBER, .number = 1, .text = "1"};
    for (size_t i = 1; i < 10; i += 2) {
        cells[i].has_provenance = true;
        cells[i].provenance = i < 4 ? FROM_EXTRAPOLATED : FROM_CALIBRATED;
    }
    struct table table = {
        .columns = columns, .column_count = 2, .cells = cells, .row_count = 5, .shown_rows = 2};
    struct block block = {.name = "few", .kind = BLOCK_TABLE, .heading = "Few", .table = &table};
    struct page page = *r->page;
    struct buf out = BUF_INIT;
    struct site_context site = sample_site();
    page.blocks = &block;
    page.block_count = 1;
    render_html(r->theme, &site, &page, &out);
    const char *html = strstr(buf_text(&out), "<table");
    assert_int_equal(count_of(html, "<abbr title=\"extrapolated\">"), 1);
    assert_int_equal(count_of(html, "<abbr title=\"calibrated\">"), 0);
    buf_free(&out);
}

static void policy_names_the_inline_texts(void **state) {
    const struct rendered *r = *state;
    shows(r, "default-src 'none'; style-src 'sha256-", 1);
    shows(r, "; script-src 'sha256-", 1);
    shows(r, "<script>", 1);
    shows(r, "<style>", 1);
    assert_true(r->out.len < 40000);
}

static void page_without_sortable_table_has_no_script(void **state) {
    struct rendered *r = *state;
    struct page page = *r->page;
    struct buf out = BUF_INIT;
    struct site_context site = sample_site();
    page.block_count = 2;
    render_html(r->theme, &site, &page, &out);
    assert_null(strstr(buf_text(&out), "<script>"));
    assert_null(strstr(buf_text(&out), "script-src"));
    buf_free(&out);
}

/* The rules of points go only where a chart has one. */
static void points_have_their_rules(void **state) {
    struct rendered *r = *state;
    static const double x[] = {1, 2, 4}, y[] = {10, 30, 20};
    struct chart_series series = {.name = "Runs", .x = x, .y = y, .count = 3};
    struct chart chart = {.id = "runs", .title = "Runs", .series = &series, .series_count = 1};
    struct block block = {.kind = BLOCK_CHART, .name = "runs", .chart = &chart};
    struct page page = {.path = "a/index.html", .template = "page", .title = "A", .blocks = &block};
    struct site_context site = sample_site();
    page.block_count = 1;
    for (int points = 0; points < 2; points++) {
        struct buf out = BUF_INIT;
        series.kind = points ? SERIES_POINTS : SERIES_LINE;
        render_html(r->theme, &site, &page, &out);
        assert_int_equal(count_of(buf_text(&out), ".chart .l{"), 1);
        assert_int_equal(count_of(buf_text(&out), ".chart .d{"), points);
        assert_int_equal(count_of(buf_text(&out), "<path class=\"d c0\"") > 0, points);
        buf_free(&out);
    }
}

/* base64 of the digest of "" is known: RFC 6234's empty message. */
static void known_hash(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct source_text items[] = {
        {"assets/find.js", "find.js", "", 0},
        {"assets/script.js", "script.js", "", 0},
        {"assets/style.css", "style.css", "/* only a comment */", 20},
        {"templates/page.mustache", "page.mustache", "{{policy}}", 10},
    };
    struct render_sources sources = {items, 4};
    struct theme *theme = theme_load(arena, &sources, diags);
    assert_non_null(theme);
    struct page *page = sample_page(arena);
    struct site_context site = sample_site();
    struct buf out = BUF_INIT;
    page->block_count = 0;
    render_html(theme, &site, page, &out);
    assert_string_equal(
        buf_text(&out),
        "default-src 'none'; style-src "
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'");
    buf_free(&out);
    diags_free(diags);
    arena_free(arena);
}

/* What templates of a project may use and the shipped ones do without. */
static void templates_may_walk_the_blocks(void **state) {
    (void)state;
    static const char template[] =
        "{{#blocks}}{{name}}:{{heading}}{{^heading}}-{{/heading}};{{/blocks}}\n"
        "{{#blocks}}{{{html}}}{{/blocks}}{{#has.answer}}yes{{/has.answer}}{{#has.none}}no{{/"
        "has.none}}\n"
        "{{{prose.a}}}{{{prose.none}}}{{site.owner}} {{site.base_url}} {{site.version}} {{none}}|\n"
        "{{#crumbs}}{{position}} {{text}}{{^last}} {{href}},{{/last}}{{/crumbs}}{{{rest}}}"
        "\n{{path}} {{template}} {{site.as_of}} {{site.none}}{{block.none}} {{site.fingerprint}}.";
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct source_text items[] = {
        {"assets/find.js", "find.js", "", 0},
        {"assets/script.js", "script.js", "", 0},
        {"assets/style.css", "style.css", "", 0},
        {"templates/page.mustache", "page.mustache", template, sizeof template - 1},
        {"templates/prose/a.md", "a.md", "a *b*\n", 6},
    };
    struct render_sources sources = {items, 5};
    struct theme *theme = theme_load(arena, &sources, diags);
    assert_non_null(theme);
    const struct block blocks[] = {
        {.kind = BLOCK_ANSWER, .name = "answer", .text = "It <is>."},
        {.kind = BLOCK_TEXT, .name = "notes", .heading = "Notes", .text = "One."}};
    struct page *page = sample_page(arena);
    struct site_context site = sample_site();
    page->blocks = (struct block *)blocks;
    page->block_count = 2;
    struct buf out = BUF_INIT;
    render_html(theme, &site, page, &out);
    assert_non_null(strstr(buf_text(&out),
                           "answer:-;notes:Notes;\n<p class=\"answer\">It &lt;is&gt;.</p>\n"
                           "<section id=\"notes\">\n<h2>Notes</h2>\n<p>One.</p>\n</section>\nyes\n"
                           "<p>a <em>b</em></p>\n"));
    const char *end = strstr(buf_text(&out), "|\n1 ");
    assert_non_null(end);
    assert_null(strstr(end, "<")); /* nothing is left for {{{rest}}} */
    const char *said = arena_printf(arena, "\n%s %s %s  ", page->path, page->template, site.as_of);
    const char *place = strstr(end, said);
    assert_non_null(place);
    assert_int_equal(strspn(place + strlen(said), "0123456789abcdef"), 16);
    buf_free(&out);
    diags_free(diags);
    arena_free(arena);
}

static void theme_refuses(void **state) {
    (void)state;
    static const struct {
        const char *style, *script, *template, *prose, *code, *engine;
        unsigned line, column;
    } cases[] = {
        {"a{}</STYLE >", "", "x", "x", "asset-closing-tag", NULL, 1, 4},
        {"/* </style < */\n b { }\n\"<\" </style", "", "x", "x", "asset-closing-tag", NULL, 3, 5},
        {"", "1</script>", "x", "x", "asset-closing-tag", NULL, 1, 2},
        {"", "1<2;\n// <!--\n \"\xc3\xa4<!--\"", "x", "x", "asset-closing-tag", NULL, 3, 4},
        {"", "<!--", "x", "x", "asset-closing-tag", NULL, 1, 1},
        {"a{}</sty/* parted */le>", "", "x", "x", "asset-closing-tag", NULL, 1, 4},
        {"a{}<!/**/--", "", "x", "x", "asset-closing-tag", NULL, 1, 4},
        {"a{}</sty", "", "x", "x", "asset-closing-tag", NULL, 1, 4}, /* the next file may go on */
        {"a{}\n\xff", "", "x", "x", "asset-text", NULL, 2, 1},
        {"", "", "{{#x}}", "x", "template-unclosed-section", NULL, 1, 1},
        {"", "", "a\n\xc3\xa4\xff", "x", "template-utf8", NULL, 2, 2},
        {"", "", "x", "\n\xff", "markdown-utf8", NULL, 2, 1},
        {NULL, "", "x", "x", "asset-missing", NULL, 0, 0},
        {"a{}", "", "x", "x", "asset-wasm", "no module", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new();
        const char *engine = cases[i].engine;
        struct source_text items[] = {
            {engine ? "assets/calculator.wasm" : "assets/a", "a", engine, engine ? 9 : 0},
            {"assets/find.js", "find.js", "", 0},
            {"assets/script.js", "script.js", cases[i].script, strlen(cases[i].script)},
            {cases[i].style ? "assets/style.css" : "assets/style.less", "style.css", cases[i].style,
             cases[i].style ? strlen(cases[i].style) : 0},
            {"templates/page.mustache", "page.mustache", cases[i].template,
             strlen(cases[i].template)},
            {"templates/prose/a.md", "a.md", cases[i].prose, strlen(cases[i].prose)},
        };
        struct render_sources sources = {items, sizeof items / sizeof *items};
        assert_null(theme_load(arena, &sources, diags));
        assert_true(diags_count(diags) >= 1);
        assert_string_equal(diags_get(diags, 0)->code, cases[i].code);
        assert_int_equal(diags_get(diags, 0)->place.line, cases[i].line);
        assert_int_equal(diags_get(diags, 0)->place.column, cases[i].column);
        diags_free(diags);
        arena_free(arena);
    }
}

static int write_sample(const char *path) {
    void *state;
    render_page(&state);
    struct rendered *r = state;
    bool good = fs_write(path, r->out.data, r->out.len, r->diags);
    release(&state);
    return good ? 0 : 3;
}

int main(int argc, char **argv) {
    if (argc == 2)
        return write_sample(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(beginning_changes_nothing, render_page, release),
        cmocka_unit_test_setup_teardown(every_block_once, render_page, release),
        cmocka_unit_test_setup_teardown(escaped_and_linked, render_page, release),
        cmocka_unit_test_setup_teardown(figures_keep_raw_value_and_provenance, render_page,
                                        release),
        cmocka_unit_test_setup_teardown(a_head_speaks_for_the_rows_shown, render_page, release),
        cmocka_unit_test_setup_teardown(policy_names_the_inline_texts, render_page, release),
        cmocka_unit_test_setup_teardown(page_without_sortable_table_has_no_script, render_page,
                                        release),
        cmocka_unit_test_setup_teardown(points_have_their_rules, render_page, release),
        cmocka_unit_test(known_hash),
        cmocka_unit_test(templates_may_walk_the_blocks),
        cmocka_unit_test(theme_refuses),
    };
    return cmocka_run_group_tests_name("render_html", tests, NULL, NULL);
}
