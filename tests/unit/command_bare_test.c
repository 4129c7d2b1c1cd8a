/* Sites of projects that lack a part of the data, or bring what the shipped one has not: pages say
   what is there and what is not, in words. */
#include "own_directory.h"

#include "command_run.h"

static void write_file(struct fixture *f, const char *path, const char *text) {
    assert_true(fs_write(fs_join(f->arena, f->dir, path), text, strlen(text), f->diags));
}

static void run(struct fixture *f, const char *words) {
    struct ran ran = ran_command(f->arena, words);
    if (ran.status != EXIT_DONE)
        fail_msg("%s: %d %s", words, ran.status, ran.err);
}

/* No file of the site has a text that stands for a value nobody looked at. */
static void check_tree(struct fixture *f, const char *folder) {
    static const char *const never[] = {"(null)", "as of ,", "all 0 ", "newest of .", "nan "};
    const char **names;
    size_t count;
    assert_true(fs_list(f->arena, folder, false, f->diags, &names, &count) && count);
    for (size_t i = 0; i < count; i++) {
        const char *path = fs_join(f->arena, folder, names[i]), *text;
        size_t n;
        if (fs_is_dir(path, NULL)) {
            check_tree(f, path);
            continue;
        }
        assert_true(fs_read(f->arena, path, 1 << 26, f->diags, &text, &n));
        for (size_t k = 0; k < sizeof never / sizeof *never; k++)
            if (strstr(text, never[k]))
                fail_msg("%s: \"%.60s\"", path, strstr(text, never[k]));
    }
}

static const char *built(struct fixture *f) {
    const char *site = fs_join(f->arena, f->dir, "site");
    run(f, arena_printf(f->arena, "build --quiet --project %s --out %s", f->dir, site));
    check_tree(f, site);
    return site;
}

static void says(struct fixture *f, const char *site, const char *page, const char *sentence) {
    const char *text;
    size_t n;
    assert_true(fs_read(f->arena, fs_join(f->arena, site, page), 1 << 26, f->diags, &text, &n));
    if (!strstr(text, sentence))
        fail_msg("%s does not say \"%s\"", page, sentence);
}

static void start(struct fixture *f) {
    run(f, arena_printf(f->arena, "init %s", f->dir));
}

static void without_prices(void **state) {
    struct fixture *f = *state;
    start(f);
    assert_true(fs_remove_tree(fs_join(f->arena, f->dir, "data/prices"), f->diags));
    const char *site = built(f);
    says(f, site, "index.html", "No model runs on a GPU that is rented at a current price.");
    says(f, site, "gpus/l4/index.html", "No platform on the list rents it");
    says(f, site, "energy/index.html", "No model runs on a rented GPU");
    says(f, site, "data/index.html", "from 0 sources.");
}

static void without_models(void **state) {
    struct fixture *f = *state;
    start(f);
    assert_true(fs_remove_tree(fs_join(f->arena, f->dir, "data/models"), f->diags));
    const char *site = built(f);
    says(f, site, "recommend/index.html", "No model fits.");
    says(f, site, "training/index.html", "There is no model or no GPU to train with.");
}

static void without_gpus(void **state) {
    struct fixture *f = *state;
    start(f);
    assert_true(fs_remove_tree(fs_join(f->arena, f->dir, "data/prices"), f->diags));
    write_file(
        f, "data/gpus.json",
        "{\"sources\":{\"none\":{\"url\":\"https://example.org/\",\"as_of\":\"2026-10-10\"}},"
        "\"gpus\":[]}\n");
    const char *site = built(f);
    says(f, site, "training/index.html", "There is no model or no GPU to train with.");
}

/* A measurement that states power beside its rate has an energy of its own: 700 W at 1,400 tokens a
   second are half a joule each. */
static void a_measurement_with_power(void **state) {
    struct fixture *f = *state;
    start(f);
    assert_true(fs_mkdirs(fs_join(f->arena, f->dir, "data/benchmarks"), f->diags));
    write_file(f, "data/benchmarks/ours.jsonl",
               "{\"model\":\"llama-3.1-8b\",\"gpu\":\"h100-sxm\",\"gpu_count\":1,"
               "\"engine\":\"vllm\",\"input_tokens\":1000,\"output_tokens\":500,"
               "\"batch_or_concurrency\":16,\"scenario\":\"fixed-batch\","
               "\"metric\":\"output_tokens_per_s\",\"value\":1400,"
               "\"output_tokens_per_s_system\":1400,\"power_w\":700,"
               "\"source\":\"our own meter\",\"date\":\"2026-10-01\"}\n");
    const char *site = built(f);
    says(f, site, "energy/index.html", "our own meter");
    says(f, site, "energy/measured.csv", ",0.500,measured,");
    says(f, site, "energy/measured.csv", "our own meter");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_prices, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_models, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_gpus, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_measurement_with_power, set_up, tear_down)};
    return cmocka_run_group_tests_name("command/bare", tests, NULL, NULL);
}
