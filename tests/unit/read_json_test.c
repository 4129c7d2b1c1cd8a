/* The strict layer over cJSON: what is refused, where, and what is read. */
#include "cpu_time.h"

#include "reading.h"

#include "read/json.h"

static struct json *parse(struct fixture *f, const char *text) {
    return json_parse(f->arena, "t.json", text, strlen(text), f->diags);
}

static void test_reads_values(void **state) {
    struct fixture *f = *state;
    struct json *v = parse(f, "\xEF\xBB\xBF{\"a\": [1, -2.5e3, 18446744073709551615, true, null],\n"
                              " \"\\u00e9\\ud83d\\ude00\": \"x\\n\"}\n");
    assert_non_null(v);
    assert_int_equal(diags_count(f->diags), 0);
    const struct json *a = json_get(v, "a");
    assert_int_equal(a->count, 5);
    assert_true(a->items[0]->is_integer);
    assert_true(a->items[1]->number == -2500.0 && !a->items[1]->is_integer);
    assert_true(a->items[2]->integer == UINT64_MAX);
    assert_true(json_is_true(a->items[3]));
    assert_int_equal(a->items[4]->kind, JSON_NULL);
    assert_string_equal(json_get_string(v, "\xC3\xA9\xF0\x9F\x98\x80"), "x\n");
    assert_int_equal(v->key_places[1].line, 2);
    assert_int_equal(v->key_places[1].column, 2);
    assert_int_equal(a->items[1]->place.column, 11);
    assert_null(json_get(v, "A"));
    assert_true(isnan(json_get_number(v, "a")));
}

/* Longer than cJSON's own number buffer, and correctly rounded. */
static void test_numbers_are_ours(void **state) {
    struct fixture *f = *state;
    struct json *v = parse(f, "[0.1000000000000000000000000000000000000000000000000000000000000000"
                              "00000000001, 9007199254740993, 1E-7, -0]");
    assert_non_null(v);
    assert_true(v->items[0]->number == 0.1);
    assert_true(v->items[1]->integer == 9007199254740993u);
    assert_true(v->items[2]->number == 1e-7);
    assert_true(v->items[3]->number == 0 && v->items[3]->integer == 0);
}

/* Each escape, with text before, between and behind; nothing after the value is looked at. */
static void test_escapes(void **state) {
    struct fixture *f = *state;
    const char *text =
        "[\"a\\\"\\\\b\\/\", \"\\b\\f\\n\\r\\t\", \"\\u0041\\u00e9\\u20AC\\uD83D\\ude00.\","
        "\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"]";
    struct json *v = parse(f, text);
    assert_non_null(v);
    assert_string_equal(v->items[0]->string, "a\"\\b/");
    assert_string_equal(v->items[1]->string, "\b\f\n\r\t");
    assert_string_equal(v->items[2]->string, "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80.");
    assert_string_equal(v->items[3]->string, "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF");
    char *bare = arena_room(f->arena, 2, 1); /* a number that the text ends with */
    memcpy(bare, "12", 2);
    v = json_parse(f->arena, "t.json", bare, 2, f->diags);
    assert_true(v && v->number == 12);
}

struct refusal {
    const char *text, *code;
    unsigned line, column;
};

static const struct refusal refusals[] = {
    {"", "json-syntax", 1, 1},
    {"  \n ", "json-syntax", 2, 2},
    {"{} x", "json-trailing", 1, 4},
    {"{}\n{}", "json-trailing", 2, 1},
    {"{\"a\":1,\n\"a\":2}", "json-duplicate-key", 2, 1},
    {"{\"a\":1,\"\\u0061\":2}", "json-duplicate-key", 1, 8},
    {"[01]", "json-number", 1, 2},
    {"[1.]", "json-number", 1, 2},
    {"[.5]", "json-number", 1, 2},
    {"[+1]", "json-number", 1, 2},
    {"[1e]", "json-number", 1, 2},
    {"[0x10]", "json-number", 1, 2},
    {"[-]", "json-number", 1, 2},
    {"[1e999]", "json-number", 1, 2},
    {"[-1e999]", "json-number", 1, 2},
    {"[NaN]", "json-number", 1, 2},
    {"[-Infinity]", "json-number", 1, 2},
    {"[nan]", "json-number", 1, 2},
    {"[18446744073709551616]", "json-integer-precision", 1, 2},
    {"[-9007199254740993000]", "json-integer-precision", 1, 2},
    {"[\"a\tb\"]", "json-control", 1, 4},
    {"[\"a\nb\"]", "json-control", 1, 4},
    {"[\"\\u0000\"]", "json-nul", 1, 3},
    {"[\"\xFF\"]", "json-utf8", 1, 3},
    {"[\"\xC0\x80\"]", "json-utf8", 1, 3},
    {"[\"\xED\xA0\x80\"]", "json-utf8", 1, 3},
    {"[\"\xE2\x82\"]", "json-utf8", 1, 3},
    {"[\"\\ud800\"]", "json-utf8", 1, 3},
    {"[\"\\udc00\\ud800\"]", "json-utf8", 1, 3},
    {"[\"\xC3\xA9\", \"\\q\"]", "json-syntax", 1, 8},
    {"[\"\\u12g4\"]", "json-syntax", 1, 3},
    {"[1,]", "json-syntax", 1, 4},
    {"[1 2]", "json-syntax", 1, 4},
    {"[1", "json-syntax", 1, 3},
    {"{\"a\"}", "json-syntax", 1, 5},
    {"{a:1}", "json-syntax", 1, 2},
    {"{\"a\":1,}", "json-syntax", 1, 8},
    {"{\"a\":1]", "json-syntax", 1, 7},
    {"[tru]", "json-syntax", 1, 2},
    {"[True]", "json-syntax", 1, 2},
    {"['a']", "json-syntax", 1, 2},
    {"// c\n1", "json-syntax", 1, 1},
    {"[\"abc", "json-syntax", 1, 6},
    {"]", "json-syntax", 1, 1},
};

static void test_refuses(void **state) {
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        struct fixture *f = *state;
        const struct refusal *r = &refusals[i];
        struct diags *diags = diags_new();
        struct json *v = json_parse(f->arena, "t.json", r->text, strlen(r->text), diags);
        if (v || diags_count(diags) < 1) {
            fail_msg("accepted: %s", r->text);
        }
        const struct diag *d = diags_get(diags, 0);
        if (strcmp(d->code, r->code) != 0 || d->place.line != r->line ||
            d->place.column != r->column) {
            fail_msg("%s: %u:%u [%s]", r->text, d->place.line, d->place.column, d->code);
        }
        diags_free(diags);
    }
}

static void test_embedded_nul_bytes(void **state) {
    struct fixture *f = *state;
    static const char text[] = "[\"a\0b\"]";
    assert_null(json_parse(f->arena, "t.json", text, sizeof text - 1, f->diags));
    assert_string_equal(diags_get(f->diags, 0)->code, "json-nul");
    static const char outside[] = "[1]\0";
    assert_null(json_parse(f->arena, "t.json", outside, sizeof outside - 1, f->diags));
}

/* One bad number does not hide the next finding. */
static void test_goes_on(void **state) {
    struct fixture *f = *state;
    assert_null(parse(f, "{\"a\": 01,\n \"b\": NaN,\n \"c\": \"\\u0000\",\n \"d\" 1}"));
    assert_int_equal(diags_count(f->diags), 4);
    assert_int_equal(diags_get(f->diags, 3)->place.line, 4);
}

static void test_depth(void **state) {
    struct fixture *f = *state;
    char text[400000];
    memset(text, '[', sizeof text);
    assert_null(json_parse(f->arena, "t.json", text, sizeof text, f->diags));
    assert_string_equal(diags_get(f->diags, 0)->code, "json-depth");
    assert_int_equal(diags_get(f->diags, 0)->place.column, 65);
    memset(text + 64, ']', 64);
    assert_non_null(json_parse(f->arena, "t.json", text, 128, f->diags));
}

static void test_size(void **state) {
    struct fixture *f = *state;
    assert_null(json_parse(f->arena, "t.json", "", JSON_MAX_BYTES + 1, f->diags));
    assert_string_equal(diags_get(f->diags, 0)->code, "json-size");
}

static void test_flags(void **state) {
    struct fixture *f = *state;
    const char *text = "{\"a\": Infinity, \"b\": -Infinity, \"a\": 2, \"c\": NaN}";
    struct json *v = json_parse_flags(f->arena, f->arena, "t.json", text, strlen(text),
                                      JSON_ALLOW_INFINITY | JSON_ALLOW_DUPLICATES, f->diags);
    assert_non_null(v);
    assert_int_equal(v->count, 3);
    assert_true(json_get_number(v, "a") == 2);
    assert_true(json_get_number(v, "b") == -INFINITY);
    assert_true(isnan(json_get_number(v, "c")));
}

static void test_lines(void **state) {
    struct fixture *f = *state;
    const char *text = "{\"a\":1}\n{\"a\":01}\n{\"a\":\n\n{\"a\":3}{\"a\":4}\n[5]\n";
    size_t count;
    struct json **v =
        json_parse_lines(f->arena, "t.jsonl", text, strlen(text), 0, f->diags, &count);
    assert_int_equal(diags_errors(f->diags), 2);
    assert_int_equal(diags_get(f->diags, 0)->place.line, 2);
    assert_int_equal(count, 4);
    assert_true(json_get_number(v[0], "a") == 1);
    assert_true(json_get_number(v[1], "a") == 3 && json_get_number(v[2], "a") == 4);
    assert_true(v[3]->kind == JSON_ARRAY && v[3]->place.line == 6);
}

/* A row may be like the one before it, in another order, or say a key twice. */
static void test_lines_of_a_table(void **state) {
    struct fixture *f = *state;
    const char *text = "{\"b\":1,\"a\":2}\n{\"b\":3,\"a\":4}\n{\"a\":5,\"b\":6}\n"
                       "{\"a\":7,\"a\":8}\n{\"a\":9,\"c\":{\"z\":1,\"y\":2}}\n";
    size_t count;
    struct json **v =
        json_parse_lines(f->arena, "t.jsonl", text, strlen(text), 0, f->diags, &count);
    assert_int_equal(count, 4);
    assert_int_equal(diags_errors(f->diags), 1);
    assert_int_equal(diags_get(f->diags, 0)->place.line, 4);
    assert_true(json_get_number(v[1], "a") == 4 && json_get_number(v[1], "b") == 3);
    assert_true(json_get_number(v[2], "a") == 5 && json_get_number(v[2], "b") == 6);
    assert_true(json_get_number(v[3], "a") == 9);
    assert_true(json_get_number(json_get(v[3], "c"), "y") == 2);
}

/* Quadratic look-ups would take minutes here. */
static void test_many_keys(void **state) {
    struct fixture *f = *state;
    enum { KEYS = 160000 };
    char *text = malloc(KEYS * 20 + 40), *end = text;
    for (int i = 0; i < KEYS; i++) {
        end += sprintf(end, "%c\"key-%d\":%d", i ? ',' : '{', i, i);
    }
    strcpy(end, ",\"key-77\":0}");
    double start = cpu_seconds();
    assert_null(parse(f, text));
    assert_int_equal(diags_count(f->diags), 1);
    assert_string_equal(diags_get(f->diags, 0)->code, "json-duplicate-key");
    strcpy(end, "}");
    struct json *v = parse(f, text);
    assert_non_null(v);
    for (int i = 0; i < KEYS; i++) {
        char key[20];
        sprintf(key, "key-%d", i);
        assert_true(json_get_number(v, key) == i);
    }
    assert_true(cpu_seconds() - start < 10);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reads_values, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_are_ours, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_escapes, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_refuses, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_embedded_nul_bytes, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_goes_on, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_depth, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_size, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_flags, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_lines, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_lines_of_a_table, reading_set_up, reading_tear_down),
        cmocka_unit_test_setup_teardown(test_many_keys, reading_set_up, reading_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
