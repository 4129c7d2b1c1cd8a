/* The answer of `accuracy` as text and JSON. */
#include "command/accuracy_out.h"

#include "base/num.h"
#include "command/json_out.h"

#include <math.h>
#include <string.h>

static const char *const scenarios[] = {"fixed-batch", "fixed-concurrency", "max-throughput",
                                        "offline", "single-stream"};
static const char *const metrics[] = {"output_tokens_per_s",  "output_tokens_per_s_per_gpu",
                                      "total_tokens_per_s",   "tpot_ms",
                                      "prefill_tokens_per_s", "first_token_latency_ms"};

static const struct {
    enum accuracy_key key;
    const char *name, *heading;
} keys[] = {{ACCURACY_BY_CLASS, "by_class", "class"},
            {ACCURACY_BY_ENGINE, "by_engine", "engine"},
            {ACCURACY_BY_GPU, "by_gpu", "GPU"},
            {ACCURACY_BY_MODEL, "by_model", "model"},
            {ACCURACY_BY_SOURCE, "by_source", "source"}};

static const char *precision_name(enum precision precision) {
    return precision == PRECISION_NONE ? NULL : precision_info(precision)->id;
}

static void put_count(struct json_out *json, const char *key, uint32_t value) {
    if (value)
        json_out_whole(json, key, value);
    else
        json_out_number(json, key, NAN);
}

static void put_row(struct json_out *json, const struct accuracy_row *row) {
    const struct benchmark *b = row->row;
    json_out_open(json, NULL, '{');
    json_out_text(json, "model", b->model_as_stated);
    json_out_text(json, "gpu", b->gpu_as_stated);
    json_out_text(json, "model_id", b->model ? b->model->id : NULL);
    json_out_text(json, "gpu_id", b->gpu ? b->gpu->id : NULL);
    put_count(json, "gpu_count", b->gpu_count);
    put_count(json, "tensor_parallel", b->tensor_parallel);
    put_count(json, "expert_parallel", b->expert_parallel);
    json_out_text(json, "engine", b->engine);
    json_out_text(json, "weight_dtype", precision_name(b->weights));
    json_out_text(json, "kv_dtype", precision_name(b->kv));
    json_out_number(json, "input_tokens", b->input_tokens);
    json_out_number(json, "output_tokens", b->output_tokens);
    put_count(json, "batch_or_concurrency", b->batch);
    json_out_text(json, "scenario", scenarios[b->scenario]);
    json_out_text(json, "metric", metrics[b->metric]);
    json_out_number(json, "value", b->value);
    json_out_number(json, "predicted", row->predicted);
    json_out_number(json, "ratio", row->ratio);
    json_out_text(json, "provenance",
                  row->skipped        ? NULL
                  : row->extrapolated ? "extrapolated"
                                      : "calibrated");
    json_out_text(json, "extrapolated_why", row->why);
    json_out_text(json, "calibration", row->calibration ? row->calibration->version : NULL);
    json_out_text(json, "class", row->skipped ? NULL : accuracy_class_name(row->kind));
    json_out_text(json, "skipped", row->skipped);
    json_out_text(json, "source", b->source);
    json_out_close(json, '}');
}

static void put_summary_members(struct json_out *json, const struct accuracy_summary *s) {
    json_out_whole(json, "rows", s->rows);
    json_out_whole(json, "predicted", s->predicted);
    json_out_whole(json, "skipped", s->skipped);
    json_out_number(json, "mape", s->mean);
    json_out_number(json, "median_absolute_error", s->median);
    json_out_number(json, "within_25_percent", s->within_25);
    json_out_number(json, "bias", s->bias);
}

static void put_error(struct json_out *json, const char *key, struct calibration_error e) {
    json_out_open(json, key, '{');
    json_out_whole(json, "rows", e.rows);
    json_out_number(json, "median", e.rows ? e.median : NAN);
    json_out_number(json, "mean", e.rows ? e.mean : NAN);
    json_out_number(json, "within_25", e.rows ? e.within_25 : NAN);
    json_out_close(json, '}');
}

static void put_left_out_json(struct json_out *json, const struct calibration_set *set) {
    json_out_open(json, "left_out", '[');
    for (size_t i = 0; i < set->left_out_count; i++) {
        const struct calibration_left_out *l = &set->left_out[i];
        json_out_open(json, NULL, '{');
        json_out_text(json, "left_out", l->key);
        json_out_text(json, "name", l->name);
        json_out_text(json, "class", l->kind);
        put_error(json, "error", l->error);
        json_out_close(json, '}');
    }
    json_out_close(json, ']');
}

static void put_calibrations(struct json_out *json, const struct calibration_set *set) {
    json_out_open(json, "calibrations", '[');
    for (size_t i = 0; i < set->count; i++) {
        const struct calibration *c = &set->items[i];
        json_out_open(json, NULL, '{');
        json_out_text(json, "engine", c->engine);
        json_out_text(json, "version", c->version);
        json_out_whole(json, "rows", c->rows);
        put_error(json, "fitted", c->fitted);
        put_error(json, "left_out_model", c->left_out);
        put_error(json, "left_out_gpu", c->left_out_gpu);
        put_error(json, "left_out_source", c->left_out_source);
        json_out_close(json, '}');
    }
    json_out_close(json, ']');
}

void accuracy_put_json(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                       size_t count, const struct calibration_set *set) {
    struct json_out json = {.out = out};
    size_t found;
    json_out_open(&json, NULL, '{');
    json_out_open(&json, "rows", '[');
    for (size_t i = 0; i < count; i++)
        put_row(&json, &rows[i]);
    json_out_close(&json, ']');
    json_out_open(&json, "summary", '{');
    struct accuracy_summary none = {.mean = NAN, .median = NAN, .within_25 = NAN, .bias = NAN};
    struct accuracy_summary *all = accuracy_summarise(arena, rows, count, ACCURACY_BY_ALL, &found);
    put_summary_members(&json, found ? all : &none);
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct accuracy_summary *list = accuracy_summarise(arena, rows, count, keys[k].key, &found);
        json_out_open(&json, keys[k].name, '{');
        for (size_t i = 0; i < found; i++) {
            json_out_open(&json, list[i].key, '{');
            put_summary_members(&json, &list[i]);
            json_out_close(&json, '}');
        }
        json_out_close(&json, '}');
    }
    json_out_close(&json, '}');
    put_calibrations(&json, set);
    put_left_out_json(&json, set);
    json_out_close(&json, '}');
    buf_putc(out, '\n');
}

static void put_cell(struct buf *out, double value, int digits) {
    char text[NUM_MAX] = "-";
    if (isfinite(value))
        num_significant(text, value, digits);
    buf_printf(out, " %10s", text);
}

static void put_percent(struct buf *out, double share) {
    char text[NUM_MAX + 2] = "-";
    if (isfinite(share)) {
        size_t n = num_fixed(text, share * 100, 1);
        text[n] = '%';
        text[n + 1] = 0;
    }
    buf_printf(out, " %8s", text);
}

static void put_text_row(struct buf *out, const struct accuracy_row *row) {
    const struct benchmark *b = row->row;
    buf_printf(out, "%-24.24s %-14.14s %3u %-8.8s", b->model ? b->model->id : b->model_as_stated,
               b->gpu ? b->gpu->id : b->gpu_as_stated, b->gpu_count,
               b->weights == PRECISION_NONE ? "-" : precision_info(b->weights)->id);
    put_cell(out, b->input_tokens, 4);
    put_cell(out, b->output_tokens, 4);
    put_cell(out, b->batch ? (double)b->batch : (double)NAN, 4);
    put_cell(out, b->value, 4);
    put_cell(out, row->predicted, 4);
    put_cell(out, row->ratio, 3);
    buf_printf(out, "  %s%s%s\n", metrics[b->metric], row->skipped ? ", skipped: " : "",
               row->skipped ? row->skipped
               : row->why   ? ", extrapolated"
                            : "");
}

static void put_line(struct buf *out, const struct accuracy_summary *s) {
    buf_printf(out, "  %-52.52s %6zu %6zu", s->key, s->rows, s->predicted);
    put_percent(out, s->median);
    put_percent(out, s->mean);
    put_percent(out, s->within_25);
    put_percent(out, s->bias);
    buf_putc(out, '\n');
}

static void put_left_out_classes(struct buf *out, const struct calibration_set *set) {
    for (size_t i = 0; i < set->left_out_count; i++) {
        const struct calibration_left_out *l = &set->left_out[i];
        if (strcmp(l->name, "all") != 0)
            continue;
        buf_printf(out, "  its %-7s %-18s %6u rows", l->key, l->kind, l->error.rows);
        put_percent(out, l->error.median);
        put_percent(out, l->error.mean);
        put_percent(out, l->error.within_25);
        buf_putc(out, '\n');
    }
}

static void put_left_out(struct buf *out, const struct calibration_set *set) {
    buf_puts(out, "\nLeft out (every row predicted by a fit that never saw it): median, mean, "
                  "within 25 %\n");
    put_left_out_classes(out, set);
    for (size_t i = 0; i < set->count; i++) {
        const struct calibration *c = &set->items[i];
        const struct {
            const char *name;
            struct calibration_error error;
        } errors[] = {{"its model", c->left_out},
                      {"its GPU", c->left_out_gpu},
                      {"its source", c->left_out_source}};
        buf_printf(out, "  %s %s, %u rows\n", c->name, c->version, c->rows);
        for (size_t k = 0; k < 3 && errors[k].error.rows; k++) {
            buf_printf(out, "    %-12s", errors[k].name);
            put_percent(out, errors[k].error.median);
            put_percent(out, errors[k].error.mean);
            put_percent(out, errors[k].error.within_25);
            buf_putc(out, '\n');
        }
    }
}

void accuracy_put_text(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                       size_t count, const struct calibration_set *set, bool with_rows) {
    if (with_rows)
        buf_printf(out, "%-24s %-14s %3s %-8s %10s %10s %10s %10s %10s %10s  %s\n", "model", "GPU",
                   "n", "weights", "input", "output", "batch", "measured", "predicted", "ratio",
                   "metric");
    for (size_t i = 0; with_rows && i < count; i++)
        put_text_row(out, &rows[i]);
    buf_printf(out, "%s  %-52s %6s %6s %8s %8s %8s %8s\n", with_rows ? "\n" : "", "", "rows",
               "used", "median", "mean", "in 25%", "bias");
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        size_t found;
        struct accuracy_summary *list = accuracy_summarise(arena, rows, count, keys[k].key, &found);
        buf_printf(out, "by %s\n", keys[k].heading);
        for (size_t i = 0; i < found; i++)
            put_line(out, &list[i]);
    }
    put_left_out(out, set);
}
