/* The shipped data: reads without a finding, and holds what the site promises. */
#include "base/buf.h"
#include "base/fs.h"
#include "cpu_time.h"
#include "read/parts.h"
#include "read/read.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct catalog catalog;
};

static struct fixture *read_as_of(const char *as_of) {
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->diags = diags_new();
    struct source *source = source_open(f->arena, NULL, f->diags);
    bool good = read_catalog(f->arena, source, as_of, f->diags, &f->catalog);
    for (size_t i = 0; i < diags_count(f->diags); i++) {
        const struct diag *d = diags_get(f->diags, i);
        if (d->level >= DIAG_WARNING) {
            print_message("%s:%u:%u: [%s] %s\n", d->place.file, d->place.line, d->place.column,
                          d->code, d->text);
        }
    }
    assert_true(good);
    assert_int_equal(diags_warnings(f->diags), 0);
    return f;
}

static void release(struct fixture *f) {
    arena_free(f->arena);
    diags_free(f->diags);
    free(f);
}

static int setup(void **state) {
    *state = read_as_of(NULL);
    return 0;
}

static int teardown(void **state) {
    release(*state);
    return 0;
}

static bool in_file(const struct place *place, const char *name) {
    return strstr(place->file, name) != NULL;
}

static void test_gpus(void **state) {
    struct fixture *f = *state;
    assert_int_equal(f->catalog.gpu_count, 98);
    const struct gpu *h100 = catalog_find_gpu(&f->catalog, "NVIDIA H100-SXM");
    assert_non_null(h100);
    assert_string_equal(h100->id, "h100-sxm");
    assert_true(h100->memory_bytes == 80e9 && h100->memory_bytes_per_s == 3.35e12);
    assert_true(fabs(gpu_capacity_bytes(h100) / 1073741824.0 - 79.18) < 1e-9);
    assert_true(h100->flop_per_s[COMPUTE_16] == 989e12);
    assert_true(h100->flop_per_s[COMPUTE_FP8] == 1979e12 && h100->flop_per_s[COMPUTE_FP4] == 0);
    assert_true(h100->link_bytes_per_s == 450e9 && h100->max_per_node == 8);
    enum compute used;
    assert_true(gpu_flop_per_s(h100, PRECISION_NVFP4, &used) == 989e12 && used == COMPUTE_16);
    const struct gpu *card = catalog_find_gpu(&f->catalog, "GeForce RTX 4090");
    assert_true(card->flop_per_s[COMPUTE_16] == 165.2e12); /* fp32 accumulation, dense */
    assert_string_equal(catalog_find_gpu(&f->catalog, "A40")->id, "a40");
    assert_string_equal(catalog_find_gpu(&f->catalog, "rtx a4000")->id, "rtx-a4000");
    assert_null(catalog_find_gpu(&f->catalog, "H1000"));
    const char *ids[3];
    assert_int_equal(catalog_nearest_gpus(&f->catalog, "h100-smx", ids, 3), 3);
    assert_string_equal(ids[0], "h100-sxm");
}

static void test_model_names(void **state) {
    struct fixture *f = *state;
    static const char *const names[] = {"llama-3.3-70b", "meta-llama/Llama-3.3-70B-Instruct",
                                        "META-LLAMA/llama-3.3-70b-instruct", "Llama_3.3 70B"};
    const struct model *llama = catalog_find_model(&f->catalog, names[0]);
    assert_non_null(llama);
    for (size_t i = 0; i < 3; i++) {
        assert_ptr_equal(catalog_find_model(&f->catalog, names[i]), llama);
    }
    assert_ptr_equal(catalog_find_model(&f->catalog, names[3]), llama);
    assert_null(catalog_find_model(&f->catalog, "llama"));
    assert_null(catalog_find_model(&f->catalog, ""));
    const char *ids[40];
    assert_int_equal(catalog_nearest_gpus(&f->catalog, "A100", ids, 1), 1);
    assert_non_null(strstr(ids[0], "a100")); /* not the A10, one letter away */
    assert_int_equal(catalog_nearest_models(&f->catalog, "lama-3.3-70b", ids, 3), 3);
    assert_string_equal(ids[0], "llama-3.3-70b");
    assert_int_equal(catalog_nearest_models(&f->catalog, "", ids, 0), 0);
    assert_true(catalog_nearest_gpus(&f->catalog, "x", ids, 40) <= 40);
}

static void test_power(void **state) {
    struct fixture *f = *state;
    const struct power *power = &f->catalog.power;
    const struct grid_region *usa = power_find_region(power, "usa");
    assert_true(usa && usa->gco2_per_kwh == 369.473 && usa->usd_per_kwh == 0.0813);
    assert_non_null(usa->carbon_source);
    const struct gpu *h100 = catalog_find_gpu(&f->catalog, "H100");
    assert_true(power_find_all_in(power, h100)->watts == 1730);
    assert_int_equal(power->overhead_count, 6);
}

/* Every GPU says where each of its figures comes from. */
static void test_gpu_sources(void **state) {
    struct fixture *f = *state;
    for (size_t i = 0; i < f->catalog.gpu_count; i++) {
        const struct gpu *gpu = &f->catalog.gpus[i];
        assert_true(gpu->source && gpu->source[0] && gpu->source_date && gpu->source_count > 0);
        for (size_t j = 0; j < gpu->source_count; j++) {
            assert_true(gpu->sources[j].text && gpu->sources[j].date);
        }
        assert_true(gpu->memory_bytes > 0 && gpu_capacity_bytes(gpu) > 0);
    }
}

/* A file of nothing but unknown keys is refused about as fast as it is read. */
static void test_endless_unknown_keys(void **state) {
    struct fixture *f = *state;
    struct catalog catalog = {0};
    struct diags *diags = diags_new();
    struct buf text = BUF_INIT;
    buf_puts(&text, "{\"sources\": {}, \"gpus\": [{\"id\": \"g\"");
    for (int i = 0; i < 200000; i++)
        buf_printf(&text, ", \"memoryband%d\": 1", i);
    buf_puts(&text, "}]}");
    const struct input in = {f->arena, diags, "gpus.json", "gpus.json", buf_text(&text), text.len};
    double start = cpu_seconds();
    assert_false(read_gpus(&in, &catalog));
    assert_true(cpu_seconds() - start < 2);
    assert_true(diags_errors(diags) > 200000);
    buf_free(&text);
    diags_free(diags);
}

/* Names that a slug cannot tell apart have places of their own. */
static void test_slugs_of_platforms(void **state) {
    static const char text[] = "platform,gpu,gpu_count,on_demand_usd_per_hour\n"
                               "\xC3\x9Cni,H100,1,2\n\xC3\x84ni,H100,1,2\nUni,H100,1,2\n"
                               "X,H100,1,2\n!,H100,1,2\n";
    struct fixture *f = *state;
    struct diags *diags = diags_new();
    const struct input in = {f->arena, diags, "p.csv", "p.csv", text, sizeof text - 1};
    struct offer_list list = {0};
    read_offers(&in, &list);
    assert_int_equal(list.count, 5);
    assert_string_equal(list.items[2].platform_id, "uni");
    assert_string_equal(list.items[3].platform_id, "x");
    assert_string_not_equal(list.items[4].platform_id, "x");
    assert_string_not_equal(list.items[0].platform_id, list.items[1].platform_id);
    assert_string_not_equal(list.items[0].platform_id, "uni");
    diags_free(diags);
}

/* "S1" is a source of its own beside "S12", whichever is named first, and a text beside one that
   holds it. */
static void test_sources_with_like_names(void **state) {
    static const char text[] =
        "{\"sources\": {\"S0\": {\"text\": \"twelve and one\", \"date\": \"2025-01-01\"}, "
        "\"S1\": {\"text\": \"one\", \"date\": \"2026-01-01\"}, \"S12\": {\"text\": "
        "\"twelve\", \"date\": \"2026-01-02\"}}, \"gpus\": [{\"id\": \"g\", \"name\": \"G\", "
        "\"short_name\": \"G\", \"vendor\": \"V\", \"architecture\": \"A\", \"form_factor\": "
        "\"F\", "
        "\"memory\": \"80 GB\", \"sources\": {\"memory\": \"S12, S1\", \"tdp\": \"S12\", "
        "\"bandwidth\": \"S0\"}}]}";
    struct fixture *f = *state;
    struct catalog catalog = {0};
    struct diags *diags = diags_new();
    const struct input in = {f->arena, diags, "gpus.json", "gpus.json", text, sizeof text - 1};
    assert_true(read_gpus(&in, &catalog));
    assert_string_equal(catalog.gpus[0].source, "twelve and one; one; twelve");
    assert_string_equal(catalog.gpus[0].sources[0].text, "twelve; one");
    assert_string_equal(catalog.gpus[0].source_date, "2026-01-02");
    diags_free(diags);
}

static void test_offers(void **state) {
    struct fixture *f = *state;
    size_t listed = 0, joined = 0, current = 0, all_joined = 0;
    for (size_t i = 0; i < f->catalog.offer_count; i++) {
        const struct offer *o = &f->catalog.offers[i];
        bool now = in_file(&o->place, "offers-2026.csv");
        listed += now;
        joined += now && o->gpu;
        current += o->current && o->rankable;
        all_joined += o->gpu != NULL;
        assert_true(o->gpu || o->join_note);
        assert_false(o->duplicate && o->current);
    }
    print_message(
        "offers: %zu, joined %zu; current list %zu, joined %zu; current and rankable %zu\n",
        f->catalog.offer_count, all_joined, listed, joined, current);
    assert_int_equal(listed, 606);
    assert_true(joined >= 600);
    assert_true(current >= 500);
}

/* By GPU as by looking through all, in the same order. */
static void test_offers_of_a_gpu(void **state) {
    struct fixture *f = *state;
    struct catalog plain = f->catalog;
    size_t found = 0, current = 0;
    assert_non_null(plain.gpu_offers.starts);
    plain.gpu_offers.starts = NULL;
    for (size_t g = 0; g < plain.gpu_count; g++) {
        size_t at = 0, plain_at = 0;
        const struct offer *offer;
        do {
            offer = catalog_next_offer(&f->catalog, &plain.gpus[g], &at);
            assert_ptr_equal(offer, catalog_next_offer(&plain, &plain.gpus[g], &plain_at));
            found += offer != NULL;
        } while (offer);
        at = plain_at = 0;
        do {
            offer = catalog_next_current(&f->catalog, &plain.gpus[g], &at);
            assert_ptr_equal(offer, catalog_next_current(&plain, &plain.gpus[g], &plain_at));
            assert_true(!offer || offer->current);
            current += offer != NULL;
        } while (offer);
    }
    assert_true(found > 0 && found <= plain.offer_count);
    assert_true(current > 0 && current < found);
}

static void test_api_prices_of_a_model(void **state) {
    struct fixture *f = *state;
    struct catalog plain = f->catalog;
    size_t found = 0;
    assert_non_null(plain.model_prices.starts);
    plain.model_prices.starts = NULL;
    for (size_t m = 0; m < plain.model_count; m++) {
        size_t at = 0, plain_at = 0;
        const struct api_price *price;
        do {
            price = catalog_next_api_price(&f->catalog, &plain.models[m], &at);
            assert_ptr_equal(price, catalog_next_api_price(&plain, &plain.models[m], &plain_at));
            found += price != NULL;
        } while (price);
    }
    assert_true(found > 0 && found <= plain.api_price_count);
}

static void test_platform_count(void **state) {
    struct fixture *f = *state;
    const char *last = "";
    size_t platforms = 0;
    for (size_t i = 0; i < f->catalog.offer_count; i++) {
        const struct offer *o = &f->catalog.offers[i];
        if (in_file(&o->place, "offers-2026.csv") && strcmp(o->platform_id, last) != 0) {
            platforms++;
            last = o->platform_id;
        }
    }
    assert_int_equal(platforms, 67);
}

static void test_api_prices(void **state) {
    struct fixture *f = *state;
    size_t joined = 0;
    for (size_t i = 0; i < f->catalog.api_price_count; i++) {
        joined += f->catalog.api_prices[i].model && f->catalog.api_prices[i].current;
    }
    print_message("API prices: %zu, joined and current %zu\n", f->catalog.api_price_count, joined);
    assert_true(joined >= 600);
}

static void test_benchmarks(void **state) {
    struct fixture *f = *state;
    size_t article = 0;
    for (size_t i = 0; i < f->catalog.benchmark_count; i++) {
        const struct benchmark *b = &f->catalog.benchmarks[i];
        if (in_file(&b->place, "article-2025.jsonl")) {
            article++;
            assert_non_null(b->model);
            assert_non_null(b->gpu);
            assert_true(b->output_tokens_per_s_system == b->value);
        }
    }
    assert_int_equal(article, 28);
}

static void test_site(void **state) {
    struct fixture *f = *state;
    assert_int_equal(f->catalog.site.workload_count, 4);
    assert_int_equal(f->catalog.site.workloads[0].input_tokens, 2035);
    assert_true(f->catalog.site.gamma == 0.3);
    assert_non_null(f->catalog.site.as_of);
    assert_true(f->catalog.input_count > 10);
}

/* As of an earlier day only prices not after it stand, and other ones are the newest. */
static void test_as_of(void **state) {
    (void)state;
    struct fixture *f = read_as_of("2026-06-30");
    size_t current = 0;
    for (size_t i = 0; i < f->catalog.offer_count; i++) {
        const struct offer *o = &f->catalog.offers[i];
        assert_true(!o->as_of || strcmp(o->as_of, "2026-06-30") <= 0);
        current += o->current && o->rankable;
    }
    assert_string_equal(f->catalog.site.as_of, "2026-06-30");
    assert_true(current > 200);
    for (size_t i = 0; i < f->catalog.api_price_count; i++) {
        assert_true(strcmp(f->catalog.api_prices[i].as_of, "2026-06-30") <= 0);
    }
    release(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gpus),
        cmocka_unit_test(test_model_names),
        cmocka_unit_test(test_power),
        cmocka_unit_test(test_gpu_sources),
        cmocka_unit_test(test_slugs_of_platforms),
        cmocka_unit_test(test_endless_unknown_keys),
        cmocka_unit_test(test_sources_with_like_names),
        cmocka_unit_test(test_offers),
        cmocka_unit_test(test_offers_of_a_gpu),
        cmocka_unit_test(test_api_prices_of_a_model),
        cmocka_unit_test(test_platform_count),
        cmocka_unit_test(test_api_prices),
        cmocka_unit_test(test_benchmarks),
        cmocka_unit_test(test_site),
        cmocka_unit_test(test_as_of),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
