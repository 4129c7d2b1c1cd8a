/* The table of parameters, names of engines and GPU families, and the look-ups. */
#include "catalog/calibration.h"

#include <ctype.h>
#include <string.h>

/* Priors and bounds: see the column "meaning"; efficiencies are shares of a vendor's dense peak, so
   they end at 1. Latencies: a ring or one-shot all-reduce over NVLink takes 5 to 20 us, a kernel
   launch 2 to 5 us, a scheduler written in Python 1 to 5 ms a step. */
const struct calibration_parameter_info calibration_parameters[CALIBRATION_PARAMETERS] = {
    [CAL_WEIGHT_EFFICIENCY] = {"weight_efficiency", "1",
                               "share of peak bandwidth when streaming weights", .85, .5, 1, .2},
    [CAL_KV_EFFICIENCY] = {"kv_efficiency", "1", "share of peak bandwidth when reading KV", .8, .3,
                           1, .3},
    [CAL_STREAM_LIMIT] = {"stream_limit", "B/s",
                          "bandwidth that one kernel's loads in flight sustain; 0: no limit",
                          1.2e12, 0, 3e13, .5},
    [CAL_COMPUTE_16] = {"compute_efficiency_16", "1", "share of the dense 16-bit peak", .7, .3, .95,
                        .2},
    [CAL_COMPUTE_8] = {"compute_efficiency_8", "1", "share of the dense 8-bit peak", .6, .2, .95,
                       .25},
    [CAL_COMPUTE_4] = {"compute_efficiency_4", "1", "share of the dense 4-bit peak", .5, .15, .9,
                       .3},
    [CAL_COMPUTE_BLOCK] = {"block_scale_factor", "1",
                           "factor on the 8-bit share when scales stand per block", .85, .4, 1.05,
                           .2},
    [CAL_COMPUTE_UNPACKED] = {"unpacked_factor", "1",
                              "factor on the share when weights are unpacked before the product",
                              .7, .2, 1.1, .3},
    [CAL_PREFILL_ATTENTION] = {"prefill_attention_efficiency", "1",
                               "share of the 16-bit peak in attention over prompts", .4, .1, .9,
                               .3},
    [CAL_DECODE_ATTENTION] = {"decode_attention_efficiency", "1",
                              "share of the 16-bit peak in attention of decoding tokens", .15, .01,
                              .9, .5},
    [CAL_SCORE_BYTES] = {"score_bytes", "B",
                         "bytes moved per head, query and key where scores are kept; 0: fused", 6,
                         0, 40, .6},
    [CAL_LINK_EFFICIENCY] = {"link_efficiency", "1", "share of link bandwidth in an all-reduce", .7,
                             .2, 1, .3},
    [CAL_ALL_REDUCE_S] = {"all_reduce_s", "s", "latency of one all-reduce of two GPUs", 8e-6, 1e-6,
                          6e-5, .7},
    [CAL_ALL_REDUCE_GROWTH] = {"all_reduce_growth", "1",
                               "share added to that latency by each doubling of the group", .5, .01,
                               3, .6},
    [CAL_SMOOTH_POWER] = {"smooth_power", "1",
                          "q of (memory^q + compute^q)^(1/q); 1 adds, large is the maximum", 1.3, 1,
                          8, .5},
    [CAL_ACTIVATION_PASSES] = {"activation_passes", "1",
                               "hidden-size vectors moved per token and layer", 10, 1, 80, .7},
    [CAL_EXPERT_WEIGHT] = {"expert_weight_factor", "1",
                           "factor on the bandwidth share for routed experts", .8, .2, 1, .3},
    [CAL_EXPERT_COMPUTE] = {"expert_compute_factor", "1",
                            "factor on the compute share for grouped expert products", .7, .1, 1,
                            .4},
    [CAL_EXPERT_PAD_TOKENS] = {"expert_pad_tokens", "tokens",
                               "rows an expert's product is padded by, on average", 8, .5, 200, .8},
    [CAL_EXPERT_WIDTH] = {"expert_half_width", "elements",
                          "width of an expert's shard that reaches half efficiency", 60, 1, 1500,
                          1},
    [CAL_EXPERT_IMBALANCE] = {"expert_imbalance", "1",
                              "work added on the fullest GPU by each doubling of expert groups",
                              .05, .001, 1, 1},
    [CAL_EXPERT_LAYER_S] = {"expert_layer_s", "s",
                            "routing, sorting and gathering in a layer with experts", 2e-5, 1e-6,
                            3e-4, 1},
    [CAL_STEP_S] = {"step_s", "s", "scheduler and host work of a step", 1.5e-3, 2e-5, 2e-2, 1},
    [CAL_LAYER_S] = {"layer_s", "s", "launches and small kernels of a layer", 1.5e-5, 5e-7, 2e-4,
                     .8},
    [CAL_SEQUENCE_S] = {"sequence_s", "s", "sampling and detokenising a sequence in a step", 1.5e-5,
                        5e-7, 2e-4, .8},
    [CAL_REQUEST_S] = {"request_s", "s", "host work for a request that arrives while others run",
                       1e-3, 1e-6, 2e-2, 1},
    [CAL_PROMPT_BURST] =
        {"prompt_burst", "1",
         "prompts that come before a new one, per square root of sequences at once", 0.6, 0.01, 6,
         0.7},
    [CAL_PIPELINE_GAIN] = {"pipeline_gain", "1",
                           "share of the ideal speed-up of a prompt over a layer split", .6, .05, 1,
                           .4},
};

static bool contains_nocase(const char *text, const char *part) {
    for (; *text; text++) {
        size_t i = 0;
        if ((*text | 32) != part[0]) /* parts are in lower case: most texts end here */
            continue;
        while (part[i] && tolower((unsigned char)text[i]) == part[i])
            i++;
        if (!part[i])
            return true;
    }
    return false;
}

const char *calibration_engine_id(const char *name) {
    static const struct {
        const char *part, *id;
    } known[] = {
        {"vllm", "vllm"},           {"trt", "tensorrt-llm"},   {"tensorrt", "tensorrt-llm"},
        {"nim", "tensorrt-llm"},    {"sglang", "sglang"},      {"llama.cpp", "llama.cpp"},
        {"llama-cpp", "llama.cpp"}, {"llamacpp", "llama.cpp"}, {"ggml", "llama.cpp"},
        {"ollama", "llama.cpp"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (contains_nocase(name, known[i].part))
            return known[i].id;
    return name;
}

const struct calibration *calibration_set_find_dated(const struct calibration_set *set,
                                                     const char *engine, const char *date) {
    const char *id = engine ? calibration_engine_id(engine) : NULL;
    const struct calibration *found = NULL;
    for (size_t i = 0; id && set && i < set->count; i++) {
        const struct calibration *item = &set->items[i];
        if (strcmp(item->engine, id) != 0)
            continue;
        if (!found)
            found = item; /* the newest stands first */
        if (date && item->until && strncmp(date, item->until, strlen(item->until)) < 0)
            found = item; /* older ones follow: the oldest that still covers the date */
    }
    return found;
}

const struct calibration *calibration_set_find(const struct calibration_set *set,
                                               const char *engine) {
    return calibration_set_find_dated(set, engine, NULL);
}

const struct calibration *calibration_set_kin(const struct calibration_set *set,
                                              const char *engine) {
    static const char *const single_user[] = {"llama",   "kobold", "lm studio", "lmstudio",
                                              "gpt4all", "mlx",    "exllama",   "mlc"};
    for (size_t i = 0; i < sizeof single_user / sizeof *single_user; i++)
        if (engine && contains_nocase(engine, single_user[i]))
            return calibration_set_find(set, "llama.cpp");
    return calibration_set_find(set, "vllm");
}

/* GeForce parts accumulate 16-bit products at half rate in fp32 and at full rate in fp16, so what
   their peak means depends on the engine: they are families of their own. */
const char *calibration_family_name(const struct gpu *gpu) {
    static const char *const consumer[][2] = {{"Turing", "Turing GeForce"},
                                              {"Ampere", "Ampere GeForce"},
                                              {"Ada", "Ada GeForce"},
                                              {"Blackwell", "Blackwell GeForce"},
                                              {"Rubin", "Rubin GeForce"}};
    const char *name = gpu->architecture ? gpu->architecture : "";
    if (gpu->family)
        return gpu->family;
    if (gpu->name && contains_nocase(gpu->name, "geforce"))
        for (size_t i = 0; i < sizeof consumer / sizeof *consumer; i++)
            if (strcmp(consumer[i][0], name) == 0)
                return consumer[i][1];
    return name;
}

/* Kin behave alike until they are measured: consumer parts, and generations of one line ("CDNA3"
   and "CDNA4", "Apple M2" and "Apple M4"). */
static bool are_kin(const char *a, const char *b) {
    size_t letters = strcspn(a, " 0123456789");
    if (strstr(a, "GeForce") || strstr(b, "GeForce"))
        return strstr(a, "GeForce") && strstr(b, "GeForce");
    return letters > 0 && letters == strcspn(b, " 0123456789") && strncmp(a, b, letters) == 0;
}

static struct calibration_family find_family(const struct calibration *calibration,
                                             const struct gpu *gpu) {
    const char *name = calibration_family_name(gpu);
    for (size_t i = 0; i < calibration->family_count; i++)
        if (strcmp(calibration->family[i].name, name) == 0)
            return calibration->family[i];
    struct calibration_family unseen = {.name = name, .compute = 1, .memory = 1};
    for (size_t i = 0; i < calibration->family_count; i++)
        if (are_kin(calibration->family[i].name, name)) {
            unseen.compute = calibration->family[i].compute;
            unseen.memory = calibration->family[i].memory;
        }
    return unseen;
}

struct calibration_family calibration_family_of(const struct calibration *calibration,
                                                const struct gpu *gpu) {
    const struct calibration_kept *kept = calibration->kept;
    bool known =
        kept && kept->of == calibration && gpu >= kept->gpus && gpu < kept->gpus + kept->gpu_count;
    return known ? kept->families[gpu - kept->gpus] : find_family(calibration, gpu);
}
