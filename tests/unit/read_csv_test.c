/* CSV: places, refusals, and the outside conformance cases where they are present. */
#include "cpu_time.h"

#include "reading.h"

#include "base/buf.h"
#include "base/fs.h"
#include "read/csv.h"
#include "read/json.h"

#define CASES "../shared/conformance/csv"

static struct csv_table *parse(struct fixture *f, const char *text) {
    return csv_read(f->arena, "t.csv", text, strlen(text), f->diags);
}

static void expect_diag(struct fixture *f, size_t i, const char *code, unsigned line,
                        unsigned column) {
    const struct diag *d = diags_get(f->diags, i);
    assert_string_equal(d->code, code);
    assert_int_equal(d->place.line, line);
    assert_int_equal(d->place.column, column);
}

static void test_places(void **state) {
    struct fixture *f = *state;
    struct csv_table *t =
        parse(f, "\xEF\xBB\xBF"
                 "a,b\r\n1, x \r\n\r\n\"two\nlines\",\xC3\xA9\r\n\xC3\xA9,9\r\n5,");
    assert_non_null(t);
    assert_int_equal(diags_count(f->diags), 0);
    assert_int_equal(t->row_count, 4);
    assert_int_equal(csv_column(t, "b"), 1);
    assert_int_equal(csv_column(t, "B"), -1);
    assert_int_equal(t->header_places[1].column, 3);
    assert_string_equal(csv_at(t, 0, 1)->text, "x");
    assert_string_equal(csv_at(t, 1, 0)->text, "two\nlines");
    assert_int_equal(csv_at(t, 1, 0)->place.line, 4);
    assert_int_equal(csv_at(t, 1, 1)->place.line, 5);
    assert_int_equal(csv_at(t, 1, 1)->place.column, 8);
    assert_int_equal(csv_at(t, 2, 1)->place.line, 6);
    assert_int_equal(csv_at(t, 2, 1)->place.column, 3);
    assert_string_equal(csv_at(t, 3, 1)->text, "");
    assert_int_equal(csv_at(t, 3, 1)->place.column, 3);
    assert_string_equal(csv_at(t, 0, -1)->text, "");
}

/* Cells and their places do not depend on what ends the line: a quoted cell, or nothing. */
static void test_line_ends(void **state) {
    static const char *const lines[] = {"1,two,3", "  1 , two  ,", ",,",
                                        "x,, y z", "a b, ,~",      "-,+,."};
    struct fixture *f = *state;
    struct buf plain = BUF_INIT, quoted = BUF_INIT;
    buf_puts(&plain, "a,b,c\r\n");
    buf_puts(&quoted, "a,b,c,\"d\"\r\n");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        buf_printf(&plain, "%s%s", lines[i], i % 2 ? "\r\n" : "\n");
        buf_printf(&quoted, "%s,\"q\"%s", lines[i], i % 2 ? "\r\n" : "\n");
    }
    struct csv_table *a = parse(f, buf_text(&plain)), *b = parse(f, buf_text(&quoted));
    assert_int_equal(diags_count(f->diags), 0);
    assert_int_equal(a->row_count, sizeof lines / sizeof *lines);
    assert_int_equal(b->row_count, a->row_count);
    for (size_t row = 0; row < a->row_count; row++)
        for (int i = 0; i < 3; i++) {
            assert_string_equal(csv_at(a, row, i)->text, csv_at(b, row, i)->text);
            assert_int_equal(csv_at(a, row, i)->place.line, csv_at(b, row, i)->place.line);
            assert_int_equal(csv_at(a, row, i)->place.column, csv_at(b, row, i)->place.column);
        }
    buf_free(&plain);
    buf_free(&quoted);
}

/* Wrong rows are named and left out; the rows after them are read. */
static void test_wrong_rows(void **state) {
    struct fixture *f = *state;
    struct csv_table *t = parse(
        f, "a,b\n1,2\n3\n4,5,6\n7,x\"y\n8,\"q\"z,\n9,\xFF\n10,\x01\n11,12\n13,\"open\n14,15\n");
    assert_non_null(t);
    assert_int_equal(t->row_count, 2);
    assert_string_equal(csv_at(t, 1, 1)->text, "12");
    assert_int_equal(diags_count(f->diags), 7);
    expect_diag(f, 0, "csv-columns", 3, 1);
    expect_diag(f, 1, "csv-columns", 4, 1);
    expect_diag(f, 2, "csv-syntax", 5, 3);
    expect_diag(f, 3, "csv-syntax", 6, 3);
    expect_diag(f, 4, "csv-utf8", 7, 3);
    expect_diag(f, 5, "csv-control", 8, 4);
    expect_diag(f, 6, "csv-syntax", 10, 4);
}

static void test_wrong_headers(void **state) {
    struct fixture *f = *state;
    assert_null(parse(f, ""));
    assert_null(parse(f, "\n\r\n"));
    assert_null(parse(f, "a,b,a\n1,2,3\n"));
    assert_null(parse(f, "a,b\"c\n1,2\n"));
    expect_diag(f, 0, "csv-empty", 1, 1);
    expect_diag(f, 1, "csv-empty", 1, 1);
    expect_diag(f, 2, "csv-duplicate-column", 1, 5);
    expect_diag(f, 3, "csv-syntax", 1, 3);
    assert_int_equal(diags_count(f->diags), 4);
    assert_null(csv_read(f->arena, "t.csv", "", CSV_MAX_BYTES + 1, f->diags));
    expect_diag(f, 4, "csv-size", 0, 0);
}

static void compare_case(struct csv_table *t, const struct json *rows, const char *name) {
    if (!t || t->row_count != rows->count) {
        fail_msg("%s: other number of rows", name);
        return;
    }
    for (size_t i = 0; i < rows->count; i++) {
        const struct json *row = rows->items[i];
        assert_int_equal(row->count, t->column_count);
        for (size_t j = 0; j < row->count; j++) {
            int column = csv_column(t, row->keys[j]);
            assert_string_equal(csv_at(t, i, column)->text, row->items[j]->string);
        }
    }
}

/* The csv-spectrum cases; one has bare quotes inside a cell, which RFC 4180 does not allow. */
static void test_conformance(void **state) {
    struct fixture *f = *state;
    if (!fs_is_dir(CASES, NULL)) {
        print_message("skipped: no ../shared\n");
        skip();
    }
    const char **names;
    size_t count;
    assert_true(fs_list(f->arena, CASES "/csvs", false, f->diags, &names, &count));
    assert_int_equal(count, 12);
    for (size_t i = 0; i < count; i++) {
        const char *csv, *json;
        size_t csv_n, json_n;
        int stem = (int)strlen(names[i]) - 4;
        assert_true(fs_read(f->arena, arena_printf(f->arena, CASES "/csvs/%s", names[i]), 1 << 20,
                            f->diags, &csv, &csv_n));
        assert_true(fs_read(f->arena,
                            arena_printf(f->arena, CASES "/json/%.*s.json", stem, names[i]),
                            1 << 20, f->diags, &json, &json_n));
        size_t before = diags_count(f->diags);
        struct csv_table *t = csv_read(f->arena, names[i], csv, csv_n, f->diags);
        if (strcmp(names[i], "location_coordinates.csv") == 0) {
            assert_int_equal(diags_count(f->diags), before + 1);
            expect_diag(f, before, "csv-syntax", 2, 12);
            continue;
        }
        assert_int_equal(diags_count(f->diags), before);
        compare_case(t, json_parse(f->arena, names[i], json, json_n, f->diags), names[i]);
    }
}

static void test_many_rows(void **state) {
    struct fixture *f = *state;
    enum { ROWS = 100000 };
    char *text = malloc(ROWS * 60 + 20), *end = text + sprintf(text, "a,b,c,d\n");
    for (int i = 0; i < ROWS; i++) {
        end += sprintf(end, "platform-%d,\"H100, SXM\",8,%d.5\n", i, i);
    }
    double start = cpu_seconds();
    struct csv_table *t = parse(f, text);
    assert_int_equal(t->row_count, ROWS);
    assert_true(cpu_seconds() - start < 5);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_places, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_line_ends, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_rows, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_headers, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_conformance, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_many_rows, reading_set_up, reading_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
