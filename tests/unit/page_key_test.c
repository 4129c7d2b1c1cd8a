/* Keys of pages: they have every member of an offer, an API price and a pick, and no page sees a
   price that is not in its key. */
#include "engine/history.h"
#include "engine/quote.h"
#include "page/key.h"
#include "page/plan.h"
#include "page/training.h"
#include "render/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render_sample.h"
#include "shipped.h"
#include "struct_members.h"

enum { REST = 77 };

static void has_every_member(const char *file, const char *type, const struct key_field *fields) {
    struct members members = members_of(shipped.arena, file, type);
    const char *const *names = members.names;
    size_t count = members.count, at = 0;
    for (; fields[at].name; at++) {
        assert_true(at < count);
        if (strcmp(fields[at].name, names[at]) != 0)
            fail_msg("struct %s: '%s' where the key has '%s'", type, names[at], fields[at].name);
    }
    if (at != count)
        fail_msg("struct %s: '%s' is not in the key", type, names[at]);
}

static void keys_have_every_member(void **state) {
    (void)state;
    has_every_member("src/catalog/price.h", "offer", key_offer_fields);
    has_every_member("src/catalog/price.h", "api_price", key_api_price_fields);
    has_every_member("src/page/plan.h", "pick", key_pick_fields);
    has_every_member("src/catalog/gpu.h", "gpu", key_gpu_fields);
    has_every_member("src/catalog/benchmark.h", "benchmark", key_benchmark_fields);
}

static size_t index_of(const struct page_plan *plan, const char *path) {
    for (size_t i = 0; i < page_plan_count(plan); i++)
        if (strcmp(page_plan_path(plan, i), path) == 0)
            return i;
    fail_msg("no page %s", path);
    return 0;
}

static const char *html(const struct theme *theme, const struct page *page) {
    struct site_context context = {"T", "", NULL, "2026-01-01", "1", 0};
    struct buf out = BUF_INIT;
    render_html(theme, &context, page, &out);
    assert_true(out.len > 1000);
    char *text = arena_copy(shipped.arena, buf_text(&out), out.len);
    buf_free(&out);
    return text;
}

/* Only the prices that the key of this pair has. */
static struct catalog narrowed(const struct gpu *gpu, const struct model *model) {
    struct catalog catalog = shipped.catalog;
    catalog.offers = ARENA_ARRAY(shipped.arena, catalog.offer_count, struct offer);
    catalog.api_prices = ARENA_ARRAY(shipped.arena, catalog.api_price_count, struct api_price);
    catalog.gpu_offers = catalog.model_prices = (struct rows_by_owner){NULL, NULL};
    catalog.offer_count = catalog.api_price_count = 0;
    for (size_t i = 0; i < shipped.catalog.offer_count; i++) {
        const struct offer *offer = &shipped.catalog.offers[i];
        if (offer->gpu == gpu && offer->current && !offer->duplicate)
            catalog.offers[catalog.offer_count++] = *offer;
    }
    for (size_t i = 0; i < shipped.catalog.api_price_count; i++)
        if (shipped.catalog.api_prices[i].model == model)
            catalog.api_prices[catalog.api_price_count++] = shipped.catalog.api_prices[i];
    return catalog;
}

/* The page at this path, and what is said of it elsewhere, come out the same of fewer prices, and
   so does its key. */
static void same_of_fewer(const struct theme *theme, const struct page_plan *whole,
                          const struct catalog *narrow, const char *path) {
    struct arena *arena = shipped.arena;
    struct page_plan *part = page_plan_new(arena, narrow, &shipped.calibrations, 2);
    size_t here = index_of(whole, path), there = index_of(part, path);
    uint64_t key = page_plan_key(whole, here, REST);
    assert_true(key && key == page_plan_key(part, there, REST));
    const struct page *page = page_make(whole, here, arena);
    assert_string_equal(html(theme, page), html(theme, page_make(part, there, arena)));
    const struct page *outline = page_outline(whole, here, arena);
    assert_string_equal(outline->title, page->title);
    assert_string_equal(outline->description, page->description);
    assert_string_equal(outline->path, page->path);
}

/* Every other price gone, history and other platforms too: the same page, and the same key. */
static void pages_see_only_what_is_in_their_key(void **state) {
    (void)state;
    static const struct {
        const char *model, *gpu;
    } pairs[] = {{"llama-3.3-70b", "h100-sxm"},
                 {"qwen3-32b", "a100-80gb-sxm"},
                 {"llama-3.1-8b", "rtx-4090"},
                 {"deepseek-v3", "mi300x"},
                 {"llama-3.3-70b", "tpu-v5e"}};
    struct arena *arena = shipped.arena;
    struct theme *theme =
        theme_load(arena, sample_sources(arena, shipped.diags, "."), shipped.diags);
    assert_non_null(theme);
    struct page_plan *whole = page_plan_new(arena, &shipped.catalog, &shipped.calibrations, 2);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct model *model = shipped_model(pairs[i].model);
        const struct gpu *gpu = shipped_gpu(pairs[i].gpu);
        struct catalog narrow = narrowed(gpu, model);
        same_of_fewer(theme, whole, &narrow,
                      arena_printf(arena, "models/%s/%s.html", model->id, gpu->id));
    }
}

static bool is_quoted(const struct page_plan *plan, const struct offer *offer, uint32_t model) {
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++) {
        const struct gpu_market *market = &plan->gpu_markets[g];
        const struct pick *pick = plan_pick(plan, model, g);
        if ((pick->listing && pick->listing->offer == offer) ||
            (market->ranked && market->listings[0].offer == offer))
            return true;
        for (size_t n = 0; n < plan->catalog->site.gpu_count_count; n++)
            if (plan->quotes[g * plan->catalog->site.gpu_count_count + n].offer == offer)
                return true;
    }
    return false;
}

/* Of this GPU every price, of the others what the model is quoted there. */
static struct catalog quoted(const struct page_plan *plan, const struct model *model,
                             uint32_t gpu) {
    struct catalog catalog = narrowed(NULL, model);
    for (size_t i = 0; i < shipped.catalog.offer_count; i++) {
        const struct offer *offer = &shipped.catalog.offers[i];
        if (offer->gpu == &shipped.catalog.gpus[gpu] ||
            is_quoted(plan, offer, (uint32_t)(model - shipped.catalog.models)))
            catalog.offers[catalog.offer_count++] = *offer;
    }
    assert_true(catalog.offer_count * 2 < shipped.catalog.offer_count);
    return catalog;
}

/* The pages of a model about prices and training, without the offers that are dearer. */
static void prices_see_only_what_is_quoted(void **state) {
    (void)state;
    static const char *const models[] = {"llama-3.3-70b", "qwen3-32b", "deepseek-v3", "qwen2-7b"};
    struct arena *arena = shipped.arena;
    struct theme *theme =
        theme_load(arena, sample_sources(arena, shipped.diags, "."), shipped.diags);
    struct page_plan *whole = page_plan_new(arena, &shipped.catalog, &shipped.calibrations, 2);
    for (size_t i = 0; i < 2 * sizeof models / sizeof *models; i++) {
        const struct model *model = shipped_model(models[i / 2]);
        uint32_t index = (uint32_t)(model - shipped.catalog.models);
        uint32_t gpu = i % 2 ? training_usual_gpu(whole) : plan_best(whole, index, 0)->gpu;
        assert_true(gpu < shipped.catalog.gpu_count);
        struct catalog narrow = quoted(whole, model, gpu);
        same_of_fewer(theme, whole, &narrow,
                      arena_printf(arena, "models/%s/%s/index.html", model->id,
                                   i % 2 ? "training" : "price"));
    }
}

/* All prices of one GPU, its past too; NULL: no price at all. */
static struct catalog of_gpu(const struct gpu *gpu) {
    struct catalog catalog = shipped.catalog;
    catalog.offers = ARENA_ARRAY(shipped.arena, catalog.offer_count, struct offer);
    catalog.gpu_offers = catalog.gpu_current = catalog.model_prices =
        (struct rows_by_owner){NULL, NULL};
    catalog.offer_count = catalog.api_price_count = 0;
    for (size_t i = 0; gpu && i < shipped.catalog.offer_count; i++)
        if (shipped.catalog.offers[i].gpu == gpu)
            catalog.offers[catalog.offer_count++] = shipped.catalog.offers[i];
    return catalog;
}

/* A GPU's page without the prices of others, the pages about accuracy without any. */
static void the_others_see_no_more(void **state) {
    (void)state;
    static const struct {
        const char *path, *gpu;
    } pages[] = {{"accuracy/index.html", NULL},
                 {"accuracy/2/index.html", NULL},
                 {"gpus/h100-sxm/index.html", "h100-sxm"},
                 {"gpus/mi300x/index.html", "mi300x"}};
    struct arena *arena = shipped.arena;
    struct theme *theme =
        theme_load(arena, sample_sources(arena, shipped.diags, "."), shipped.diags);
    struct page_plan *whole = page_plan_new(arena, &shipped.catalog, &shipped.calibrations, 2);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct catalog narrow = of_gpu(pages[i].gpu ? shipped_gpu(pages[i].gpu) : NULL);
        same_of_fewer(theme, whole, &narrow, pages[i].path);
    }
}

static uint64_t key_of(const struct catalog *catalog, const char *path, uint64_t rest) {
    struct page_plan *plan = page_plan_new(shipped.arena, catalog, &shipped.calibrations, 2);
    return page_plan_key(plan, index_of(plan, path), rest);
}

static void change(const struct key_field *field, void *row) {
    char *at = (char *)row + field->offset;
    if (field->how == KEY_TEXT)
        *(const char **)(void *)at = "another";
    else
        at[field->size > 1 ? field->size - 2 : 0] ^= 1;
}

/* Each member, the order of the lines, the date, the rest, the path. */
static void keys_change_with_what_they_have(void **state) {
    (void)state;
    static const char path[] = "models/llama-3.3-70b/tpu-v5e.html";
    static const char other[] = "models/llama-3.3-70b/tpu-v6e.html";
    const struct model *model = shipped_model("llama-3.3-70b");
    struct catalog catalog = narrowed(shipped_gpu("tpu-v5e"), model);
    catalog.benchmark_count = 0;
    catalog.models = (struct model *)(uintptr_t)model; /* a plan of one model is quick */
    catalog.model_count = 1;
    assert_true(catalog.offer_count > 2 && catalog.api_price_count > 2);
    uint64_t key = key_of(&catalog, path, REST);
    assert_true(key != 0 && key == key_of(&catalog, path, REST));
    assert_true(key_of(&catalog, path, 0) == 0);
    assert_true(key_of(&catalog, "index.html", REST) == 0);
    assert_true(key != key_of(&catalog, path, REST + 1));
    assert_true(key != key_of(&catalog, other, REST));
    for (const struct key_field *field = key_offer_fields; field->name; field++) {
        struct offer was = catalog.offers[1];
        if (field->how == KEY_OWNER || field->how == KEY_ORDER ||
            strcmp(field->name, "platform_id") == 0)
            continue;
        change(field, &catalog.offers[1]);
        if (key == key_of(&catalog, path, REST))
            fail_msg("offer.%s is not in the key", field->name);
        catalog.offers[1] = was;
    }
    struct api_price *price = catalog.api_prices;
    while (!price->current || price->free_tier)
        price++;
    for (const struct key_field *field = key_api_price_fields; field->name; field++) {
        struct api_price was = *price;
        if (field->how == KEY_OWNER || field->how == KEY_ORDER)
            continue;
        change(field, price);
        if (key == key_of(&catalog, path, REST))
            fail_msg("api_price.%s is not in the key", field->name);
        *price = was;
    }
    struct place place = catalog.offers[0].place;
    for (size_t i = 0; i < catalog.offer_count; i++)
        catalog.offers[i].place.line += 5;
    assert_true(key == key_of(&catalog, path, REST));
    catalog.offers[0].place = catalog.offers[1].place;
    catalog.offers[1].place = place;
    assert_true(key != key_of(&catalog, path, REST));
    /* A platform is called as its first offer says, be it of another GPU. */
    key = key_of(&catalog, path, REST);
    catalog.offers[0].gpu = shipped_gpu("h100-sxm");
    catalog.offers[0].platform_id = catalog.offers[1].platform_id;
    uint64_t plain = key_of(&catalog, path, REST);
    assert_true(key != plain);
    catalog.offers[0].platform = "Otherwise";
    assert_true(plain != key_of(&catalog, path, REST));
    key = key_of(&catalog, path, REST);
    catalog.site.as_of = "2027-01-01";
    assert_true(key != key_of(&catalog, path, REST));
}

static uint64_t fingerprint(struct page_plan *plan, const struct page_entry *entry) {
    plan->common_hash = 0;
    fingerprint_build(shipped.arena, plan);
    return fingerprint_of(plan, entry);
}

/* Each member, of this pair's GPU and of a measurement of its model alone. */
static void all_change(struct page_plan *plan, const struct key_field *fields, void *row,
                       bool of_model) {
    const struct page_entry *pair = &plan->entries[index_of(plan, "models/qwen3-32b/l40s.html")];
    const struct page_entry *sibling = &plan->entries[index_of(plan, "models/qwen3-32b/t4.html")];
    uint64_t was = fingerprint(plan, pair), others = fingerprint(plan, sibling);
    for (; fields->name; fields++) {
        char kept[sizeof(double) * COMPUTE_COUNT], *at = (char *)row + fields->offset;
        if (fields->how != KEY_TEXT && fields->how != KEY_BYTES)
            continue;
        assert_true(fields->size <= sizeof kept);
        memcpy(kept, at, fields->size);
        change(fields, row);
        if (was == fingerprint(plan, pair))
            fail_msg("%s is not in the fingerprint", fields->name);
        assert_int_equal(others != fingerprint(plan, sibling), of_model);
        memcpy(at, kept, fields->size);
    }
    assert_true(was == fingerprint(plan, pair));
}

/* A plan of one model is quick; rows of others have no place in it. */
static void keep_one_model(struct catalog *catalog, const struct model *model) {
    const struct benchmark *all = catalog->benchmarks;
    size_t count = catalog->benchmark_count;
    catalog->benchmarks = ARENA_ARRAY(shipped.arena, count, struct benchmark);
    catalog->benchmark_count = 0;
    for (size_t i = 0; i < count; i++)
        if (all[i].model == model)
            catalog->benchmarks[catalog->benchmark_count++] = all[i];
    catalog->models = (struct model *)(uintptr_t)model;
    catalog->model_count = 1;
}

/* What a pair's page shows at its foot: another input, another fingerprint. */
static void fingerprints_change_with_gpu_and_measurements(void **state) {
    (void)state;
    const struct model *model = shipped_model("qwen3-32b");
    struct catalog catalog = narrowed(shipped_gpu("l40s"), model);
    struct gpu *gpus = ARENA_ARRAY(shipped.arena, catalog.gpu_count, struct gpu);
    memcpy(gpus, catalog.gpus, catalog.gpu_count * sizeof *gpus);
    keep_one_model(&catalog, model);
    struct page_plan *plan = page_plan_new(shipped.arena, &catalog, &shipped.calibrations, 2);
    catalog.gpus = gpus;
    all_change(plan, key_gpu_fields, &gpus[shipped_gpu("l40s") - shipped.catalog.gpus], false);
    size_t at = 0;
    while (at < plan->measured_count && plan->measured[at]->model != model)
        at++;
    assert_true(at < plan->measured_count);
    struct benchmark row = *plan->measured[at];
    plan->measured[at] = &row;
    all_change(plan, key_benchmark_fields, &row, true);
    const struct page_entry *pair = &plan->entries[index_of(plan, "models/qwen3-32b/l40s.html")];
    uint64_t was = fingerprint(plan, pair);
    row.gpu = strcmp(row.gpu->id, "t4") == 0 ? shipped_gpu("l4") : shipped_gpu("t4");
    assert_true(was != fingerprint(plan, pair));
    was = fingerprint(plan, pair);
    catalog.site.as_of = "2027-01-01";
    assert_true(was != fingerprint(plan, pair));
}

/* Whether the page's key is another when this price is a little higher. */
static bool sees(struct catalog *catalog, const char *path, double *usd) {
    uint64_t key = key_of(catalog, path, REST);
    double was = *usd;
    *usd *= 1.01;
    bool seen = key != key_of(catalog, path, REST);
    *usd = was;
    assert_true(key && key == key_of(catalog, path, REST));
    return seen;
}

static double *price_of(const struct catalog *catalog, const struct offer *like) {
    for (size_t i = 0; i < catalog->offer_count; i++)
        if (memcmp(&catalog->offers[i].place, &like->place, sizeof like->place) == 0)
            return &catalog->offers[i].on_demand_usd_per_hour;
    fail_msg("no such offer");
    return NULL;
}

static void prices_and_training_see_their_own(void **state) {
    (void)state;
    static const char prices[] = "models/llama-3.3-70b/price/index.html";
    static const char training[] = "models/llama-3.3-70b/training/index.html";
    const struct model *model = shipped_model("llama-3.3-70b");
    struct catalog catalog = shipped.catalog;
    catalog.offers = ARENA_ARRAY(shipped.arena, catalog.offer_count, struct offer);
    memcpy(catalog.offers, shipped.catalog.offers, catalog.offer_count * sizeof *catalog.offers);
    catalog.gpu_offers = catalog.model_prices = (struct rows_by_owner){NULL, NULL};
    catalog.benchmark_count = 0;
    catalog.models = (struct model *)(uintptr_t)model; /* a plan of one model is quick */
    catalog.model_count = 1;
    struct page_plan *plan = page_plan_new(shipped.arena, &catalog, &shipped.calibrations, 2);
    uint32_t best = plan_best(plan, 0, 0)->gpu, other = best == 0;
    while (!plan->gpu_markets[other].ranked || plan_pick(plan, 0, other)->reason != REASON_NONE ||
           plan->gpu_markets[other].ranked < 8 || other == best)
        other++;
    const struct gpu_market *market = &plan->gpu_markets[other];
    double *cheapest = price_of(&catalog, market->listings[0].offer);
    double *dearest = price_of(&catalog, market->listings[market->ranked - 1].offer);
    assert_true(sees(&catalog, prices, cheapest) && sees(&catalog, training, cheapest));
    assert_true(!sees(&catalog, prices, dearest) && !sees(&catalog, training, dearest));
    market = &plan->gpu_markets[best];
    dearest = price_of(&catalog, market->listings[market->ranked - 1].offer);
    assert_true(sees(&catalog, prices, dearest) && !sees(&catalog, training, dearest));
    const struct offer *past = market->prices[0].points[0].offer;
    assert_true(!past->current);
    assert_true(sees(&catalog, prices, price_of(&catalog, past)));
    const char *page = arena_printf(shipped.arena, "gpus/%s/index.html", catalog.gpus[best].id);
    assert_true(sees(&catalog, page, dearest) && !sees(&catalog, page, cheapest));
    assert_true(sees(&catalog, page, price_of(&catalog, past)));
    double *api = (double *)(uintptr_t)&plan->model_markets[0].prices[0]->output_usd_per_million;
    assert_true(sees(&catalog, prices, api) && !sees(&catalog, training, api));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_have_every_member),
        cmocka_unit_test(pages_see_only_what_is_in_their_key),
        cmocka_unit_test(prices_see_only_what_is_quoted),
        cmocka_unit_test(the_others_see_no_more),
        cmocka_unit_test(keys_change_with_what_they_have),
        cmocka_unit_test(fingerprints_change_with_gpu_and_measurements),
        cmocka_unit_test(prices_and_training_see_their_own),
    };
    return cmocka_run_group_tests_name("page/key", tests, read_shipped, drop_shipped);
}
