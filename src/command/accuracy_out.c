/* The answer of `accuracy` as JSON. */
#include "command/accuracy_out.h"

#include "command/json_out.h"
#include "read/json.h"

#include <math.h>
#include <string.h>

static const char *precision_name(enum precision precision) {
    return precision == PRECISION_NONE ? NULL : precision_info(precision)->id;
}

static void put_count(struct json_out *json, const char *key, uint32_t value) {
    if (value)
        json_out_whole(json, key, value);
    else
        json_out_number(json, key, NAN);
}

/* The row in the project's format, as a foreign file states it. */
static void put_stated(struct json_out *json, const struct benchmark *b) {
    json_out_text(json, "model", b->model_as_stated);
    json_out_text(json, "gpu", b->gpu_as_stated);
    put_count(json, "gpu_count", b->gpu_count);
    put_count(json, "tensor_parallel", b->tensor_parallel);
    put_count(json, "pipeline_parallel", b->pipeline_parallel);
    put_count(json, "data_parallel", b->data_parallel);
    put_count(json, "expert_parallel", b->expert_parallel);
    json_out_text(json, "engine", b->engine);
    json_out_text(json, "engine_version", b->engine_version);
    json_out_text(json, "weight_dtype", precision_name(b->weights));
    json_out_text(json, "kv_dtype", precision_name(b->kv));
    json_out_number(json, "input_tokens", b->input_tokens);
    json_out_number(json, "output_tokens", b->output_tokens);
    put_count(json, "batch_or_concurrency", b->batch);
    json_out_text(json, "scenario", benchmark_scenario_name(b->scenario));
    json_out_text(json, "metric", benchmark_metric_name(b->metric));
    json_out_number(json, "value", b->value);
    json_out_text(json, "source", b->source);
    json_out_text(json, "date", b->date);
    json_out_text(json, "note", b->note);
}

/* The row as it came, but what an earlier answer added. */
static void put_again(struct json_out *json, const struct json *stated) {
    static const char *const ours[] = {"model_id", "gpu_id",      "predicted",
                                       "ratio",    "provenance",  "skipped",
                                       "class",    "calibration", "extrapolated_why"};
    struct json kept = *stated;
    for (size_t i = 0; i < stated->count; i++) {
        bool added = false;
        for (size_t k = 0; k < sizeof ours / sizeof *ours; k++)
            added = added || strcmp(stated->keys[i], ours[k]) == 0;
        kept.keys = stated->keys + i;
        kept.items = stated->items + i;
        kept.count = 1;
        if (!added)
            json_out_members(json, &kept);
    }
}

static void put_row(struct json_out *json, const struct accuracy_row *row) {
    const struct benchmark *b = row->row;
    json_out_open(json, NULL, '{');
    if (b->stated)
        put_again(json, b->stated);
    else
        put_stated(json, b);
    json_out_text(json, "model_id", b->model ? b->model->id : NULL);
    json_out_text(json, "gpu_id", b->gpu ? b->gpu->id : NULL);
    json_out_number(json, "predicted", row->predicted);
    json_out_number(json, "ratio", row->ratio);
    json_out_text(json, "provenance", row->skipped ? NULL : provenance_name(row->provenance));
    json_out_text(json, "extrapolated_why", row->why);
    json_out_text(json, "calibration", row->calibration ? row->calibration->version : NULL);
    json_out_text(json, "class", row->skipped ? NULL : accuracy_class_name(row->kind));
    json_out_text(json, "skipped", row->skipped);
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

static void put_worst(struct json_out *json, struct arena *arena, const struct accuracy_row *rows,
                      size_t count) {
    size_t worst[ACCURACY_WORST], n = accuracy_worst(arena, rows, count, ACCURACY_WORST, worst);
    json_out_open(json, "worst", '[');
    for (size_t i = 0; i < n; i++)
        json_out_whole(json, NULL, worst[i]);
    json_out_close(json, ']');
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
    for (size_t k = 0; k < ACCURACY_KEYS; k++) {
        struct accuracy_summary *list =
            accuracy_summarise(arena, rows, count, accuracy_keys[k].key, &found);
        json_out_open(&json, accuracy_keys[k].name, '{');
        for (size_t i = 0; i < found; i++) {
            json_out_open(&json, list[i].key, '{');
            put_summary_members(&json, &list[i]);
            json_out_close(&json, '}');
        }
        json_out_close(&json, '}');
    }
    put_worst(&json, arena, rows, count);
    json_out_close(&json, '}');
    put_calibrations(&json, set);
    put_left_out_json(&json, set);
    json_out_close(&json, '}');
    buf_putc(out, '\n');
}
