/* Shows a training estimate: JSON for machines, a table for people. */
#include "command/training_answer.h"

#include "base/num.h"
#include "base/shown.h"
#include "command/json_out.h"

#include <math.h>

#define GIB (1024.0 * 1024.0 * 1024.0)

static const char *const recompute_ids[] = {"none", "selective", "full"};
static const char *const offload_ids[] = {"none", "optimizer", "all"};
static const char *const target_ids[] = {"qv", "attention", "all-linear"};

static void json_memory(struct json_out *json, const struct training_memory *m) {
    json_out_open(json, "memory_per_gpu", '{');
    json_out_number(json, "weights_bytes", m->weights);
    json_out_number(json, "gradients_bytes", m->gradients);
    json_out_number(json, "optimizer_bytes", m->optimizer);
    json_out_number(json, "activations_bytes", m->activations);
    json_out_number(json, "logits_bytes", m->logits);
    json_out_number(json, "buffers_bytes", m->buffers);
    json_out_number(json, "total_bytes", m->total);
    json_out_number(json, "capacity_bytes", m->capacity);
    json_out_close(json, '}');
    json_out_number(json, "host_bytes", m->host_bytes);
}

static void json_settings(struct json_out *json, const struct training *t) {
    bool adapts = t->method != TRAINING_FULL;
    json_out_text(json, "method", training_method_id(t->method));
    json_out_number(json, "lora_rank", adapts ? (double)t->lora_rank : (double)NAN);
    json_out_text(json, "lora_targets", adapts ? target_ids[t->lora_targets] : NULL);
    json_out_text(json, "optimizer", training_optimizer_id(t->optimizer));
    json_out_whole(json, "zero_stage", t->zero_stage);
    json_out_text(json, "recompute", recompute_ids[t->recompute]);
    json_out_text(json, "offload", offload_ids[t->offload]);
    json_out_bool(json, "flash_attention", t->flash_attention);
    json_out_bool(json, "sequence_parallel", t->sequence_parallel);
    json_out_number(json, "sequence_tokens", t->sequence_tokens);
    json_out_number(json, "micro_batch", t->micro_batch);
    json_out_number(json, "tokens", t->tokens);
}

void training_answer_json(const struct training_answer *a, struct buf *out) {
    const struct training *t = &a->training;
    const struct training_outcome *o = &a->outcome;
    struct json_out json = {.out = out};
    json_out_open(&json, NULL, '{');
    json_out_text(&json, "model", t->model->id);
    json_out_text(&json, "gpu", t->gpu->id);
    json_out_whole(&json, "count", t->gpu_count);
    json_out_whole(&json, "tensor_parallel", t->tensor_parallel);
    json_out_whole(&json, "pipeline_parallel", t->pipeline_parallel);
    json_out_whole(&json, "data_parallel", o->data_parallel);
    json_settings(&json, t);
    json_out_bool(&json, "feasible", o->feasible);
    json_out_text(&json, "reason", o->feasible ? NULL : reason_code(o->reason));
    json_out_text(&json, "sentence", o->feasible ? NULL : training_reason_sentence(o->reason));
    json_out_open(&json, "parameters", '{');
    json_out_number(&json, "trainable", o->trainable_parameters);
    json_out_number(&json, "frozen", o->frozen_parameters);
    json_out_close(&json, '}');
    json_memory(&json, &o->memory);
    json_out_number(&json, "min_gpus", o->min_gpus ? (double)o->min_gpus : (double)NAN);
    json_out_open(&json, "compute", '{');
    json_out_number(&json, "model_flop_per_token", o->model_flop_per_token);
    json_out_number(&json, "hardware_flop_per_token", o->hardware_flop_per_token);
    json_out_number(&json, "model_flop", o->model_flop);
    json_out_number(&json, "flop_6nd", o->flop_6nd);
    json_out_number(&json, "mfu", o->mfu);
    json_out_number(&json, "hfu", o->hfu);
    json_out_close(&json, '}');
    json_out_open(&json, "time", '{');
    json_out_number(&json, "iteration_s", o->iteration_s);
    json_out_number(&json, "run_s", o->run_s);
    json_out_number(&json, "gpu_hours", o->gpu_hours);
    json_out_close(&json, '}');
    json_out_open(&json, "price", '{');
    json_out_number(&json, "usd_per_gpu_hour", t->usd_per_gpu_hour);
    json_out_number(&json, "usd", o->usd);
    json_out_close(&json, '}');
    json_out_close(&json, '}');
    buf_putc(out, '\n');
}

static void row(struct buf *out, const char *label, double value, int digits, const char *unit) {
    char text[NUM_MAX] = "-";
    if (!isnan(value))
        num_grouped(text, value, digits);
    buf_printf(out, "  %-24s %16s%s%s\n", label, text, unit[0] ? " " : "", unit);
}

static void count_row(struct buf *out, const char *label, double value) {
    char text[NUM_MAX] = "-";
    if (value > 0)
        num_u64_grouped(text, (uint64_t)value);
    buf_printf(out, "  %-24s %16s\n", label, text);
}

static void table_memory(struct buf *out, const struct training_memory *m) {
    buf_puts(out, "Memory of one GPU\n");
    row(out, "weights", m->weights / GIB, 4, "GiB");
    row(out, "gradients", m->gradients / GIB, 4, "GiB");
    row(out, "optimizer", m->optimizer / GIB, 4, "GiB");
    row(out, "activations", m->activations / GIB, 4, "GiB");
    row(out, "logits", m->logits / GIB, 4, "GiB");
    row(out, "buffers", m->buffers / GIB, 4, "GiB");
    row(out, "total", m->total / GIB, 4, "GiB");
    row(out, "capacity", m->capacity / GIB, 4, "GiB");
    if (m->host_bytes > 0)
        row(out, "host memory", m->host_bytes / GIB, 4, "GiB");
}

static void put_offer(struct buf *out, const char *platform) {
    buf_puts(out, "Price: cheapest current offer on demand, ");
    buf_put_shown(out, platform);
    buf_puts(out, ".\n");
}

void training_answer_table(const struct training_answer *a, struct buf *out) {
    const struct training *t = &a->training;
    const struct training_outcome *o = &a->outcome;
    buf_put_shown(out, t->model->name);
    buf_printf(out, ", %s on %u x ", training_method_name(t->method), t->gpu_count);
    buf_put_shown(out, t->gpu->name);
    buf_putc(out, '\n');
    buf_printf(out, "tensor %u, pipeline %u, data %u; ZeRO %u, %s, recomputation %s\n\n",
               t->tensor_parallel, t->pipeline_parallel, o->data_parallel, t->zero_stage,
               training_optimizer_id(t->optimizer), recompute_ids[t->recompute]);
    if (!o->feasible)
        buf_printf(out, "Not feasible: [%s] %s\n\n", reason_code(o->reason),
                   training_reason_sentence(o->reason));
    if (o->memory.total > 0)
        table_memory(out, &o->memory);
    buf_puts(out, "Work\n");
    count_row(out, "trainable parameters", o->trainable_parameters);
    count_row(out, "fewest GPUs", o->min_gpus);
    row(out, "FLOP a token", o->model_flop_per_token, 4, "");
    row(out, "FLOP of the run", o->model_flop, 4, "");
    row(out, "6ND", o->flop_6nd, 4, "");
    row(out, "MFU", o->mfu * 100, 3, "%");
    row(out, "HFU", o->hfu * 100, 3, "%");
    row(out, "iteration", o->iteration_s, 4, "s");
    row(out, "GPU hours", o->gpu_hours, 4, "h");
    row(out, "price", t->usd_per_gpu_hour, 4, "USD per GPU-hour");
    row(out, "cost", o->usd, 4, "USD");
    if (!a->price_given && a->quote.offer)
        put_offer(out, a->quote.offer->platform);
}
