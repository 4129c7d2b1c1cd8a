/* Tables and charts of the shipped project have a row for each thing they are of, and their columns
   say of themselves what stands in them. */
#include "chart/chart.h"
#include "engine/accuracy.h"
#include "page/phrases.h"
#include "page/plan.h"

#include "shipped.h"

static struct page_plan *plan;

static int set_up(void **state) {
    if (read_shipped(state) != 0)
        return -1;
    plan = page_plan_new(shipped.arena, &shipped.catalog, &shipped.calibrations, 2);
    return 0;
}

static const struct page *page_at(const char *path) {
    for (size_t i = 0; i < page_plan_count(plan); i++)
        if (strcmp(page_plan_path(plan, i), path) == 0)
            return page_make(plan, i, shipped.arena);
    fail_msg("no page %s", path);
    return NULL;
}

static const struct block *block_of(const struct page *page, const char *name) {
    for (size_t i = 0; i < page->block_count; i++)
        if (strcmp(page->blocks[i].name, name) == 0)
            return &page->blocks[i];
    fail_msg("%s has no block '%s'", page->path, name);
    return NULL;
}

static const struct table *table_of(const char *path, const char *name) {
    const struct table *table = block_of(page_at(path), name)->table;
    assert_non_null(table);
    return table;
}

static const struct value *cell(const struct table *table, size_t row, const char *key) {
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].key, key) == 0)
            return &table->cells[row * table->column_count + i];
    fail_msg("no column '%s'", key);
    return NULL;
}

static size_t with_number(const struct table *table, const char *key) {
    size_t count = 0;
    for (size_t i = 0; i < table->row_count; i++)
        count += cell(table, i, key)->kind != VALUE_MISSING;
    return count;
}

/* Each of the names stands once in that column. */
static void names_each_once(const struct table *table, const char *key, size_t count,
                            const char *(*name)(size_t)) {
    assert_int_equal(table->row_count, count);
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        for (size_t k = 0; k < count; k++)
            found += strcmp(cell(table, k, key)->text, name(i)) == 0;
        if (found != 1)
            fail_msg("'%s' stands %zu times", name(i), found);
    }
}

static const char *model_name(size_t i) {
    return shipped.catalog.models[i].name;
}

static const char *short_name(size_t i) {
    return phrase_gpu(&shipped.catalog.gpus[i]);
}

static const char *long_name(size_t i) {
    return shipped.catalog.gpus[i].name;
}

static const char *platform_name(size_t i) {
    return plan->platforms[i].name;
}

static const char *region_name(size_t i) {
    return shipped.catalog.power.regions[i].name;
}

static void all_models_gpus_and_platforms(void **state) {
    (void)state;
    const struct catalog *c = &shipped.catalog;
    names_each_once(table_of("index.html", "models"), "model", c->model_count, model_name);
    names_each_once(table_of("index.html", "gpus"), "gpu", c->gpu_count, long_name);
    names_each_once(table_of("index.html", "platforms"), "platform", plan->platform_count,
                    platform_name);
    names_each_once(table_of("training/index.html", "models"), "model", c->model_count, model_name);
    names_each_once(table_of("gpus/h100-sxm/index.html", "models"), "model", c->model_count,
                    model_name);
    names_each_once(table_of("models/llama-3.3-70b/index.html", "gpus"), "gpu", c->gpu_count,
                    short_name);
    names_each_once(table_of("energy/index.html", "regions"), "region", c->power.region_count,
                    region_name);
}

static void same_number(const struct value *value, double expected) {
    if (isfinite(expected) && expected > 0) {
        assert_int_equal(value->kind, VALUE_NUMBER);
        assert_true(fabs(value->number - expected) <= 1e-12 * expected);
    } else {
        assert_int_equal(value->kind, VALUE_MISSING);
    }
}

static size_t index_of_model(const char *name) {
    for (size_t m = 0; m < shipped.catalog.model_count; m++)
        if (strcmp(shipped.catalog.models[m].name, name) == 0)
            return m;
    fail_msg("no model '%s'", name);
    return 0;
}

static size_t index_of_gpu(const char *name) {
    for (size_t g = 0; g < shipped.catalog.gpu_count; g++)
        if ((strcmp(short_name(g), name) == 0 || strcmp(long_name(g), name) == 0))
            return g;
    fail_msg("no GPU '%s'", name);
    return 0;
}

static void the_index_says_what_the_plan_says(void **state) {
    (void)state;
    const struct table *models = table_of("index.html", "models");
    for (size_t i = 0; i < models->row_count; i++) {
        uint32_t m = (uint32_t)index_of_model(cell(models, i, "model")->text);
        const struct best *best = plan_best(plan, m, 0);
        same_number(cell(models, i, "usd_per_million_output"),
                    best->gpu == UINT32_MAX ? NAN : best->pick.usd_per_million);
        same_number(cell(models, i, "api_median_usd_per_million"), api_median(plan, m));
        same_number(cell(models, i, "parameters"), (double)plan->parameters[m].total);
    }
    const struct table *gpus = table_of("index.html", "gpus");
    for (size_t i = 0; i < gpus->row_count; i++) {
        size_t g = index_of_gpu(cell(gpus, i, "gpu")->text);
        const struct gpu *gpu = &shipped.catalog.gpus[g];
        const struct gpu_market *market = &plan->gpu_markets[g];
        assert_string_equal(cell(gpus, i, "vendor")->text, gpu->vendor);
        same_number(cell(gpus, i, "memory_gb"), gpu->memory_bytes / 1e9);
        same_number(cell(gpus, i, "memory_gb_per_s"), gpu->memory_bytes_per_s / 1e9);
        same_number(cell(gpus, i, "peak_tflop_per_s"), gpu->flop_per_s[COMPUTE_16] / 1e12);
        same_number(cell(gpus, i, "usd_per_gpu_hour"), market->low_usd_per_gpu_hour);
        same_number(cell(gpus, i, "platforms"), (double)market->platform_count);
    }
    const struct table *platforms = table_of("index.html", "platforms");
    for (size_t i = 0; i < platforms->row_count; i++)
        for (size_t p = 0; p < plan->platform_count; p++)
            if (strcmp(plan->platforms[p].name, cell(platforms, i, "platform")->text) == 0) {
                assert_true(cell(platforms, i, "offers")->number ==
                            (double)plan->platforms[p].count);
                assert_true(cell(platforms, i, "ranked")->number ==
                            (double)plan->platforms[p].ranked);
            }
}

static void row_says_the_pick(const struct table *table, size_t row, const struct pick *pick) {
    bool runs = pick->reason == REASON_NONE;
    same_number(cell(table, row, "usd_per_million_output"), runs ? pick->usd_per_million : NAN);
    same_number(cell(table, row, "output_tokens_per_s"), runs ? pick->output_tokens_per_s : NAN);
    same_number(cell(table, row, "gpus"), runs ? (double)pick->gpus : NAN);
}

static void pages_of_models_and_gpus_say_the_picks(void **state) {
    (void)state;
    uint32_t gpu = (uint32_t)(shipped_gpu("l40s") - shipped.catalog.gpus);
    const struct table *models = table_of("gpus/l40s/index.html", "models");
    for (size_t i = 0; i < models->row_count; i++) {
        size_t m = index_of_model(cell(models, i, "model")->text);
        row_says_the_pick(models, i, plan_pick(plan, (uint32_t)m, gpu));
        same_number(cell(models, i, "output_tokens_per_usd"),
                    plan_pick(plan, (uint32_t)m, gpu)->tokens_per_usd);
    }
    uint32_t model = (uint32_t)index_of_model(shipped_model("mixtral-8x7b")->name);
    const struct table *gpus = table_of("models/mixtral-8x7b/index.html", "gpus");
    for (size_t i = 0; i < gpus->row_count; i++)
        row_says_the_pick(
            gpus, i, plan_pick(plan, model, (uint32_t)index_of_gpu(cell(gpus, i, "gpu")->text)));
    assert_int_equal(table_of("gpus/l40s/index.html", "prices")->row_count,
                     plan->gpu_markets[gpu].count);
    assert_int_equal(table_of("models/mixtral-8x7b/index.html", "api")->row_count,
                     plan->model_markets[model].count);
}

static void nothing_is_left_out(void **state) {
    (void)state;
    const struct catalog *c = &shipped.catalog;
    size_t parts = 0, offers = 0, found;
    for (size_t i = 0; i < page_plan_count(plan); i++) {
        const struct page_entry *entry = &plan->entries[i];
        if (entry->kind == PAGE_ACCURACY_ROWS)
            parts += table_of(entry->path, "rows")->row_count;
        if (entry->kind == PAGE_PLATFORM)
            offers += table_of(entry->path, "offers")->row_count;
    }
    assert_int_equal(parts, c->benchmark_count);
    size_t listed = 0;
    for (size_t p = 0; p < plan->platform_count; p++)
        listed += plan->platforms[p].count;
    assert_int_equal(offers, listed);
    assert_int_equal(table_of("accuracy/index.html", "rows")->row_count, c->benchmark_count);
    assert_int_equal(table_of("data/index.html", "inputs")->row_count, c->input_count);
    static const struct {
        const char *name;
        enum accuracy_key key;
    } sums[] = {{"by_class", ACCURACY_BY_CLASS},
                {"by_engine", ACCURACY_BY_ENGINE},
                {"by_gpu", ACCURACY_BY_GPU},
                {"by_model", ACCURACY_BY_MODEL},
                {"by_source", ACCURACY_BY_SOURCE}};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        const struct table *table = table_of("accuracy/index.html", sums[i].name);
        accuracy_summarise(shipped.arena, plan->accuracy, c->benchmark_count, sums[i].key, &found);
        assert_int_equal(table->row_count, found);
        double rows = 0;
        for (size_t k = 0; k < table->row_count; k++)
            rows += cell(table, k, "rows")->number + cell(table, k, "skipped")->number;
        assert_true(rows == (double)c->benchmark_count);
    }
}

static size_t points_of(const struct chart *chart) {
    size_t count = 0;
    for (size_t i = 0; i < chart->series_count; i++)
        count += chart->series[i].count;
    return count;
}

/* A point for each row that has the figure. */
static void charts_have_all_points(void **state) {
    (void)state;
    const struct page *index = page_at("index.html"), *energy = page_at("energy/index.html");
    assert_int_equal(points_of(block_of(index, "prices")->chart),
                     with_number(block_of(index, "models")->table, "usd_per_million_output"));
    assert_int_equal(points_of(block_of(energy, "energy")->chart),
                     with_number(block_of(energy, "models")->table, "joules_per_output_token"));
    const struct block *frontier =
        block_of(page_at("models/llama-3.3-70b/price/index.html"), "frontier");
    assert_int_equal(points_of(frontier->chart), frontier->table->row_count);
    const struct page *accuracy = page_at("accuracy/index.html");
    const struct chart *residuals = block_of(accuracy, "residuals")->chart;
    double rows = 0, predicted = 0;
    for (size_t i = 0; i < residuals->series->count; i++)
        rows += residuals->series->y[i];
    for (size_t i = 0; i < shipped.catalog.benchmark_count; i++)
        predicted += !plan->accuracy[i].skipped;
    assert_true(rows == predicted);
    const struct chart *spread = block_of(accuracy, "spread")->chart;
    for (size_t i = 0; i < spread->panel_count; i++) { /* wider limits hold more, up to all */
        const struct chart_series *within = spread->panels[i].series;
        for (size_t k = 1; k < within->count; k++)
            assert_true(within->y[k] >= within->y[k - 1] && within->y[k] <= 100);
        assert_true(within->y[0] < 20 && within->y[within->count - 1] > 80);
    }
}

static void columns_say_what_stands_in_them(const struct page *page, const struct table *table) {
    for (size_t c = 0; c < table->column_count; c++) {
        size_t numbers = 0, texts = 0;
        for (size_t r = 0; r < table->row_count; r++) {
            const struct value *value = &table->cells[r * table->column_count + c];
            numbers += value->kind == VALUE_NUMBER;
            texts += value->kind == VALUE_TEXT;
        }
        assert_false(table->columns[c].numeric && table->columns[c].filter);
        if (table->columns[c].numeric ? texts && !numbers : numbers && !texts)
            fail_msg("%s: '%s' holds %zu numbers, %zu texts", page->path, table->columns[c].key,
                     numbers, texts);
    }
}

/* One page of each kind. */
static void columns_are_numeric_where_numbers_stand(void **state) {
    (void)state;
    bool seen[PAGE_ACCURACY_ROWS + 1] = {false};
    for (size_t i = 0; i < page_plan_count(plan); i++) {
        const struct page_entry *entry = &plan->entries[i];
        bool of_model = entry->kind == PAGE_COMBINATION || entry->kind == PAGE_MODEL ||
                        entry->kind == PAGE_MODEL_PRICE || entry->kind == PAGE_MODEL_TRAINING;
        if (seen[entry->kind] || (of_model && !strstr(entry->path, "/llama-3.3-70b/")) ||
            (entry->kind == PAGE_COMBINATION && !strstr(entry->path, "/h100-sxm.")))
            continue;
        seen[entry->kind] = true;
        const struct page *page = page_make(plan, i, shipped.arena);
        for (size_t b = 0; b < page->block_count; b++)
            if (page->blocks[b].table)
                columns_say_what_stands_in_them(page, page->blocks[b].table);
    }
    for (size_t kind = 0; kind < sizeof seen; kind++)
        assert_true(seen[kind]);
}

/* 1.17e-6 e^(-1.12e-2 * 64) * 8.03 + 4.05e-5 Wh are 0.1623 J. */
static void a_second_opinion_on_energy_where_it_holds(void **state) {
    (void)state;
    const struct table *table = table_of("energy/index.html", "measured");
    size_t said = 0;
    for (size_t i = 0; i < table->row_count; i++) {
        const struct value *opinion = cell(table, i, "ecologits_joules_per_output_token");
        bool holds = strstr(cell(table, i, "gpus")->text, "H100") != NULL;
        assert_int_equal(opinion->kind, holds ? VALUE_NUMBER : VALUE_MISSING);
        if (!holds)
            continue;
        said++;
        assert_string_equal(cell(table, i, "model")->text, "Llama 3.1 8B Instruct");
        assert_true(fabs(opinion->number - 0.1623) < 5e-5);
    }
    assert_int_equal(said, 2);
}

/* What a template may lay out of each kind of page: a block that is gone leaves a hole there. */
static void pages_have_their_blocks(void **state) {
    (void)state;
    static const struct {
        const char *path, *blocks;
    } pages[] = {
        {"index.html", "answer figures prices models gpus platforms map"},
        {"recommend/index.html", "answer fits memory budget gpus recommend_method"},
        {"training/index.html", "answer figures gpus parts models formula training_method"},
        {"calculator/index.html", "answer inputs"},
        {"energy/index.html",
         "answer figures energy models gpus measured token regions energy_method"},
        {"accuracy/index.html", "answer figures residuals spread where by_class by_engine by_gpu "
                                "by_model by_source left_out left_out_classes rows parts"},
        {"changes/index.html", "answer moves links"},
        {"method/index.html", "answer method settings"},
        {"glossary/index.html", "answer terms links"},
        {"data/index.html", "answer attribution downloads sources inputs"},
        {"models/llama-3.3-70b/index.html",
         "answer figures further pareto throughput offers use api memory gpus parameters measured "
         "links source"},
        {"models/llama-3.3-70b/price/index.html",
         "answer figures band bands supply gap targets frontier contracts flips sensitivity "
         "price_history links"},
        {"models/llama-3.3-70b/training/index.html",
         "answer figures memory parts gpus tokens formula training_method links"},
        {"models/llama-3.3-70b/h100-sxm.html",
         "answer figures throughput efficiency split context platforms workloads counts formula "
         "links reproduce"},
        {"gpus/h100-sxm/index.html",
         "answer figures roofline history models prices specs sources note formula links"},
        {"platforms/lambda/index.html", "answer figures offers links"}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const struct page *page = page_at(pages[i].path);
        for (const char *at = pages[i].blocks; *at;) {
            size_t n = strcspn(at, " ");
            const struct block *block = block_of(page, arena_copy(shipped.arena, at, n));
            assert_true(block->text || block->figure_count || block->table || block->chart ||
                        block->line_count || block->link_count || block->kind == BLOCK_MARKDOWN);
            at += n + (at[n] == ' ');
        }
    }
}

/* Whose tables stand beside the page as CSV and JSON, and which can be sorted: what holds more than
   a few rows. */
static void tables_can_be_had(void **state) {
    (void)state;
    static const struct {
        const char *path, *tables;
    } pages[] = {{"index.html", "models gpus"},
                 {"recommend/index.html", "memory budget gpus"},
                 {"training/index.html", "models"},
                 {"energy/index.html", "models gpus measured regions"},
                 {"accuracy/index.html", "by_class by_engine by_gpu by_model by_source left_out "
                                         "left_out_classes rows"},
                 {"changes/index.html", "moves"},
                 {"data/index.html", "sources inputs"},
                 {"models/llama-3.3-70b/index.html", "offers api memory gpus measured"},
                 {"models/llama-3.3-70b/price/index.html", "bands supply targets frontier"},
                 {"models/llama-3.3-70b/training/index.html", "gpus"},
                 {"gpus/h100-sxm/index.html", "models prices"},
                 {"platforms/lambda/index.html", "offers"}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const struct page *page = page_at(pages[i].path);
        for (size_t b = 0; b < page->block_count; b++) {
            const struct block *block = &page->blocks[b];
            const char *at = strstr(pages[i].tables, block->name);
            size_t n = strlen(block->name);
            while (at && ((at > pages[i].tables && at[-1] != ' ') || (at[n] && at[n] != ' ')))
                at = strstr(at + 1, block->name);
            if (block->table && block->table->downloadable != (at != NULL))
                fail_msg("%s: %s", page->path, block->name);
            if (at && block->kind == BLOCK_TABLE && block->table->row_count > 25 &&
                !block->table->sortable)
                fail_msg("%s: %s cannot be sorted", page->path, block->name);
        }
    }
}

/* A measurement of no joined model or GPU, or of no rate, is on no curve. */
static void curves_are_of_joined_rates(void **state) {
    (void)state;
    size_t joined = 0;
    for (size_t i = 0; i < shipped.catalog.benchmark_count; i++) {
        const struct benchmark *row = &shipped.catalog.benchmarks[i];
        joined += row->model && row->gpu && isfinite(row->output_tokens_per_s_system);
    }
    assert_int_equal(plan->measured_count, joined);
    for (size_t i = 0; i < plan->measured_count; i++) {
        const struct benchmark *row = plan->measured[i];
        assert_true(row->model && row->gpu && row->output_tokens_per_s_system > 0);
        assert_true(i == 0 || row->model >= plan->measured[i - 1]->model);
    }
}

/* What a dollar, a token and a GPU-hour come to, beside each other. */
static void figures_of_a_row_agree(void **state) {
    (void)state;
    const double use = shipped.catalog.site.utilisation;
    const struct table *offers = table_of("models/llama-3.3-70b/index.html", "offers");
    double least = cell(offers, 0, "usd_per_million_output")->number;
    for (size_t i = 0; i < offers->row_count; i++) {
        const struct value *busy = cell(offers, i, "usd_per_million_output");
        double rate = cell(offers, i, "output_tokens_per_s")->number;
        double hour = cell(offers, i, "usd_per_hour")->number;
        assert_true(fabs(busy->bar * busy->number / least - 1) < 1e-9);
        assert_true(
            fabs(cell(offers, i, "usd_per_million_output_in_use")->number * use / busy->number -
                 1) < 1e-9);
        assert_true(fabs(cell(offers, i, "output_tokens_per_usd")->number * hour / (3600 * rate) -
                         1) < 1e-9);
        assert_true(i == 0 ||
                    busy->number >= cell(offers, i - 1, "usd_per_million_output")->number);
    }
    const struct table *tokens = table_of("models/llama-3.3-70b/training/index.html", "tokens");
    for (size_t i = 1; i < tokens->row_count; i++) /* ten times the tokens each */
        for (size_t k = 0; k < tokens->column_count; k++) {
            const struct value *value = &tokens->cells[i * tokens->column_count + k];
            const struct value *above = value - tokens->column_count;
            assert_int_equal(value->kind, above->kind);
            if (value->kind == VALUE_NUMBER)
                assert_true(fabs(value->number / above->number - 10) < 1e-6);
        }
}

/* In every pair of rows that stand in order, and what is said twice is said alike. */
static void tables_agree_with_themselves(void **state) {
    (void)state;
    const struct catalog *c = &shipped.catalog;
    const struct table *sources = table_of("data/index.html", "sources");
    double rows = 0;
    for (size_t i = 0; i < sources->row_count; i++) {
        const struct value *oldest = cell(sources, i, "oldest"),
                           *newest = cell(sources, i, "newest");
        rows += cell(sources, i, "rows")->number;
        assert_int_equal(oldest->kind, newest->kind);
        assert_true(oldest->kind == VALUE_MISSING || strcmp(oldest->text, newest->text) <= 0);
        for (size_t k = 0; k < c->offer_count && strstr(cell(sources, i, "kind")->text, "GPU p");
             k++) {
            const struct offer *o = &c->offers[k];
            const char *name = cell(sources, i, "source")->text;
            size_t n = strlen(name);
            if (o->source && strncmp(o->source, name, n) == 0 &&
                (!o->source[n] || o->source[n] == ' ') && o->as_of) {
                assert_true(strcmp(o->as_of, oldest->text) >= 0);
                assert_true(strcmp(o->as_of, newest->text) <= 0);
            }
        }
    }
    assert_true(rows >= (double)(c->offer_count + c->api_price_count + c->benchmark_count));
    const struct block *training = block_of(page_at("training/index.html"), "gpus");
    for (size_t i = 0; i < training->table->row_count; i++) {
        double size = cell(training->table, i, "parameters")->number;
        size_t m = index_of_model(cell(training->table, i, "model")->text);
        assert_true(size == (double)plan->parameters[m].total);
        assert_true(i == 0 || size <= cell(training->table, i - 1, "parameters")->number);
    }
    const char *methods[] = {"full", "lora", "qlora"};
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(training->chart->series[k].count,
                         with_number(training->table, methods[k]));
    const char *const path = "models/llama-3.3-70b/price/index.html";
    const struct table *targets = table_of(path, "targets"), *gap = table_of(path, "gap");
    assert_int_equal(targets->row_count, 3 * c->site.workload_count);
    for (size_t i = 0; i < targets->row_count; i++) {
        double busy = cell(targets, i, "usd_per_million_output")->number;
        double in_use = cell(targets, i, "usd_per_million_output_in_use")->number;
        assert_true(fabs(in_use * c->site.utilisation / busy - 1) < 1e-9);
    }
    assert_true(gap->row_count >= 7);
}

/* Every prediction stands on the charts of errors, by whatever name its engine goes, and without.
 */
static void engines_go_by_any_name(void **state) {
    (void)state;
    struct catalog catalog = shipped.catalog;
    size_t bytes = catalog.benchmark_count * sizeof *catalog.benchmarks, nameless = 0;
    catalog.benchmarks = ARENA_ARRAY(shipped.arena, catalog.benchmark_count, struct benchmark);
    memcpy(catalog.benchmarks, shipped.catalog.benchmarks, bytes);
    for (size_t i = 0; i < catalog.benchmark_count; i++) {
        struct benchmark *row = &catalog.benchmarks[i];
        if (row->engine && strcmp(row->engine, "vllm") == 0)
            row->engine = i % 2 ? "vLLM 0.9" : "VLLM";
        else if (row->engine && strcmp(row->engine, "llama.cpp") == 0 && nameless++ < 3)
            row->engine = NULL;
    }
    assert_true(nameless > 0);
    struct page_plan *named = plan;
    const struct chart *before = block_of(page_at("accuracy/index.html"), "spread")->chart;
    plan = page_plan_new(shipped.arena, &catalog, &shipped.calibrations, 2);
    const struct page *page = page_at("accuracy/index.html");
    const struct chart *after = block_of(page, "spread")->chart;
    plan = named;
    for (size_t i = 0; i < after->panel_count; i++)
        if (strcmp(after->panels[i].title, "vLLM") == 0)
            for (size_t k = 0; k < before->panel_count; k++)
                if (strcmp(before->panels[k].title, "vLLM") == 0)
                    assert_memory_equal(after->panels[i].series->y, before->panels[k].series->y,
                                        before->panels[k].series->count * sizeof(double));
    assert_int_equal(after->panel_count, before->panel_count);
}

/* A row need not say who measured it, with what and when. */
static void measurements_may_say_little(void **state) {
    (void)state;
    struct catalog catalog = shipped.catalog;
    size_t bytes = catalog.benchmark_count * sizeof *catalog.benchmarks;
    catalog.benchmarks = ARENA_ARRAY(shipped.arena, catalog.benchmark_count, struct benchmark);
    memcpy(catalog.benchmarks, shipped.catalog.benchmarks, bytes);
    for (size_t i = 0; i < catalog.benchmark_count; i++) {
        struct benchmark *row = &catalog.benchmarks[i];
        row->engine = row->engine_version = row->source = row->date = row->note = NULL;
    }
    struct page_plan *whole = plan;
    plan = page_plan_new(shipped.arena, &catalog, &shipped.calibrations, 2);
    const struct page *pair = page_at("models/llama-3.3-70b/h100-sxm.html");
    assert_null(strstr(block_of(pair, "throughput")->table->caption, "measured:"));
    assert_true(table_of("models/llama-3.3-70b/index.html", "measured")->row_count > 0);
    assert_int_equal(table_of("accuracy/index.html", "rows")->row_count, catalog.benchmark_count);
    assert_true(table_of("energy/index.html", "measured")->row_count > 0);
    assert_true(table_of("data/index.html", "sources")->row_count > 0);
    plan = whole;
}

/* One point on the chart for each row of a measurement, at its share of what theory says. */
static void a_pair_is_measured_against_theory(void **state) {
    (void)state;
    const struct page *page = page_at("models/llama-3.3-70b/h100-sxm.html");
    const struct chart *throughput = block_of(page, "throughput")->chart;
    const struct chart *efficiency = block_of(page, "efficiency")->chart;
    const struct chart_series *theory = &throughput->series[0], *ours = &throughput->series[1];
    const struct chart_series *share = &efficiency->series[1];
    assert_string_equal(theory->name, "First principles");
    assert_string_equal(ours->name, "Calibrated");
    assert_int_equal(share->count, ours->count);
    for (size_t i = 0; i < share->count; i++) {
        assert_true(share->x[i] == ours->x[i] && theory->x[i] == ours->x[i]);
        assert_true(fabs(share->y[i] - 100 * ours->y[i] / theory->y[i]) < 0.3);
    }
}

/* Every workload has a best place where the first one has. */
static void each_workload_has_a_best_place(void **state) {
    (void)state;
    for (uint32_t m = 0; m < shipped.catalog.model_count; m++)
        for (size_t w = 1; w < shipped.catalog.site.workload_count; w++) {
            const struct workload *workload = &shipped.catalog.site.workloads[w];
            uint32_t most = shipped.catalog.models[m].context_tokens;
            bool fits = !most || workload->input_tokens + workload->output_tokens <= most;
            const struct best *first = plan_best(plan, m, 0), *best = plan_best(plan, m, w);
            if (first->gpu == UINT32_MAX || !fits)
                continue;
            assert_true(best->gpu != UINT32_MAX && best->pick.usd_per_million > 0);
            assert_true(best->pick.listing->offer->gpu == &shipped.catalog.gpus[best->gpu]);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_models_gpus_and_platforms),
        cmocka_unit_test(the_index_says_what_the_plan_says),
        cmocka_unit_test(pages_of_models_and_gpus_say_the_picks),
        cmocka_unit_test(nothing_is_left_out),
        cmocka_unit_test(charts_have_all_points),
        cmocka_unit_test(a_second_opinion_on_energy_where_it_holds),
        cmocka_unit_test(columns_are_numeric_where_numbers_stand),
        cmocka_unit_test(pages_have_their_blocks),
        cmocka_unit_test(tables_can_be_had),
        cmocka_unit_test(curves_are_of_joined_rates),
        cmocka_unit_test(figures_of_a_row_agree),
        cmocka_unit_test(tables_agree_with_themselves),
        cmocka_unit_test(engines_go_by_any_name),
        cmocka_unit_test(measurements_may_say_little),
        cmocka_unit_test(a_pair_is_measured_against_theory),
        cmocka_unit_test(each_workload_has_a_best_place),
    };
    return cmocka_run_group_tests_name("page/tables", tests, set_up, drop_shipped);
}
