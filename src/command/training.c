/* tallypress training: memory, fewest GPUs, time and cost of training one model on one GPU. */
#include "command/command.h"
#include "command/project.h"
#include "command/specs.h"
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

static int parse(struct arena *arena, struct request *r, int argc, char **argv) {
    struct training *t = &r->training;
    const struct option_spec specs[] = {
        spec_text("model", &r->model, "M", "id, usual name, or path to a config.json"),
        spec_text("gpu", &r->gpu, "G", "id or usual name"),
        spec_count("count", &t->gpu_count, 65536, "GPUs (1)"),
        spec_choice("method", &r->method, "full|lora|qlora", "what is trained (full)"),
        spec_count("rank", &t->lora_rank, 65536, "rank of LoRA's matrices (16)"),
        spec_choice("targets", &r->targets, "qv|attention|all-linear",
                    "what LoRA adapts (all-linear)"),
        spec_choice("optimizer", &r->optimizer,
                    "adamw|adamw-8bit|sgd|sgd-momentum|adafactor|lion|muon", "(adamw)"),
        spec_least(0, spec_count("zero", &t->zero_stage, 3, "ZeRO stage (3)")),
        spec_count("tensor-parallel", &t->tensor_parallel, 4096, "(1)"),
        spec_count("pipeline-parallel", &t->pipeline_parallel, 4096, "(1)"),
        spec_least(0, spec_count("virtual-stages", &t->virtual_stages, 4096,
                                 "interleaved stages a GPU (none)")),
        spec_flag("sequence-parallel", &t->sequence_parallel, "split norms and inputs too"),
        spec_choice("recompute", &r->recompute, "none|selective|full", "activations (full)"),
        spec_flag("no-flash-attention", &r->no_flash, "keep the scores of attention"),
        spec_flag("dropout", &t->dropout, "keep dropout masks"),
        spec_choice("offload", &r->offload, "none|optimizer|all", "to the host's memory (none)"),
        spec_number("gradient-bytes", &t->gradient_bytes, 1, 8, "N", "bytes a gradient (2)"),
        spec_whole("sequence", &t->sequence_tokens, 1e8, "tokens of a sequence (4096)"),
        spec_whole("micro-batch", &r->micro_batch, 1e6, "sequences at once (1)"),
        spec_whole("global-batch", &r->global_batch, 1e9, "sequences an iteration"),
        spec_whole("tokens", &t->tokens, 1e18, "tokens of the whole run (1e9)"),
        spec_number("mfu", &t->mfu, 0.001, 1, "X", "model FLOP utilisation (0.4)"),
        spec_number("price", &r->price, 1e-6, 1e6, "USD_PER_GPU_HOUR",
                    "instead of the cheapest offer"),
        spec_text("project", &r->project, "DIR", "directory with data/"),
        spec_date("as-of", &r->as_of, "prices not newer than YYYY-MM-DD"),
        spec_flag("json", &r->json, "one JSON object")};
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
