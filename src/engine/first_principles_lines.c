/* First principles: a model's layers -> FLOPs and KV bytes as straight lines over the context.

   Per layer and token, as in "Tokenomics from first principles": one norm 4h, q and o 4h n_q d,
   k and v 4h n_kv d, RoPE 6h, then per token of context 2 n_q d (scores), 5 n_q (softmax) and
   2 n_q d (values, not halved for causality), and 6hI for a gated FFN (activation left out). What
   the article does not have is added in its spirit: a mixture of experts pays for the k experts of
   a token and its router; multi-head latent attention is expanded in prefill and absorbed into the
   latent in decode (DeepSeek-V2, arXiv 2405.04434); linear attention and state-space layers pay
   their projections and STATE_FLOP operations per element of state, at any context. */
#include "engine/first_principles.h"

#include <math.h>

#define STATE_FLOP 6.0 /* decay, read, correct, update and read out one element of state */

struct term {
    double per_context_token, limit_tokens; /* INFINITY: whole context */
};

struct layer_cost { /* of one layer and one token */
    double prefill_linear, decode_linear;
    struct term prefill[2], decode[2];
};

static double window_of(uint32_t window_tokens) {
    return window_tokens ? (double)window_tokens : INFINITY;
}

static double softmax_projections(const struct attention *a, double h) {
    double value_dim = a->value_head_dim ? a->value_head_dim : a->head_dim;
    double q = (double)a->query_heads * a->head_dim * (a->output_gate ? 2 : 1);
    double o = (double)a->query_heads * value_dim;
    double kv = a->kv_heads * (a->k_is_v ? (double)a->head_dim : a->head_dim + value_dim);
    if (a->shares_kv)
        kv = 0;
    return 2 * h * (q + o + kv);
}

static struct layer_cost softmax_cost(const struct attention *a, double h) {
    double value_dim = a->value_head_dim ? a->value_head_dim : a->head_dim;
    double projections = a->counted ? 0 : softmax_projections(a, h);
    struct layer_cost cost = {0};
    cost.prefill_linear = cost.decode_linear =
        projections + 6 * h + 2 * (double)a->extra_parameters;
    struct term t = {a->query_heads * (2.0 * a->head_dim + 5 + 2 * value_dim),
                     window_of(a->window_tokens)};
    cost.prefill[0] = cost.decode[0] = t;
    return cost;
}

static struct layer_cost latent_cost(const struct attention *a, double h) {
    double n = a->query_heads, rank = a->kv_lora_rank, rope = a->rope_head_dim;
    double key = (double)a->nope_head_dim + rope, value = a->value_head_dim;
    double q = a->q_lora_rank ? a->q_lora_rank * (h + n * key) : h * n * key;
    double kv = h * (rank + rope) + rank * n * (a->nope_head_dim + value);
    double index = 0;
    if (a->index_heads)
        index = (double)a->index_head_dim * (h + a->index_heads * (double)a->q_lora_rank) +
                h * a->index_heads;
    struct layer_cost cost = {0};
    cost.prefill_linear = cost.decode_linear = 2 * (q + kv + n * value * h + index) + 6 * h;
    if (a->counted)
        cost.prefill_linear = cost.decode_linear = 2 * (double)a->extra_parameters + 6 * h;
    double kept = a->index_topk ? (double)a->index_topk : INFINITY;
    cost.prefill[0] = (struct term){n * (2 * key + 5 + 2 * value), kept};
    cost.decode[0] = (struct term){n * (2 * (rank + rope) + 5 + 2 * rank), kept};
    struct term scan = {2.0 * a->index_heads * a->index_head_dim, INFINITY};
    cost.prefill[1] = cost.decode[1] = scan;
    return cost;
}

/* A window of recent tokens beside the whole context compressed by a ratio, of which sparse
   attention keeps index_topk entries. */
static struct layer_cost compressed_cost(const struct attention *a, double linear) {
    double value_dim = a->value_head_dim ? a->value_head_dim : a->head_dim;
    double per_key = a->query_heads * (2.0 * a->head_dim + 5 + 2 * value_dim);
    struct layer_cost cost = {.prefill_linear = linear, .decode_linear = linear};
    double ratio = a->compress_ratio;
    cost.prefill[0] = (struct term){per_key, window_of(a->window_tokens)};
    if (ratio > 0)
        cost.prefill[1] =
            (struct term){per_key / ratio, a->index_topk ? a->index_topk * ratio : INFINITY};
    cost.decode[0] = cost.prefill[0];
    cost.decode[1] = cost.prefill[1];
    return cost;
}

static struct layer_cost attention_cost(const struct model *model, const struct layer_run *run) {
    const struct attention *a = &run->attention;
    double linear = 2 * (double)parameters_of_layer(model, run).attention;
    struct layer_cost cost = {0};
    switch (a->kind) {
    case ATTENTION_NONE:
        return cost;
    case ATTENTION_SOFTMAX:
        return softmax_cost(a, model->hidden_size);
    case ATTENTION_MLA:
        return latent_cost(a, model->hidden_size);
    case ATTENTION_COMPRESSED:
        return compressed_cost(a, linear);
    case ATTENTION_GATED_DELTANET:
    case ATTENTION_MAMBA2:
    case ATTENTION_LIGHTNING:
    case ATTENTION_LINEAR:
        break;
    }
    cost.prefill_linear = cost.decode_linear = linear + STATE_FLOP * (double)a->state_elements;
    return cost;
}

static double ffn_flop(const struct ffn *f, double h) {
    double dense = (f->gated ? 6.0 : 4.0) * h * f->width, extra = 2 * (double)f->extra_parameters;
    if (f->kind == FFN_NONE)
        return 0;
    if (f->kind == FFN_DENSE)
        return dense + extra;
    double seen = f->expert_input ? f->expert_input : h;
    double experts = f->experts_per_token * (f->expert_gated ? 6.0 : 4.0) * seen * f->expert_width;
    double shared = (f->expert_gated ? 6.0 : 4.0) * h * f->shared_width;
    double router = 2 * h * f->experts + (f->shared_gate ? 2 * h : 0);
    return experts + shared + router + extra + (f->dense_beside_experts ? dense : 0);
}

static void add_limit(struct fp_kernel *kernel, double limit, bool *full) {
    if (!isfinite(limit) || limit <= 0)
        return;
    size_t at = 0;
    while (at < kernel->piece_count && kernel->pieces[at].from_tokens < limit)
        at++;
    if (at < kernel->piece_count && kernel->pieces[at].from_tokens <= limit)
        return;
    if (kernel->piece_count == FP_MAX_PIECES) {
        *full = true;
        return;
    }
    for (size_t i = kernel->piece_count++; i > at; i--)
        kernel->pieces[i] = kernel->pieces[i - 1];
    kernel->pieces[at] = (struct fp_piece){.from_tokens = limit};
}

static double term_at(struct term term, double context) {
    return term.per_context_token * fmin(context, term.limit_tokens);
}

static double term_slope(struct term term, double context) {
    return context < term.limit_tokens ? term.per_context_token : 0;
}

static void add_run(struct fp_piece *piece, const struct layer_run *run, struct layer_cost cost,
                    double ffn) {
    double n = run->count, c = piece->from_tokens;
    piece->prefill_flop += n * (cost.prefill_linear + ffn);
    piece->decode_flop += n * (cost.decode_linear + ffn);
    for (int i = 0; i < 2; i++) {
        piece->prefill_flop += n * term_at(cost.prefill[i], c);
        piece->prefill_flop_per_token += n * term_slope(cost.prefill[i], c);
        piece->decode_flop += n * term_at(cost.decode[i], c);
        piece->decode_flop_per_token += n * term_slope(cost.decode[i], c);
    }
}

/* Sparse attention stores the whole latent (its rotary part at 16 bits) but reads only the entries
   it keeps. */
static double unread_bytes(const struct model *model, enum precision kv, double context) {
    double bytes = precision_info(kv)->bits_per_weight / 8, unread = 0;
    for (size_t i = 0; i < model->run_count; i++) {
        const struct attention *a = &model->runs[i].attention;
        if (a->kind == ATTENTION_MLA && a->index_topk && context > a->index_topk)
            unread += model->runs[i].count * (context - a->index_topk) *
                      (a->kv_lora_rank * bytes + a->rope_head_dim * fmax(bytes, 2));
    }
    return unread;
}

/* Unreplicated, as if the GPUs were one: the article divides one copy of the cache by n. */
static double kv_read_bytes(const struct model *model, enum precision kv, double context) {
    return memory_kv_bytes(model, kv, context, 1) - unread_bytes(model, kv, context);
}

static void fill_kv(struct fp_kernel *kernel, const struct model *model, enum precision kv) {
    for (size_t i = 0; i < kernel->piece_count; i++) {
        struct fp_piece *piece = &kernel->pieces[i];
        bool last = i + 1 == kernel->piece_count;
        double from = piece->from_tokens, to = last ? from + 1048576 : piece[1].from_tokens;
        piece->kv_bytes = kv_read_bytes(model, kv, from);
        piece->kv_bytes_per_token = (kv_read_bytes(model, kv, to) - piece->kv_bytes) / (to - from);
    }
}

static bool fill_pieces(struct fp_kernel *kernel, const struct model *model) {
    bool full = false;
    kernel->piece_count = 1;
    kernel->pieces[0] = (struct fp_piece){0};
    for (size_t i = 0; i < model->run_count; i++) {
        struct layer_cost cost = attention_cost(model, &model->runs[i]);
        for (int k = 0; k < 2; k++) {
            add_limit(kernel, cost.prefill[k].limit_tokens, &full);
            add_limit(kernel, cost.decode[k].limit_tokens, &full);
        }
        add_limit(kernel, model->runs[i].attention.window_tokens, &full);
    }
    double h = model->hidden_size, head = 2 * h * model->vocab_size;
    for (size_t p = 0; p < kernel->piece_count; p++) {
        kernel->pieces[p].prefill_flop = kernel->pieces[p].decode_flop = head;
        for (size_t i = 0; i < model->run_count; i++)
            add_run(&kernel->pieces[p], &model->runs[i], attention_cost(model, &model->runs[i]),
                    ffn_flop(&model->runs[i].ffn, h) + 4 * h);
    }
    return !full;
}

static bool fill_experts(struct fp_kernel *kernel, const struct model *model,
                         enum precision weights) {
    double bytes = precision_info(weights)->bits_per_weight / 8;
    for (size_t i = 0; i < model->run_count; i++) {
        const struct layer_run *run = &model->runs[i];
        if (run->ffn.kind != FFN_MOE || !run->ffn.experts)
            continue;
        double all = run->count * (double)parameters_of_layer(model, run).experts * bytes;
        size_t g = 0;
        while (g < kernel->group_count &&
               ((uint32_t)kernel->groups[g].experts != run->ffn.experts ||
                (uint32_t)kernel->groups[g].experts_per_token != run->ffn.experts_per_token))
            g++;
        if (g == FP_MAX_EXPERT_GROUPS)
            return false;
        if (g == kernel->group_count)
            kernel->groups[kernel->group_count++] =
                (struct fp_experts){0, run->ffn.experts, run->ffn.experts_per_token};
        kernel->groups[g].bytes += all;
    }
    return true;
}

/* Per direction and GPU; across nodes the slower of the two links. */
static double link_bytes_per_s(const struct gpu *gpu, double count) {
    double node = gpu->max_per_node ? gpu->max_per_node : 8;
    double link = gpu->link_bytes_per_s;
    if (count > node && gpu->node_link_bytes_per_s > 0)
        link = fmin(link, gpu->node_link_bytes_per_s);
    return link;
}

double fp_replica_gpus(const struct scenario *s) {
    return (double)s->gpu_count / (s->data_parallel ? s->data_parallel : 1);
}

enum reason fp_kernel_move(const struct scenario *s, struct fp_kernel *kernel) {
    const struct gpu *gpu = s->gpu;
    enum compute unit;
    double flop_per_s = gpu_flop_per_s(gpu, s->weights, &unit), n = fp_replica_gpus(s);
    double link = link_bytes_per_s(gpu, n);
    if (!(gpu->memory_bytes_per_s > 0) || !(gpu->flop_per_s[COMPUTE_16] > 0) || !(flop_per_s > 0))
        return REASON_SPEC_MISSING;
    if (n > 1 && !(link > 0))
        return REASON_SPEC_MISSING;
    kernel->s_per_flop = 1 / (flop_per_s * n * s->compute_efficiency);
    kernel->s_per_byte = 1 / (gpu->memory_bytes_per_s * n * s->memory_efficiency);
    kernel->communication_s_per_token = 0;
    if (n > 1)
        kernel->communication_s_per_token =
            s->model->hidden_size * 2.0 * 2.0 * s->model->layer_count / link;
    return REASON_NONE;
}

enum reason fp_kernel_make(const struct scenario *s, struct fp_kernel *kernel) {
    *kernel = (struct fp_kernel){0};
    if (s->model->weights_only || !fill_pieces(kernel, s->model) ||
        !fill_experts(kernel, s->model, s->weights)) {
        kernel->piece_count = 0;
        return REASON_SPEC_MISSING;
    }
    fill_kv(kernel, s->model, s->kv);
    kernel->weights_bytes = memory_weights_bytes(s->model, s->weights);
    return fp_kernel_move(s, kernel);
}
