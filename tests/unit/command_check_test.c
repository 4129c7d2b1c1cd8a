/* tallypress check: a small project with and without mistakes, its formats and exit statuses. */
#include "command_run.h"

#include "own_directory.h"
#include "read/json.h"

static const char gpus[] =
    "{\"sources\": {\"S\": {\"text\": \"a page\", \"date\": \"2026-08-22\"}},\n"
    " \"gpus\": [{\"id\": \"l4\", \"name\": \"NVIDIA L4\", \"short_name\": \"L4\",\n"
    "  \"vendor\": \"NVIDIA\", \"architecture\": \"Ada\", \"form_factor\": \"PCIe\",\n"
    "  \"memory\": \"24 GB\", \"bandwidth\": \"300 GB/s\",\n"
    "  \"compute\": {\"16-bit\": \"121 TFLOP/s\"}, \"sources\": {\"memory\": \"S\"}}]}\n";
static const char site[] =
    "{\"title\": \"T\", \"description\": \"D\", \"workloads\": [{\"id\": \"chat\",\n"
    "  \"name\": \"Chat\", \"input_tokens\": 100, \"output_tokens\": 10}],\n"
    " \"precisions\": [\"bf16\"], \"batches\": [1], \"gpu_counts\": [1], \"gamma\": 0.3,\n"
    " \"utilisation\": 0.5, \"max_price_age_days\": 30, \"engine\": \"first-principles\"}\n";
#define HEADER "platform,gpu,gpu_count,on_demand_usd_per_hour,as_of\n"
static const char good[] = HEADER "A,L4,1,0.5,2026-10-10\n";

static void put(struct fixture *p, const char *name, const char *text) {
    const char *path = arena_printf(p->arena, "%s/data/%s", p->dir, name);
    assert_true(fs_write(path, text, strlen(text), p->diags));
}

static int with_data(void **state) {
    if (set_up(state) != 0)
        return -1;
    struct fixture *p = *state;
    assert_true(fs_mkdirs(arena_printf(p->arena, "%s/data/prices", p->dir), p->diags));
    put(p, "gpus.json", gpus);
    put(p, "site.json", site);
    put(p, "prices/p.csv", good);
    return 0;
}

static struct ran check(struct fixture *p, const char *options) {
    return ran_command(p->arena, arena_printf(p->arena, "check --project %s%s", p->dir, options));
}

static void clean_project(void **state) {
    struct fixture *p = *state;
    struct ran ran = check(p, "");
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.err, "");
    assert_non_null(strstr(ran.out, "as of 2026-10-10"));
    assert_non_null(strstr(ran.out, "0 errors, 0 warnings"));
    assert_int_equal(check(p, " --strict").status, 0);
}

/* A mistake in each file: all of them are said, each with its place. */
static void all_findings(void **state) {
    struct fixture *p = *state;
    put(p, "prices/p.csv", HEADER "A,L4,1,-0.5,2026-10-10\nB,L4,1,0.5,soon\nC,L9,1,1,2026-10-10\n");
    put(p, "prices/q.json", "{\"x\": 01}\n");
    put(p, "gpus.json", "{\"sources\": {}, \"gpus\": [{\"id\": \"l4\", \"memory\": 24}]}\n");
    struct ran ran = check(p, "");
    assert_int_equal(ran.status, 1);
    static const char *const expected[] = {"/data/prices/p.csv:2:8: error: [price-range]",
                                           "/data/prices/p.csv:3:12: error: [schema-date]",
                                           "/data/prices/q.json:1:7: error: [json-number]",
                                           "/data/gpus.json:1:49: error: [schema-unit]",
                                           "error: [schema-missing-key]",
                                           "/data/prices/p.csv:4:1: warning: [sku-unknown]"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        if (!strstr(ran.err, expected[i])) {
            fail_msg("no %s in\n%s", expected[i], ran.err);
        }
    }
}

static void strict_and_age(void **state) {
    struct fixture *p = *state;
    put(p, "prices/p.csv", HEADER "A,L4,1,0.5,2026-09-20\nB,L4,1,0.5,2026-10-10\n");
    assert_int_equal(check(p, " --strict").status, 0);
    struct ran ran = check(p, " --strict --max-age 10");
    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.err, "[price-stale]"));
    assert_int_equal(check(p, " --max-age 10").status, 0);
}

/* On an earlier day the later price is not known yet. */
static void as_of(void **state) {
    struct fixture *p = *state;
    put(p, "prices/p.csv", HEADER "A,L4,1,0.5,2026-09-20\nA,L4,1,0.7,2026-10-10\n");
    assert_non_null(strstr(check(p, " --as-of 2026-09-30").out, "as of 2026-09-30"));
    assert_int_equal(check(p, " --as-of 2026-9-30").status, 2);
    assert_non_null(strstr(check(p, " --as-of yesterday").err, "[usage]"));
}

/* A downloaded model keeps its directory; what is not read is said, remarks are no data. */
static void what_is_not_read(void **state) {
    struct fixture *p = *state;
    assert_true(fs_mkdirs(arena_printf(p->arena, "%s/data/models/Tiny-1M", p->dir), p->diags));
    put(p, "models/Tiny-1M/config.json",
        "{\"model_type\": \"llama\", \"hidden_size\": 64, \"num_hidden_layers\": 2, "
        "\"num_attention_heads\": 4, \"intermediate_size\": 128, \"vocab_size\": 100}\n");
    put(p, "models/Tiny-1M/tokenizer.json", "not read");
    put(p, "prices/NOTES.md", "a remark\n");
    struct ran ran = check(p, "");
    assert_string_equal(ran.err, "");
    assert_non_null(strstr(ran.out, "1 models"));
    put(p, "prices/q.tsv", "a\tb\n");
    ran = check(p, "");
    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.err, "/data/prices/q.tsv: warning: [file-ignored]"));
}

/* Files and folders that nothing looks for, or that are none. */
static void what_nothing_reads(void **state) {
    struct fixture *p = *state;
    static const char *const folders[] = {
        "data/price",      "data/prices/old", "data/prices/2026.csv",
        "data/models/Big", "templates",       "assets"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_true(fs_mkdirs(fs_join(p->arena, p->dir, folders[i]), p->diags));
    put(p, "../templates/index.html", "x");
    put(p, "../templates/NOTES.md", "x");
    put(p, "../assets/logo.svg", "x");
    put(p, "../assets/palette.css", ":root {\n  --c0: blue;\n}\n");
    struct ran ran = check(p, "");
    assert_int_equal(ran.status, 3);
    static const char *const expected[] = {
        ("/data/price: warning: [file-ignored] is not read: nothing in data/ has this name; "
         "did you mean \"prices\"?"),
        "/data/prices/old: warning: [file-ignored] is a directory",
        "/data/prices/2026.csv: error: [io-open] is a directory, not a file",
        "/data/models/Big: warning: [file-ignored] is not read: it has no config.json",
        "/templates/index.html: warning: [theme-unused] is not read: templates end in .mustache",
        "/assets/logo.svg: warning: [theme-unused]",
        "/assets/palette.css:2:9: error: [palette] --c0 must be written as #rrggbb"};
    size_t lines = 0;
    for (const char *at = ran.err; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, sizeof expected / sizeof *expected); /* each of them once */
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (!strstr(ran.err, expected[i]))
            fail_msg("no %s in\n%s", expected[i], ran.err);
}

/* A list or a result in the folder of another kind: its owner is told where it belongs. */
static void what_lies_elsewhere(void **state) {
    struct fixture *p = *state;
    static const char *const folders[] = {"api-prices", "benchmarks", "models"};
    for (size_t i = 0; i < 3; i++)
        assert_true(fs_mkdirs(arena_printf(p->arena, "%s/data/%s", p->dir, folders[i]), p->diags));
    put(p, "prices/or.json",
        "{\"data\": [{\"id\": \"a/b\", \"pricing\": {\"prompt\": \"1e-7\", \"completion\": "
        "\"2e-7\"}}]}\n");
    put(p, "prices/config.json", "{\"model_type\": \"llama\"}\n");
    put(p, "api-prices/gpus.csv", HEADER "A,L4,1,0.5,2026-10-10\n");
    put(p, "benchmarks/vllm.json", "{\"backend\": \"vllm\", \"output_throughput\": 900.1}\n");
    put(p, "benchmarks/bench.csv", "model,metric,value\nm,tpot_ms,3\n");
    put(p, "models/near.json", "{\"model_type\": \"Qwen3-MoE\"}\n");
    struct ran ran = check(p, "");
    assert_int_equal(ran.status, 1);
    static const char *const expected[] = {
        "/prices/or.json:1:1: error: [format-unknown] is a list of API prices: its place is "
        "data/api-prices/",
        "/prices/config.json:1:1: error: [format-unknown] is a model's config: its place is "
        "data/models/",
        "/api-prices/gpus.csv:1:1: error: [format-unknown] is a list of GPU prices: its place is "
        "data/prices/",
        "/benchmarks/vllm.json:1:1: error: [format-unknown] lines of JSON with model, gpu,",
        "/benchmarks/bench.csv:1:1: error: [format-unknown] lines of JSON with model, gpu,",
        "[unknown-architecture] the architecture \"Qwen3-MoE\" is not known (\"qwen3_moe\" is);"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (!strstr(ran.err, expected[i]))
            fail_msg("no %s in\n%s", expected[i], ran.err);
}

/* What reads well and would yet be missing from the pages, or nonsense on them. */
static void what_would_go_unnoticed(void **state) {
    struct fixture *p = *state;
    assert_true(fs_mkdirs(arena_printf(p->arena, "%s/data/benchmarks", p->dir), p->diags));
    assert_true(fs_mkdirs(arena_printf(p->arena, "%s/data/calibration", p->dir), p->diags));
    put(p, "benchmarks/ours.jsonl",
        "{\"model\": \"gpt-9\", \"gpu\": \"l4\", \"gpu_count\": 1, \"engine\": \"vllm\",\n"
        " \"input_tokens\": 1000, \"output_tokens\": 500, \"batch_or_concurrency\": 16,\n"
        " \"scenario\": \"fixed-batch\", \"metric\": \"output_tokens_per_s\", \"value\": 1900,\n"
        " \"source\": \"our test\"}\n");
    put(p, "prices/p.csv",
        HEADER "A,L4,1,0.5,2026-10-10\nB,L4,1,0.6,2026-10-10\nC,L4,1,0.55,2026-10-10\n"
               "D,L4,1,0.52,2026-10-10\nE,L4,8,0.0123,2026-10-10\n");
    const char *calibration;
    size_t n;
    assert_true(
        fs_read(p->arena, "data/calibration/vllm.json", 1 << 20, p->diags, &calibration, &n));
    put(p, "calibration/vllm.json", calibration);
    struct ran ran = check(p, "");
    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.err, "ours.jsonl:1:1: warning: [benchmark-not-joined] \"gpt-9\""));
    assert_non_null(strstr(ran.err, "0.0015 USD per GPU-hour, others 0.52"));
    assert_null(strstr(ran.err, "[site-engine]")); /* it asks for none */
    char *asks = arena_strdup(p->arena, site);
    memcpy(strstr(asks, "first-principles\""), "slowllm\"         ", 17);
    put(p, "site.json", asks);
    ran = check(p, "");
    if (!strstr(ran.err, "/data/site.json: warning: [site-engine]"))
        fail_msg("%s", ran.err);
}

/* A published size in bytes, or in billions, is none of parameters. */
static void published_sizes_are_compared(void **state) {
    struct fixture *p = *state;
    static const char model[] =
        "{\"id\": \"tiny\", \"name\": \"Tiny\", \"family\": \"F\", \"source\": \"a page\",\n"
        " \"published\": [{\"total\": %s, \"exact\": %s, \"source\": \"its card\"}],\n"
        " \"config\": {\"model_type\": \"llama\", \"hidden_size\": 64, \"num_hidden_layers\": 2,\n"
        " \"num_attention_heads\": 4, \"intermediate_size\": 128, \"vocab_size\": 100}}\n";
    static const struct {
        const char *total, *exact;
        bool said;
    } cases[] = {{"95040", "true", false},
                 {"95041", "true", true},
                 {"190080", "true", true},
                 {"100000", "false", false},
                 {"0.000095", "false", true}};
    assert_true(fs_mkdirs(arena_printf(p->arena, "%s/data/models", p->dir), p->diags));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(p, "models/tiny.json", arena_printf(p->arena, model, cases[i].total, cases[i].exact));
        struct ran ran = check(p, "");
        assert_int_equal(ran.status, 0);
        if ((strstr(ran.err, "[model-count] tiny: its card says") != NULL) != cases[i].said)
            fail_msg("%s: %s", cases[i].total, ran.err);
    }
}

static void machine_formats(void **state) {
    struct fixture *p = *state;
    put(p, "prices/p.csv", HEADER "A,L4,1,-0.5,2026-10-10\n");
    struct ran ran = check(p, " --format json");
    assert_int_equal(ran.status, 1);
    struct json *json = json_parse(p->arena, "stdout", ran.out, ran.out_length, p->diags);
    const struct json *first = json_get(json, "diagnostics");
    assert_true(first && first->count == 1);
    assert_string_equal(json_get_string(first->items[0], "code"), "price-range");
    assert_true(json_get_number(first->items[0], "line") == 2);
    assert_true(json_get_number(json, "errors") == 1);
    ran = check(p, " --format github");
    assert_int_equal(ran.status, 1);
    assert_true(strncmp(ran.out, "::error file=", 13) == 0);
    assert_non_null(strstr(ran.out, "line=2,col=8"));
    assert_string_equal(ran.err, "");
}

static void usage_and_missing(void **state) {
    struct fixture *p = *state;
    assert_int_equal(ran_command(p->arena, "check --format xml").status, 2);
    assert_int_equal(ran_command(p->arena, "check --max-age 0").status, 2);
    assert_int_equal(ran_command(p->arena, "check --project /nowhere/at/all").status, 3);
    assert_int_equal(ran_command(p->arena, "check --help").status, 0);
}

static void shipped_data(void **state) {
    struct fixture *p = *state;
    struct ran ran = ran_command(p->arena, "check --project .");
    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.out, "0 errors"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, with_data, tear_down)
int main(void) {
    const struct CMUnitTest tests[] = {T(clean_project),
                                       T(all_findings),
                                       T(strict_and_age),
                                       T(as_of),
                                       T(what_is_not_read),
                                       T(what_nothing_reads),
                                       T(what_lies_elsewhere),
                                       T(what_would_go_unnoticed),
                                       T(published_sizes_are_compared),
                                       T(machine_formats),
                                       T(usage_and_missing),
                                       T(shipped_data)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
