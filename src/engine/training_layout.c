/* Training: what weights, gradients, optimizer states and activations take of one GPU. */
#include "engine/training_layout.h"

#include <math.h>

#define GIB (1024.0 * 1024.0 * 1024.0)
/* DeepSpeed's default buckets: 5e8 elements of 2 bytes for reduce and for all-gather; stage 3 keeps
   up to 1e9 live parameters instead (deepspeed.ai configuration page). */
#define BUCKET_BYTES (5e8 * 2)
#define LIVE_PARAMETER_BYTES (1e9 * 2)
/* CUDA context, libraries and workspaces of a training process. */
#define PROCESS_BYTES (1.0 * GIB)

/* Share of the model's parameters the fullest GPU of t x p holds. */
static double share_per_gpu(const struct training *t) {
    double whole = memory_weights_bytes(t->model, PRECISION_BF16);
    double part = memory_weights_bytes_per_gpu(t->model, PRECISION_BF16, t->tensor_parallel,
                                               t->pipeline_parallel);
    return whole > 0 ? part / whole : 1;
}

static double buffers(const struct training *t, double model_bytes) {
    double sum = PROCESS_BYTES;
    if (t->zero_stage >= 3)
        sum += fmin(LIVE_PARAMETER_BYTES, model_bytes);
    else if (t->zero_stage >= 1)
        sum += fmin(2 * BUCKET_BYTES, model_bytes);
    return sum;
}

/* A layout may be asked for that no GPU can have: its figures are not read then. */
struct training_layout training_layout_of(const struct training *t) {
    struct training_layout l = {.known = true};
    double share = share_per_gpu(t);
    l.trainable = training_trainable(t) * share;
    l.states = training_optimizer_bytes(t, l.trainable);
    enum precision base = t->method == TRAINING_QLORA ? PRECISION_NF4 : PRECISION_BF16;
    l.weights =
        memory_weights_bytes_per_gpu(t->model, base, t->tensor_parallel, t->pipeline_parallel);
    if (t->method != TRAINING_FULL)
        l.weights += 2 * l.trainable;
    l.activations = training_activation_bytes(t);
    l.logits = training_logits_bytes(t);
    l.buffers = buffers(t, l.weights);
    return l;
}

struct training_memory training_memory_in(const struct training *t, const struct training_layout *l,
                                          double n) {
    struct training_memory m = {.capacity = t->gpu->memory_bytes};
    m.weights = l->weights / (t->zero_stage >= 3 ? n : 1);
    m.gradients = t->gradient_bytes * l->trainable / (t->zero_stage >= 2 ? n : 1);
    m.optimizer = l->states / (t->zero_stage >= 1 ? n : 1);
    double groups = (double)t->tensor_parallel * t->pipeline_parallel;
    if (t->offload != OFFLOAD_NONE) {
        m.host_bytes = l->states * groups * (t->zero_stage >= 1 ? 1 : n);
        m.optimizer = 0;
    }
    if (t->offload == OFFLOAD_ALL && t->zero_stage >= 3) {
        m.host_bytes += (l->weights + t->gradient_bytes * l->trainable) * groups;
        m.weights = m.gradients = 0;
    }
    m.activations = l->activations;
    m.logits = l->logits;
    m.buffers = l->buffers;
    m.total = m.weights + m.gradients + m.optimizer + m.activations + m.logits + m.buffers;
    return m;
}
