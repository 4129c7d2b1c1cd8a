/* Which members of a row are in a key, and how. tests/unit/page_key_test.c sees that none is
   forgotten. */
#include "page/key.h"

#include "page/plan.h"

#include <string.h>

#define FIELD(type, member, how)                                                                   \
    { #member, offsetof(struct type, member), sizeof((struct type *)0)->member, how }

/* clang-format off */
const struct key_field key_offer_fields[] = {
    FIELD(offer, platform, KEY_TEXT),
    FIELD(offer, platform_id, KEY_TEXT),
    FIELD(offer, instance, KEY_TEXT),
    FIELD(offer, gpu_as_stated, KEY_TEXT),
    FIELD(offer, gpu, KEY_OWNER),
    FIELD(offer, join_note, KEY_TEXT),
    FIELD(offer, gpu_assumed, KEY_BYTES),
    FIELD(offer, gpu_memory_gb, KEY_BYTES),
    FIELD(offer, gpu_count, KEY_BYTES),
    FIELD(offer, kind, KEY_BYTES),
    FIELD(offer, rankable, KEY_BYTES),
    FIELD(offer, on_demand_usd_per_hour, KEY_BYTES),
    FIELD(offer, spot_usd_per_hour, KEY_BYTES),
    FIELD(offer, reserved_1y_usd_per_hour, KEY_BYTES),
    FIELD(offer, reserved_3y_usd_per_hour, KEY_BYTES),
    FIELD(offer, region, KEY_TEXT),
    FIELD(offer, as_of, KEY_TEXT),
    FIELD(offer, source, KEY_TEXT),
    FIELD(offer, note, KEY_TEXT),
    FIELD(offer, place, KEY_ORDER),
    FIELD(offer, current, KEY_BYTES),
    FIELD(offer, per_gpu, KEY_BYTES),
    FIELD(offer, conflict, KEY_BYTES),
    FIELD(offer, duplicate, KEY_BYTES),
    FIELD(offer, implausible, KEY_BYTES),
    {NULL, 0, 0, KEY_BYTES}};

const struct key_field key_api_price_fields[] = {
    FIELD(api_price, provider, KEY_TEXT),
    FIELD(api_price, model_as_stated, KEY_TEXT),
    FIELD(api_price, hf_id, KEY_TEXT),
    FIELD(api_price, model, KEY_OWNER),
    FIELD(api_price, join_note, KEY_TEXT),
    FIELD(api_price, input_usd_per_million, KEY_BYTES),
    FIELD(api_price, output_usd_per_million, KEY_BYTES),
    FIELD(api_price, cached_input_usd_per_million, KEY_BYTES),
    FIELD(api_price, cache_write_usd_per_million, KEY_BYTES),
    FIELD(api_price, context_tokens, KEY_BYTES),
    FIELD(api_price, precision, KEY_TEXT),
    FIELD(api_price, as_of, KEY_TEXT),
    FIELD(api_price, source, KEY_TEXT),
    FIELD(api_price, place, KEY_ORDER),
    FIELD(api_price, current, KEY_BYTES),
    FIELD(api_price, free_tier, KEY_BYTES),
    {NULL, 0, 0, KEY_BYTES}};

const struct key_field key_pick_fields[] = {
    FIELD(pick, reason, KEY_BYTES),
    FIELD(pick, provenance, KEY_BYTES),
    FIELD(pick, extrapolated_why, KEY_TEXT),
    FIELD(pick, weights, KEY_BYTES),
    FIELD(pick, fallback, KEY_BYTES),
    FIELD(pick, gpus, KEY_BYTES),
    FIELD(pick, min_gpus, KEY_BYTES),
    FIELD(pick, max_batch, KEY_BYTES),
    FIELD(pick, batch, KEY_BYTES),
    FIELD(pick, output_tokens_per_s, KEY_BYTES),
    FIELD(pick, total_tokens_per_s, KEY_BYTES),
    FIELD(pick, output_tokens_per_s_per_request, KEY_BYTES),
    FIELD(pick, ttft_s, KEY_BYTES),
    FIELD(pick, listing, KEY_OWNER), /* by its own key */
    FIELD(pick, usd_per_hour, KEY_BYTES),
    FIELD(pick, usd_per_million, KEY_BYTES),
    FIELD(pick, tokens_per_usd, KEY_BYTES),
    {NULL, 0, 0, KEY_BYTES}};

const struct key_field key_gpu_fields[] = {
    FIELD(gpu, id, KEY_TEXT),
    FIELD(gpu, name, KEY_TEXT),
    FIELD(gpu, short_name, KEY_TEXT),
    FIELD(gpu, vendor, KEY_TEXT),
    FIELD(gpu, architecture, KEY_TEXT),
    FIELD(gpu, family, KEY_TEXT),
    FIELD(gpu, form_factor, KEY_TEXT),
    FIELD(gpu, release_date, KEY_TEXT),
    FIELD(gpu, aliases, KEY_NOT), /* by what they join */
    FIELD(gpu, alias_count, KEY_NOT),
    FIELD(gpu, place, KEY_NOT),
    FIELD(gpu, memory_bytes, KEY_BYTES),
    FIELD(gpu, visible_memory_bytes, KEY_BYTES),
    FIELD(gpu, memory_bytes_per_s, KEY_BYTES),
    FIELD(gpu, flop_per_s, KEY_BYTES),
    FIELD(gpu, link, KEY_BYTES),
    FIELD(gpu, link_name, KEY_TEXT),
    FIELD(gpu, link_bytes_per_s, KEY_BYTES),
    FIELD(gpu, max_per_node, KEY_BYTES),
    FIELD(gpu, node_link_bytes_per_s, KEY_BYTES),
    FIELD(gpu, tdp_w, KEY_BYTES),
    FIELD(gpu, idle_w, KEY_BYTES),
    FIELD(gpu, list_price_usd, KEY_BYTES),
    FIELD(gpu, unified_memory, KEY_BYTES),
    FIELD(gpu, announced, KEY_BYTES),
    FIELD(gpu, source, KEY_TEXT),
    FIELD(gpu, source_date, KEY_TEXT),
    FIELD(gpu, note, KEY_TEXT),
    FIELD(gpu, sources, KEY_NOT), /* a pair's page names none of them */
    FIELD(gpu, source_count, KEY_NOT),
    {NULL, 0, 0, KEY_BYTES}};

const struct key_field key_benchmark_fields[] = {
    FIELD(benchmark, model_as_stated, KEY_TEXT),
    FIELD(benchmark, gpu_as_stated, KEY_TEXT),
    FIELD(benchmark, model, KEY_OWNER),
    FIELD(benchmark, gpu, KEY_NOT), /* by its id */
    FIELD(benchmark, gpu_count, KEY_BYTES),
    FIELD(benchmark, tensor_parallel, KEY_BYTES),
    FIELD(benchmark, pipeline_parallel, KEY_BYTES),
    FIELD(benchmark, data_parallel, KEY_BYTES),
    FIELD(benchmark, expert_parallel, KEY_BYTES),
    FIELD(benchmark, engine, KEY_TEXT),
    FIELD(benchmark, engine_version, KEY_TEXT),
    FIELD(benchmark, weights, KEY_BYTES),
    FIELD(benchmark, kv, KEY_BYTES),
    FIELD(benchmark, input_tokens, KEY_BYTES),
    FIELD(benchmark, output_tokens, KEY_BYTES),
    FIELD(benchmark, batch, KEY_BYTES),
    FIELD(benchmark, scenario, KEY_BYTES),
    FIELD(benchmark, metric, KEY_BYTES),
    FIELD(benchmark, value, KEY_BYTES),
    FIELD(benchmark, output_tokens_per_s_system, KEY_BYTES),
    FIELD(benchmark, ttft_ms, KEY_BYTES),
    FIELD(benchmark, power_w, KEY_BYTES),
    FIELD(benchmark, requests, KEY_BYTES),
    FIELD(benchmark, drafts, KEY_BYTES),
    FIELD(benchmark, acceptance, KEY_BYTES),
    FIELD(benchmark, same_prompts, KEY_BYTES),
    FIELD(benchmark, source, KEY_TEXT),
    FIELD(benchmark, date, KEY_TEXT),
    FIELD(benchmark, note, KEY_TEXT),
    FIELD(benchmark, unusable, KEY_TEXT),
    FIELD(benchmark, stated, KEY_NOT), /* the same as its file has it */
    FIELD(benchmark, place, KEY_NOT),
    {NULL, 0, 0, KEY_BYTES}};
/* clang-format on */

void key_put_text(struct buf *out, const char *text) {
    buf_putc(out, text ? 't' : '-');
    if (text)
        buf_put(out, text, strlen(text) + 1);
}

void key_put_row(struct buf *out, const struct key_field *fields, const void *row) {
    for (; fields->name; fields++) {
        const char *at = (const char *)row + fields->offset;
        if (fields->how == KEY_BYTES)
            buf_put(out, at, fields->size);
        if (fields->how == KEY_TEXT)
            key_put_text(out, *(const char *const *)(const void *)at);
    }
}
