/* Other people's models of a step, reproduced by our own equation set to the efficiencies that they
   state: llm-analysis, How to Scale Your Model, Epoch AI. */
#include "shipped.h"

#include "engine/estimate.h"
#include "engine/shape.h"

#define GOLDEN "tests/golden/engine.tsv"

/* Compute and memory at these shares, the larger of the two; messages of 8 us where GPUs share a
   layer (intra-node latency of llm-analysis); nothing else. */
static struct calibration stated(double compute, double memory, double message_s) {
    struct calibration c = {.engine = "ideal", .name = "ideal", .version = "1"};
    for (size_t i = CAL_COMPUTE_16; i <= CAL_DECODE_ATTENTION; i++)
        c.value[i] = compute;
    c.value[CAL_COMPUTE_BLOCK] = c.value[CAL_COMPUTE_UNPACKED] = 1;
    c.value[CAL_WEIGHT_EFFICIENCY] = c.value[CAL_KV_EFFICIENCY] = memory;
    c.value[CAL_LINK_EFFICIENCY] = c.value[CAL_EXPERT_WEIGHT] = c.value[CAL_EXPERT_COMPUTE] = 1;
    c.value[CAL_ALL_REDUCE_S] = message_s;
    c.value[CAL_SMOOTH_POWER] = INFINITY;
    return c;
}

static const struct model *llama_65b(void) {
    static const char config[] =
        "{\"model_type\": \"llama\", \"hidden_size\": 8192, \"intermediate_size\": 22016, "
        "\"num_hidden_layers\": 80, \"num_attention_heads\": 64, \"vocab_size\": 32000}";
    struct model *model = ARENA_NEW(shipped.arena, struct model);
    assert_true(
        read_model(shipped.arena, "llama-65b", config, sizeof config - 1, shipped.diags, model));
    return model;
}

static const struct calibration_family plain = {.name = "plain", .compute = 1, .memory = 1};

/* tables 2: the embedding is read and multiplied as the head is (llm-analysis takes all N). */
static struct step_model made(const struct model *model, const struct gpu *gpu, uint32_t t,
                              enum precision weights, double tables, struct calibration c) {
    enum precision kv = weights == PRECISION_INT8 ? PRECISION_INT8 : PRECISION_FP16;
    struct step_shape shape = shape_of(model, gpu, weights, kv, (struct shape_layout){t, 1, 1});
    shape.head_bytes *= tables;
    shape.head_flop *= tables;
    return step_model_make(&shape, &c, plain);
}

static double decode_s(const struct step_model *m, double batch, double context) {
    struct step_load load = {
        .decoding = batch, .decode_tokens = batch, .context = context, .sampled = batch};
    return step_seconds(m, &load);
}

/* Their models run the head for every token of the prompt. */
static double prefill_s(const struct step_model *m, double batch, double tokens) {
    struct step_load load = {
        .prefill_tokens = batch * tokens, .prefill_context = tokens / 2, .sampled = batch * tokens};
    return step_seconds(m, &load);
}

static void llm_analysis(void **state) {
    (void)state;
    const struct gpu *a100 = shipped_gpu("a100-80-sxm");
    struct step_model m =
        made(shipped_model("llama-2-13b"), a100, 1, PRECISION_FP16, 2, stated(1, 1, 8e-6));
    golden_check(GOLDEN, "L-02-decode", decode_s(&m, 1, 512) * 1e3);
    golden_check(GOLDEN, "L-02-prefill", prefill_s(&m, 1, 512) * 1e3);
    m = made(llama_65b(), a100, 2, PRECISION_FP16, 2, stated(1, 1, 8e-6));
    golden_check(GOLDEN, "L-04-decode", decode_s(&m, 1, 512) * 1e3);
    golden_check(GOLDEN, "L-04-prefill", prefill_s(&m, 1, 512) * 1e3);
    static const struct {
        const char *id;
        double batch, input;
    } rows[] = {{"L-07", 1, 512}, {"L-08", 8, 512}, {"L-11", 8, 1024}};
    m = made(shipped_model("llama-2-70b"), a100, 2, PRECISION_FP16, 2, stated(0.7, 0.9, 8e-6));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double seconds = prefill_s(&m, rows[i].batch, rows[i].input);
        for (int k = 0; k < 512; k++)
            seconds += decode_s(&m, rows[i].batch, rows[i].input + k);
        golden_check(GOLDEN, rows[i].id, rows[i].batch * 512 / seconds);
    }
}

/* v5e: 0.82 TB/s and 197 TFLOP/s in bf16 each, communication left out. */
static void scaling_book_serving(void **state) {
    (void)state;
    const struct gpu v5e = {.vendor = "Google",
                            .memory_bytes = 16e9,
                            .memory_bytes_per_s = 0.82e12,
                            .flop_per_s = {[COMPUTE_16] = 197e12, [COMPUTE_INT8] = 197e12},
                            .link_bytes_per_s = 1e18,
                            .max_per_node = 16};
    struct calibration streaming = stated(1, 1, 0);
    streaming.value[CAL_DECODE_ATTENTION] = INFINITY; /* the book: parameters and cache in bytes */
    struct step_model m = made(shipped_model("llama-3-70b"), &v5e, 8, PRECISION_INT8, 1, streaming);
    double step = decode_s(&m, 32, 8192);
    golden_check(GOLDEN, "L-28-ms", step * 1e3);
    golden_check(GOLDEN, "L-28-rate", 32 / step);
    golden_check(GOLDEN, "L-28-chip", 32 / step / 8);
    struct calibration parameters_only = stated(0.4, 1, 0);
    parameters_only.value[CAL_PREFILL_ATTENTION] = INFINITY; /* as the book: 2 N tokens */
    m = made(shipped_model("llama-3-70b"), &v5e, 16, PRECISION_BF16, 1, parameters_only);
    golden_check(GOLDEN, "L-29", prefill_s(&m, 1, 8192));
}

/* Operations of a token with all its context, over a peak of 1e15 for the published time. */
static void epoch_share_of_peak(void **state) {
    (void)state;
    struct scenario s =
        scenario_default(shipped_model("mistral-large-2407"), shipped_gpu("h200-sxm"));
    struct shape_layout layout = {8, 1, 1};
    struct step_shape shape = shape_of(s.model, s.gpu, PRECISION_BF16, PRECISION_BF16, layout);
    double flop =
        8 * (shape.token_flop + shape.head_flop + 100000 * shape.attention[0].decode_flop_per_key) +
        2 * (double)s.model->vocab_size * s.model->hidden_size; /* counts the table too */
    golden_check(GOLDEN, "L-31-mfu", 20 * flop / (29.97720405e-3 * 8 * 1e15));
}

/* Bytes that one GPU of t moves for a product of m by k for n tokens besides its weights, as the
   notebook counts them: a two-dimensional split, the sides in the ratio of the matrix. */
static double product_bytes(double m, double k, double n, double t) {
    double rows = fmin(fmax(sqrt(m * t / k), 1), t);
    return (rows * k + t / rows * m) * n * 2 / t;
}

/* Four launches of 4 us a layer, NCCL's latency for short messages with 6.8 us and 0.6 us a hop,
   half of 225 GB/s in them, memory at its data sheet's rate. */
static double epoch_step_s(const char *id, uint32_t gpus, double bandwidth, double batch,
                           double context) {
    const struct model *model = shipped_model(id);
    const struct gpu gpu = {.vendor = "NVIDIA",
                            .memory_bytes = 141e9,
                            .memory_bytes_per_s = bandwidth,
                            .flop_per_s = {[COMPUTE_16] = 1e15},
                            .link_bytes_per_s = 450e9,
                            .max_per_node = 8};
    const struct layer_run *run = &model->runs[model->run_count - 1];
    struct calibration c = stated(1, 1, 6.8e-6 + 2 * 0.6e-6 * (gpus - 1));
    double h = model->hidden_size, head = run->attention.head_dim, n = gpus;
    double q = run->attention.query_heads * head, kv = run->attention.kv_heads * head;
    double active = fmax(run->ffn.experts_per_token, 1);
    double width = run->ffn.experts ? run->ffn.expert_width : run->ffn.width;
    double bytes = product_bytes(q + 2 * kv, h, 1, n) + product_bytes(h, q, 1, n) +
                   3 * active * product_bytes(h, width, 1, n);
    c.value[CAL_LAYER_S] = 4 * 4e-6;
    c.value[CAL_DECODE_ATTENTION] = INFINITY; /* all operations behind all of memory */
    c.value[CAL_ACTIVATION_PASSES] = bytes / (2 * h);
    c.value[CAL_LINK_EFFICIENCY] = 0.5 * 2 / (1 + active); /* the FFN's message once an expert */
    struct step_model m = made(model, &gpu, gpus, PRECISION_BF16, 1, c);
    return decode_s(&m, batch, context);
}

static void epoch_steps(void **state) {
    (void)state;
    static const struct {
        const char *printed, *notebook, *model;
        uint32_t gpus;
        double bandwidth, batch, context;
    } rows[] = {{"L-31", "L-31-notebook", "mistral-large-2407", 8, 4.8e12, 20, 1e5},
                {"L-32", "L-32-notebook", "llama-3-70b", 4, 3.3e12, 1, 0},
                {"L-34", "L-34-notebook", "llama-3-70b", 8, 3.3e12, 128, 2048},
                {"L-35", "L-35-notebook", "llama-3-8b", 1, 3.3e12, 1, 0},
                {"L-38", "L-38-notebook", "mixtral-8x22b", 8, 3.3e12, 32, 2048}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double ms = 1e3 * epoch_step_s(rows[i].model, rows[i].gpus, rows[i].bandwidth,
                                       rows[i].batch, rows[i].context);
        golden_check(GOLDEN, rows[i].printed, ms);
        golden_check(GOLDEN, rows[i].notebook, ms);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(llm_analysis), cmocka_unit_test(scaling_book_serving),
        cmocka_unit_test(epoch_share_of_peak), cmocka_unit_test(epoch_steps)};
    return cmocka_run_group_tests(tests, read_shipped, drop_shipped);
}
