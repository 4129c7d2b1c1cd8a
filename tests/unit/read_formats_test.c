/* Foreign price lists: every sample is recognised by content, its units are understood, and its
   names join only where they say enough. */
#include "cpu_time.h"

#include "reading.h"

#include "base/fs.h"
#include "read/offers_current.h"
#include "read/parts.h"

#define SAMPLES "../shared/samples/"

static bool embedded(struct fixture *f, const char *path, struct input *in) {
    struct source *source = source_open(f->arena, NULL, f->diags);
    *in = (struct input){f->arena, f->diags, path, path, NULL, 0};
    return source_read(source, path, false, 1 << 24, &in->text, &in->n);
}

static int setup(void **state) {
    struct input in;
    reading_set_up(state);
    struct fixture *f = *state;
    struct source *source = source_open(f->arena, NULL, f->diags);
    assert_true(read_catalog(f->arena, source, NULL, f->diags, &f->catalog));
    f->join = join_new(f->arena, &f->catalog, f->diags);
    assert_true(embedded(f, "data/aliases/gpus.csv", &in));
    join_read_gpu_aliases(f->join, &in);
    assert_true(embedded(f, "data/aliases/models.csv", &in));
    join_read_model_aliases(f->join, &in);
    return 0;
}

static void show(struct fixture *f, size_t from) {
    for (size_t i = from; i < diags_count(f->diags); i++) {
        const struct diag *d = diags_get(f->diags, i);
        if (d->level >= DIAG_WARNING) {
            print_message("  %s:%u:%u: [%s] %s\n", d->place.file, d->place.line, d->place.column,
                          d->code, d->text);
        }
    }
}

static struct offer_list offers_of_text(struct fixture *f, const char *path, const char *text,
                                        size_t n) {
    struct offer_list list = {0};
    struct input in = {f->arena, f->diags, path, path, text, n};
    read_offers(&in, &list);
    for (size_t i = 0; i < list.count; i++) {
        join_offer(f->join, &list.items[i]);
    }
    offers_mark_current(list.items, list.count);
    return list;
}

static struct offer_list offers_of(struct fixture *f, const char *name) {
    const char *path = arena_printf(f->arena, SAMPLES "%s", name), *text;
    size_t n, before = diags_errors(f->diags), first = diags_count(f->diags);
    assert_true(fs_read(f->arena, path, 1 << 26, f->diags, &text, &n));
    struct offer_list list = offers_of_text(f, path, text, n);
    show(f, first);
    assert_int_equal(diags_errors(f->diags), before);
    return list;
}

static const struct offer *find(const struct offer_list *list, const char *instance,
                                const char *gpu, uint32_t count) {
    for (size_t i = 0; i < list->count; i++) {
        const struct offer *o = &list->items[i];
        if (!o->duplicate && strcmp(o->gpu_as_stated, gpu) == 0 && o->gpu_count == count &&
            (!instance || (o->instance && strcmp(o->instance, instance) == 0))) {
            return o;
        }
    }
    fail_msg("no %s %s x %u", instance ? instance : "", gpu, count);
    return NULL;
}

static bool shared_missing(void) {
    if (fs_is_dir(SAMPLES, NULL)) {
        return false;
    }
    print_message("skipped: no ../shared\n");
    return true;
}

struct expected_offers {
    const char *file;
    size_t offers, joined; /* at least so many joined */
};

static const struct expected_offers offer_files[] = {
    {"prices/tokentally_cloud-gpus.csv", 203, 120},
    {"prices/tokentally_gpus.json", 203, 120},
    {"prices/cloud_gpu.json", 296, 150},
    {"prices/v8_hyperstack_vms.csv", 1, 1},
    {"prices/v8_shadeform_vms.one_region_rows.csv", 1, 1},
    {"prices/v8_verda_vms.gpu_rows.csv", 1, 1},
    {"prices/v9_aws_vms.selected_rows.csv", 1, 1},
    {"prices/v9_lambda_vms.one_region_rows.csv", 1, 1},
    {"prices/v9_nebius_vms.gpu_rows.csv", 1, 1},
    {"prices/vantage_aws_ec2_gpu_rows_2023-11-16.csv", 1, 1},
    {"prices/gpuhunt_tpu_pricing.json", 21, 10},
    {"prices/A100_80GB_SXM4.last24.jsonl", 1, 1},
    {"prices/B200_180GB.last24.jsonl", 1, 1},
    {"prices/H100_80GB_SXM5.last24.jsonl", 1, 1},
    {"prices/adriannutiu_snapshots/2026-07-05.json", 1, 1},
    {"prices/adriannutiu_snapshots/2026-07-29.json", 1, 1},
    {"prices/adriannutiu_snapshots/2026-08-22.json", 293, 250},
    {"prices/ewyluda_2026-10-10_excerpt.psv", 170, 160},
    {"prices/sooddvs_gpu_pricing_raw_2026-06-15.csv", 1, 1},
    {"prices/sooddvs_gpu_pricing_history_2026-06-15.csv", 1, 1},
    {"prices/toolshedlabs_cheapest_excerpt.jsonl", 1, 1},
    {"formats/cloud-gpus_cloud_gpu.json", 1, 1},
    {"formats/gpu-price-tracker_H100_SXM5.jsonl", 5, 5},
    {"formats/gpuhunt_catalog_v2.csv", 1, 1},
    {"formats/gpuhunt_tpu_pricing.json", 1, 1},
    {"formats/skypilot_v6_do_vms.gpu_rows.csv", 2, 2},
    {"formats/skypilot_v8_hyperstack_vms.csv", 2, 2},
    {"formats/skypilot_v8_jarvislabs_vms.gpu_rows.csv", 2, 2},
    {"formats/skypilot_v8_lium_vms.selected_rows.csv", 2, 2},
    {"formats/skypilot_v8_shadeform_vms.one_region_rows.csv", 2, 2},
    {"formats/skypilot_v8_verda_vms.gpu_rows.csv", 2, 2},
    {"formats/skypilot_v9_aws_vms.selected_rows.csv", 2, 2},
    {"formats/skypilot_v9_lambda_vms.one_region_rows.csv", 2, 2},
    {"formats/skypilot_v9_nebius_vms.gpu_rows.csv", 2, 2},
    {"formats/skypilot_v9_seeweb_vms.gpu_rows.csv", 2, 1},
    {"formats/skypilot_v9_vast_vms.one_region_rows.csv", 2, 2},
    {"formats/tokentally_cloud-gpus.csv", 1, 1},
    {"formats/tokentally_gpus.json", 1, 1},
    {"formats/vantage_aws_ec2.csv", 1, 0},
};

static void test_every_offer_sample(void **state) {
    struct fixture *f = *state;
    if (shared_missing()) {
        skip();
    }
    for (size_t i = 0; i < sizeof offer_files / sizeof *offer_files; i++) {
        struct offer_list list = offers_of(f, offer_files[i].file);
        size_t joined = 0;
        for (size_t j = 0; j < list.count; j++) {
            joined += list.items[j].gpu != NULL;
            assert_non_null(list.items[j].platform_id);
            assert_true(list.items[j].gpu || list.items[j].join_note);
        }
        print_message("%s: %zu offers, %zu joined\n", offer_files[i].file, list.count, joined);
        assert_true(list.count >= offer_files[i].offers && joined >= offer_files[i].joined);
    }
}

struct expected_prices {
    const char *file;
    size_t prices, joined;
};

static const struct expected_prices api_files[] = {
    {"api/litellm_model_prices_and_context_window_2026-08-01.json", 1500, 300},
    {"api/models.dev_providers_2026-07-02.json", 3000, 700},
    {"api/openrouter_models_2026-08-01.json", 300, 50},
    {"api/genai-prices_data_2026-08-21.json", 800, 200},
    {"api/llmgateway_models_1.324.0_trimmed.json", 300, 100},
    {"api/llm-prices/amazon.json", 1, 0},
    {"api/llm-prices/anthropic.json", 1, 0},
    {"api/llm-prices/deepseek.json", 1, 0},
    {"api/llm-prices/google.json", 1, 0},
    {"api/llm-prices/meta-ai.json", 1, 0},
    {"api/llm-prices/minimax.json", 1, 0},
    {"api/llm-prices/mistral.json", 1, 0},
    {"api/llm-prices/moonshot-ai.json", 1, 1},
    {"api/llm-prices/openai.json", 1, 0},
    {"api/llm-prices/qwen.json", 1, 0},
    {"api/llm-prices/xai.json", 1, 0},
    {"formats/genai-prices_data.json", 3, 1},
    {"formats/litellm_model_prices_and_context_window.json", 1, 0},
    {"formats/llm-prices_deepseek.json", 2, 0},
    {"formats/llmgateway_models.json", 9, 9},
    {"formats/models.dev_api.json", 1, 0},
    {"formats/models.dev_provider_groq_from_toml.json", 3, 3},
    {"formats/models.dev_model.toml", 1, 1},
    {"formats/models.dev_model_base_model.toml", 1, 1},
    {"formats/models.dev_provider.toml", 0, 0},
    {"formats/openrouter_api_v1_models.json", 2, 0},
    {"formats/pi-ai_catalog_together.json", 2, 0},
};

static struct api_price_list prices_of(struct fixture *f, const char *name, size_t *errors) {
    const char *path = arena_printf(f->arena, SAMPLES "%s", name), *text;
    size_t n, before = diags_warnings(f->diags), first = diags_count(f->diags);
    assert_true(fs_read(f->arena, path, 1 << 26, f->diags, &text, &n));
    struct input in = {f->arena, f->diags, path, path, text, n};
    struct api_price_list list = {0};
    read_api_prices(&in, &list);
    show(f, first);
    *errors = diags_warnings(f->diags) - before;
    for (size_t i = 0; i < list.count; i++) {
        join_api_price(f->join, &list.items[i]);
    }
    return list;
}

static void test_every_api_sample(void **state) {
    struct fixture *f = *state;
    if (shared_missing()) {
        skip();
    }
    for (size_t i = 0; i < sizeof api_files / sizeof *api_files; i++) {
        size_t errors, joined = 0;
        struct api_price_list list = prices_of(f, api_files[i].file, &errors);
        for (size_t j = 0; j < list.count; j++) {
            joined += list.items[j].model != NULL;
        }
        print_message("%s: %zu prices, %zu joined, %zu refused\n", api_files[i].file, list.count,
                      joined, errors);
        assert_true(list.count >= api_files[i].prices && joined >= api_files[i].joined);
    }
}

static struct api_price_list prices_of_text(struct fixture *f, const char *path, const char *text) {
    struct input in = {f->arena, f->diags, path, path, text, strlen(text)};
    struct api_price_list list = {0};
    read_api_prices(&in, &list);
    return list;
}

/* Per token and per million, as numbers and as texts, come out in one unit. */
static void test_token_price_units(void **state) {
    struct fixture *f = *state;
    struct api_price_list l =
        prices_of_text(f, "litellm-2026-08-01.json",
                       "{\"sample_spec\": {\"litellm_provider\": \"x\", \"mode\": \"chat\", "
                       "\"input_cost_per_token\": 0.0, \"output_cost_per_token\": 0.0},\n"
                       " \"groq/a\": {\"litellm_provider\": \"groq\", \"mode\": \"chat\", "
                       "\"input_cost_per_token\": 2.3e-07, \"output_cost_per_token\": 9e-07},\n"
                       " \"e\": {\"litellm_provider\": \"groq\", \"mode\": \"embedding\", "
                       "\"input_cost_per_token\": 1e-07, \"output_cost_per_token\": 0}}");
    assert_int_equal(l.count, 1);
    assert_true(l.items[0].input_usd_per_million == 0.23);
    assert_true(l.items[0].output_usd_per_million == 0.9);
    assert_string_equal(l.items[0].as_of, "2026-08-01");
    l = prices_of_text(f, "or.json",
                       "{\"data\": [{\"id\": \"a/b\", \"pricing\": {\"prompt\": \"0.00000014\", "
                       "\"completion\": \"0.00000028\"}}, {\"id\": \"openrouter/auto\", "
                       "\"pricing\": {\"prompt\": \"-1\", \"completion\": \"-1\"}}, "
                       "{\"id\": \"a/b:free\", \"pricing\": {\"prompt\": \"0\", "
                       "\"completion\": \"0\"}}]}");
    assert_int_equal(l.count, 2);
    assert_true(l.items[0].input_usd_per_million == 0.14 && !l.items[0].free_tier);
    assert_true(l.items[1].free_tier);
    assert_null(l.items[0].as_of);
    l = prices_of_text(f, "gw.json",
                       "[{\"id\": \"m\", \"providers\": [{\"providerId\": \"p\", \"inputPrice\": "
                       "\"0.15e-6\", \"outputPrice\": \"0.6e-6\", \"quantization\": \"fp4\"}]}]");
    assert_true(l.items[0].input_usd_per_million == 0.15);
    assert_true(l.items[0].output_usd_per_million == 0.6);
    assert_string_equal(l.items[0].precision, "fp4");
    l = prices_of_text(f, "groq.json",
                       "{\"m\": {\"cost\": {\"input\": 0.59, \"output\": 0.79}, "
                       "\"limit\": {\"context\": 131072}}, \"n\": {\"limit\": {}}}");
    assert_int_equal(l.count, 1);
    assert_string_equal(l.items[0].provider, "Groq");
    assert_true(l.items[0].input_usd_per_million == 0.59 && l.items[0].context_tokens == 131072);
}

/* A price that stands is as old as the file that has it, one that ended as its start; of several
   dates the newest is current, of one row that one. */
static void test_prices_with_a_past(void **state) {
    struct fixture *f = *state;
    static const char history[] =
        "{\"vendor\": \"v\", \"models\": [{\"id\": \"m\", \"price_history\": ["
        "{\"input\": 2, \"output\": 6, \"from_date\": null, \"to_date\": \"2025-03-01\"},"
        "{\"input\": 1, \"output\": 3, \"from_date\": \"2025-03-01\", \"to_date\": "
        "\"2026-01-01\"},"
        "{\"input\": 0.5, \"output\": 2, \"input_cached\": 0.1, \"from_date\": "
        "\"2026-01-01\", \"to_date\": null}]}]}";
    struct api_price_list l = prices_of_text(f, "v-2026-08-01.json", history);
    assert_int_equal(l.count, 2); /* one ended, nobody says when it began */
    api_prices_mark_current(l.items, l.count);
    assert_string_equal(l.items[0].as_of, "2025-03-01");
    assert_string_equal(l.items[1].as_of, "2026-08-01");
    assert_true(l.items[0].output_usd_per_million == 3 && !l.items[0].current);
    assert_true(l.items[1].output_usd_per_million == 2 && l.items[1].current);
    l = prices_of_text(f, "v.json", history);
    assert_int_equal(l.count, 2);
    assert_string_equal(l.items[1].as_of, "2026-01-01");
    assert_true(l.items[1].cached_input_usd_per_million == 0.1);
    api_prices_mark_current(l.items + 1, 1);
    assert_true(l.items[1].current);
}

/* What lists say besides the price. */
static void test_what_else_lists_say(void **state) {
    struct fixture *f = *state;
    const char *list = "Cloud,GPU Type,GPUs,GPU RAM,($)On-demand,Spot,Name\n"
                       "X,L4,2,48,1.50,0.60,two\n";
    struct offer_list l = offers_of_text(f, "c.csv", list, strlen(list));
    assert_int_equal(l.count, 1);
    assert_true(l.items[0].on_demand_usd_per_hour == 1.5 && l.items[0].spot_usd_per_hour == 0.6);
    assert_true(l.items[0].gpu_memory_gb == 24 && l.items[0].gpu == l.items[0].gpu);
    assert_string_equal(l.items[0].instance, "two");
    const char *observed = "provider,pricing,gpu_model,sku,region,gpu_count,usd_per_hour\n"
                           "AWS,36mo,L4,g6,eu-1,1,0.3\nAWS,12mo,L4,g6,eu-1,1,0.5\n";
    l = offers_of_text(f, "x-2026-10-10.csv", observed, strlen(observed));
    assert_true(l.items[0].reserved_3y_usd_per_hour == 0.3);
    assert_true(l.items[0].reserved_1y_usd_per_hour == 0.5);
    assert_string_equal(l.items[0].region, "eu-1");
    assert_string_equal(l.items[0].instance, "g6");
    const char *feed = "{\"date\": \"2026-10-02T00:00:00Z\", \"cheapest\": {\"vastai\": "
                       "{\"L4\": 0.2}, \"other\": {\"L4\": 0.4, \"H100\": 0}}}\n";
    l = offers_of_text(f, "feed.jsonl", feed, strlen(feed));
    assert_int_equal(l.count, 2);
    for (size_t i = 0; i < 2; i++) {
        bool private = strcmp(l.items[i].platform, "vastai") == 0;
        assert_int_equal(l.items[i].kind, private ? OFFER_MARKETPLACE : OFFER_INSTANCE);
        assert_true(l.items[i].on_demand_usd_per_hour == (private ? 0.2 : 0.4));
        assert_string_equal(l.items[i].as_of, "2026-10-02");
        assert_non_null(strstr(l.items[i].note, "cheapest"));
    }
    const char *vendors = "{\"data\": [{\"name\": \"V\", \"region\": \"eu\", \"costa100_40\": "
                          "\"$1.10\", \"costa100_80\": \"$2.20\", \"costl4\": \"-\"}]}";
    l = offers_of_text(f, "cloud_gpu.json", vendors, strlen(vendors));
    assert_int_equal(l.count, 2);
    for (size_t i = 0; i < 2; i++) {
        bool large = l.items[i].on_demand_usd_per_hour == 2.2;
        assert_string_equal(l.items[i].gpu_as_stated, large ? "A100 80GB" : "A100 40GB");
        assert_string_equal(l.items[i].region, "eu");
    }
}

/* A price per million in a field per token is a million times too dear: refused, not shown. */
static void test_per_million_read_as_per_token(void **state) {
    struct fixture *f = *state;
    size_t before = diags_count(f->diags);
    struct api_price_list l =
        prices_of_text(f, "l.json",
                       "{\"w\": {\"litellm_provider\": \"wandb\", \"mode\": \"chat\", "
                       "\"input_cost_per_token\": 0.135, \"output_cost_per_token\": 0.54}}");
    assert_int_equal(l.count, 0);
    assert_string_equal(diags_get(f->diags, before)->code, "price-range");
}

static void test_memory_is_per_gpu(void **state) {
    struct fixture *f = *state;
    if (shared_missing()) {
        skip();
    }
    struct offer_list tally = offers_of(f, "prices/tokentally_cloud-gpus.csv");
    const struct offer *p4de = find(&tally, "p4de.24xlarge", "A100 (80 GB)", 8);
    assert_true(p4de->gpu_memory_gb == 80 && p4de->on_demand_usd_per_hour == 40.97);
    assert_string_equal(p4de->gpu->id, "a100-80-sxm");
    assert_true(p4de->gpu_assumed);
    struct offer_list vast = offers_of(f, "formats/skypilot_v9_vast_vms.one_region_rows.csv");
    const struct offer *two = find(&vast, NULL, "RTX5090", 2);
    assert_true(fabs(two->gpu_memory_gb - 31.84) < 0.01);
    assert_true(two->on_demand_usd_per_hour == 0.93 && isnan(two->spot_usd_per_hour));
    struct offer_list shade = offers_of(f, "formats/skypilot_v8_shadeform_vms.one_region_rows.csv");
    assert_true(find(&shade, "massedcompute_A6000x8", "A6000", 8)->gpu_memory_gb == 48);
    struct offer_list lambda = offers_of(f, "formats/skypilot_v9_lambda_vms.one_region_rows.csv");
    assert_string_equal(lambda.items[0].platform, "lambda");
    assert_true(find(&lambda, "gpu_8x_v100", "V100", 8)->gpu_memory_gb == 16);
}

/* The export names Inferentia for the chips of trn1, too. */
static void test_trainium_is_not_inferentia(void **state) {
    struct fixture *f = *state;
    const char *text = "API Name,GPUs,GPU model,GPU memory,On Demand,Linux Reserved cost,"
                       "Linux Spot Minimum cost\n"
                       "inf1.xlarge,1,AWS Inferentia,0 GiB,$0.2280 hourly,,\n"
                       "trn1.32xlarge,16,AWS Inferentia,0 GiB,$21.50 hourly,,\n";
    struct offer_list l = offers_of_text(f, "v.csv", text, strlen(text));
    assert_string_equal(find(&l, "inf1.xlarge", "AWS Inferentia", 1)->gpu->id, "inferentia1");
    assert_string_equal(find(&l, "trn1.32xlarge", "Trainium1", 16)->gpu->id, "trainium1");
}

static void test_names_that_say_too_little(void **state) {
    struct fixture *f = *state;
    const char *text = "platform,gpu,gpu_count,on_demand_usd_per_hour,gpu_memory_gb,as_of\n"
                       "P,A40,1,0.4,48,2026-10-10\n"
                       "P,A4000,1,0.2,16,2026-10-10\n"
                       "P,A100,1,1.5,,2026-10-10\n"
                       "P,A100 PCIe,1,1.5,80,2026-10-10\n"
                       "P,H100,1,2.5,80,2026-10-10\n"
                       "P,H100,1,2.4,94,2026-10-10\n"
                       "P,RTX 4090,1,0.5,48,2026-10-10\n"
                       "P,A40,2,0.4,16,2026-10-10\n";
    struct offer_list l = offers_of_text(f, "p.csv", text, strlen(text));
    assert_string_equal(find(&l, NULL, "A40", 1)->gpu->id, "a40");
    assert_string_equal(find(&l, NULL, "A4000", 1)->gpu->id, "rtx-a4000");
    assert_null(find(&l, NULL, "A100", 1)->gpu);
    assert_non_null(find(&l, NULL, "A100", 1)->join_note);
    assert_string_equal(find(&l, NULL, "A100 PCIe", 1)->gpu->id, "a100-80-pcie");
    assert_null(find(&l, NULL, "RTX 4090", 1)->gpu);
    assert_null(find(&l, NULL, "A40", 2)->gpu);
    size_t sxm = 0, nvl = 0;
    for (size_t i = 0; i < l.count; i++) {
        const struct offer *o = &l.items[i];
        sxm += o->gpu && strcmp(o->gpu->id, "h100-sxm") == 0 && o->gpu_assumed && o->join_note;
        nvl += o->gpu && strcmp(o->gpu->id, "h100-nvl") == 0;
    }
    assert_int_equal(sxm, 1);
    assert_int_equal(nvl, 1);
}

/* Tiers in rows of their own are one offer; the newest date stands, an older one stays history. */
static void test_tiers_and_dates(void **state) {
    struct fixture *f = *state;
    const char *text = "provider,pricing,gpu_model,sku,region,gpu_count,usd_per_hour\n"
                       "AWS,on_demand,A100-40GB-SXM,p4d,us-east-1,8,21.9\n"
                       "AWS,spot,A100-40GB-SXM,p4d,us-east-1,8,9.5\n";
    struct offer_list l = offers_of_text(f, "x-2026-10-10.csv", text, strlen(text));
    assert_int_equal(l.count, 2);
    assert_true(l.items[0].current && l.items[1].duplicate && !l.items[1].conflict);
    assert_true(l.items[0].on_demand_usd_per_hour == 21.9 && l.items[0].spot_usd_per_hour == 9.5);
    assert_string_equal(l.items[0].as_of, "2026-10-10");
    const char *dated = "platform,gpu,gpu_count,on_demand_usd_per_hour,instance,as_of\n"
                        "P,L4,1,0.8,a,2026-01-01\nP,L4,1,0.9,a,2026-02-01\n"
                        "P,L4,1,0.7,,2026-03-01\nP,L4,1,0.6,b,\nP,L4,1,0.95,a,2026-02-01\n";
    l = offers_of_text(f, "p.csv", dated, strlen(dated));
    size_t current = 0;
    for (size_t i = 0; i < l.count; i++) {
        current += l.items[i].current;
        assert_true(!l.items[i].current || l.items[i].on_demand_usd_per_hour == 0.9);
        assert_true(!l.items[i].conflict || l.items[i].on_demand_usd_per_hour == 0.95);
    }
    assert_int_equal(current, 1);
}

static void test_price_texts(void **state) {
    struct fixture *f = *state;
    size_t before = diags_count(f->diags);
    const char *text =
        "Name,API Name,Instance Memory,vCPUs,GPUs,GPU model,GPU memory,On Demand,"
        "Linux Reserved cost,Linux Spot Minimum cost,Linux Spot Maximum cost\n"
        "a,i.8,1 GiB,1 vCPUs,8,NVIDIA A10G,192 GiB,\"$1,016.2880 hourly\",unavailable,"
        "$0.00 hourly,-\n"
        "b,i.1,1 GiB,1 vCPUs,1,NVIDIA A10G,24 GiB,\xE2\x82\xAC"
        "1.20 hourly,abc,-1,-\n";
    struct offer_list l = offers_of_text(f, "v.csv", text, strlen(text));
    const struct offer *o = find(&l, "i.8", "NVIDIA A10G", 8);
    assert_true(o->on_demand_usd_per_hour == 1016.288 && isnan(o->reserved_1y_usd_per_hour));
    assert_true(isnan(o->spot_usd_per_hour) && o->gpu_memory_gb == 24);
    static const char *const codes[] = {"price-zero", "price-currency", "price-syntax",
                                        "price-range"};
    assert_int_equal(diags_count(f->diags), before + 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(diags_get(f->diags, before + i)->code, codes[i]);
    }
}

/* A large list is read, joined and settled in a fraction of a second; a quadratic step would show.
 */
/* Google's rows without an instance are accelerators alone: never ranked as machines. */
static void test_accelerator_alone(void **state) {
    static const char text[] =
        "AcceleratorName,SpotPrice,Price,Extra,InstanceType,AcceleratorCount,Region,GpuInfo\r\n"
        "A100-80GB,1.57,3.92,x,,1.0,us-central1,\"{'SizeInMiB': 81920}\"\r\n"
        "H100,,46.9,x,a3-highgpu-8g,8.0,us-central1,\r\n";
    struct offer_list l = offers_of_text(*state, "gcp_vms.csv", text, sizeof text - 1);
    assert_int_equal(l.count, 2);
    assert_int_equal(l.items[0].kind, OFFER_COMPONENT);
    assert_int_equal(l.items[1].kind, OFFER_INSTANCE);
    assert_string_equal(l.items[0].platform, "gcp");
    assert_true(l.items[0].on_demand_usd_per_hour == 3.92 && l.items[1].gpu_count == 8);
    assert_true(isnan(l.items[1].spot_usd_per_hour));
}

static void test_many_offers(void **state) {
    struct fixture *f = *state;
    enum { ROWS = 100000 };
    static const char *const gpus[] = {"H100 SXM", "A40", "L4", "RTX 4090", "Unknown 9"};
    char *text = malloc(ROWS * 90 + 200);
    char *end =
        text + sprintf(text, "platform,gpu,gpu_count,on_demand_usd_per_hour,instance,as_of\n");
    for (int i = 0; i < ROWS; i++) {
        end += sprintf(end, "Platform %d,%s,%d,%d.5,size-%d,2026-%02d-%02d\n", i % 500, gpus[i % 5],
                       1 + i % 8, 1 + i % 9, i % 1000, 1 + i % 12, 1 + i % 28);
    }
    double start = cpu_seconds();
    struct offer_list list = offers_of_text(f, "many.csv", text, (size_t)(end - text));
    double taken = cpu_seconds() - start;
    print_message("100,000 offers in %.3f s\n", taken);
    assert_int_equal(list.count, ROWS);
    assert_true(taken < 10); /* measured 0.3 s; sanitizers take longer */
    free(text);
}

static void test_unknown_format(void **state) {
    struct fixture *f = *state;
    static const char *const texts[] = {"x,y\n1,2\n", "{\"a\": 1}", "[1, 2]", "[]", "{}"};
    for (size_t i = 0; i < 5; i++) {
        size_t before = diags_count(f->diags);
        struct offer_list l = offers_of_text(f, "u", texts[i], strlen(texts[i]));
        assert_int_equal(l.count, 0);
        assert_string_equal(diags_get(f->diags, before)->code, "format-unknown");
        before = diags_count(f->diags);
        assert_int_equal(prices_of_text(f, "u", texts[i]).count, 0);
        assert_string_equal(diags_get(f->diags, before)->code, "format-unknown");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_offer_sample),
        cmocka_unit_test(test_every_api_sample),
        cmocka_unit_test(test_token_price_units),
        cmocka_unit_test(test_prices_with_a_past),
        cmocka_unit_test(test_what_else_lists_say),
        cmocka_unit_test(test_per_million_read_as_per_token),
        cmocka_unit_test(test_memory_is_per_gpu),
        cmocka_unit_test(test_trainium_is_not_inferentia),
        cmocka_unit_test(test_names_that_say_too_little),
        cmocka_unit_test(test_tiers_and_dates),
        cmocka_unit_test(test_price_texts),
        cmocka_unit_test(test_unknown_format),
        cmocka_unit_test(test_accelerator_alone),
        cmocka_unit_test(test_many_offers),
    };
    return cmocka_run_group_tests(tests, setup, reading_tear_down);
}
