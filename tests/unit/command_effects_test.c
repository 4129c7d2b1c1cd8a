/* Every option that a command's --help names changes what the command says or writes, in a small
   project; one that must not change it (threads, durability) does not. An option without a row here
   fails. */
#include "command_run.h"

#include "base/diag.h"
#include "base/fs.h"
#include "base/hash.h"

#include <dirent.h>
#include <sys/stat.h>

/* @ is the directory of the test: p the project, q another, o what a run writes. */
#define QUIET "build --project @/p --out @/o --pdf none --quiet"
#define CHECK "check --project @/p"
#define ESTIMATE "estimate --project @/p --model llama-3.1-8b --gpu h100-sxm"
#define IDEAL ESTIMATE " --engine first-principles"
#define TRAINING "training --project @/p --model llama-3.1-8b --gpu h100-sxm --count 8"
#define OFFERS "offers --project @/p --model llama-3.1-8b"
#define SALES OFFERS " --requests-per-month 1e8"
#define SWEEP "sweep --project @/p --gpus l4"
#define DIFF "diff @/p @/q"
#define REPORT "report --project @/p --model llama-3.1-8b --gpu h100-sxm --out @/o.html"
#define LENGTHS " --input 512 --output 128"
#define RUN "accuracy --project @/p --benchmarks @/run.txt"
#define OF_LLAMA RUN " --gpu h100-sxm --model llama-3.1-8b --engine vllm" LENGTHS
#define FIT "calibrate --project @/p --benchmarks @/runs.jsonl --holdout none"
#define FIT_RUN FIT " --benchmarks @/run.txt --engine vllm --write @/o.json"
#define FIT_LLAMA FIT_RUN " --gpu h100-sxm --model llama-3.1-8b" LENGTHS
#define DRAFTS "accuracy --project @/p --benchmarks @/drafts.json"
#define FIT_DRAFTS FIT " --benchmarks @/drafts.json --engine vllm --write @/o.json"

static const struct effect {
    const char *base, *option;
    bool none; /* it must change nothing */
} effects[] = {
    {"build --project @/q --out @/o --pdf none --quiet", "--project @/p", false},
    {"build --project @/p --pdf none --quiet", "--out @/o", false},
    {QUIET, "--jobs 3", true},
    {QUIET, "--durable", true},
    {"build --project @/p --out @/o --quiet", "--pdf none", false},
    {QUIET, "--as-of 2026-07-01", false},
    {QUIET, "--base-url https://example.org/", false},
    {QUIET, "--shard 1/2", false},
    {QUIET, "--explain", false},
    {"build @/parts/1 @/parts/2 --out @/o --quiet", "--merge", false},
    {"build --project @/p --out @/o --pdf none", "--quiet", false},
    {"init @/o", "--quiet", false},
    {"init @/o", "--theme", false},
    {"check --project @/q", "--project @/p", false},
    {CHECK, "--as-of 2026-07-01", false},
    {CHECK, "--strict", false},
    {CHECK, "--max-age 1", false},
    {CHECK, "--format json", false},
    {CHECK, "--quiet", false},
    {"estimate --project @/p --gpu h100-sxm", "--model llama-3.1-8b", false},
    {"estimate --project @/p --model llama-3.1-8b", "--gpu h100-sxm", false},
    {ESTIMATE, "--count 2", false},
    {ESTIMATE, "--weights fp8", false},
    {ESTIMATE, "--kv fp8", false},
    {ESTIMATE, "--input 4000", false},
    {ESTIMATE, "--output 900", false},
    {ESTIMATE, "--batch max", false},
    {ESTIMATE " --batch 16", "--serving continuous", false},
    {ESTIMATE, "--engine sglang", false},
    {IDEAL, "--compute-efficiency 0.5", false},
    {IDEAL, "--memory-efficiency 0.5", false},
    {ESTIMATE " --count 4", "--tensor-parallel 1", false},
    {ESTIMATE " --count 4", "--pipeline-parallel 2", false},
    {ESTIMATE " --count 4", "--data-parallel 4", false},
    {"estimate --project @/p --model qwen3-30b-a3b --gpu h100-sxm --count 4", "--expert-parallel 4",
     false},
    {ESTIMATE, "--prefix-hit 0.5", false},
    {ESTIMATE " --acceptance 0.7", "--drafts 3", false},
    {ESTIMATE " --drafts 3", "--acceptance 0.5", false},
    {ESTIMATE " --serving continuous --decode-workers 2", "--prefill-workers 1", false},
    {ESTIMATE " --serving continuous --prefill-workers 1", "--decode-workers 2", false},
    {ESTIMATE, "--price 9.99", false},
    {ESTIMATE, "--gamma 0.1", false},
    {ESTIMATE, "--utilisation 0.25", false},
    {ESTIMATE, "--region SWE", false},
    {ESTIMATE, "--pue 2", false},
    {"estimate --project @/q --model qwen3-30b-a3b --gpu l4", "--project @/p", false},
    {ESTIMATE, "--as-of 2026-07-01", false},
    {ESTIMATE, "--curve batch", false},
    {ESTIMATE, "--json", false},
    {"accuracy --project @/q --benchmarks @/runs.jsonl", "--project @/p", false},
    {RUN " --gpu h100-sxm --model llama-3.1-8b" LENGTHS, "--engine sglang", false},
    {"accuracy --project @/p --benchmarks @/runs.jsonl --engine first-principles",
     "--compute-efficiency 0.01", false},
    {"accuracy --project @/p --benchmarks @/runs.jsonl --engine first-principles",
     "--memory-efficiency 0.01", false},
    {OF_LLAMA, "--summary", false},
    {OF_LLAMA, "--json", false},
    {"accuracy --project @/p", "--benchmarks @/runs.jsonl", false},
    {RUN " --gpu h100-sxm --engine vllm" LENGTHS, "--model llama-3.1-8b", false},
    {RUN " --model llama-3.1-8b --engine vllm" LENGTHS, "--gpu h100-sxm", false},
    {OF_LLAMA, "--count 2", false},
    {OF_LLAMA, "--weights fp8", false},
    {OF_LLAMA, "--kv fp8", false},
    {OF_LLAMA, "--input 3000", false},
    {OF_LLAMA, "--output 3000", false},
    {OF_LLAMA, "--batch 64", false},
    {OF_LLAMA " --engine tensorrt-llm", "--date 2024-04", false},
    {DRAFTS " --acceptance 0.7", "--drafts 3", false},
    {DRAFTS " --drafts 3", "--acceptance 0.5", false},
    {"calibrate --project @/q --benchmarks @/runs.jsonl --holdout none --engine vllm --write "
     "@/o.json",
     "--project @/p", false},
    {FIT " --write @/o.json", "--engine vllm", false},
    {"calibrate --project @/p --benchmarks @/runs.jsonl --engine vllm --write @/o.json",
     "--holdout model", false},
    {FIT " --engine vllm --write @/o.json", "--cold", false},
    {FIT " --engine vllm", "--write @/o.json", false},
    {"calibrate --project @/p --holdout none --engine vllm --write @/o.json",
     "--benchmarks @/runs.jsonl", false},
    {FIT_RUN " --gpu h100-sxm" LENGTHS, "--model llama-3.1-8b", false},
    {FIT_RUN " --model llama-3.1-8b" LENGTHS, "--gpu h100-sxm", false},
    {FIT_LLAMA, "--count 2", false},
    {FIT_LLAMA, "--weights fp8", false},
    {FIT_LLAMA, "--kv fp8", false},
    {FIT_LLAMA, "--input 3000", false},
    {FIT_LLAMA, "--output 3000", false},
    {FIT_LLAMA, "--batch 64", false},
    {FIT_LLAMA, "--date 2024-01", false},
    {FIT_DRAFTS " --acceptance 0.7", "--drafts 3", false},
    {FIT_DRAFTS " --drafts 3", "--acceptance 0.5", false},
    {"params @/p/data/models/qwen3-30b-a3b.json", "--json", false},
    {"training --project @/p --gpu h100-sxm", "--model llama-3.1-8b", false},
    {"training --project @/p --model llama-3.1-8b", "--gpu h100-sxm", false},
    {"training --project @/p --model llama-3.1-8b --gpu h100-sxm", "--count 8", false},
    {TRAINING, "--method lora", false},
    {TRAINING " --method lora", "--rank 64", false},
    {TRAINING " --method lora", "--targets qv", false},
    {TRAINING, "--optimizer sgd", false},
    {TRAINING, "--zero 1", false},
    {TRAINING, "--tensor-parallel 2", false},
    {TRAINING, "--pipeline-parallel 2", false},
    {TRAINING " --pipeline-parallel 2", "--virtual-stages 2", false},
    {TRAINING " --tensor-parallel 2 --recompute none", "--sequence-parallel", false},
    {TRAINING, "--recompute none", false},
    {TRAINING " --recompute none", "--no-flash-attention", false},
    {TRAINING " --recompute none", "--dropout", false},
    {TRAINING, "--offload optimizer", false},
    {TRAINING, "--gradient-bytes 4", false},
    {TRAINING, "--sequence 8192", false},
    {TRAINING, "--micro-batch 2", false},
    {TRAINING, "--global-batch 64", false},
    {TRAINING, "--tokens 2e9", false},
    {TRAINING, "--mfu 0.5", false},
    {TRAINING, "--price 9.99", false},
    {"training --project @/q --model qwen3-30b-a3b --gpu l4", "--project @/p", false},
    {TRAINING, "--as-of 2026-07-01", false},
    {TRAINING, "--json", false},
    {"offers --project @/p", "--model llama-3.1-8b", false},
    {OFFERS, "--workload rag", false},
    {OFFERS, "--input 4000", false},
    {OFFERS, "--output 900", false},
    {OFFERS, "--weights any", false},
    {OFFERS, "--engine sglang", false},
    {OFFERS, "--serving static", false},
    {OFFERS, "--ttft 0.4", false},
    {OFFERS, "--tpot 0.03", false},
    {OFFERS, "--price-kind spot", false},
    {OFFERS, "--by platform", false},
    {OFFERS, "--top 1", false},
    {OFFERS, "--stale", false},
    {OFFERS, "--gamma 0.1", false},
    {OFFERS, "--utilisation 0.9", false},
    {OFFERS, "--cached 0.5", false},
    {OFFERS, "--requests-per-user 40", false},
    {OFFERS, "--requests-per-month 1e8", false},
    {SALES, "--capex 9000", false},
    {SALES, "--life 2", false},
    {SALES, "--residual 0.5", false},
    {SALES, "--power 300", false},
    {SALES, "--pue 2", false},
    {SALES, "--electricity 1", false},
    {SALES, "--hosting 900", false},
    {SALES, "--seed 7", false},
    {"offers --project @/q --model qwen3-30b-a3b", "--project @/p", false},
    {OFFERS, "--as-of 2026-07-01", false},
    {OFFERS, "--json", false},
    {SWEEP, "--models llama-3.1-8b", false},
    {"sweep --project @/p", "--gpus l4", false},
    {SWEEP, "--format jsonl", false},
    {SWEEP, "--engine sglang", false},
    {SWEEP, "--serving continuous", false},
    {SWEEP, "--price-kind spot", false},
    {SWEEP, "--gamma 0.1", false},
    {SWEEP, "--utilisation 0.9", false},
    {SWEEP, "--feasible", false},
    {"sweep --project @/q --models qwen3-30b-a3b --gpus l4", "--project @/p", false},
    {SWEEP, "--as-of 2026-07-01", false},
    {SWEEP, "--jobs 3", true},
    {DIFF, "--format markdown", false},
    {DIFF, "--fail-on price:1%", false},
    {DIFF, "--as-of 2026-07-01", false},
    {"report --project @/p --gpu h100-sxm --out @/o.html", "--model llama-3.1-8b", false},
    {"report --project @/p --model llama-3.1-8b --out @/o.html", "--gpu h100-sxm", false},
    {REPORT, "--count 2", false},
    {REPORT, "--weights fp8", false},
    {REPORT, "--kv fp8", false},
    {REPORT, "--input 4000", false},
    {REPORT, "--output 900", false},
    {REPORT, "--engine sglang", false},
    {REPORT, "--gamma 0.1", false},
    {REPORT, "--utilisation 0.9", false},
    {"report --project @/p --model llama-3.1-8b --gpu h100-sxm", "--out @/o.html", false},
    {"report --project @/p --model llama-3.1-8b --gpu h100-sxm --out -", "--format html", false},
    {REPORT, "--base-url https://example.org/", false},
    {"report --project @/q --model qwen3-30b-a3b --gpu l4 --out @/o.html", "--project @/p", false},
    {REPORT, "--as-of 2026-07-01", false},
};

static char dir[] = "/tmp/tallypress-effects-XXXXXX";

/* Words with the directory in the place of each @. */
static const char *placed(struct arena *arena, const char *words) {
    const char *text = "";
    for (const char *at; (at = strchr(words, '@')); words = at + 1)
        text = arena_printf(arena, "%s%.*s%s", text, (int)(at - words), words, dir);
    return arena_printf(arena, "%s%s", text, words);
}

static void put(struct arena *arena, const char *path, const char *mode, const char *text) {
    FILE *file = fopen(placed(arena, path), mode);
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
}

static void copy(struct arena *arena, const char *from, const char *to) {
    struct diags *diags = diags_new();
    const char *text;
    size_t n;
    assert_true(fs_read(arena, from, 1 << 24, diags, &text, &n));
    put(arena, to, "w", text);
    diags_free(diags);
}

static void put_runs(struct arena *arena) {
    put(arena, "@/run.txt", "w",
        "MLPerf Results Summary\nScenario : Offline\nTokens per second: 5000\nResult is : VALID\n");
    put(arena, "@/drafts.json", "w",
        "{\"hw\": \"h100\", \"framework\": \"vllm\", \"model\": \"llama-3.1-8b\", \"precision\": "
        "\"bf16\", \"tp\": 1, \"isl\": 512, \"osl\": 128, \"conc\": 4, \"spec_decoding\": "
        "\"eagle\", "
        "\"metrics\": {\"output_tput_per_gpu\": 400, \"tput_per_gpu\": 2000}, \"date\": "
        "\"2026-08-01\"}");
    static const char *const what[][2] = {
        {"llama-3.1-8b", "h100-sxm"}, {"llama-3.1-8b", "l4"}, {"qwen3-30b-a3b", "h100-sxm"}};
    for (int i = 0; i < 15; i++)
        put(arena, "@/runs.jsonl", "a",
            arena_printf(arena,
                         "{\"model\": \"%s\", \"gpu\": \"%s\", \"gpu_count\": 1, \"engine\": "
                         "\"vllm\", \"weight_dtype\": \"bf16\", \"input_tokens\": 512, "
                         "\"output_tokens\": 128, \"batch_or_concurrency\": %d, \"scenario\": "
                         "\"fixed-concurrency\", \"metric\": \"tpot_ms\", \"value\": %d, "
                         "\"source\": \"made up\", \"date\": \"2026-08\"}\n",
                         what[i % 3][0], what[i % 3][1], 1 << i / 3,
                         (i % 3 == 1 ? 60 : 8) + i / 3));
}

/* The project of `init` with a model of experts, a grid, an API price and an old offer; another
   without that model and with other prices; a site in two parts. What names no place is written
   there too. */
static int set_up(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    if (!mkdtemp(dir))
        return -1;
    for (const char *p = "pq"; *p; p++) {
        const char *root = arena_printf(arena, "@/%c", *p);
        assert_int_equal(
            ran_command(arena, placed(arena, arena_printf(arena, "init --quiet %s", root))).status,
            0);
        if (*p == 'p')
            copy(arena, "data/models/qwen3-30b-a3b.json",
                 arena_printf(arena, "%s/data/models/qwen3-30b-a3b.json", root));
        put(arena, arena_printf(arena, "%s/data/power.json", root), "w",
            "{\"sources\": {\"P\": \"made up\"}, \"overheads\": [], \"all_in\": [], \"regions\": "
            "[{\"id\": \"SWE\", \"name\": \"Sweden\", \"gco2_per_kwh\": 20, \"carbon_source\": "
            "\"P\", \"carbon_date\": \"2025\", \"usd_per_kwh\": 0.05, \"price_source\": \"P\"}]}");
        mkdir(placed(arena, arena_printf(arena, "%s/data/api-prices", root)), 0777);
        put(arena, arena_printf(arena, "%s/data/api-prices/a.csv", root), "w",
            "provider,model,input_usd_per_million,output_usd_per_million,"
            "cached_input_usd_per_million,cache_write_usd_per_million,context_tokens,precision,"
            "as_of,source\nA,llama-3.1-8b,0.2,0.4,0.02,,,,2026-10-01,made up\n");
        put(arena, arena_printf(arena, "%s/data/prices/offers.csv", root), "a",
            *p == 'p' ? "Old,o1,H100 SXM,1,80,2,1,,,here,instance,2026-01-01,made up,\n"
                        "New,n1,L4,1,24,1,0.5,,,here,instance,2026-10-01,made up,\n"
                      : "New,n1,L4,1,24,2,1,,,here,instance,2026-10-01,made up,\n");
    }
    put_runs(arena);
    for (int i = 1; i <= 2; i++)
        ran_command(arena, placed(arena, arena_printf(arena,
                                                      "build --project @/p --pdf none --quiet "
                                                      "--shard %d/2 --out @/parts/%d",
                                                      i, i)));
    arena_free(arena);
    return chdir(dir);
}

static int tear_down(void **state) {
    (void)state;
    struct diags *diags = diags_new();
    bool gone = fs_remove_tree(dir, diags);
    diags_free(diags);
    return gone ? 0 : -1;
}

static uint64_t of_tree(struct arena *arena, const char *path) {
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    uint64_t hash = 0;
    const char *text;
    size_t n;
    struct diags *diags = diags_new();
    if (count < 0 && fs_is_file(path, NULL) && fs_read(arena, path, 1 << 26, diags, &text, &n))
        hash = hash_bytes(text, n, 1);
    for (int i = 0; i < count; free(names[i++])) {
        const char *name = names[i]->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        hash = hash_bytes(name, strlen(name), hash);
        hash ^= of_tree(arena, fs_join(arena, path, name));
    }
    if (count >= 0)
        free(names);
    diags_free(diags);
    return hash;
}

/* What a command says and writes, as a fingerprint; nothing is left. */
static uint64_t done(const char *words) {
    static const char *const written[] = {"@/o", "@/site", "@/o.html", "@/o.json"};
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, placed(arena, words));
    uint64_t hash = hash_bytes(ran.out, ran.out_length, (uint64_t)ran.status);
    hash = hash_bytes(ran.err, strlen(ran.err), hash);
    struct diags *diags = diags_new();
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        const char *path = placed(arena, written[i]);
        hash = hash * 31 + of_tree(arena, path);
        if (access(path, F_OK) == 0)
            assert_true(fs_is_file(path, NULL) ? remove(path) == 0 : fs_remove_tree(path, diags));
    }
    diags_free(diags);
    arena_free(arena);
    return hash;
}

/* All rows; under a tool that slows it down every so many, as EVERY says. */
static void each_option_has_its_effect(void **state) {
    (void)state;
    const char *every = getenv("EVERY");
    const size_t step = every && atoi(every) > 0 ? (size_t)atoi(every) : 1;
    struct arena *arena = arena_new();
    size_t wrong = 0;
    const char *of = "";
    uint64_t base = 0;
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i += step) {
        const struct effect *e = &effects[i];
        if (strcmp(e->base, of) != 0)
            base = done(of = e->base);
        bool same = done(arena_printf(arena, "%s %s", e->base, e->option)) == base;
        if (same != e->none) {
            print_error("%s: %s %s\n", e->base, e->option,
                        same ? "changes nothing" : "changes something");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    arena_free(arena);
}

static bool has_effect(const char *command, const char *option, size_t n) {
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (strncmp(effects[i].base, command, strlen(command)) == 0 &&
            strncmp(effects[i].option, option, n) == 0 && strchr(" ", effects[i].option[n]))
            return true;
    return false;
}

static void each_option_has_a_row(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    size_t seen = 0;
    for (const struct command *c = commands; c->name; c++) {
        const char *help = ran_command(arena, arena_printf(arena, "%s --help", c->name)).out;
        for (const char *line = strchr(help, '\n'); line; line = strchr(line + 1, '\n')) {
            size_t n = strcspn(line + 1, "-");
            const char *name = line + 1 + n + (n == 2 ? 4 : 0); /* after "-x, " */
            if ((n != 2 && n != 6) || strncmp(name, "--", 2) != 0)
                continue;
            size_t length = strcspn(name, " \n");
            if (length == 6 && strncmp(name, "--help", 6) == 0)
                continue;
            if (!has_effect(c->name, name, length))
                fail_msg("%s %.*s: no row tries it", c->name, (int)length, name);
            seen++;
        }
    }
    assert_int_equal(seen, sizeof effects / sizeof *effects);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_option_has_a_row),
                                       cmocka_unit_test(each_option_has_its_effect)};
    return cmocka_run_group_tests_name("command/effects", tests, set_up, tear_down);
}
