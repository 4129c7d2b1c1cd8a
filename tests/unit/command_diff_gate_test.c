/* diff --fail-on in continuous integration: every way for prices to get worse trips it, and it says
   which input did. */
#include "command_run.h"
#include "own_directory.h"

#include "read/read.h"

#define API "provider,model,input_usd_per_million,output_usd_per_million,as_of,source\n"

static void put(struct fixture *f, const char *name, const char *text) {
    const char *path = fs_join(f->arena, f->dir, name);
    char *parent = arena_strdup(f->arena, path);
    *strrchr(parent, '/') = '\0';
    assert_true(fs_mkdirs(parent, f->diags));
    assert_true(fs_write(path, text, strlen(text), f->diags));
}

static const char *get(struct fixture *f, const char *name) {
    const char *text;
    size_t n;
    assert_true(fs_read(f->arena, fs_join(f->arena, f->dir, name), 1 << 20, f->diags, &text, &n));
    return text;
}

/* Two projects with two models and an API price; the new one says `to` where the old says `from`.
 */
static void start(struct fixture *f, const char *from, const char *to) {
    static const char *const sides[] = {"old", "new"};
    const char *model;
    size_t n;
    assert_true(fs_read(f->arena, "data/models/qwen3-8b.json", 1 << 20, f->diags, &model, &n));
    for (int i = 0; i < 2; i++) {
        const char *dir = fs_join(f->arena, f->dir, sides[i]);
        fs_remove_tree(dir, NULL);
        assert_int_equal(ran_command(f->arena, arena_printf(f->arena, "init -q %s", dir)).status,
                         0);
        put(f, arena_printf(f->arena, "%s/data/models/qwen3-8b.json", sides[i]), model);
        put(f, arena_printf(f->arena, "%s/data/api-prices/a.csv", sides[i]),
            API "vercel,qwen3-8b,0.1,0.2,2026-10-01,s\n");
    }
    static const char *const files[] = {"new/data/prices/offers.csv", "new/data/api-prices/a.csv"};
    for (size_t i = 0; from && i < 2; i++) {
        const char *text = get(f, files[i]), *at = strstr(text, from);
        if (at)
            put(f, files[i],
                arena_printf(f->arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)));
    }
}

static void trips(struct fixture *f, const char *rule, const char *format, const char *said) {
    struct ran ran =
        ran_command(f->arena, arena_printf(f->arena, "diff %s/old %s/new --fail-on %s --format %s",
                                           f->dir, f->dir, rule, format));
    if (ran.status != (said ? 4 : 0))
        fail_msg("%s: status %d\n%s%s", rule, ran.status, ran.out, ran.err);
    if (said && (!strstr(ran.err, said) || (format[0] == 'm' && !strstr(ran.out, said))))
        fail_msg("%s: no \"%s\" in\n%s%s", rule, said, ran.out, ran.err);
}

static void any_price_trips(void **state) {
    struct fixture *f = *state;
    start(f, "18.1695", "25.5");
    trips(f, "price:5%", "text", "price:5% is crossed: +40.3 %, Azure Standard_ND96isr_H100_v5, ");
    trips(f, "price:5%", "text", "eastus, spot (");
    trips(f, "price:41%", "text", NULL);
    start(f, "23.7773", "26");
    trips(f, "price:5%", "text", "us-east-1, reserved 3 years (");
    start(f, "23.7773", "20");
    trips(f, "price:5%", "text", NULL);
    start(f, "vercel,qwen3-8b,0.1,0.2,2026-10-01", "vercel_ai_gateway,qwen3-8b,0.1,0.3,2026-10-02");
    trips(f, "price:5%", "json", "+50.0 %, Vercel AI Gateway, qwen3-8b, output (");
    trips(f, "price:50%", "json", NULL);
}

static void a_worse_best_offer_trips(void **state) {
    struct fixture *f = *state;
    start(f, "2.581", "2.70");
    trips(f, "best:2%", "markdown", "best:2% is crossed");
    trips(f, "best:2%", "markdown", ": +4.6 %, ");
    trips(f, "best:2%", "text", ", $");
    trips(f, "best:5%", "text", NULL);
}

static void a_lost_model_or_workload_trips(void **state) {
    struct fixture *f = *state;
    start(f, NULL, NULL);
    trips(f, "coverage", "text", NULL);
    assert_int_equal(unlink(fs_join(f->arena, f->dir, "new/data/models/qwen3-8b.json")), 0);
    trips(f, "coverage", "text", "4 lost, first qwen3-8b, chat on h100-sxm");
    start(f, NULL, NULL);
    const char *site = get(f, "new/data/site.json"), *rag = strstr(site, "\"rag\"");
    assert_non_null(rag);
    put(f, "new/data/site.json",
        arena_printf(f->arena, "%.*s\"rag2\"%s", (int)(rag - site), site, rag + 5));
    trips(f, "coverage", "text", "4 lost, first llama-3.1-8b, rag on h100-sxm");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void) {
    const struct CMUnitTest tests[] = {T(any_price_trips), T(a_worse_best_offer_trips),
                                       T(a_lost_model_or_workload_trips)};
    return cmocka_run_group_tests_name("command/diff_gate", tests, NULL, NULL);
}
