/* What a pair's page depends on, as one number: it changes when, and only when, an input the page
   shows may have changed. Other pages go by what they say (page_hash.c). */
#include "page/plan.h"

#include "base/hash.h"
#include "page/key.h"

#include <string.h>

static uint64_t add_text(uint64_t hash, const char *text) {
    return text ? hash_bytes(text, strlen(text) + 1, hash) : hash_bytes("", 1, hash);
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

static uint64_t of_gpu(const struct page_plan *plan, size_t g, struct buf *out) {
    buf_reset(out);
    key_put_row(out, key_gpu_fields, &plan->catalog->gpus[g]);
    return hash_bytes(out->data, out->len, 0);
}

/* Inputs are named from the project's root, places as the project was named: compare the ends. */
static bool is_input_of(const char *input_path, const char *place_file) {
    size_t n = strlen(input_path), m = strlen(place_file);
    return m >= n && !strcmp(place_file + (m - n), input_path) &&
           (m == n || place_file[m - n - 1] == '/');
}

static uint64_t of_model(const struct page_plan *plan, size_t m, struct buf *out) {
    const struct model *model = &plan->catalog->models[m];
    uint64_t hash = 0;
    for (size_t i = 0; model->place.file && i < plan->catalog->input_count; i++)
        if (is_input_of(plan->catalog->inputs[i].path, model->place.file))
            hash = hash_bytes(&plan->catalog->inputs[i].hash, sizeof(uint64_t), hash);
    buf_reset(out);
    key_put_text(out, model->id);
    for (size_t i = 0; i < plan->measured_count; i++)
        if (plan->measured[i]->model == model) {
            key_put_text(out, plan->measured[i]->gpu->id);
            key_put_row(out, key_benchmark_fields, plan->measured[i]);
        }
    return hash_bytes(out->data, out->len, hash);
}

void fingerprint_build(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    struct buf out = BUF_INIT;
    plan->gpu_hashes = ARENA_ARRAY(arena, catalog->gpu_count + 1, uint64_t);
    plan->model_hashes = ARENA_ARRAY(arena, catalog->model_count + 1, uint64_t);
    of_inputs(plan);
    for (size_t g = 0; g < catalog->gpu_count; g++)
        plan->gpu_hashes[g] = of_gpu(plan, g, &out);
    for (size_t m = 0; m < catalog->model_count; m++)
        plan->model_hashes[m] = of_model(plan, m, &out);
    buf_free(&out);
}

uint64_t fingerprint_of(const struct page_plan *plan, const struct page_entry *entry) {
    const uint64_t seen[] = {plan->common_hash, plan->model_hashes[entry->model],
                             plan->gpu_hashes[entry->gpu], plan->model_keys[entry->model],
                             plan->gpu_keys[entry->gpu]};
    uint64_t hash = hash_bytes(seen, sizeof seen, 0);
    return add_text(add_text(hash, plan->catalog->site.as_of), entry->path);
}
