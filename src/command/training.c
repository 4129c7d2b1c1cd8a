/* tallypress training: memory, fewest GPUs, time and cost of training one model on one GPU. */
#include "command/command.h"
#include "command/options.h"
#include "command/project.h"
#include "command/training_answer.h"

#include "base/str.h"

#include <math.h>

static const struct options_help help = {
    "training", "",
    "Memory of one GPU, fewest GPUs, time and cost of full fine-tuning, LoRA or QLoRA. What does\n"
    "not fit is answered with a reason and exit status 0.",
    "tallypress training --model llama-3.1-8b --gpu H100 --count 8 --method lora --tokens 1e9"};

struct request {
    const char *project, *as_of, *model, *gpu;
    struct training training;
    int method, optimizer, recompute, offload, targets;
    double price, global_batch, micro_batch;
    bool no_flash, json;
};

#define NUMBER(NAME, TO, META, LOW, HIGH, HELP)                                                    \
    {                                                                                              \
        .name = NAME, .kind = OPTION_NUMBER, .to = TO, .metavar = META, .min = LOW, .max = HIGH,   \
        .help = HELP                                                                               \
    }
#define COUNT(NAME, TO, LOW, HIGH, HELP)                                                           \
    {                                                                                              \
        .name = NAME, .kind = OPTION_COUNT, .to = TO, .metavar = "N", .min = LOW, .max = HIGH,     \
        .help = HELP                                                                               \
    }
#define CHOICE(NAME, TO, WORDS, HELP)                                                              \
    { .name = NAME, .kind = OPTION_CHOICE, .to = TO, .choices = WORDS, .help = HELP }
#define TEXT(NAME, TO, META, HELP)                                                                 \
    { .name = NAME, .kind = OPTION_TEXT, .to = TO, .metavar = META, .help = HELP }
#define DATE(NAME, TO, HELP)                                                                       \
    { .name = NAME, .kind = OPTION_DATE, .to = TO, .metavar = "DATE", .help = HELP }
#define WHOLE(NAME, TO, HIGH, HELP)                                                                \
    {                                                                                              \
        .name = NAME, .kind = OPTION_WHOLE, .to = TO, .metavar = "N", .min = 1, .max = HIGH,       \
        .help = HELP                                                                               \
    }
#define FLAG(NAME, TO, HELP)                                                                       \
    { .name = NAME, .kind = OPTION_FLAG, .to = TO, .help = HELP }

static int parse(struct arena *arena, struct request *r, int argc, char **argv) {
    struct training *t = &r->training;
    const struct option_spec specs[] = {
        TEXT("model", &r->model, "M", "id, usual name, or path to a config.json"),
        TEXT("gpu", &r->gpu, "G", "id or usual name"),
        COUNT("count", &t->gpu_count, 1, 65536, "GPUs (1)"),
        CHOICE("method", &r->method, "full|lora|qlora", "what is trained (full)"),
        COUNT("rank", &t->lora_rank, 1, 65536, "rank of LoRA's matrices (16)"),
        CHOICE("targets", &r->targets, "qv|attention|all-linear", "what LoRA adapts (all-linear)"),
        CHOICE("optimizer", &r->optimizer, "adamw|adamw-8bit|sgd|sgd-momentum|adafactor|lion|muon",
               "(adamw)"),
        COUNT("zero", &t->zero_stage, 0, 3, "ZeRO stage (3)"),
        COUNT("tensor-parallel", &t->tensor_parallel, 1, 4096, "(1)"),
        COUNT("pipeline-parallel", &t->pipeline_parallel, 1, 4096, "(1)"),
        COUNT("virtual-stages", &t->virtual_stages, 0, 4096, "interleaved stages a GPU (none)"),
        FLAG("sequence-parallel", &t->sequence_parallel, "split norms and inputs too"),
        CHOICE("recompute", &r->recompute, "none|selective|full", "activations (full)"),
        FLAG("no-flash-attention", &r->no_flash, "keep the scores of attention"),
        FLAG("dropout", &t->dropout, "keep dropout masks"),
        CHOICE("offload", &r->offload, "none|optimizer|all", "to the host's memory (none)"),
        NUMBER("gradient-bytes", &t->gradient_bytes, "N", 1, 8, "bytes a gradient (2)"),
        WHOLE("sequence", &t->sequence_tokens, 1e8, "tokens of a sequence (4096)"),
        WHOLE("micro-batch", &r->micro_batch, 1e6, "sequences at once (1)"),
        WHOLE("global-batch", &r->global_batch, 1e9, "sequences an iteration"),
        WHOLE("tokens", &t->tokens, 1e18, "tokens of the whole run (1e9)"),
        NUMBER("mfu", &t->mfu, "X", 0.001, 1, "model FLOP utilisation (0.4)"),
        NUMBER("price", &r->price, "USD_PER_GPU_HOUR", 1e-6, 1e6, "instead of the cheapest offer"),
        TEXT("project", &r->project, "DIR", "directory with data/"),
        DATE("as-of", &r->as_of, "prices not newer than YYYY-MM-DD"),
        FLAG("json", &r->json, "one JSON object")};
    return options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
}

static void set_price(const struct request *r, const struct catalog *catalog,
                      struct training_answer *a) {
    struct training *t = &a->training;
    a->price_given = r->price > 0;
    if (a->price_given) {
        t->usd_per_gpu_hour = r->price;
        return;
    }
    a->quote = quote_cheapest(catalog, t->gpu, t->gpu_count, PRICE_ON_DEMAND, false);
    t->usd_per_gpu_hour = a->quote.offer ? a->quote.usd_per_hour / t->gpu_count : NAN;
}

static int answer(struct request *r, struct project *project, struct buf *out) {
    const struct model *model;
    const struct gpu *gpu;
    if (!project_pair(project, r->project, r->as_of, r->model, r->gpu, &model, &gpu))
        return EXIT_DONE; /* the diagnostics say more */
    struct training_answer a = {.training = r->training};
    struct training *t = &a.training;
    t->model = model;
    t->gpu = gpu;
    t->method = (enum training_method)r->method;
    t->optimizer = (enum training_optimizer)r->optimizer;
    t->recompute = (enum training_recompute)r->recompute;
    t->offload = (enum training_offload)r->offload;
    t->lora_targets = (enum lora_targets)r->targets;
    t->flash_attention = !r->no_flash;
    t->micro_batch = r->micro_batch;
    t->global_batch = r->global_batch;
    set_price(r, &project->catalog, &a);
    a.outcome = training_estimate(t);
    if (r->json)
        training_answer_json(&a, out);
    else
        training_answer_table(&a, out);
    return EXIT_DONE;
}

int command_training(int argc, char **argv) {
    struct project project = project_begin();
    struct buf out = BUF_INIT;
    struct request r = {.training = training_default(NULL, NULL),
                        .recompute = RECOMPUTE_FULL,
                        .targets = LORA_ALL_LINEAR,
                        .micro_batch = 1};
    int status = parse(project.arena, &r, argc, argv);
    if (status == OPTIONS_RUN && (!r.model || !r.gpu))
        status = options_error("training", "--model and --gpu are needed");
    if (status == OPTIONS_RUN)
        status = answer(&r, &project, &out);
    return project_end(&project, &out, status);
}
