/* What a pair's page depends on, as one number: it changes when, and only when, an input the page
   shows may have changed. Other pages go by what they say (page_hash.c). */
#include "page/plan.h"

#include "base/hash.h"

#include <string.h>

static uint64_t add_text(uint64_t hash, const char *text) {
    return text ? hash_bytes(text, strlen(text) + 1, hash) : hash_bytes("", 1, hash);
}

static uint64_t add_number(uint64_t hash, double number) {
    return hash_bytes(&number, sizeof number, hash);
}

static bool under(const char *path, const char *directory) {
    return path && strstr(path, directory) != NULL;
}

/* Of the inputs that every pair depends on. */
static void of_inputs(struct page_plan *plan) {
    for (size_t i = 0; i < plan->catalog->input_count; i++) {
        const struct input_file *input = &plan->catalog->inputs[i];
        if (under(input->path, "data/models/") || under(input->path, "data/prices/") ||
            under(input->path, "data/api-prices/") || under(input->path, "data/benchmarks/") ||
            under(input->path, "gpus.json"))
            continue;
        plan->common_hash = hash_bytes(&input->hash, sizeof input->hash, plan->common_hash);
    }
}

static uint64_t of_gpu(const struct page_plan *plan, size_t g) {
    const struct gpu *gpu = &plan->catalog->gpus[g];
    const struct gpu_market *market = &plan->gpu_markets[g];
    uint64_t hash = add_text(add_text(0, gpu->name), gpu->source);
    const double figures[] = {gpu->memory_bytes,
                              gpu->memory_bytes_per_s,
                              gpu->link_bytes_per_s,
                              gpu->node_link_bytes_per_s,
                              gpu->tdp_w,
                              gpu->idle_w,
                              gpu->list_price_usd,
                              gpu->max_per_node,
                              gpu->announced};
    hash = hash_bytes(figures, sizeof figures, hash);
    hash = hash_bytes(gpu->flop_per_s, sizeof gpu->flop_per_s, hash);
    for (size_t i = 0; i < market->count; i++) {
        const struct offer *offer = market->listings[i].offer;
        hash = add_text(add_text(hash, offer->platform_id), offer->instance);
        hash = add_text(add_text(hash, offer->as_of), offer->source);
        hash = add_number(hash, offer->gpu_count);
        hash = add_number(hash, offer->on_demand_usd_per_hour);
        hash = add_number(hash, offer->spot_usd_per_hour);
    }
    return hash;
}

/* Inputs are named from the project's root, places as the project was named: compare the ends. */
static bool is_input_of(const char *input_path, const char *place_file) {
    size_t n = strlen(input_path), m = strlen(place_file);
    return m >= n && !strcmp(place_file + (m - n), input_path) &&
           (m == n || place_file[m - n - 1] == '/');
}

static uint64_t of_model(const struct page_plan *plan, size_t m) {
    const struct model *model = &plan->catalog->models[m];
    const struct model_market *market = &plan->model_markets[m];
    uint64_t hash = add_text(0, model->id);
    for (size_t i = 0; model->place.file && i < plan->catalog->input_count; i++)
        if (is_input_of(plan->catalog->inputs[i].path, model->place.file))
            hash = hash_bytes(&plan->catalog->inputs[i].hash, sizeof(uint64_t), hash);
    const struct parameters *p = &plan->parameters[m];
    hash = hash_bytes(&p->total, sizeof p->total, hash_bytes(&p->active, sizeof p->active, hash));
    for (size_t i = 0; i < market->count; i++) {
        hash = add_text(hash, market->prices[i]->provider);
        hash = add_number(hash, market->prices[i]->input_usd_per_million);
        hash = add_number(hash, market->prices[i]->output_usd_per_million);
    }
    for (size_t i = 0; i < plan->measured_count; i++)
        if (plan->measured[i]->model == model)
            hash = add_number(hash, plan->measured[i]->output_tokens_per_s_system);
    return hash;
}

void fingerprint_build(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    plan->gpu_hashes = ARENA_ARRAY(arena, catalog->gpu_count + 1, uint64_t);
    plan->model_hashes = ARENA_ARRAY(arena, catalog->model_count + 1, uint64_t);
    of_inputs(plan);
    for (size_t g = 0; g < catalog->gpu_count; g++)
        plan->gpu_hashes[g] = of_gpu(plan, g);
    for (size_t m = 0; m < catalog->model_count; m++)
        plan->model_hashes[m] = of_model(plan, m);
}

uint64_t fingerprint_of(const struct page_plan *plan, const struct page_entry *entry) {
    uint64_t hash = add_text(plan->common_hash, entry->path);
    hash = hash_bytes(&plan->model_hashes[entry->model], sizeof hash, hash);
    return hash_bytes(&plan->gpu_hashes[entry->gpu], sizeof hash, hash);
}
