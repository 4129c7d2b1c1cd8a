/* Escaping by context, and Markdown in safe mode. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/str.h"
#include "render/escape_few.h"
#include "render/markdown.h"
#include "render/render.h"

static void check(void (*escape)(struct buf *, const char *), const char *text,
                  const char *expected) {
    struct buf out = BUF_INIT;
    escape(&out, text);
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static void text_and_attribute(void **state) {
    (void)state;
    check(escape_text, "a < b & c > \"d\"", "a &lt; b &amp; c &gt; \"d\"");
    check(escape_attribute, "\"><script>", "&quot;&gt;&lt;script&gt;");
    check(escape_text, NULL, "");
}

static void markdown_text(void **state) {
    (void)state;
    check(escape_markdown, "Llama 3.3 70B", "Llama 3.3 70B");
    check(escape_markdown, "<script>&amp;", "&lt;script>&amp;amp;");
    check(escape_markdown, "[a](javascript:x)`b`*c*|d_e\\",
          "\\[a\\](javascript:x)\\`b\\`\\*c\\*\\|d\\_e\\\\");
    check(escape_markdown, "one\r\n- two", "one  - two");
    check(escape_markdown, NULL, "");
}

static void href(void **state) {
    (void)state;
    check(escape_href, "https://a.example/x?y=1&z=2", "https://a.example/x?y=1&amp;z=2");
    check(escape_href, "models/x/index.html#top", "models/x/index.html#top");
    check(escape_href, "mailto:a@b.example", "mailto:a@b.example");
    check(escape_href, "javascript:alert(1)", "#");
    check(escape_href, "JaVaScRiPt:alert(1)", "#");
    check(escape_href, "java\nscript:alert(1)", "#");
    check(escape_href, " javascript:alert(1)", "#");
    check(escape_href, "data:text/html,x", "#");
    check(escape_href, "vbscript:x", "#");
    check(escape_href, "//evil.example", "#");
    check(escape_href, "/\\evil.example", "#");
    check(escape_href, ":x", "#");
    check(escape_href, "a b\"c", "a%20b%22c");
    check(escape_href, "x/a:b", "x/a:b");
}

static void site_href(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"models/x/", "../../models/x/index.html"},
        {"", "../../index.html"},
        {"models/x/#prices", "../../models/x/index.html#prices"},
        {"a.csv", "../../a.csv"},
        {"#here", "#here"},
        {"https://a.example/", "https://a.example/"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = BUF_INIT;
        escape_site_href(&out, STR("../../"), str_of(cases[i][0]));
        assert_string_equal(buf_text(&out), cases[i][1]);
        buf_free(&out);
    }
}

static void json_and_csv(void **state) {
    (void)state;
    check(escape_json, "a\"b\\c\n\t</script>", "a\\\"b\\\\c\\n\\u0009\\u003c/script>");
    check(escape_csv, "plain", "plain");
    check(escape_csv, "a,\"b\"", "\"a,\"\"b\"\"\"");
    check(escape_csv, "two\nlines", "\"two\nlines\"");
    check(escape_csv, "=1+1", "'=1+1");
    check(escape_csv, "@x,y", "\"'@x,y\"");
    check(escape_csv, "\n=1+1", "\"'\n=1+1\"");
}

/* Nothing behind a slice is looked at, not even for what it needs to be spelled like. */
static void slices(void **state) {
    (void)state;
    static const struct {
        void (*escape)(struct buf *, struct str);
        const char *text;
        size_t n;
        const char *expected;
    } cases[] = {{escape_csv_slice, "a,b", 1, "a"},
                 {escape_csv_slice, "a,b", 3, "\"a,b\""},
                 {escape_csv_slice, "a b ", 3, "a b"},
                 {escape_csv_slice, "=1", 0, ""},
                 {escape_json_slice, "0123456789abcdefgh\"", 18, "0123456789abcdefgh"},
                 {escape_json_slice, "0123456789abcdefgh\"", 19, "0123456789abcdefgh\\\""},
                 {escape_text_slice, "a<", 1, "a"},
                 {escape_attribute_slice, "a\"<", 2, "a&quot;"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = BUF_INIT;
        cases[i].escape(&out, (struct str){cases[i].text, cases[i].n});
        assert_string_equal(buf_text(&out), cases[i].expected);
        buf_free(&out);
    }
}

static char *markdown(const char *text, size_t n, const char *code) {
    static char result[2048];
    struct buf out = BUF_INIT;
    struct diags *diags = diags_new();
    bool good = markdown_put(&out, text, n, 2, "../", (struct place){"t.md", 0, 0}, diags);
    assert_int_equal(good, code == NULL);
    if (code) {
        assert_string_equal(diags_get(diags, 0)->code, code);
        assert_int_equal(out.len, 0);
    }
    assert_true(out.len < sizeof result);
    memcpy(result, buf_text(&out), out.len + 1);
    buf_free(&out);
    diags_free(diags);
    return result;
}

static void check_markdown(const char *text, const char *expected) {
    assert_string_equal(markdown(text, strlen(text), NULL), expected);
}

static void markdown_is_safe(void **state) {
    (void)state;
    check_markdown("# How it *works*\n",
                   "<h2 id=\"how-it-works\">\nHow it <em>works</em>\n</h2>\n");
    check_markdown("# Same\n\n## Same\n\n## Same-2\n\n## \xE4\xBE\xA1\n\n## \xE6\xA0\xBC\n",
                   "<h2 id=\"same\">\nSame\n</h2>\n<h3 id=\"same-2\">\nSame\n</h3>\n"
                   "<h3 id=\"same-2-3\">\nSame-2\n</h3>\n<h3 id=\"x\">\n\xE4\xBE\xA1\n</h3>\n"
                   "<h3 id=\"x-5\">\n\xE6\xA0\xBC\n</h3>\n");
    check_markdown("<script>x</script>\n", "<!-- raw HTML omitted -->\n");
    check_markdown("[a](javascript:x)\n", "<p><a href=\"#\">a</a></p>\n");
    check_markdown("[a](method/#kv)\n", "<p><a href=\"../method/index.html#kv\">a</a></p>\n");
    check_markdown("![a *cat*](https://x.example/c.png)\n", "<p>a cat</p>\n");
    check_markdown("- a\n- b\n\n---\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<hr />\n");
}

/* 16,384 headings of one name take no hours. */
static void many_headings_of_one_name(void **state) {
    (void)state;
    struct buf text = BUF_INIT, out = BUF_INIT;
    while (text.len < MARKDOWN_MAX_BYTES)
        buf_puts(&text, "# a\n");
    assert_true(markdown_put(&out, text.data, text.len, 2, "", (struct place){0}, NULL));
    assert_non_null(strstr(buf_text(&out), "id=\"a-16384\""));
    buf_free(&text);
    buf_free(&out);
}

static void too_deep_is_said_where(void **state) {
    (void)state;
    struct diags *diags = diags_new();
    struct buf out = BUF_INIT, text = BUF_INIT;
    buf_puts(&text, "# a\n\n");
    for (int i = 0; i < 33; i++)
        buf_puts(&text, "> ");
    buf_puts(&text, "x\n");
    assert_false(
        markdown_put(&out, text.data, text.len, 2, "", (struct place){"t.md", 0, 0}, diags));
    assert_string_equal(diags_get(diags, 0)->code, "markdown-nesting");
    assert_int_equal(diags_get(diags, 0)->place.line, 3);
    buf_free(&text);
    buf_free(&out);
    diags_free(diags);
}

static void markdown_is_bounded(void **state) {
    (void)state;
    static char hostile[MARKDOWN_MAX_BYTES + 1];
    static const char *const units[] = {">", "> ", "1. ", "- a\n  "};
    for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
        size_t n = 0;
        while (n + 8 < 60000)
            for (const char *p = units[k]; *p; p++)
                hostile[n++] = *p;
        if (k == 3) { /* each line one item deeper */
            n = 0;
            for (size_t depth = 0; depth < 100; depth++) {
                memset(hostile + n, ' ', depth * 2);
                n += depth * 2;
                memcpy(hostile + n, "- a\n", 4);
                n += 4;
            }
        } else {
            hostile[n++] = 'x';
        }
        markdown(hostile, n, "markdown-nesting");
    }
    memset(hostile, 'a', sizeof hostile);
    markdown(hostile, sizeof hostile, "markdown-size");
    markdown("\xff", 1, "markdown-utf8");
    size_t n = 0;
    for (; n < 20001; n++) /* emphasis is nesting without block markers */
        hostile[n] = n == 10000 ? 'a' : n % 2 ? '*' : '_';
    struct buf out = BUF_INIT;
    markdown_put(&out, hostile, n, 2, "", (struct place){0}, NULL);
    buf_free(&out);
}

/* A byte that has another spelling in a context is found there at any place of any short text. */
static void short_texts(void **state) {
    static const unsigned contexts[] = {IN_TEXT, IN_ATTRIBUTE,    IN_JSON,   IN_CSV,
                                        IN_HREF, REFUSED_IN_HREF, PARTS_HREF};
    (void)state;
    for (size_t c = 0; c < sizeof contexts / sizeof *contexts; c++)
        for (int byte = 0; byte < 256; byte++)
            for (size_t n = 1; n <= FEW_MAX; n++)
                for (size_t at = 0; at < n; at++) {
                    char text[FEW_MAX], out[FEW_MAX];
                    memset(text, 'a', sizeof text);
                    text[at] = (char)byte;
                    if (put_few(out, text, n, contexts[c])) {
                        assert_false(escape_special[byte] & contexts[c]);
                        assert_memory_equal(out, text, n);
                    }
                }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_attribute),
        cmocka_unit_test(markdown_text),
        cmocka_unit_test(href),
        cmocka_unit_test(site_href),
        cmocka_unit_test(json_and_csv),
        cmocka_unit_test(slices),
        cmocka_unit_test(short_texts),
        cmocka_unit_test(markdown_is_safe),
        cmocka_unit_test(many_headings_of_one_name),
        cmocka_unit_test(too_deep_is_said_where),
        cmocka_unit_test(markdown_is_bounded),
    };
    return cmocka_run_group_tests_name("render_escape", tests, NULL, NULL);
}
