/* A second theme changes brand, order and words without C: tests/theme over the built-in one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "render_sample.h"

static int by_name(const void *left, const void *right) {
    return strcmp(((const struct source_text *)left)->name,
                  ((const struct source_text *)right)->name);
}

/* The files of `over` in place of those of the same name, and those of other names. */
static struct render_sources *overlay(struct arena *arena, const struct render_sources *under,
                                      const struct render_sources *over) {
    struct render_sources *sources = ARENA_NEW(arena, struct render_sources);
    struct source_text *items = ARENA_ARRAY(arena, under->count + over->count, struct source_text);
    size_t count = over->count;
    memcpy(items, over->items, count * sizeof *items);
    for (size_t i = 0; i < under->count; i++)
        if (!render_source(over, under->items[i].name))
            items[count++] = under->items[i];
    qsort(items, count, sizeof *items, by_name);
    *sources = (struct render_sources){items, count};
    return sources;
}

static char *render_with(struct arena *arena, const struct render_sources *sources) {
    struct diags *diags = diags_new();
    struct theme *theme = theme_load(arena, sources, diags);
    assert_int_equal(diags_count(diags), 0);
    assert_non_null(theme);
    struct site_context site = sample_site();
    struct buf out = BUF_INIT;
    render_html(theme, &site, sample_page(arena), &out);
    assert_false(out.overflow);
    char *text = arena_copy(arena, out.data, out.len);
    buf_free(&out);
    diags_free(diags);
    return text;
}

static const char *at(const char *html, const char *needle) {
    const char *place = strstr(html, needle);
    if (!place)
        fail_msg("\"%s\" is not in the page", needle);
    return place;
}

static void brand_order_and_words(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const struct render_sources *own = sample_sources(arena, diags, "tests/theme");
    const struct render_sources *built_in = sample_sources(arena, diags, ".");
    assert_int_equal(diags_count(diags), 0);
    char *plain = render_with(arena, built_in);
    char *brick = render_with(arena, overlay(arena, built_in, own));
    /* order */
    assert_true(at(plain, "id=\"throughput\"") < at(plain, "id=\"platforms\""));
    assert_true(at(brick, "id=\"platforms\"") < at(brick, "id=\"throughput\""));
    assert_true(at(brick, "id=\"platforms\"") < at(brick, "class=\"answer\""));
    /* words and brand */
    at(brick, "Brick &amp; Token price desk");
    at(brick, "How fast it gets");
    at(brick, ">Our method</a>");
    at(brick, "--accent:#9a3216");
    assert_null(strstr(brick, "How each number is made</a>.</p>"));
    assert_null(strstr(plain, "Brick"));
    /* what the theme does not name is still there, once */
    const char *formula = at(brick, "id=\"formula\"");
    assert_null(strstr(formula + 1, "id=\"formula\""));
    at(brick, "<ul class=\"links\">");
    /* and the policy follows the other style */
    assert_int_equal(strncmp(at(plain, "style-src '") + 11, at(brick, "style-src '") + 11, 40) == 0,
                     0);
    diags_free(diags);
    arena_free(arena);
}

/* The built-in theme with another foot. */
static bool foot_shows_fingerprint(struct arena *arena, const char *foot) {
    struct diags *diags = diags_new();
    const struct source_text item = {
        .name = "templates/foot.mustache", .path = "foot", .text = foot, .length = strlen(foot)};
    const struct render_sources own = {&item, 1};
    struct theme *theme =
        theme_load(arena, overlay(arena, sample_sources(arena, diags, "."), &own), diags);
    assert_int_equal(diags_count(diags), 0);
    bool shows = theme_shows_fingerprint(theme);
    diags_free(diags);
    return shows;
}

static void pages_that_show_the_fingerprint_of_all(void **state) {
    (void)state;
    static const char *const do_not[] = {
        "{{fingerprint}}", "{{! {{#site}} site.fingerprint }}{{site.title}}",
        "site.fingerprint #site", "{{^site}}{{fingerprint}}{{/site}}",
        "{{#site.owner}}{{fingerprint}}{{/site.owner}}"};
    static const char *const show[] = {
        "{{site.fingerprint}}", "{{{ site.fingerprint }}}", "{{=<% %>=}}<%#site%><%/site%>",
        "{{#site}}{{> head}}{{/site}}", "{{#site.fingerprint}}x{{/site.fingerprint}}"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof do_not / sizeof *do_not; i++)
        assert_false(foot_shows_fingerprint(arena, do_not[i]));
    for (size_t i = 0; i < sizeof show / sizeof *show; i++)
        assert_true(foot_shows_fingerprint(arena, show[i]));
    arena_free(arena);
}

/* A typing error stands for nothing on every page: it is said, with its place. */
static void names_nobody_supplies_are_said(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    static const char foot[] =
        "{{site.title}}{{block.roofline}}{{#has}}{{roofline}}{{title}}{{/"
        "has}}{{prose.about}}{{.}}\n"
        "{{titel}} {{site.titel}}\n"
        "{{#crumbs}}{{{hre}}}{{/crumbs}}{{#nope}}{{title}}{{/nope}}\n"
        "{{{block.rofline}}} {{^has.rofline}}{{/has.rofline}}{{#block}}{{rofline}}{{/block}} "
        "{{prose.abot}}{{roofline}}";
    static const char gpu[] = "{{>head}}\n{{{block.offers}}}{{{block.roofline}}}{{>foot}}";
    const struct source_text items[] = {
        {.name = "templates/foot.mustache", .path = "foot", .text = foot, .length = strlen(foot)},
        {.name = "templates/gpu.mustache", .path = "gpu", .text = gpu, .length = strlen(gpu)},
        {.name = "templates/modle.mustache", .path = "modle", .text = "", .length = 0},
        {.name = "templates/prose/abuot.md", .path = "abuot", .text = "", .length = 0},
        {.name = "templates/prose/about.md", .path = "about", .text = "A", .length = 1}};
    const struct render_sources own = {items, sizeof items / sizeof *items};
    assert_non_null(
        theme_load(arena, overlay(arena, sample_sources(arena, diags, "."), &own), diags));
    static const struct {
        const char *code, *file;
        unsigned line, column;
    } wanted[] = {
        {"template-unknown-name", "foot", 2, 1},  {"template-unknown-name", "foot", 2, 11},
        {"template-unknown-name", "foot", 3, 12}, {"template-unknown-name", "foot", 3, 32},
        {"template-unknown-name", "foot", 4, 1},  {"template-unknown-name", "foot", 4, 21},
        {"template-unknown-name", "foot", 4, 63}, {"template-unknown-name", "foot", 4, 85},
        {"template-unknown-name", "foot", 4, 99}, {"template-unknown-name", "gpu", 2, 1},
        {"template-unused", "modle", 0, 0},       {"template-unused", "abuot", 0, 0}};
    assert_int_equal(diags_count(diags), sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct diag *d = diags_get(diags, i);
        assert_int_equal(d->level, DIAG_WARNING);
        assert_string_equal(d->code, wanted[i].code);
        assert_string_equal(d->place.file, wanted[i].file);
        assert_int_equal(d->place.line, wanted[i].line);
        assert_int_equal(d->place.column, wanted[i].column);
    }
    diags_free(diags);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(brand_order_and_words),
                                       cmocka_unit_test(names_nobody_supplies_are_said),
                                       cmocka_unit_test(pages_that_show_the_fingerprint_of_all)};
    return cmocka_run_group_tests_name("render_theme", tests, NULL, NULL);
}
