/* What commands refuse or remark on, each with its code and status: paths no other test names. */
#include "command_run.h"
#include "own_directory.h"

#include "base/buf.h"
#include "read/read.h"

static void put(struct fixture *f, const char *name, const char *text) {
    const char *path = fs_join(f->arena, f->dir, name);
    char *parent = arena_strdup(f->arena, path);
    *strrchr(parent, '/') = '\0';
    assert_true(fs_mkdirs(parent, f->diags));
    assert_true(fs_write(path, text, strlen(text), f->diags));
}

/* The words, with '@' for the test's directory. */
static struct ran say(struct fixture *f, const char *words) {
    struct buf line = BUF_INIT;
    for (; *words; words++)
        if (*words == '@')
            buf_puts(&line, f->dir);
        else
            buf_putc(&line, *words);
    struct ran ran = ran_command(f->arena, buf_text(&line));
    buf_free(&line);
    return ran;
}

static void says(struct fixture *f, const char *words, int status, const char *code) {
    struct ran ran = say(f, words);
    if (ran.status != status || !strstr(ran.err, arena_printf(f->arena, "[%s]", code)))
        fail_msg("%s: status %d, not %d with [%s]: %s", words, ran.status, status, code, ran.err);
}

static void what_is_no_project(void **state) {
    struct fixture *f = *state;
    put(f, "full/file", "mine");
    says(f, "check --project @/none", EXIT_IO, "project-missing");
    says(f, "estimate --project @/full --model llama-3.1-8b --gpu H100", EXIT_DONE, "project-data");
    says(f, "init @/full", EXIT_IO, "init-not-empty");
    says(f, "diff @/full/file @/full/file", EXIT_INPUT, "diff-manifest");
}

/* A name that the reports' fonts cannot show is one, in all reports and one; others are silent. */
static void a_name_no_font_has(void **state) {
    struct fixture *f = *state;
    assert_int_equal(say(f, "init @/cjk -q").status, EXIT_DONE);
    const char *path = fs_join(f->arena, f->dir, "cjk/data/models/llama-3.1-8b.json"), *text;
    size_t n;
    assert_true(fs_read(f->arena, path, 1 << 20, f->diags, &text, &n));
    const char *name = strstr(text, "Llama 3.1 8B Instruct");
    assert_non_null(name);
    static const char report[] = "report --project @/cjk --model llama-3.1-8b -o @/x.pdf";
    assert_null(strstr(say(f, report).err, "pdf-character"));
    put(f, "cjk/data/models/llama-3.1-8b.json",
        arena_printf(f->arena, "%.*s\u901a\u4e49%s", (int)(name - text), text, name + 5));
    says(f, report, EXIT_DONE, "pdf-character");
    assert_non_null(strstr(say(f, report).err, "U+901A"));
    says(f, "build -q --project @/cjk --out @/site", EXIT_DONE, "pdf-character");
    assert_null(strstr(say(f, "build --project @/cjk --pdf none --out @/no").err, "pdf-character"));
}

/* What is wrong with a word, not only that something is. */
static void what_is_no_option(void **state) {
    struct fixture *f = *state;
    static const char *const words[][2] = {
        {"estimate --json=1", "--json takes no value"},
        {"estimate --m x", "'--m' may be short for --model, --memory-efficiency"},
        {"estimate --cuont 2", "unknown option '--cuont'; did you mean --count?"},
        {"estimate --xyzzy-plugh", "unknown option '--xyzzy-plugh'\n"},
        {"estimate -x", "unknown option '-x'"},
        {"estimate --model", "--model needs a value"},
        {"estimate --=", "unknown option '--='"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct ran ran = say(f, words[i][0]);
        assert_int_equal(ran.status, EXIT_USAGE);
        if (!strstr(ran.err, words[i][1]))
            fail_msg("%s: no \"%s\" in %s", words[i][0], words[i][1], ran.err);
    }
}

/* A site written over the project or among its inputs would be an input of the next. */
static void a_site_among_its_inputs(void **state) {
    struct fixture *f = *state;
    assert_int_equal(say(f, "init @/p -q").status, EXIT_DONE);
    static const char *const outs[] = {"@/p", "@/p/", "@/p/data", "@/p/data/new/site",
                                       "@/p/x/../assets/s"};
    assert_true(fs_mkdirs(fs_join(f->arena, f->dir, "p/x"), f->diags));
    for (size_t i = 0; i < sizeof outs / sizeof *outs; i++)
        says(f, arena_printf(f->arena, "build -q --pdf none -p @/p --out %s", outs[i]), EXIT_IO,
             "publish-out");
    assert_int_equal(say(f, "build -q --pdf none -p @/p --out @/p/data-site").status, EXIT_DONE);
    assert_int_equal(say(f, "build -q --pdf none -p @/p --out @/p/public").status, EXIT_DONE);
}

/* Both GPUs of the new project under one id. */
static void an_id_twice(void **state) {
    struct fixture *f = *state;
    assert_int_equal(say(f, "init @/p -q").status, EXIT_DONE);
    const char *path = fs_join(f->arena, f->dir, "p/data/gpus.json"), *text;
    size_t n;
    assert_true(fs_read(f->arena, path, 1 << 20, f->diags, &text, &n));
    const char *first = strstr(text, "\"id\""),
               *second = first ? strstr(first + 1, "\"id\"") : NULL;
    assert_non_null(second);
    size_t id = strcspn(first, "\n"), other = strcspn(second, "\n");
    put(f, "p/data/gpus.json",
        arena_printf(f->arena, "%.*s%.*s%s", (int)(second - text), text, (int)id, first,
                     second + other));
    says(f, "check --project @/p", EXIT_INPUT, "duplicate-id");
}

static void what_is_no_model_or_run(void **state) {
    struct fixture *f = *state;
    put(f, "m.index.json", "{\"metadata\": {\"total_parameters\": 5000}, \"weight_map\": {}}");
    says(f, "estimate --model @/m.index.json --gpu H100", EXIT_INPUT, "index-no-shape");
    put(f, "log.txt", "MLPerf Results Summary\nResult is : INVALID\nTokens per second : 5\n");
    says(f, "accuracy @/log.txt", EXIT_INPUT, "benchmark-invalid");
    const char *row =
        "{\"model\":\"llama-3.1-8b\",\"gpu\":\"H100\",\"engine\":\"vllm\",\"scenario\":"
        "\"%s\",\"metric\":\"%s\",\"value\":9}";
    put(f, "a.jsonl", arena_printf(f->arena, row, "somehow", "output_tokens_per_s"));
    put(f, "b.jsonl", arena_printf(f->arena, row, "offline", "tokens"));
    assert_non_null(strstr(say(f, "accuracy --json @/a.jsonl").out, "\"unknown-scenario\""));
    assert_non_null(strstr(say(f, "accuracy --json @/b.jsonl").out, "\"unknown-metric\""));
}

/* The report of a llm-d run: texts stand with quotes or without, remarks behind them. */
static void texts_of_reports_lose_their_quotes(void **state) {
    struct fixture *f = *state;
    put(f, "r.yaml",
        "version: '0.1'\nscenario:\n  model:\n    name: \"llama-3.1-8b\" # small\n  host:\n"
        "    accelerator:\n    - model: 'H100'\n  platform:\n    engine:\n    - name: vllm\n"
        "metrics:\n  requests:\n    input_length:\n      mean: 9\n    output_length:\n"
        "      mean: 9\n  throughput:\n    output_tokens_per_sec: 5\n");
    struct ran ran = say(f, "accuracy --json @/r.yaml");
    assert_int_equal(ran.status, EXIT_DONE);
    assert_non_null(strstr(ran.out, "\"model_id\": \"llama-3.1-8b\""));
    assert_non_null(strstr(ran.out, "\"gpu_id\": \"h100-sxm\""));
}

static void parts_that_do_not_fit_together(void **state) {
    struct fixture *f = *state;
    assert_int_equal(say(f, "init @/p -q").status, EXIT_DONE);
    assert_int_equal(say(f, "build -q --pdf none --project @/p --shard 1/2 --out @/a").status, 0);
    assert_int_equal(say(f, "build -q --pdf none --project @/p --shard 2/3 --out @/b").status, 0);
    says(f, "build -q --pdf none --project @/p --merge @/a @/b --out @/o", EXIT_IO, "merge-mixed");
    put(f, "c/shard.list", "shopping\n");
    says(f, "build -q --pdf none --project @/p --merge @/c --out @/o", EXIT_IO, "merge-list");
    const char *text;
    size_t n;
    assert_true(
        fs_read(f->arena, fs_join(f->arena, f->dir, "a/shard.list"), 1 << 20, f->diags, &text, &n));
    put(f, "d/shard.list", arena_printf(f->arena, "%s99999\tx\ty\tz\n", text));
    says(f, "build -q --pdf none --project @/p --merge @/d --out @/o", EXIT_IO, "merge-list");
    char *many = arena_strdup(f->arena, text), *count = strchr(many, '\n');
    *count = '\0';
    put(f, "e/shard.list", arena_printf(f->arena, "%s99999999\n", many));
    says(f, "build -q --pdf none --project @/p --merge @/e --out @/o", EXIT_IO, "merge-list");
}

/* Eight times eight times ...: two million steps are enough for any page. */
static void what_a_theme_cannot_do(void **state) {
    struct fixture *f = *state;
    assert_int_equal(say(f, "init @/p -q").status, EXIT_DONE);
    put(f, "p/templates/index.mustache", "{{> p0}}");
    for (unsigned i = 0; i < 7; i++) {
        struct buf eight = BUF_INIT;
        for (unsigned k = 0; k < 8; k++)
            buf_printf(&eight, "{{> p%u}}", i + 1);
        put(f, arena_printf(f->arena, "p/templates/p%u.mustache", i), buf_text(&eight));
        buf_free(&eight);
    }
    put(f, "p/templates/p7.mustache", ".");
    says(f, "build -q --pdf none --project @/p --out @/o", EXIT_INPUT, "render-incomplete");
    assert_false(fs_is_dir(fs_join(f->arena, f->dir, "o"), NULL));
    assert_int_equal(say(f, "init @/q -q").status, EXIT_DONE);
    put(f, "q/assets/fonts/report-bold.ttf", "no font");
    says(f, "build -q --pdf models --project @/q --out @/o", EXIT_INPUT, "pdf-font");
}

/* What a cell or an answer says in the place of a number. */
static void why_there_is_no_number(void **state) {
    struct fixture *f = *state;
    assert_int_equal(say(f, "init @/p -q").status, EXIT_DONE);
    struct ran ran = say(f, "sweep --project @/p --as-of 2030-01-01");
    assert_non_null(strstr(ran.out, ",stale-price"));
    static const char *const ways[][2] = {
        {"--gpu v100-sxm --weights fp8", "precision-unsupported"},
        {"--gpu mi308x", "spec-missing"}, /* its makers state neither */
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        ran = say(f, arena_printf(f->arena, "estimate --json --model llama-2-7b %s", ways[i][0]));
        assert_non_null(strstr(ran.out, arena_printf(f->arena, "\"%s\"", ways[i][1])));
    }
    assert_non_null(strstr(say(f, "estimate --model llama-3.1-8b --gpu mi308x").out,
                           "Not computed: the GPU's bandwidth and 16-bit peak are not known."));
}

static void a_date_in_words(void **state) {
    struct fixture *f = *state;
    struct catalog catalog;
    struct source *source = source_open(f->arena, NULL, f->diags);
    assert_false(read_catalog(f->arena, source, "yesterday", f->diags, &catalog));
    assert_string_equal(diags_get(f->diags, 0)->code, "as-of-date");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_no_project, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_option, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_site_among_its_inputs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_id_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_no_font_has, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_model_or_run, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_of_reports_lose_their_quotes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_that_do_not_fit_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_theme_cannot_do, set_up, tear_down),
        cmocka_unit_test_setup_teardown(why_there_is_no_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_date_in_words, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("command/codes", tests, NULL, NULL);
}
