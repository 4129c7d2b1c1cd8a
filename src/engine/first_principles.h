/* The basic model of the article "Tokenomics from first principles" as a small table of straight
   lines, so that a whole request is summed in closed form. Plain data, no allocation. */
#ifndef ENGINE_FIRST_PRINCIPLES_H
#define ENGINE_FIRST_PRINCIPLES_H

#include "engine/estimate.h"

/* Every per-token cost is a sum of terms coefficient x min(context, limit): whole attention has no
   limit, a sliding window its width, sparse attention the keys it keeps. Between two limits all of
   them are straight lines. */
#define FP_MAX_PIECES 16
#define FP_MAX_EXPERT_GROUPS 8

struct fp_piece { /* contexts from `from_tokens` up to the next piece */
    double from_tokens;
    double prefill_flop, prefill_flop_per_token; /* of one token at this context, and the slope */
    double decode_flop, decode_flop_per_token;
    double kv_bytes, kv_bytes_per_token; /* read for one sequence in one decode step */
};

struct fp_experts { /* equal layers' routed experts together */
    double bytes, experts, experts_per_token;
};

struct fp_kernel { /* one (model, GPU, count, precision) at given efficiencies */
    struct fp_piece pieces[FP_MAX_PIECES];
    size_t piece_count;
    struct fp_experts groups[FP_MAX_EXPERT_GROUPS];
    size_t group_count;
    double weights_bytes;             /* all weights, embeddings and norms included */
    double s_per_flop, s_per_byte;    /* of a replica's GPUs together, efficiencies included */
    double communication_s_per_token; /* h x 2 bytes x 2L / link; 0 on one GPU */
};

struct fp_times { /* of a static batch; sums over the decode steps */
    double prefill_s, prefill_compute_s, prefill_communication_s;
    double decode_s, decode_compute_s, decode_memory_s, decode_communication_s;
};

/* GPUs of one data-parallel replica: all of them unless the scenario states replicas. */
double fp_replica_gpus(const struct scenario *scenario);
/* Fills the kernel for one replica; a reason when the GPU row or the model lacks what it needs.
   Does not look at memory capacity. */
enum reason fp_kernel_make(const struct scenario *scenario, struct fp_kernel *kernel);
/* The same model and precisions on another GPU, count or at other efficiencies. */
enum reason fp_kernel_move(const struct scenario *scenario, struct fp_kernel *kernel);
/* FLOPs of one token at `context` (prefill or decode) and bytes of KV read in one decode step. */
double fp_prefill_flop(const struct fp_kernel *kernel, double context_tokens);
double fp_decode_flop(const struct fp_kernel *kernel, double context_tokens);
double fp_kv_bytes(const struct fp_kernel *kernel, double context_tokens);
/* Weights read by one step of `tokens` tokens: all of a dense model; of a mixture of experts the
   experts that so many tokens are expected to touch, E(1 - (1 - k/E)^tokens). */
double fp_weights_touched_bytes(const struct fp_kernel *kernel, double tokens);
/* Seconds of a static batch: prefill of `input` tokens (`fresh` of them not in the prefix cache)
   and `output` steps. touched = fp_weights_touched_bytes(kernel, batch). Closed form. */
double fp_static_s(const struct fp_kernel *kernel, double touched_bytes, double batch, double fresh,
                   double input_tokens, double output_tokens);
/* The same with its parts. */
struct fp_times fp_static_times(const struct fp_kernel *kernel, double batch, double fresh,
                                double input_tokens, double output_tokens);
/* Times, rates and roofline of an outcome that estimate_begin found feasible; its batch counts. */
void fp_fill(const struct scenario *scenario, const struct fp_kernel *kernel,
             struct outcome *begun);
/* The same times and rates of a static batch over all replicas, without what they are made of. */
struct pace fp_static_pace(const struct scenario *scenario, const struct fp_kernel *kernel,
                           const struct outcome *begun, double batch);

#endif
