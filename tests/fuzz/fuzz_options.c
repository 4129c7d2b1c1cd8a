/* A command line: words by line, read against a table with every kind of option. What is accepted
   is in range; what is not ends with the status of a usage error. */
#include "fuzz.h"

#include "command/command.h"
#include "command/options.h"
#include "read/schema.h"

#include <math.h>
#include <unistd.h>

enum { WORDS_MAX = 64 };

struct values {
    bool json;
    const char *model, *date, *url;
    double gamma, tokens;
    uint32_t batch;
    int format;
    struct option_list files, arguments;
};

static int parse(struct fuzz *fuzz, struct values *v, int argc, char **argv) {
    static const struct options_help help = {"try", "FILE...", "Tries options.", "tallypress try"};
    const struct option_spec specs[] = {
        {"json", OPTION_FLAG, &v->json, NULL, "as JSON", 0, 0, NULL, 'j'},
        {"model", OPTION_TEXT, &v->model, "M", "the model", 0, 0, NULL, 'm'},
        {"gamma", OPTION_NUMBER, &v->gamma, "X", "price ratio", 0.001, 100, NULL, 0},
        {"batch", OPTION_COUNT, &v->batch, "N", "sequences", 1, 1000, NULL, 'b'},
        {"format", OPTION_CHOICE, &v->format, NULL, "how", 0, 0, "text|json|github", 0},
        {"date", OPTION_DATE, &v->date, "DATE", "when", 0, 0, NULL, 0},
        {"url", OPTION_URL, &v->url, "URL", "where", 0, 0, NULL, 0},
        {"tokens", OPTION_WHOLE, &v->tokens, "N", "tokens", 1, 1e8, NULL, 0},
        {"file", OPTION_LIST, &v->files, "FILE", "input", 0, 0, NULL, 0},
    };
    static bool silent; /* usage errors and --help are said aloud: not here */
    FILE *err = stderr, *null = fopen("/dev/null", "w");
    if (!silent)
        dup2(fileno(null), STDOUT_FILENO);
    silent = true;
    stderr = null;
    int status = options_parse(fuzz->in.arena, &help, specs, sizeof specs / sizeof *specs, argc,
                               argv, fuzz->in.n % 2 ? &v->arguments : NULL);
    stderr = err;
    fclose(null);
    return status;
}

static void check(const struct values *v) {
    PROMISE(v->gamma == 0 || (v->gamma >= 0.001 && v->gamma <= 100), "%g", v->gamma);
    PROMISE(v->tokens == 0 || (v->tokens >= 1 && v->tokens <= 1e8), "%g", v->tokens);
    PROMISE(floor(v->tokens) == v->tokens, "%g", v->tokens);
    PROMISE(v->batch <= 1000 && v->format >= 0 && v->format <= 2, "%u %d", v->batch, v->format);
    PROMISE(!v->date || schema_is_date(v->date), "%s", v->date);
    PROMISE(!v->url || v->url[strlen(v->url) - 1] == '/', "%s", v->url);
    PROMISE(!v->url || strncmp(v->url, "http", 4) == 0, "%s", v->url);
    PROMISE(!v->url || !strpbrk(v->url, " \"'<>"), "%s", v->url);
}

/* Items are trimmed, not empty and hold no comma. */
static void split(struct fuzz *fuzz, const char *text) {
    struct option_list list = options_split(fuzz->in.arena, text);
    for (size_t i = 0; i < list.count; i++)
        PROMISE(list.items[i][0] && !strchr(list.items[i], ','), "item %zu", i);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "argv");
    struct values v = {0};
    char name[] = "try", *argv[WORDS_MAX + 1] = {name}, *rest = NULL;
    int argc = 1;
    split(&fuzz, fuzz.copy);
    for (char *word = strtok_r(fuzz.copy, "\n", &rest); word && argc < WORDS_MAX;
         word = strtok_r(NULL, "\n", &rest))
        argv[argc++] = word;
    int status = parse(&fuzz, &v, argc, argv);
    PROMISE(status == OPTIONS_RUN || status == EXIT_USAGE || status == EXIT_DONE, "%d", status);
    check(&v);
    fuzz_end(&fuzz);
    return 0;
}
