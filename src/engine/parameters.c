/* Parameter counts by part: closed forms over the runs of equal layers. The shapes are those of
   the Hugging Face transformers modelling code of each family. */
#include "engine/parameters.h"

static uint64_t product(uint64_t a, uint64_t b) {
    return a * b;
}

static uint64_t indexer(const struct attention *a, uint64_t hidden) {
    if (a->index_heads == 0)
        return 0;
    uint64_t heads = a->index_heads, dim = a->index_head_dim;
    uint64_t query_input = a->q_lora_rank ? a->q_lora_rank : hidden;
    return query_input * heads * dim + hidden * dim + 2 * dim + hidden * heads;
}

/* MHA, GQA, MQA; biases, q/k norms, sinks, a doubled query projection (output gate). */
static uint64_t softmax_parameters(const struct attention *a, uint64_t hidden) {
    uint64_t d = a->head_dim, vd = a->value_head_dim ? a->value_head_dim : d;
    uint64_t q = product(a->query_heads, d), o = product(a->query_heads, vd);
    uint64_t k = a->shares_kv ? 0 : product(a->kv_heads, d);
    uint64_t v = a->shares_kv || a->k_is_v ? 0 : product(a->kv_heads, vd);
    uint64_t gated_q = a->output_gate ? q + o : q;
    uint64_t n = hidden * (gated_q + k + v) + o * hidden;
    n += (a->q_bias ? gated_q : 0) + (a->k_bias ? k : 0) + (a->v_bias ? v : 0);
    n += a->o_bias ? hidden : 0;
    if (a->qk_norm)
        n += a->shares_kv ? d : 2 * d;
    if (a->qk_norm_full)
        n += q + k;
    return n + (a->sinks ? a->query_heads : 0);
}

/* DeepSeek-V2, arXiv 2405.04434 section 2.1; biases on the two down projections and the output. */
static uint64_t mla_parameters(const struct attention *a, uint64_t hidden) {
    uint64_t heads = a->query_heads, query_dim = a->nope_head_dim + a->rope_head_dim;
    uint64_t n = 0;
    if (a->q_lora_rank) {
        uint64_t rank = a->q_lora_rank;
        n += hidden * rank + rank + rank * heads * query_dim + (a->q_bias ? rank : 0);
    } else {
        n += hidden * heads * query_dim;
    }
    uint64_t latent = a->kv_lora_rank, shared = latent + a->rope_head_dim;
    n += hidden * shared + latent + (a->k_bias ? shared : 0);
    n += latent * heads * ((uint64_t)a->nope_head_dim + a->value_head_dim);
    return n + heads * a->value_head_dim * hidden + (a->o_bias ? hidden : 0);
}

/* Gated DeltaNet as in Qwen3-Next: q, k, v, z, beta and decay projections, one short convolution,
   A_log, dt_bias, an output norm over the value head. arXiv 2412.06464. */
static uint64_t deltanet_parameters(const struct attention *a, uint64_t hidden) {
    uint64_t key = product(a->linear_key_heads, a->linear_key_dim);
    uint64_t value = product(a->linear_value_heads, a->linear_value_dim);
    uint64_t n = hidden * (2 * key + 2 * value) + hidden * 2 * a->linear_value_heads;
    n += (2 * key + value) * a->conv_kernel;
    return n + 2 * (uint64_t)a->linear_value_heads + a->linear_value_dim + value * hidden;
}

/* Mamba-2, arXiv 2405.21060: in projection, convolution with bias, dt bias, A, D, gated norm. */
static uint64_t mamba2_parameters(const struct attention *a, uint64_t hidden) {
    uint64_t heads = a->linear_value_heads, inner = heads * a->linear_value_dim;
    uint64_t conv = inner + 2 * product(a->ssm_groups, a->ssm_state);
    uint64_t n = hidden * (inner + conv + heads) + conv * a->conv_kernel;
    n += a->q_bias ? inner + conv + heads : 0; /* in projection */
    n += a->k_bias ? conv : 0;                 /* convolution */
    n += a->o_bias ? hidden : 0;
    return n + 3 * heads + inner + inner * hidden;
}

/* MiniMax-01 lightning attention, arXiv 2501.08313: qkv, output gate, out projection, norm. */
static uint64_t lightning_parameters(const struct attention *a, uint64_t hidden) {
    uint64_t inner = product(a->query_heads, a->head_dim);
    return hidden * 3 * inner + hidden * inner + inner * hidden + inner;
}

static uint64_t attention_parameters(const struct attention *a, uint64_t hidden) {
    if (a->counted)
        return a->extra_parameters;
    switch (a->kind) {
    case ATTENTION_NONE:
    case ATTENTION_COMPRESSED: /* always counted by its reader */
        return a->extra_parameters;
    case ATTENTION_SOFTMAX:
        return softmax_parameters(a, hidden) + indexer(a, hidden) + a->extra_parameters;
    case ATTENTION_MLA:
        return mla_parameters(a, hidden) + indexer(a, hidden) + a->extra_parameters;
    case ATTENTION_GATED_DELTANET:
        return deltanet_parameters(a, hidden) + a->extra_parameters;
    case ATTENTION_MAMBA2:
        return mamba2_parameters(a, hidden) + a->extra_parameters;
    case ATTENTION_LIGHTNING:
        return lightning_parameters(a, hidden) + a->extra_parameters;
    case ATTENTION_LINEAR:
        return hidden * hidden + a->extra_parameters;
    }
    return 0;
}

/* What of that is no matrix. */
static uint64_t attention_vectors(const struct attention *a, uint64_t hidden) {
    uint64_t d = a->head_dim, vd = a->value_head_dim ? a->value_head_dim : d;
    uint64_t q = product(a->query_heads, d), k = product(a->kv_heads, d);
    uint64_t v = product(a->kv_heads, vd), n = a->o_bias ? hidden : 0;
    if (a->counted || a->kind == ATTENTION_NONE)
        return 0;
    switch (a->kind) {
    case ATTENTION_SOFTMAX:
        n += (a->q_bias ? q : 0) + (a->k_bias && !a->shares_kv ? k : 0);
        n += a->v_bias && !a->shares_kv && !a->k_is_v ? v : 0;
        n += a->qk_norm ? (a->shares_kv ? d : 2 * d) : 0;
        return n + (a->qk_norm_full ? q + k : 0) + (a->sinks ? a->query_heads : 0);
    case ATTENTION_MLA:
        n += (uint64_t)a->q_lora_rank * (a->q_bias ? 2 : 1) + a->kv_lora_rank;
        n += a->k_bias ? (uint64_t)a->kv_lora_rank + a->rope_head_dim : 0;
        return n + 2 * (uint64_t)a->index_head_dim * (a->index_heads > 0);
    case ATTENTION_GATED_DELTANET: {
        uint64_t conv = 2 * product(a->linear_key_heads, a->linear_key_dim) +
                        product(a->linear_value_heads, a->linear_value_dim);
        return n + conv * a->conv_kernel + 2 * (uint64_t)a->linear_value_heads +
               a->linear_value_dim;
    }
    case ATTENTION_MAMBA2: {
        uint64_t inner = product(a->linear_value_heads, a->linear_value_dim);
        uint64_t conv = inner + 2 * product(a->ssm_groups, a->ssm_state);
        return n + conv * (a->conv_kernel + (a->k_bias ? 1ull : 0)) +
               3 * (uint64_t)a->linear_value_heads + inner;
    }
    case ATTENTION_LIGHTNING:
        return n + q;
    case ATTENTION_NONE:
    case ATTENTION_COMPRESSED:
    case ATTENTION_LINEAR:
        break;
    }
    return n;
}

static uint64_t mlp(uint64_t in, uint64_t width, bool gated, bool bias) {
    uint64_t n = (gated ? 3 : 2) * in * width;
    return n + (bias ? (gated ? 2 : 1) * width + in : 0);
}

static struct layer_parameters count_layer(const struct model *model, const struct layer_run *run) {
    const struct ffn *f = &run->ffn;
    uint64_t hidden = model->hidden_size;
    struct layer_parameters p = {.norms = run->norm_parameters};
    p.attention = attention_parameters(&run->attention, hidden);
    p.vectors = attention_vectors(&run->attention, hidden);
    if (f->kind == FFN_DENSE || f->dense_beside_experts)
        p.dense = mlp(hidden, f->width, f->gated, f->bias);
    if (f->kind == FFN_DENSE) {
        p.dense += f->extra_parameters;
        p.vectors +=
            mlp(hidden, f->width, f->gated, f->bias) - mlp(hidden, f->width, f->gated, false);
    }
    if (f->kind != FFN_MOE)
        return p;
    uint64_t in = f->expert_input ? f->expert_input : hidden;
    p.expert = mlp(in, f->expert_width, f->expert_gated, f->expert_bias);
    p.experts = p.expert * f->experts;
    p.expert_vectors = p.experts - mlp(in, f->expert_width, f->expert_gated, false) * f->experts;
    p.shared = f->extra_parameters + (f->shared_gate ? hidden : 0);
    if (f->shared_width)
        p.shared += mlp(hidden, f->shared_width, f->expert_gated, false);
    p.router = hidden * f->experts + (f->router_bias ? f->experts : 0);
    return p;
}

struct layer_parameters parameters_of_layer(const struct model *model,
                                            const struct layer_run *run) {
    bool kept = model->run_counts && run >= model->runs && run < model->runs + model->run_count;
    return kept ? model->run_counts[run - model->runs] : count_layer(model, run);
}

static struct parameters count(const struct model *model) {
    struct parameters p = {.mtp = model->mtp_parameters, .vision = model->vision_parameters};
    uint64_t idle = 0; /* routed experts a token does not touch */
    for (size_t i = 0; i < model->run_count; i++) {
        const struct layer_run *run = &model->runs[i];
        struct layer_parameters l = parameters_of_layer(model, run);
        p.attention += run->count * l.attention;
        p.dense += run->count * l.dense;
        p.experts += run->count * l.experts;
        p.shared += run->count * l.shared;
        p.router += run->count * l.router;
        p.norms += run->count * l.norms;
        p.vectors += run->count * l.vectors;
        p.expert_vectors += run->count * l.expert_vectors;
        if (run->ffn.kind == FFN_MOE)
            idle += run->count * l.expert * (run->ffn.experts - run->ffn.experts_per_token);
    }
    for (size_t i = 0; i < model->mtp_run_count; i++) {
        struct layer_parameters l = parameters_of_layer(model, &model->mtp_runs[i]);
        p.mtp += model->mtp_runs[i].count *
                 (l.attention + l.dense + l.experts + l.shared + l.router + l.norms);
    }
    uint64_t table = product(model->vocab_size, model->hidden_size);
    p.embedding = table + model->extra_embedding_parameters;
    p.head = (model->tied_embeddings ? 0 : table) + model->head_bias_parameters;
    p.norms += model->final_norm_parameters;
    p.other = model->extra_other_parameters;
    p.total = p.embedding + p.head + p.attention + p.dense + p.experts + p.shared + p.router +
              p.norms + p.other;
    p.active = p.total - idle;
    p.active_without_embedding = p.active - model->extra_embedding_parameters;
    if (!model->tied_embeddings)
        p.active_without_embedding -= table;
    return p;
}

struct parameters parameters_count(const struct model *model) {
    return model->counts ? *model->counts : count(model);
}

const struct parameters *parameters_in(const struct model *model, struct parameters *room) {
    if (model->counts)
        return model->counts;
    *room = count(model);
    return room;
}

bool parameters_have_experts(const struct model *model) {
    for (size_t i = 0; i < model->run_count; i++)
        if (model->runs[i].ffn.kind == FFN_MOE)
            return true;
    return false;
}
