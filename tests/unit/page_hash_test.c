/* The hash of what a page says has every member of all that a page is made of, and moves with it.
 */
#include "page/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "struct_members.h"

/* What is made of the hash, is told by what stands beside it, or says nothing. */
static bool is_left_out(const char *type, const char *name) {
    return (strcmp(type, "page") == 0 &&
            (strcmp(name, "fingerprint") == 0 || strcmp(name, "table_hashes") == 0 ||
             strcmp(name, "ticks") == 0)) ||
           (strcmp(type, "value") == 0 && strcmp(name, "length") == 0);
}

static void every_member_is_in_it(void **state) {
    (void)state;
    static const struct {
        const char *file, *type;
    } structs[] = {{"src/page/page.h", "value"},          {"src/page/page.h", "column"},
                   {"src/page/page.h", "table"},          {"src/page/page.h", "figure"},
                   {"src/page/page.h", "formula_line"},   {"src/page/page.h", "link"},
                   {"src/page/page.h", "block"},          {"src/page/page.h", "scalar"},
                   {"src/page/page.h", "page"},           {"src/chart/chart.h", "chart_axis"},
                   {"src/chart/chart.h", "chart_series"}, {"src/chart/chart.h", "chart"}};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof structs / sizeof *structs; i++) {
        const char *type = structs[i].type;
        struct members members = members_of(arena, structs[i].file, type);
        const char *body =
            body_of(arena, "src/page/page_hash.c",
                    arena_printf(arena, "\nstatic void put_%s(struct hasher *h", type), "\n}\n");
        for (size_t k = 0; k < members.count; k++) {
            const char *name = members.names[k];
            size_t n = strlen(name);
            const char *at = body;
            /* "->name", and not a longer name. */
            while ((at = strstr(at, arena_printf(arena, "->%s", name))) &&
                   (at[n + 2] == '_' || (at[n + 2] >= 'a' && at[n + 2] <= 'z')))
                at++;
            if (!at && !is_left_out(type, name))
                fail_msg("put_%s has no '%s'", type, name);
        }
    }
    arena_free(arena);
}

static uint64_t hash_of(struct arena *arena, struct page *page) {
    page_hash(page, arena);
    return page->fingerprint;
}

static void it_moves_with_what_is_said(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct value cells[] = {{.kind = VALUE_TEXT, .text = "a"}, {.kind = VALUE_TEXT, .text = "bc"}};
    static const struct column columns[] = {{"k", "Head", NULL, false, false}};
    struct table table = {.columns = columns, .column_count = 1, .cells = cells, .row_count = 2};
    const double x[] = {1, 2}, y[] = {3, 4};
    struct chart_series series = {.name = "s", .x = x, .y = y, .count = 2};
    struct chart chart = {.id = "c", .title = "t", .series = &series, .series_count = 1};
    struct block blocks[] = {{.name = "one", .kind = BLOCK_TABLE, .table = &table, .chart = &chart},
                             {.name = "two", .kind = BLOCK_TEXT, .text = "said"}};
    struct page page = {
        .path = "p", .template = "t", .title = "T", .blocks = blocks, .block_count = 2};
    uint64_t first = hash_of(arena, &page), first_table = page.table_hashes[0];
    assert_true(first == hash_of(arena, &page)); /* its own fingerprint is not in it */
    assert_true(page.table_hashes[1] == 0 && first_table != 0);
    blocks[1].text = "Said";
    uint64_t second = hash_of(arena, &page);
    assert_true(first != second && page.table_hashes[0] == first_table);
    cells[0].text = "ab"; /* what one cell loses the next may not gain */
    cells[1].text = "c";
    uint64_t third = hash_of(arena, &page);
    assert_true(second != third && page.table_hashes[0] != first_table);
    cells[0].length = 2; /* known or not, it is the same text */
    assert_true(third == hash_of(arena, &page));
    cells[1].reason = "no-price"; /* why one is missing, and a heading, are said, too */
    uint64_t why = hash_of(arena, &page);
    blocks[0].heading = "Heading";
    uint64_t headed = hash_of(arena, &page);
    blocks[0].heading = "";
    assert_true(why != third && headed != why && headed != hash_of(arena, &page));
    cells[1].reason = blocks[0].heading = NULL;
    assert_true(third == hash_of(arena, &page));
    series.y = x;
    uint64_t fourth = hash_of(arena, &page);
    assert_true(third != fourth);
    char *longest = arena_alloc(arena, 10001); /* more than is hashed at once */
    memset(longest, 'l', 10000);
    page.description = longest;
    uint64_t fifth = hash_of(arena, &page);
    longest[9999] = 'm';
    assert_true(fourth != fifth && fifth != hash_of(arena, &page));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_in_it),
        cmocka_unit_test(it_moves_with_what_is_said),
    };
    return cmocka_run_group_tests_name("page/hash", tests, NULL, NULL);
}
