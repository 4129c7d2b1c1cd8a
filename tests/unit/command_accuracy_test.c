/* accuracy and calibrate from the command line: answers, exit statuses, a file that reads back. */
#include "command_run.h"

#include "base/fs.h"
#include "read/calibration.h"
#include "read/json.h"

#include <math.h>

static void shipped_rows_meet_their_aims(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct ran ran = ran_command(arena, "accuracy --json");
    assert_int_equal(ran.status, EXIT_DONE);
    const struct json *root = json_parse(arena, "out", ran.out, ran.out_length, diags);
    assert_non_null(root);
    assert_true(json_get(root, "rows")->count > 3000);
    static const struct {
        const char *kind;
        double median, mean;
    } aims[] = {{"dense", 0.05, 0.09},
                {"experts", 0.12, 0.16},
                {"max-throughput", 0.08, 0.12},
                {"single-stream", 0.12, 0.16}};
    const struct json *classes = json_get(json_get(root, "summary"), "by_class");
    for (size_t i = 0; i < 4; i++) {
        const struct json *s = json_get(classes, aims[i].kind);
        assert_non_null(s);
        assert_true(json_get(s, "median_absolute_error")->number <= aims[i].median);
        assert_true(json_get(s, "mape")->number <= aims[i].mean);
    }
    assert_true(json_get(root, "left_out")->count > 10);
    assert_int_equal(json_get(json_get(root, "summary"), "worst")->count, 10);
    diags_free(diags);
    arena_free(arena);
}

static void rows_of_a_file(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, "accuracy data/benchmarks/article-2025.jsonl");
    assert_int_equal(ran.status, EXIT_DONE);
    assert_non_null(strstr(ran.out, "llama-3.3-70b"));
    assert_non_null(strstr(ran.out, "output_tokens_per_s"));
    assert_int_equal(ran_command(arena, "accuracy nowhere.jsonl").status, EXIT_IO);
    assert_int_equal(ran_command(arena, "accuracy --batch none").status, EXIT_USAGE);
    struct ran wrong = ran_command(arena, "accuracy README.md");
    assert_int_equal(wrong.status, EXIT_INPUT);
    assert_non_null(strstr(wrong.err, "[format-unknown]"));
    arena_free(arena);
}

static const char odd_rows[] =
    "{\"model\":\"llama-3.1-8b\",\"gpu\":\"H100\",\"engine\":\"vllm\",\"weight_dtype\":\"16\","
    "\"input_tokens\":100,\"output_tokens\":100,\"batch_or_concurrency\":8,\"scenario\":"
    "\"fixed-batch\",\"metric\":\"output_tokens_per_s\",\"value\":900.5,\"my\":{\"a\":[1,null]},"
    "\"predicted\":1}\n"
    "{\"model\":\"llama-3.1-8b\",\"gpu\":\"H100\",\"engine\":\"lmdeploy\","
    "\"input_tokens\":100,\"output_tokens\":100,\"batch_or_concurrency\":8,\"scenario\":"
    "\"fixed-batch\",\"metric\":\"output_tokens_per_s\",\"value\":900}\n"
    "{\"model\":\"llama-3.1-8b\",\"gpu\":\"H100\",\"engine\":\"vllm\",\"weight_dtype\":\"iq4\","
    "\"input_tokens\":100,\"output_tokens\":100,\"scenario\":\"fixed-batch\","
    "\"metric\":\"output_tokens_per_s\",\"value\":900}\n"
    "{\"model\":\"llama-3.1-8b\",\"engine\":\"vllm\",\"input_tokens\":100,\"output_tokens\":100,"
    "\"scenario\":\"fixed-batch\",\"metric\":\"output_tokens_per_s\",\"value\":null}\n";

static const struct json *rows_of(struct arena *arena, struct ran ran, struct diags *diags) {
    const struct json *root = json_parse(arena, "out", ran.out, ran.out_length, diags);
    assert_non_null(root);
    return json_get(root, "rows");
}

static void assert_text(const struct json *row, const char *key, const char *text) {
    const char *found = json_get_string(row, key);
    assert_non_null(found);
    assert_string_equal(found, text);
}

/* Rows come out as they went in, with the answer added; what cannot be read says why. */
static void every_row_is_answered(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    assert_true(fs_write("build/odd.jsonl", odd_rows, sizeof odd_rows - 1, diags));
    struct ran ran = ran_command(arena, "accuracy --json build/odd.jsonl");
    assert_int_equal(ran.status, EXIT_INPUT); /* the last row has no value */
    const struct json *rows = rows_of(arena, ran, diags);
    assert_int_equal(rows->count, 4);
    const struct json *first = rows->items[0];
    assert_text(first, "weight_dtype", "16");
    assert_text(first, "provenance", "calibrated");
    assert_true(json_get_number(first, "value") == 900.5);
    assert_int_equal(json_get(json_get(first, "my"), "a")->count, 2);
    assert_true(json_get_number(first, "predicted") > 100); /* not the 1 that came in */
    assert_text(rows->items[1], "provenance", "extrapolated");
    assert_non_null(strstr(json_get_string(rows->items[1], "extrapolated_why"), "engine"));
    assert_text(rows->items[2], "skipped", "unknown-precision");
    assert_text(rows->items[3], "skipped", "row-invalid");
    diags_free(diags);
    arena_free(arena);
}

/* What a file says goes out as it came in: numbers below 0, quotes and control characters; on a
   terminal the latter do nothing. */
static void odd_texts_and_numbers_come_back(void **state) {
    (void)state;
    static const char text[] =
        "{\"model\":\"llama-3.1-8b\",\"gpu\":\"H100\",\"engine\":\"vllm\",\"input_tokens\":100,"
        "\"output_tokens\":100,\"batch_or_concurrency\":8,\"scenario\":\"fixed-batch\",\"metric\":"
        "\"output_tokens_per_s\",\"value\":900,\"seed\":-5,\"source\":\"a "
        "\\\"b\\\"\\u001b[2J\\nX\"}";
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    assert_true(fs_write("build/texts.jsonl", text, sizeof text - 1, diags));
    struct ran ran = ran_command(arena, "accuracy --json build/texts.jsonl");
    const struct json *root = json_parse(arena, "out", ran.out, ran.out_length, diags);
    assert_non_null(root);
    assert_true(json_get_number(json_get(root, "rows")->items[0], "seed") == -5);
    const struct json *sources = json_get(json_get(root, "summary"), "by_source");
    assert_non_null(json_get(sources, "a \"b\"\x1b[2J\nX"));
    ran = ran_command(arena, "accuracy build/texts.jsonl");
    assert_non_null(strstr(ran.out, "  a \"b\"?[2J?X "));
    diags_free(diags);
    arena_free(arena);
}

/* The article's own error with its efficiencies: about a third on its short 70B rows. */
static void first_principles_are_set_beside_rows(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct ran ran =
        ran_command(arena, "accuracy --json data/benchmarks/article-2025.jsonl --engine "
                           "first-principles --compute-efficiency 0.6 --memory-efficiency 0.7");
    assert_int_equal(ran.status, EXIT_DONE);
    const struct json *rows = rows_of(arena, ran, diags);
    double sum = 0;
    for (size_t i = 0; i < 10; i++) {
        assert_text(rows->items[i], "provenance", "first-principles");
        sum += fabs(json_get_number(rows->items[i], "ratio") - 1);
    }
    assert_true(sum / 10 > 0.28 && sum / 10 < 0.38); /* published: 33 % */
    assert_int_equal(ran_command(arena, "accuracy --compute-efficiency 0.6").status, EXIT_USAGE);
    diags_free(diags);
    arena_free(arena);
}

static void a_fit_is_written_and_reads_back(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct calibration_set set;
    const char *text;
    size_t n;
    struct ran ran = ran_command(arena, "calibrate data/benchmarks/rocm-vllm.jsonl --engine vllm "
                                        "--holdout model -o build/fit.json");
    assert_int_equal(ran.status, EXIT_DONE);
    assert_non_null(strstr(ran.out, "model left out"));
    assert_true(fs_read(arena, "build/fit.json", 1 << 20, diags, &text, &n));
    assert_true(read_calibration(arena, "fit.json", text, n, diags, &set));
    assert_int_equal(set.count, 1);
    assert_int_equal(set.items[0].rows, 32);
    assert_true(set.items[0].fitted.median < 0.1);
    assert_true(set.items[0].left_out.rows == 32);
    assert_int_equal(ran_command(arena, "calibrate data/benchmarks/rocm-vllm.jsonl").status,
                     EXIT_USAGE);
    struct ran few = ran_command(arena, "calibrate data/benchmarks/rocm-vllm.jsonl --engine sglang "
                                        "-o build/fit.json");
    assert_int_equal(few.status, EXIT_INPUT);
    assert_non_null(strstr(few.err, "[too-few-rows]"));
    diags_free(diags);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shipped_rows_meet_their_aims),
                                       cmocka_unit_test(rows_of_a_file),
                                       cmocka_unit_test(every_row_is_answered),
                                       cmocka_unit_test(odd_texts_and_numbers_come_back),
                                       cmocka_unit_test(first_principles_are_set_beside_rows),
                                       cmocka_unit_test(a_fit_is_written_and_reads_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
