/* accuracy and calibrate from the command line: answers, exit statuses, a file that reads back. */
#include "command_run.h"

#include "base/fs.h"
#include "read/calibration.h"
#include "read/json.h"

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
                                       cmocka_unit_test(a_fit_is_written_and_reads_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
