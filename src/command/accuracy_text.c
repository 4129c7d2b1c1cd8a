/* The answer of `accuracy` as text. */
#include "command/accuracy_out.h"

#include "base/num.h"
#include "base/shown.h"

#include <math.h>
#include <string.h>

const struct accuracy_key_info accuracy_keys[ACCURACY_KEYS] = {
    {ACCURACY_BY_CLASS, "by_class", "class", NULL},
    {ACCURACY_BY_ENGINE, "by_engine", "engine", NULL},
    {ACCURACY_BY_GPU, "by_gpu", "GPU", "gpu"},
    {ACCURACY_BY_MODEL, "by_model", "model", "model"},
    {ACCURACY_BY_SOURCE, "by_source", "source", "source"}};

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
    buf_put_column(out, b->model ? b->model->id : b->model_as_stated, 24);
    buf_putc(out, ' ');
    buf_put_column(out, b->gpu ? b->gpu->id : b->gpu_as_stated, 14);
    buf_printf(out, " %3u %-8.8s", b->gpu_count,
               b->weights == PRECISION_NONE ? "-" : precision_info(b->weights)->id);
    put_cell(out, b->input_tokens, 4);
    put_cell(out, b->output_tokens, 4);
    put_cell(out, b->batch ? (double)b->batch : (double)NAN, 4);
    put_cell(out, b->value, 4);
    put_cell(out, row->predicted, 4);
    put_cell(out, row->ratio, 3);
    buf_printf(out, "  %s%s%s\n", benchmark_metric_name(b->metric),
               row->skipped ? ", skipped: " : "",
               row->skipped ? row->skipped
               : row->why   ? ", extrapolated"
                            : "");
}

/* Rows of all classes that were left out with this key's value; a median cannot be pooled. */
static struct calibration_error pooled(const struct calibration_set *set, const char *key,
                                       const char *name) {
    struct calibration_error all = {.median = NAN};
    for (size_t i = 0; key && i < set->left_out_count; i++) {
        const struct calibration_left_out *l = &set->left_out[i];
        if (strcmp(l->key, key) != 0 || strcmp(l->name, name) != 0)
            continue;
        all.rows += l->error.rows;
        all.mean += l->error.rows * l->error.mean;
        all.within_25 += l->error.rows * l->error.within_25;
    }
    all.mean = all.rows ? all.mean / all.rows : (double)NAN;
    all.within_25 = all.rows ? all.within_25 / all.rows : (double)NAN;
    return all;
}

static void put_line(struct buf *out, const struct accuracy_summary *s,
                     const struct calibration_error *left_out) {
    buf_puts(out, "  ");
    buf_put_column(out, s->key, 52);
    buf_printf(out, " %6zu %6zu", s->rows, s->predicted);
    put_percent(out, s->median);
    put_percent(out, s->mean);
    put_percent(out, s->within_25);
    put_percent(out, s->bias);
    if (left_out->rows) {
        put_percent(out, left_out->mean);
        put_percent(out, left_out->within_25);
    }
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

static void put_heading(struct buf *out) {
    buf_printf(out, "%-24s %-14s %3s %-8s %10s %10s %10s %10s %10s %10s  %s\n", "model", "GPU", "n",
               "weights", "input", "output", "batch", "measured", "predicted", "ratio", "metric");
}

static void put_worst(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                      size_t count) {
    size_t worst[ACCURACY_WORST], n = accuracy_worst(arena, rows, count, ACCURACY_WORST, worst);
    if (n < 2)
        return;
    buf_puts(out, "\nWorst rows\n");
    put_heading(out);
    for (size_t i = 0; i < n; i++)
        put_text_row(out, &rows[worst[i]]);
}

void accuracy_put_text(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                       size_t count, const struct calibration_set *set, unsigned parts) {
    bool with_rows = parts & ACCURACY_ROWS, cross = parts & ACCURACY_CROSS_VALIDATION;
    if (with_rows)
        put_heading(out);
    for (size_t i = 0; with_rows && i < count; i++)
        put_text_row(out, &rows[i]);
    buf_printf(out, "%s  %-52s %6s %6s %8s %8s %8s %8s%s\n", with_rows ? "\n" : "", "", "rows",
               "used", "median", "mean", "in 25%", "bias",
               cross ? "   left out: mean, in 25%" : "");
    for (size_t k = 0; k < ACCURACY_KEYS; k++) {
        size_t found;
        struct accuracy_summary *list =
            accuracy_summarise(arena, rows, count, accuracy_keys[k].key, &found);
        buf_printf(out, "by %s\n", accuracy_keys[k].heading);
        for (size_t i = 0; i < found; i++) {
            struct calibration_error out_error =
                pooled(set, cross ? accuracy_keys[k].left_out : NULL, list[i].key);
            put_line(out, &list[i], &out_error);
        }
    }
    put_worst(out, arena, rows, count);
    if (cross)
        put_left_out(out, set);
}
