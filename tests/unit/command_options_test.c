/* Options: values by kind, ranges, choices, unknown words, --help. */
#include "command/command.h"
#include "command/options.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct values {
    bool json;
    const char *model, *date, *url;
    double gamma, tokens;
    uint32_t batch;
    int format;
    struct option_list files, arguments;
};

static const struct options_help help = {"try", "FILE...", "Tries options.", "tallypress try a"};

/* Messages are tested by status; the terminal stays clean. */
static int parse(struct arena *arena, struct values *v, bool takes_arguments, const char *line) {
    const struct option_spec specs[] = {
        {"json", OPTION_FLAG, &v->json, NULL, "as JSON", 0, 0, NULL, 'j'},
        {"model", OPTION_TEXT, &v->model, "M", "the model", 0, 0, NULL, 'm'},
        {"gamma", OPTION_NUMBER, &v->gamma, "X", "price ratio", 0.001, 100, NULL, 0},
        {"batch", OPTION_COUNT, &v->batch, "N", "sequences", 1, 1000, NULL, 0},
        {"format", OPTION_CHOICE, &v->format, NULL, "how", 0, 0, "text|json|github", 0},
        {"date", OPTION_DATE, &v->date, "DATE", "when", 0, 0, NULL, 0},
        {"url", OPTION_URL, &v->url, "URL", "where", 0, 0, NULL, 0},
        {"tokens", OPTION_WHOLE, &v->tokens, "N", "tokens", 1, 1e8, NULL, 0},
        {"file", OPTION_LIST, &v->files, "FILE", "input", 0, 0, NULL, 0},
    };
    char *argv[16] = {(char *)"try"};
    int argc = 1;
    for (char *word = strtok(arena_strdup(arena, line), " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    int kept_out = dup(1), kept_err = dup(2), null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    int status = options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv,
                               takes_arguments ? &v->arguments : NULL);
    dup2(kept_out, 1);
    dup2(kept_err, 2);
    close(kept_out);
    close(kept_err);
    close(null);
    return status;
}

static void values_arrive_by_kind(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct values v = {0};
    assert_int_equal(parse(arena, &v, true,
                           "-j --model llama --gamma=0.25 --batch 16 --format github --file a "
                           "rest --file b more"),
                     OPTIONS_RUN);
    assert_true(v.json);
    assert_string_equal(v.model, "llama");
    assert_true(v.gamma == 0.25);
    assert_int_equal(v.batch, 16);
    assert_int_equal(v.format, 2);
    assert_int_equal(v.files.count, 2);
    assert_string_equal(v.files.items[1], "b");
    assert_int_equal(v.arguments.count, 2);
    assert_string_equal(v.arguments.items[1], "more");
    arena_free(arena);
}

static void dates_and_addresses_are_checked(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct values v = {0};
    assert_int_equal(
        parse(arena, &v, false, "--date 2026-02-28 --url https://example.org/llm --tokens 1e3"),
        OPTIONS_RUN);
    assert_string_equal(v.date, "2026-02-28");
    assert_string_equal(v.url, "https://example.org/llm/");
    assert_true(v.tokens == 1000);
    assert_int_equal(parse(arena, &v, false, "--url http://a.b/c/"), OPTIONS_RUN);
    assert_string_equal(v.url, "http://a.b/c/");
    arena_free(arena);
}

static void mistakes_exit_two(void **state) {
    (void)state;
    static const char *const lines[] = {"--gamma 0",
                                        "--gamma x",
                                        "--batch 1.5",
                                        "--batch 1001",
                                        "--format xml",
                                        "--modell x",
                                        "-x",
                                        "--model",
                                        "--batch -3",
                                        "--json=1",
                                        "--batch nan",
                                        "--date x",
                                        "--date 2026",
                                        "--date 2026-02-30",
                                        "--url x",
                                        "--url javascript:alert(1)",
                                        "--url https://",
                                        "--url https://a/\"b",
                                        "--tokens 1.5",
                                        "--tokens 0"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct values v = {0};
        int status = parse(arena, &v, false, lines[i]);
        if (status != EXIT_USAGE)
            fail_msg("'%s' gave %d", lines[i], status);
    }
    struct values v = {0};
    assert_int_equal(parse(arena, &v, false, "stray"), EXIT_USAGE);
    assert_int_equal(parse(arena, &v, false, "--help"), EXIT_DONE);
    assert_int_equal(parse(arena, &v, false, "-h"), EXIT_DONE);
    struct option_list list = options_split(arena, " a, b,,c ");
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[1], "b");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_arrive_by_kind),
        cmocka_unit_test(dates_and_addresses_are_checked),
        cmocka_unit_test(mistakes_exit_two),
    };
    return cmocka_run_group_tests_name("command/options", tests, NULL, NULL);
}
