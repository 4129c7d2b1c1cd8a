/* tallypress report: the file it writes, twice the same, and what it refuses. */
#include "command_run.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"

static const char *written(struct arena *arena, const char *path, size_t *n) {
    struct diags *diags = diags_new();
    const char *text = NULL;
    assert_true(fs_read(arena, path, 1 << 24, diags, &text, n));
    diags_free(diags);
    return text;
}

static void expect(const char *arguments, int status, const char *said) {
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, arguments);
    if (ran.status != status)
        print_message("%s: %s\n", arguments, ran.err);
    assert_int_equal(ran.status, status);
    if (said)
        assert_non_null(strstr(ran.err, said));
    arena_free(arena);
}

static void model_as_pdf_twice_the_same(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    size_t n, m;
    expect("report --model llama-3.3-70b -o build/report_a.pdf", 0, NULL);
    expect("report --model llama-3.3-70b --out build/report_b.pdf", 0, NULL);
    const char *a = written(arena, "build/report_a.pdf", &n);
    const char *b = written(arena, "build/report_b.pdf", &m);
    assert_memory_equal(a, "%PDF-1.7", 8);
    assert_int_equal(n, m);
    assert_memory_equal(a, b, n);
    arena_free(arena);
}

static void combination_as_html_stands_alone(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    size_t n;
    expect("report --model llama-3.3-70b --gpu H100 --count 8 --weights fp8 --input 4000 "
           "--output 500 -o build/report.html",
           0, NULL);
    const char *text = written(arena, "build/report.html", &n);
    assert_non_null(strstr(text, "Llama 3.3 70B"));
    assert_non_null(strstr(text, "8\u00d7"));
    assert_non_null(strstr(text, "4,000"));
    assert_non_null(strstr(text, "<svg"));
    assert_non_null(strstr(text, "W: bytes of the weights")); /* of the formulas above */
    assert_null(strstr(text, "href=\"../")); /* no link into a site that is not there */
    assert_null(strstr(text, "href=\"models/"));
    assert_non_null(strstr(text, "fingerprint "));
    assert_null(strstr(text, "fingerprint 0000000000000000"));
    arena_free(arena);
}

/* A file that is in no catalog is answered like a model of it; no link leads into a site that is
   not there, prose included. */
static void a_file_outside_the_catalog_is_reported(void **state) {
    (void)state;
    static const char *const ways[] = {"", " --gpu h200-sxm"};
    for (int i = 0; i < 2; i++) {
        struct arena *arena = arena_new();
        size_t n;
        expect(arena_printf(arena,
                            "report --model data/models/llama-3.1-8b.json%s -o build/own.html",
                            ways[i]),
               0, NULL);
        const char *text = written(arena, "build/own.html", &n);
        assert_non_null(strstr(text, "tokens/s"));
        for (const char *p = text; (p = strstr(p, "href=\"")); p += 6)
            assert_true(strncmp(p + 6, "http", 4) == 0 || strncmp(p + 6, "data:", 5) == 0);
        arena_free(arena);
    }
}

/* Ninety GPUs that all say why they have no price are no table for paper. */
static void no_table_without_a_price(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    size_t n;
    expect("report --model phi-2 -o build/report_short.html", 0, NULL);
    const char *text = written(arena, "build/report_short.html", &n);
    assert_null(strstr(text, "On every GPU"));
    assert_null(strstr(text, "context too short"));
    assert_non_null(strstr(text, "Memory by precision"));
    expect("report --model llama-3.1-8b -o build/report_cut.html", 0, NULL);
    text = written(arena, "build/report_cut.html", &n);
    assert_non_null(strstr(text, "on demand. The first 24 of ")); /* the reader is told ... */
    assert_null(strstr(text, "The first 12 of 24 rows"));         /* ... once, and has these */
    arena_free(arena);
}

static void no_column_of_dashes(void **state) {
    (void)state;
    static const char *const asked[] = {"--model falcon-180b",
                                        "--model qwen3.8-2.4t-a95b --gpu l4"};
    static const char *const gone[][2] = {{"With 32k", "H200"}, {"Longest context", "output"}};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < 2; i++) {
        size_t n;
        expect(arena_printf(arena, "report %s -o build/report_dashes.pdf", asked[i]), 0, NULL);
        if (system("pdftotext -layout build/report_dashes.pdf build/report_dashes.txt") != 0)
            break;
        const char *text = written(arena, "build/report_dashes.txt", &n);
        text = strstr(text, i == 0 ? "Memory by precision" : "By number of GPUs");
        assert_non_null(text);
        const char *end = strstr(text, i == 0 ? "AWQ" : "BF16");
        assert_non_null(end);
        for (int k = 0; k < 2; k++) {
            const char *at = strstr(text, gone[i][k]);
            assert_true(!at || at > end);
        }
    }
    arena_free(arena);
}

static void a_report_goes_down_a_pipe(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, "report --model llama-3.3-70b --gpu h200 -o -");
    assert_int_equal(ran.status, 0);
    assert_memory_equal(ran.out, "%PDF-1.7", 8);
    ran = ran_command(arena, "report --model llama-3.3-70b --gpu h200 --format html -o -");
    assert_int_equal(ran.status, 0);
    assert_memory_equal(ran.out, "<!doctype html>", 15);
    expect("report --model llama-3.3-70b --format html -o build/x.pdf", 2, "differ");
    arena_free(arena);
}

static void wrong_requests_are_refused(void **state) {
    (void)state;
    expect("report --gpu H100 -o build/x.pdf", 2, "--model is needed");
    expect("report --model llama-3.3-70b", 2, "-o FILE.pdf");
    expect("report --model llama-3.3-70b -o build/x.txt", 2, "-o FILE.pdf");
    expect("report --model llama-3.3-70b --count 4 -o build/x.pdf", 2, "need --gpu");
    expect("report --model llama-3.3-70b --kv fp33 -o build/x.pdf", 2, "'fp33' is no precision");
    expect("report --model llama-3.3-70b --base-url javascript:x -o build/x.pdf", 2, "http");
    expect("report --model no-such-model -o build/x.pdf", 2, "unknown-model");
    expect("report --model llama-3.3-70b --gpu no-such -o build/x.pdf", 2, "unknown-gpu");
    expect("report --model llama-3.3-70b -o /nonexistent/x.pdf", 3, "io-");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_as_pdf_twice_the_same),
        cmocka_unit_test(combination_as_html_stands_alone),
        cmocka_unit_test(a_file_outside_the_catalog_is_reported),
        cmocka_unit_test(no_table_without_a_price),
        cmocka_unit_test(no_column_of_dashes),
        cmocka_unit_test(a_report_goes_down_a_pipe),
        cmocka_unit_test(wrong_requests_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
