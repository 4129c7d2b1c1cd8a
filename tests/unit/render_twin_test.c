/* The twins of a page: CSV and JSON carry the figures, raw and shown, and where they come from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "read/json.h"
#include "render_sample.h"

static const struct column columns[] = {
    {.key = "name", .head = "Name"},
    {.key = "usd", .head = "$", .numeric = true},
    {.key = "bytes", .head = "Memory", .unit = "GB", .numeric = true},
};

static const struct value cells[] = {
    {.kind = VALUE_TEXT, .text = "=cmd, \"x\""},
    {.kind = VALUE_NUMBER,
     .text = "$1,230",
     .number = 1234.5,
     .has_provenance = true,
     .provenance = FROM_MEASURED,
     .source = "a list, 2026-10-10"},
    {.kind = VALUE_NUMBER, .text = "141 GB", .number = 141.1e9},
    {.kind = VALUE_TEXT, .text = "plain"},
    {.kind = VALUE_MISSING, .text = "no price", .reason = "no-price"},
    {.kind = VALUE_NUMBER, .text = "45 %", .number = 0.45},
};

static const struct table table = {
    .caption = "C", .columns = columns, .column_count = 3, .cells = cells, .row_count = 2};

static void csv(void **state) {
    (void)state;
    struct buf out = BUF_INIT;
    render_table_csv(&table, NULL, &out);
    assert_string_equal(buf_text(&out),
                        "name,usd,usd_raw,usd_provenance,usd_source,usd_reason,bytes\r\n"
                        "\"'=cmd, \"\"x\"\"\",1230,1234.5,measured,\"a list, 2026-10-10\",,"
                        "141100000000\r\n"
                        "plain,,,,,no-price,0.45\r\n");
    buf_free(&out);
}

static const struct json *parse(struct arena *arena, struct buf *out) {
    struct diags *diags = diags_new();
    const struct json *root = json_parse(arena, "out", out->data, out->len, diags);
    assert_int_equal(diags_count(diags), 0);
    assert_non_null(root);
    diags_free(diags);
    return root;
}

static void json_of_a_table(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct buf out = BUF_INIT;
    render_table_json(&table, NULL, &out);
    const struct json *root = parse(arena, &out), *rows = json_get(root, "rows");
    assert_int_equal(json_get(root, "columns")->count, 3);
    assert_int_equal(rows->count, 2);
    const struct json *usd = json_get(rows->items[0], "usd");
    assert_true(json_get(usd, "value")->number == 1234.5);
    assert_string_equal(json_get(usd, "shown")->string, "$1,230");
    const struct json *column = json_get(root, "columns")->items[1]; /* all its figures agree */
    assert_string_equal(json_get(column, "provenance")->string, "measured");
    assert_string_equal(json_get(column, "source")->string, "a list, 2026-10-10");
    assert_null(json_get(usd, "provenance"));
    usd = json_get(rows->items[1], "usd");
    assert_int_equal(json_get(usd, "value")->kind, JSON_NULL);
    assert_string_equal(json_get(usd, "reason")->string, "no-price");
    buf_free(&out);
    arena_free(arena);
}

static void json_of_a_page(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct page *page = sample_page(arena);
    struct site_context site = sample_site();
    struct buf out = BUF_INIT;
    render_page_json(&site, page, &out);
    const struct json *root = parse(arena, &out), *blocks = json_get(root, "blocks");
    assert_string_equal(json_get(root, "url")->string, "https://tally.example/models/llama/h200/");
    assert_string_equal(json_get(root, "fingerprint")->string, "0123456789abcdef");
    assert_int_equal(blocks->count, page->block_count);
    const struct json *chart = json_get(blocks->items[2], "table"); /* 9 points, 2 series */
    assert_int_equal(json_get(chart, "rows")->count, 9);
    const struct json *offers = json_get(blocks->items[3], "table"); /* has files of its own */
    assert_string_equal(json_get(offers, "json")->string, "platforms.json");
    assert_string_equal(json_get(offers, "csv")->string, "platforms.csv");
    assert_true(json_get(offers, "row_count")->number == (double)page->blocks[3].table->row_count);
    assert_null(json_get(offers, "rows"));
    buf_free(&out);
    render_twin_path(page, NULL, "json", &out);
    assert_string_equal(buf_text(&out), "models/llama/h200/index.json");
    buf_reset(&out);
    render_twin_path(page, &page->blocks[3], "csv", &out);
    assert_string_equal(buf_text(&out), "models/llama/h200/platforms.csv");
    buf_free(&out);
    arena_free(arena);
}

/* A table with a column of dates is a feed, wherever the column stands. */
static void feed_of_a_table(void **state) {
    (void)state;
    static const struct column dated[][3] = {{{.key = "date", .head = "Date"},
                                              {.key = "at", .head = "Platform"},
                                              {.key = "x", .head = "After"}},
                                             {{.key = "at", .head = "Platform"},
                                              {.key = "date", .head = "Date"},
                                              {.key = "x", .head = "After"}},
                                             {{.key = "at", .head = "Platform"},
                                              {.key = "x", .head = "After"},
                                              {.key = "date", .head = "Date"}}};
    for (size_t date = 0; date < 3; date++) {
        struct value moves[3];
        moves[date] = (struct value){.kind = VALUE_TEXT, .text = "2026-10-09"};
        moves[date == 0] = (struct value){.kind = VALUE_TEXT, .text = "A & B"};
        moves[date == 2 ? 1 : 2] =
            (struct value){.kind = VALUE_NUMBER, .text = "$2.50", .number = 2.5};
        const struct table table_of_moves = {
            .columns = dated[date], .column_count = 3, .cells = moves, .row_count = 1};
        const struct block block = {.name = "moves", .kind = BLOCK_TABLE, .table = &table_of_moves};
        const struct page page = {.path = "changes/index.html",
                                  .template = "changes",
                                  .blocks = &block,
                                  .block_count = 1};
        struct site_context site = sample_site();
        struct buf out = BUF_INIT;
        assert_true(render_page_feed(&site, &page, &out));
        assert_non_null(strstr(buf_text(&out), "#2026-10-09-platform-a-b-after-2.50</id>"));
        assert_non_null(strstr(buf_text(&out), "<title>A &amp; B, $2.50</title>"));
        assert_non_null(
            strstr(buf_text(&out), "<summary>Platform A &amp; B, After $2.50</summary>"));
        buf_free(&out);
    }
}

static const char *path_of(const void *context, size_t index, struct arena *arena) {
    (void)arena;
    return ((const char *const *)context)[index];
}

static void feeds(void **state) {
    (void)state;
    struct site_context site = sample_site();
    struct buf out = BUF_INIT;
    const char *const paths[] = {"index.html", "models/a&b/index.html", "404.html"};
    render_sitemap(&site, &(struct page_list){.count = 3, .context = paths, .path = path_of}, &out);
    assert_non_null(strstr(buf_text(&out), "<loc>https://tally.example/</loc>"));
    assert_non_null(strstr(buf_text(&out), "<loc>https://tally.example/models/a&amp;b/</loc>"));
    assert_non_null(strstr(buf_text(&out), "<lastmod>2026-10-10</lastmod>"));
    buf_reset(&out);
    const struct feed_entry entry = {"changes/index.html", "h200-price", "H200 < before",
                                     "Down 12 %", "2026-10-09"};
    render_feed(&site, &entry, 1, &out);
    assert_non_null(strstr(buf_text(&out), "<id>https://tally.example/changes/#h200-price</id>"));
    assert_non_null(strstr(buf_text(&out), "<title>H200 &lt; before</title>"));
    assert_non_null(strstr(buf_text(&out), "<updated>2026-10-09T00:00:00Z</updated>"));
    buf_reset(&out);
    render_robots(&site, &out);
    assert_string_equal(buf_text(&out),
                        "User-agent: *\nAllow: /\nSitemap: https://tally.example/sitemap.xml\n");
    buf_reset(&out);
    site.base_url = "";
    render_robots(&site, &out);
    assert_string_equal(buf_text(&out), "User-agent: *\nAllow: /\n");
    buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv),
        cmocka_unit_test(json_of_a_table),
        cmocka_unit_test(json_of_a_page),
        cmocka_unit_test(feeds),
        cmocka_unit_test(feed_of_a_table),
    };
    return cmocka_run_group_tests_name("render_twin", tests, NULL, NULL);
}
