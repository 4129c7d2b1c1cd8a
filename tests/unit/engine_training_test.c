/* Training: adapters, ZeRO, offload, recomputation, parallel degrees, refusals, time and cost. */
#include "shipped.h"

#include "engine/training.h"

static struct arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct gpu h100(void) {
    struct gpu gpu = {.id = "h100", .max_per_node = 8, .memory_bytes = 80e9};
    gpu.flop_per_s[COMPUTE_16] = 989e12;
    return gpu;
}

static void adapters_are_rank_times_sides(void **state) {
    (void)state;
    struct gpu gpu = h100();
    struct training t = training_default(shipped_model_file(arena, "llama-2-7b"), &gpu);
    t.method = TRAINING_LORA;
    t.lora_rank = 8;
    t.lora_targets = LORA_QV; /* arXiv 2106.09685: 4,194,304 for LLaMA 7B */
    assert_true(training_trainable(&t) == 4194304);
    t.lora_targets = LORA_ATTENTION;
    assert_true(training_trainable(&t) == 8388608);
    t.lora_targets = LORA_ALL_LINEAR; /* 19,988,480 as peft prints */
    assert_true(training_trainable(&t) == 19988480);
    t.method = TRAINING_FULL;
    assert_true(training_trainable(&t) == 6738415616);
}

/* A token passes the adapters of the experts it is sent to: 2 of Mixtral's 8. Each expert has three
   matrices between 4,096 and 14,336, in each of 32 layers. */
static void idle_experts_adapters_cost_no_work(void **state) {
    (void)state;
    struct gpu gpu = h100();
    struct training t = training_default(shipped_model_file(arena, "mixtral-8x7b"), &gpu);
    t.method = TRAINING_LORA;
    double experts = 6 * 32 * 3 * (4096.0 + 14336) * t.lora_rank;
    assert_true(training_trainable(&t) - training_adapters_passed(&t) == experts);
    t.lora_targets = LORA_ATTENTION;
    assert_true(training_trainable(&t) == training_adapters_passed(&t));
    struct training dense = training_default(shipped_model_file(arena, "llama-2-7b"), &gpu);
    dense.method = TRAINING_LORA;
    assert_true(training_trainable(&dense) == training_adapters_passed(&dense));
}

/* Rank x (in + out) of each matrix: two of an ungated expert, three of a gated one, and those of
   the experts that all share. */
static void adapters_follow_the_shape(void **state) {
    (void)state;
    struct gpu gpu = h100();
    struct layer_run run = {
        .count = 3,
        .attention = {.kind = ATTENTION_LIGHTNING, .query_heads = 4, .head_dim = 25},
        .ffn = {.kind = FFN_MOE,
                .experts = 8,
                .experts_per_token = 2,
                .expert_width = 70,
                .shared_width = 30}};
    struct model model = {.hidden_size = 200, .layer_count = 3, .runs = &run, .run_count = 1};
    struct training t = training_default(&model, &gpu);
    t.method = TRAINING_LORA;
    t.lora_rank = 4;
    double attention = 5 * (200 + 100), expert = 200 + 70, shared = 200 + 30;
    assert_true(training_trainable(&t) == 4 * 3 * (attention + 8 * 2 * expert + 2 * shared));
    assert_true(training_adapters_passed(&t) == 4 * 3 * (attention + 2 * 2 * expert + 2 * shared));
    run.ffn.expert_gated = true;
    run.ffn.expert_input = 50;
    assert_true(training_trainable(&t) == 4 * 3 * (attention + 8 * 3 * (50 + 70) + 3 * shared));
    t.lora_targets = LORA_QV;
    assert_true(training_trainable(&t) == 4 * 3 * 2 * (200 + 100));
    run.attention = (struct attention){
        .kind = ATTENTION_MAMBA2, .linear_value_heads = 3, .linear_value_dim = 20};
    assert_true(training_trainable(&t) == 0);
    t.lora_targets = LORA_ATTENTION;
    assert_true(training_trainable(&t) == 4 * 3 * ((200 + 2 * 60) + (60 + 200)));
}

static void methods_need_less_and_less(void **state) {
    (void)state;
    struct gpu gpu = h100();
    struct training t = training_default(shipped_model_file(arena, "llama-3.1-8b"), &gpu);
    double total[TRAINING_METHODS];
    for (int m = 0; m < TRAINING_METHODS; m++) {
        t.method = (enum training_method)m;
        total[m] = training_estimate(&t).memory.total;
    }
    assert_true(total[TRAINING_FULL] > 5 * total[TRAINING_LORA]);
    assert_true(total[TRAINING_LORA] > total[TRAINING_QLORA]);
    /* Full: 2 + 2 + 12 bytes a parameter; the frozen base: 2; NF4: about 0.52 and the embeddings.
     */
    t.method = TRAINING_FULL;
    struct training_memory m = training_estimate(&t).memory;
    double n = (double)parameters_count(t.model).total;
    assert_true(fabs((m.weights + m.gradients + m.optimizer) / n - 16) < 1e-9);
    t.method = TRAINING_QLORA;
    m = training_estimate(&t).memory;
    assert_true(m.weights < 0.8 * n && m.weights > 0.5 * n);
}

static void optimizers_differ_as_stated(void **state) {
    (void)state;
    static const double bytes[] = {12, 6, 4, 8, 0, 8, 8};
    struct gpu gpu = h100();
    struct training t = training_default(shipped_model_file(arena, "llama-3.1-8b"), &gpu);
    for (int i = 0; i < TRAINING_OPTIMIZERS; i++) {
        t.optimizer = (enum training_optimizer)i;
        double each = training_optimizer_bytes(&t, 1e9) / 1e9;
        if (i != OPTIMIZER_ADAFACTOR)
            assert_true(each == bytes[i]);
        else
            assert_true(each > 4 && each < 4.01);
    }
}

static void sharding_and_offload_free_memory(void **state) {
    (void)state;
    struct gpu gpu = h100();
    struct training t = training_default(shipped_model_file(arena, "llama-3.1-8b"), &gpu);
    t.gpu_count = 8;
    double before = INFINITY;
    for (t.zero_stage = 0; t.zero_stage <= 3; t.zero_stage++) {
        struct training_memory m = training_estimate(&t).memory;
        double states = m.weights + m.gradients + m.optimizer;
        assert_true(states < before);
        before = states;
    }
    t.zero_stage = 2;
    struct training_memory plain = training_estimate(&t).memory;
    t.offload = OFFLOAD_OPTIMIZER;
    struct training_memory off = training_estimate(&t).memory;
    assert_true(off.optimizer == 0 && off.host_bytes == 8 * plain.optimizer);
    assert_true(off.total < plain.total);
    t.zero_stage = 3;
    t.offload = OFFLOAD_ALL;
    off = training_estimate(&t).memory;
    assert_true(off.weights == 0 && off.gradients == 0 && off.activations > 0);
}

static void recomputation_trades_memory_for_work(void **state) {
    (void)state;
    struct gpu gpu = h100();
    struct training t = training_default(shipped_model_file(arena, "llama-3.1-8b"), &gpu);
    t.flash_attention = false;
    double memory[3], work[3];
    for (int i = 0; i < 3; i++) {
        t.recompute = (enum training_recompute)i;
        memory[i] = training_activation_bytes(&t);
        work[i] = training_hardware_flop_per_token(&t);
    }
    assert_true(memory[0] > memory[1] && memory[1] > memory[2]);
    assert_true(work[0] < work[1] && work[1] < work[2]);
    t.recompute = RECOMPUTE_NONE;
    t.flash_attention = true;
    assert_true(training_activation_bytes(&t) == memory[1]); /* no scores are kept either way */
    t.tensor_parallel = 8;
    double split = training_activation_bytes(&t);
    t.sequence_parallel = true;
    assert_true(split < memory[1] && training_activation_bytes(&t) * 7.99 < memory[1]);
}

static void refuses_with_a_reason(void **state) {
    (void)state;
    struct gpu gpu = h100();
    struct training t = training_default(shipped_model_file(arena, "llama-3.3-70b"), &gpu);
    assert_int_equal(training_estimate(&t).reason, REASON_DOES_NOT_FIT);
    struct training_outcome out = training_estimate(&t);
    assert_true(out.min_gpus > 8 && out.min_gpus <= 32);
    t.gpu_count = out.min_gpus;
    t.tensor_parallel = out.min_tensor_parallel;
    t.pipeline_parallel = out.min_pipeline_parallel;
    assert_int_equal(training_estimate(&t).reason, REASON_NONE);
    t.tensor_parallel = 3;
    assert_int_equal(training_estimate(&t).reason, REASON_HEADS_NOT_DIVISIBLE);
    t = training_default(shipped_model_file(arena, "llama-2-7b"), &gpu);
    t.sequence_tokens = 8192;
    assert_int_equal(training_estimate(&t).reason, REASON_CONTEXT_TOO_LONG);
    gpu.flop_per_s[COMPUTE_16] = 0;
    assert_int_equal(training_estimate(&t).reason, REASON_SPEC_MISSING);
}

static void time_and_money_follow_work(void **state) {
    (void)state;
    struct gpu gpu = h100();
    struct training t = training_default(shipped_model_file(arena, "llama-3.1-8b"), &gpu);
    t.gpu_count = 8;
    t.usd_per_gpu_hour = 2;
    struct training_outcome out = training_estimate(&t);
    double seconds = out.model_flop_per_token * 1e9 / (8 * 989e12 * 0.4);
    assert_true(fabs(out.run_s / seconds - 1) < 1e-12);
    assert_true(fabs(out.gpu_hours - seconds / 3600 * 8) < 1e-9);
    assert_true(fabs(out.usd - 2 * out.gpu_hours) < 1e-9);
    assert_true(out.hfu > out.mfu && fabs(out.flop_6nd / out.model_flop - 1) < 0.1);
    double hours = out.gpu_hours;
    t.gpu_count = 16;
    out = training_estimate(&t);
    assert_true(fabs(out.gpu_hours / hours - 1) < 1e-12 && out.run_s < seconds);
    t.method = TRAINING_LORA; /* frozen weights need no gradient of their own */
    assert_true(training_estimate(&t).model_flop < 0.75 * out.model_flop);
    t.usd_per_gpu_hour = NAN;
    assert_true(isnan(training_estimate(&t).usd));
}

/* Every shipped model has an answer for every method, whatever its layers are. */
/* What is kept from one GPU to the next changes no answer. */
static void check_kept(const struct model *model, enum training_method method) {
    static const double memory[] = {16e9, 288e9, 80e9, 24e9, 1e9};
    struct training_layouts kept = {0};
    for (size_t g = 0; g < sizeof memory / sizeof *memory; g++) {
        struct gpu gpu = h100();
        gpu.memory_bytes = memory[g];
        gpu.max_per_node = g == 1 ? 72 : 8;
        struct training t = training_default(model, &gpu);
        t.method = method;
        struct training_outcome out = training_on_fewest(&kept, &t);
        t.gpu_count = training_min_gpus(&t, &t.tensor_parallel, &t.pipeline_parallel);
        assert_int_equal(out.min_gpus, t.gpu_count);
        if (t.gpu_count == 0)
            continue;
        struct training_outcome alone = training_estimate(&t);
        assert_int_equal(out.reason, alone.reason);
        assert_int_equal(out.min_gpus, alone.min_gpus);
        assert_int_equal(out.min_tensor_parallel, alone.min_tensor_parallel);
        assert_int_equal(out.min_pipeline_parallel, alone.min_pipeline_parallel);
        assert_memory_equal(&out.memory, &alone.memory, sizeof alone.memory);
        assert_true(out.gpu_hours == alone.gpu_hours && out.hfu == alone.hfu);
        assert_true(out.trainable_parameters == alone.trainable_parameters);
    }
}

static void answers_every_model(void **state) {
    (void)state;
    struct diags *diags = diags_new();
    struct gpu gpu = h100();
    const char **names;
    size_t count;
    assert_true(fs_list(arena, "data/models", false, diags, &names, &count));
    for (size_t i = 0; i < count; i++) {
        const struct model *model = shipped_model_file(
            arena, arena_copy(arena, names[i], strlen(names[i]) - strlen(".json")));
        for (int m = 0; m < TRAINING_METHODS; m++) {
            struct training t = training_default(model, &gpu);
            t.method = (enum training_method)m;
            t.sequence_tokens = 1024;
            struct training_outcome out = training_estimate(&t);
            assert_true(out.memory.total > 0 && out.trainable_parameters > 0);
            assert_true(out.model_flop_per_token > 0 && out.gpu_hours > 0);
            assert_true(out.min_gpus > 0 || m == TRAINING_FULL);
            check_kept(model, t.method);
        }
    }
    diags_free(diags);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adapters_are_rank_times_sides),
        cmocka_unit_test(idle_experts_adapters_cost_no_work),
        cmocka_unit_test(adapters_follow_the_shape),
        cmocka_unit_test(methods_need_less_and_less),
        cmocka_unit_test(optimizers_differ_as_stated),
        cmocka_unit_test(sharding_and_offload_free_memory),
        cmocka_unit_test(recomputation_trades_memory_for_work),
        cmocka_unit_test(refuses_with_a_reason),
        cmocka_unit_test(time_and_money_follow_work),
        cmocka_unit_test(answers_every_model),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
