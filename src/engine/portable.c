/* One visitor per struct: each field by name, in an order that both directions share. */
#include "engine/portable.h"

#include <math.h>

static void real(struct portable *portable, double *value) {
    if (portable->put_number) {
        portable->put_number(portable->context, *value);
        return;
    }
    portable->failed = portable->failed || portable->next >= portable->count;
    *value = portable->failed ? 0 : portable->slots[portable->next++];
}

/* A whole number up to `most`, through a double: exact, all are below 2^53. */
static double whole(struct portable *portable, double value, double most) {
    real(portable, &value);
    if (!portable->put_number && !(value >= 0 && value <= most && value == floor(value))) {
        portable->failed = true;
        return 0;
    }
    return value;
}

static void count32(struct portable *portable, uint32_t *value) {
    *value = (uint32_t)whole(portable, *value, UINT32_MAX);
}

static void count64(struct portable *portable, uint64_t *value) {
    *value = (uint64_t)whole(portable, (double)*value, 9007199254740992.0);
}

static void truth(struct portable *portable, bool *value) {
    *value = whole(portable, *value, 1) != 0;
}

/* Enumerations start at 0, but "none" may be -1: one is added. */
static int choice(struct portable *portable, int value) {
    return (int)whole(portable, value + 1, 1000) - 1;
}

static void word(struct portable *portable, const char **value) {
    if (portable->put_text) {
        portable->put_text(portable->context, *value ? *value : "");
        return;
    }
    size_t offset = (size_t)whole(portable, 0, (double)portable->word_bytes);
    portable->failed = portable->failed || offset >= portable->word_bytes;
    *value = portable->failed ? "" : portable->words + offset;
}

static void linear_fields(struct portable *portable, struct attention *attention) {
    count32(portable, &attention->compress_ratio);
    count32(portable, &attention->output_lora_rank);
    count32(portable, &attention->output_groups);
    count32(portable, &attention->linear_key_heads);
    count32(portable, &attention->linear_key_dim);
    count32(portable, &attention->linear_value_heads);
    count32(portable, &attention->linear_value_dim);
    count32(portable, &attention->conv_kernel);
    count32(portable, &attention->ssm_state);
    count32(portable, &attention->ssm_groups);
    count64(portable, &attention->extra_parameters);
    truth(portable, &attention->counted);
    count64(portable, &attention->state_elements);
    count32(portable, &attention->state_bytes_per_element);
}

static void attention_fields(struct portable *portable, struct attention *attention) {
    attention->kind = (enum attention_kind)choice(portable, (int)attention->kind);
    count32(portable, &attention->query_heads);
    count32(portable, &attention->kv_heads);
    count32(portable, &attention->head_dim);
    count32(portable, &attention->value_head_dim);
    count32(portable, &attention->window_tokens);
    truth(portable, &attention->q_bias);
    truth(portable, &attention->k_bias);
    truth(portable, &attention->v_bias);
    truth(portable, &attention->o_bias);
    truth(portable, &attention->qk_norm);
    truth(portable, &attention->qk_norm_full);
    truth(portable, &attention->output_gate);
    truth(portable, &attention->sinks);
    truth(portable, &attention->shares_kv);
    truth(portable, &attention->k_is_v);
    count32(portable, &attention->q_lora_rank);
    count32(portable, &attention->kv_lora_rank);
    count32(portable, &attention->rope_head_dim);
    count32(portable, &attention->nope_head_dim);
    count32(portable, &attention->index_heads);
    count32(portable, &attention->index_head_dim);
    count32(portable, &attention->index_topk);
    count32(portable, &attention->index_key_dim);
    linear_fields(portable, attention);
}

static void ffn_fields(struct portable *portable, struct ffn *ffn) {
    ffn->kind = (enum ffn_kind)choice(portable, (int)ffn->kind);
    count32(portable, &ffn->width);
    truth(portable, &ffn->gated);
    truth(portable, &ffn->bias);
    count32(portable, &ffn->experts);
    count32(portable, &ffn->experts_per_token);
    count32(portable, &ffn->expert_width);
    truth(portable, &ffn->expert_bias);
    truth(portable, &ffn->expert_gated);
    count32(portable, &ffn->shared_width);
    truth(portable, &ffn->shared_gate);
    truth(portable, &ffn->router_bias);
    count32(portable, &ffn->expert_input);
    truth(portable, &ffn->dense_beside_experts);
    count64(portable, &ffn->extra_parameters);
}

/* Runs are written from where the model keeps them and read into the question's own room. */
static void run_fields(struct portable *portable, const struct layer_run **runs, size_t *count,
                       struct layer_run *room) {
    size_t n = (size_t)whole(portable, (double)*count, PORTABLE_RUNS);
    if (n > PORTABLE_RUNS) {
        portable->failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct layer_run run = portable->put_number ? (*runs)[i] : (struct layer_run){0};
        count32(portable, &run.count);
        attention_fields(portable, &run.attention);
        ffn_fields(portable, &run.ffn);
        count64(portable, &run.norm_parameters);
        room[i] = run;
    }
    *runs = room;
    *count = n;
}

static void storage_fields(struct portable *portable, struct model *model) {
    model->native_precision = (enum precision)choice(portable, (int)model->native_precision);
    real(portable, &model->native_bits);
    truth(portable, &model->native_experts_only);
    model->native_rest = (enum precision)choice(portable, (int)model->native_rest);
    truth(portable, &model->router_fp32);
}

void portable_model(struct portable *portable, struct portable_question *question) {
    struct model *model = &question->model;
    word(portable, &model->model_type);
    count32(portable, &model->hidden_size);
    count32(portable, &model->layer_count);
    count32(portable, &model->vocab_size);
    count32(portable, &model->context_tokens);
    truth(portable, &model->tied_embeddings);
    run_fields(portable, &model->runs, &model->run_count, question->runs);
    count64(portable, &model->final_norm_parameters);
    count64(portable, &model->extra_embedding_parameters);
    count64(portable, &model->extra_other_parameters);
    count64(portable, &model->head_bias_parameters);
    count64(portable, &model->mtp_parameters);
    run_fields(portable, &model->mtp_runs, &model->mtp_run_count, question->mtp_runs);
    truth(portable, &model->mtp_stated);
    truth(portable, &model->weights_only);
    truth(portable, &model->vision);
    count64(portable, &model->vision_parameters);
    storage_fields(portable, model);
}

void portable_gpu(struct portable *portable, struct gpu *gpu) {
    word(portable, &gpu->name);
    word(portable, &gpu->vendor);
    word(portable, &gpu->architecture);
    real(portable, &gpu->memory_bytes);
    real(portable, &gpu->visible_memory_bytes);
    real(portable, &gpu->memory_bytes_per_s);
    for (int i = 0; i < COMPUTE_COUNT; i++)
        real(portable, &gpu->flop_per_s[i]);
    gpu->link = (enum gpu_link)choice(portable, (int)gpu->link);
    real(portable, &gpu->link_bytes_per_s);
    count32(portable, &gpu->max_per_node);
    real(portable, &gpu->node_link_bytes_per_s);
    truth(portable, &gpu->unified_memory);
    truth(portable, &gpu->announced);
}

static void range_fields(struct portable *portable, struct calibration_range *range) {
    real(portable, &range->input_min);
    real(portable, &range->input_max);
    real(portable, &range->output_min);
    real(portable, &range->output_max);
    real(portable, &range->context_max);
    real(portable, &range->batch_max);
    count32(portable, &range->tensor_parallel_max);
    count32(portable, &range->weights);
    truth(portable, &range->experts);
}

void portable_calibration(struct portable *portable, struct calibration *calibration) {
    word(portable, &calibration->engine);
    for (int i = 0; i < CALIBRATION_PARAMETERS; i++)
        real(portable, &calibration->value[i]);
    range_fields(portable, &calibration->range);
    calibration->family_count =
        (size_t)whole(portable, (double)calibration->family_count, CALIBRATION_FAMILIES);
    for (size_t i = 0; i < calibration->family_count; i++) {
        struct calibration_family *family = &calibration->family[i];
        word(portable, &family->name);
        real(portable, &family->compute);
        real(portable, &family->memory);
        count32(portable, &family->rows);
    }
}

void portable_scenario(struct portable *portable, struct portable_question *question) {
    struct scenario *s = &question->scenario;
    bool has_calibration = s->calibration != NULL;
    truth(portable, &has_calibration);
    s->calibration = has_calibration ? &question->calibration : NULL;
    count32(portable, &s->gpu_count);
    s->weights = (enum precision)choice(portable, (int)s->weights);
    s->kv = (enum precision)choice(portable, (int)s->kv);
    real(portable, &s->input_tokens);
    real(portable, &s->output_tokens);
    real(portable, &s->batch);
    s->serving = (enum serving)choice(portable, (int)s->serving);
    real(portable, &s->compute_efficiency);
    real(portable, &s->memory_efficiency);
    real(portable, &question->usd_per_hour);
    real(portable, &question->gamma);
    real(portable, &question->utilisation);
}

static bool precision_is_known(enum precision precision) {
    return precision_info(precision) != NULL;
}

bool portable_read(struct portable *portable, struct portable_question *question) {
    portable_scenario(portable, question);
    portable_model(portable, question);
    portable_gpu(portable, &question->gpu);
    if (question->scenario.calibration)
        portable_calibration(portable, &question->calibration);
    question->scenario.model = &question->model;
    question->scenario.gpu = &question->gpu;
    return !portable->failed && portable->next == portable->count &&
           question->scenario.gpu_count > 0 && precision_is_known(question->scenario.weights) &&
           precision_is_known(question->scenario.kv);
}

void portable_answer(const struct portable_question *question, double answers[PORTABLE_ANSWERS]) {
    struct outcome o = estimate(&question->scenario);
    struct cost cost = cost_of(&o, &question->scenario, question->usd_per_hour, question->gamma,
                               question->utilisation);
    answers[ANSWER_FEASIBLE] = o.feasible;
    answers[ANSWER_REASON] = (double)o.reason;
    answers[ANSWER_PROVENANCE] = (double)o.provenance;
    answers[ANSWER_BATCH] = o.batch;
    answers[ANSWER_MAX_BATCH] = o.memory.max_batch;
    answers[ANSWER_MIN_GPUS] = o.memory.min_gpus;
    answers[ANSWER_WEIGHTS_BYTES] =
        memory_weights_bytes(question->scenario.model, question->scenario.weights);
    answers[ANSWER_KV_BYTES_PER_TOKEN] = o.memory.kv_bytes_per_token;
    answers[ANSWER_TOTAL_BYTES] = o.memory.total_bytes;
    answers[ANSWER_CAPACITY_BYTES] = o.memory.capacity_bytes;
    answers[ANSWER_OUTPUT_TOKENS_PER_S] = o.output_tokens_per_s;
    answers[ANSWER_OUTPUT_TOKENS_PER_S_PER_REQUEST] = o.output_tokens_per_s_per_request;
    answers[ANSWER_TTFT_S] = o.ttft_s;
    answers[ANSWER_TPOT_S] = o.tpot_s;
    answers[ANSWER_REQUEST_S] = o.request_s;
    answers[ANSWER_BOUND] = (double)o.decode.bound;
    answers[ANSWER_USD_PER_MILLION_INPUT] = cost.usd_per_million_input;
    answers[ANSWER_USD_PER_MILLION_OUTPUT] = cost.usd_per_million_output;
    answers[ANSWER_OUTPUT_TOKENS_PER_USD] = cost.output_tokens_per_usd;
}
