/* Mustache: the specification's core modules, diagnostics, and templates made to hurt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/fs.h"
#include "mustache_json.h"

static const char *string_of(const struct json *object, const char *key) {
    const struct json *value = json_get(object, key);
    return value ? value->string : "";
}

static bool always(const struct mustache_name *name) {
    return name != NULL;
}

static bool renders(const struct mustache_set *set, struct mustache_value data,
                    const char *expected, struct buf *out) {
    buf_reset(out);
    return mustache_render(mustache_find(set, ""), data, out) &&
           strcmp(buf_text(out), expected) == 0;
}

/* As it is, and with all that can be put in at once. */
static unsigned run_case(const char *module, const struct json *test) {
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct mustache_set *set = mustache_set_new(arena);
    struct buf out = BUF_INIT;
    const char *template = string_of(test, "template"), *expected = string_of(test, "expected");
    bool good = mustache_add(set, "", "case", template, strlen(template), diags);
    const struct json *partials = json_get(test, "partials");
    for (size_t i = 0; partials && i < partials->count; i++) {
        const char *text = partials->items[i]->string;
        good &= mustache_add(set, partials->keys[i], "partial", text, strlen(text), diags);
    }
    good &= mustache_link(set, NULL);
    struct mustache_value data = value_of(json_get(test, "data"));
    good = good && renders(set, data, expected, &out) &&
           renders(mustache_fold(arena, set, data, always), data, expected, &out);
    if (!good)
        print_error("%s: %s\n expected %s\n rendered %s\n", module, string_of(test, "name"),
                    expected, buf_text(&out));
    buf_free(&out);
    diags_free(diags);
    arena_free(arena);
    return !good;
}

static void specification(void **state) {
    (void)state;
    static const char *const modules[] = {"comments", "delimiters", "interpolation",
                                          "inverted", "partials",   "sections"};
    if (!fs_is_dir("../shared/conformance/mustache", NULL)) {
        print_message("skipped: no ../shared\n");
        skip();
    }
    unsigned cases = 0, failures = 0;
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new();
        spare = arena;
        const char *text = NULL;
        size_t n = 0;
        char *path = arena_printf(arena, "../shared/conformance/mustache/%s.json", modules[i]);
        assert_true(fs_read(arena, path, JSON_MAX_BYTES, diags, &text, &n));
        const struct json *root = json_parse(arena, path, text, n, diags);
        assert_non_null(root);
        const struct json *tests = json_get(root, "tests");
        for (size_t k = 0; k < tests->count; k++, cases++)
            failures += run_case(modules[i], tests->items[k]);
        diags_free(diags);
        arena_free(arena);
    }
    print_message("%u cases of the specification\n", cases);
    assert_true(cases > 100);
    assert_int_equal(failures, 0);
}

/* A template alone, with {"list": [1, 2], "text": "<&>\""} as its data. */
static char *render(const char *template, struct diags *diags, struct arena *arena, bool *whole) {
    static const char data[] = "{\"list\": [1, 2], \"text\": \"<&>\\\"\", \"empty\": \"\"}";
    struct mustache_set *set = mustache_set_new(arena);
    struct buf out = BUF_INIT;
    spare = arena;
    bool good = mustache_add(set, "t", "t.mustache", template, strlen(template), diags);
    good = mustache_link(set, diags) && good;
    const struct json *root = json_parse(arena, "data", data, strlen(data), diags);
    if (good)
        *whole = mustache_render(mustache_find(set, "t"), value_of(root), &out);
    char *text = arena_copy(arena, buf_text(&out), out.len);
    buf_free(&out);
    return text;
}

static void diagnostics(void **state) {
    (void)state;
    static const struct {
        const char *template, *code;
        unsigned line, column;
    } cases[] = {
        {"a\n  {{#list}}", "template-unclosed-section", 2, 3},
        {"{{#list}}{{/text}}", "template-stray-close", 1, 10},
        {"x {{/text}}", "template-stray-close", 1, 3},
        {"\n\n{{text", "template-unclosed-tag", 3, 1},
        {"{{{text}}", "template-unclosed-tag", 1, 1},
        {"{{>nowhere}}", "template-unknown-partial", 1, 1},
        {"{{}}", "template-empty-tag", 1, 1},
        {"{{=<%=}}", "template-delimiter", 1, 1},
        {" {{>t}}", "template-recursion", 1, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new();
        bool whole;
        render(cases[i].template, diags, arena, &whole);
        assert_true(diags_count(diags) >= 1);
        const struct diag *diag = diags_get(diags, 0);
        assert_string_equal(diag->code, cases[i].code);
        assert_string_equal(diag->place.file, "t.mustache");
        assert_int_equal(diag->place.line, cases[i].line);
        assert_int_equal(diag->place.column, cases[i].column);
        diags_free(diags);
        arena_free(arena);
    }
}

static void all_findings_of_one_template(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    bool whole;
    render("{{}} {{>a}} {{>b}} {{/c}} {{#d}}", diags, arena, &whole);
    assert_int_equal(diags_count(diags), 5);
    diags_free(diags);
    arena_free(arena);
}

static void bombs(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct buf template = BUF_INIT;
    bool whole = true;
    for (int i = 0; i < 8; i++) /* 2^(8*4) visits without one byte of output */
        buf_puts(&template, "{{#list}}{{#list}}{{#list}}{{#list}}");
    for (int i = 0; i < 32; i++)
        buf_puts(&template, "{{/list}}");
    render(buf_text(&template), diags, arena, &whole);
    assert_int_equal(diags_count(diags), 0);
    assert_false(whole);
    buf_reset(&template);
    for (int i = 0; i < 5000; i++)
        buf_puts(&template, "{{#list}}");
    render(buf_text(&template), diags, arena, &whole);
    assert_string_equal(diags_get(diags, 0)->code, "template-nesting");
    buf_reset(&template);
    for (int i = 0; i < 40000; i++)
        buf_puts(&template, "{{text}}");
    diags_free(diags);
    diags = diags_new();
    render(buf_text(&template), diags, arena, &whole);
    assert_string_equal(diags_get(diags, 0)->code, "template-size");
    buf_free(&template);
    diags_free(diags);
    arena_free(arena);
}

static void endless_partial_stops(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct mustache_set *set = mustache_set_new(arena);
    struct buf out = BUF_INIT;
    assert_true(mustache_add(set, "t", "t", "x{{>t}}", 7, diags));
    assert_true(mustache_link(set, NULL));
    assert_false(mustache_render(mustache_find(set, "t"), (struct mustache_value){0}, &out));
    assert_true(out.len <= MUSTACHE_MAX_DEPTH + 1);
    buf_free(&out);
    diags_free(diags);
    arena_free(arena);
}

/* Names in sections are asked of what is there; the others as they were when it was folded. */
static void folding_puts_in_what_is_fixed(void **state) {
    (void)state;
    static const char first[] = "{\"a\": 1, \"in\": {\"a\": 2}}",
                      then[] = "{\"a\": 3, \"in\": {\"b\": 4}}";
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct mustache_set *set = mustache_set_new(arena);
    struct buf out = BUF_INIT;
    spare = arena;
    assert_true(mustache_add(set, "", "t", "{{a}}{{>p}} {{#in}}{{a}}{{>p}}{{/in}}.", 38, diags));
    assert_true(mustache_add(set, "p", "p", "[{{a}}]", 7, diags));
    assert_true(mustache_link(set, diags));
    struct mustache_value was = value_of(json_parse(arena, "", first, strlen(first), diags)),
                          is = value_of(json_parse(arena, "", then, strlen(then), diags));
    const struct mustache_set *folded = mustache_fold(arena, set, was, always);
    assert_true(renders(folded, was, "1[1] 2[2].", &out));
    assert_true(renders(folded, is, "1[1] 3[3].", &out));
    buf_free(&out);
    diags_free(diags);
    arena_free(arena);
}

static void text_is_escaped_and_empty_text_is_false(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    bool whole = false;
    char *text = render("{{text}} {{{text}}}{{#empty}}no{{/empty}}{{^empty}}!{{/empty}}", diags,
                        arena, &whole);
    assert_true(whole);
    assert_string_equal(text, "&lt;&amp;&gt;&quot; <&>\"!");
    diags_free(diags);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specification),
        cmocka_unit_test(diagnostics),
        cmocka_unit_test(all_findings_of_one_template),
        cmocka_unit_test(bombs),
        cmocka_unit_test(endless_partial_stops),
        cmocka_unit_test(folding_puts_in_what_is_fixed),
        cmocka_unit_test(text_is_escaped_and_empty_text_is_false),
    };
    return cmocka_run_group_tests_name("render_mustache", tests, NULL, NULL);
}
