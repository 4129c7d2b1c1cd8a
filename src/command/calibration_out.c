/* A calibration as the file data/calibration/ENGINE.json: a line a figure, for readable diffs. */
#include "command/calibration_out.h"

#include "base/num.h"
#include "catalog/precision.h"
#include "render/render.h"

#include <math.h>
#include <string.h>

static void put_text(struct buf *out, const char *text) {
    buf_putc(out, '"');
    escape_json(out, text);
    buf_putc(out, '"');
}

static void put_rounded(struct buf *out, double value) {
    char text[NUM_MAX];
    double read;
    size_t n = num_significant(text, value, 5);
    if (value == 0 || !num_parse(text, n, &read))
        read = value;
    buf_put_shortest(out, read);
}

static void put_parameters(struct buf *out, const struct calibration *c) {
    buf_puts(out, "      \"parameters\": {\n");
    for (size_t i = 0; i < CALIBRATION_PARAMETERS; i++) {
        const struct calibration_parameter_info *info = &calibration_parameters[i];
        buf_printf(out, "        \"%s\": {\"value\": ", info->name);
        put_rounded(out, c->value[i]);
        buf_printf(out, ", \"unit\": \"%s\"}%s\n", info->unit,
                   i + 1 < CALIBRATION_PARAMETERS ? "," : "");
    }
    buf_puts(out, "      },\n");
}

static void put_families(struct buf *out, const struct calibration *c) {
    buf_puts(out, "      \"families\": [\n");
    for (size_t i = 0; i < c->family_count; i++) {
        const struct calibration_family *f = &c->family[i];
        buf_puts(out, "        {\"name\": ");
        put_text(out, f->name);
        buf_puts(out, ", \"compute\": ");
        put_rounded(out, f->compute);
        buf_puts(out, ", \"memory\": ");
        put_rounded(out, f->memory);
        buf_printf(out, ", \"rows\": %u}%s\n", f->rows, i + 1 < c->family_count ? "," : "");
    }
    buf_puts(out, "      ],\n");
}

static void put_range(struct buf *out, const struct calibration_range *r) {
    const struct {
        const char *name;
        double value;
    } figures[] = {{"input_tokens_min", r->input_min},
                   {"input_tokens_max", r->input_max},
                   {"output_tokens_min", r->output_min},
                   {"output_tokens_max", r->output_max},
                   {"context_tokens_max", r->context_max},
                   {"batch_max", r->batch_max},
                   {"tensor_parallel_max", r->tensor_parallel_max}};
    buf_puts(out, "      \"range\": {");
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        buf_printf(out, "\"%s\": ", figures[i].name);
        buf_put_shortest(out, figures[i].value);
        buf_puts(out, ", ");
    }
    buf_puts(out, "\"weights\": [");
    const char *comma = "";
    for (int p = 0; p < PRECISION_COUNT; p++) {
        if (!(r->weights >> p & 1))
            continue;
        buf_puts(out, comma);
        put_text(out, precision_info((enum precision)p)->id);
        comma = ", ";
    }
    buf_printf(out, "], \"experts\": %s},\n", r->experts ? "true" : "false");
}

static void put_error(struct buf *out, const char *key, struct calibration_error e,
                      const char *end) {
    buf_printf(out, "        \"%s\": {\"rows\": %u, \"median\": ", key, e.rows);
    put_rounded(out, e.median);
    buf_puts(out, ", \"mean\": ");
    put_rounded(out, e.mean);
    buf_puts(out, ", \"within_25\": ");
    put_rounded(out, e.within_25);
    buf_printf(out, "}%s\n", end);
}

static void put_generation(struct buf *out, const struct calibration *c) {
    buf_puts(out, "    {\n      \"version\": ");
    put_text(out, c->version);
    buf_puts(out, ",\n      \"until\": ");
    if (c->until)
        put_text(out, c->until);
    else
        buf_puts(out, "null");
    buf_printf(out, ",\n      \"rows\": %u,\n      \"sources\": [", c->rows);
    for (size_t i = 0; i < c->source_count; i++) {
        buf_puts(out, i ? ", " : "");
        put_text(out, c->sources[i]);
    }
    buf_puts(out, "],\n");
    put_parameters(out, c);
    put_families(out, c);
    put_range(out, &c->range);
    buf_puts(out, "      \"error\": {\n");
    put_error(out, "fitted", c->fitted, ",");
    put_error(out, "left_out_model", c->left_out, ",");
    put_error(out, "left_out_gpu", c->left_out_gpu, ",");
    put_error(out, "left_out_source", c->left_out_source, "");
    buf_puts(out, "      }\n    }");
}

void calibration_put(struct buf *out, const struct calibration_set *set, const char *engine) {
    bool first = true;
    for (size_t i = 0; i < set->count; i++) {
        const struct calibration *c = &set->items[i];
        if (strcmp(c->engine, engine) != 0 || c->rows == 0)
            continue;
        if (first) {
            buf_puts(out, "{\n  \"engine\": ");
            put_text(out, c->engine);
            buf_puts(out, ",\n  \"name\": ");
            put_text(out, c->name);
            buf_puts(out, ",\n  \"generations\": [\n");
        } else {
            buf_puts(out, ",\n");
        }
        put_generation(out, c);
        first = false;
    }
    buf_puts(out, "\n  ]\n}\n");
}

static void put_csv_text(struct buf *out, const char *text) {
    bool quoted = strpbrk(text, ",\"\n") != NULL;
    buf_puts(out, quoted ? "\"" : "");
    for (; *text; text++)
        buf_puts(out, *text == '"' ? "\"\"" : (char[]){*text, 0});
    buf_puts(out, quoted ? "\"" : "");
}

static void put_class(struct buf *out, const char *key, const char *name,
                      const struct accuracy_summary *s) {
    const double shares[] = {s->median, s->mean, s->within_25};
    if (s->predicted == 0)
        return;
    buf_puts(out, key);
    buf_putc(out, ',');
    put_csv_text(out, name);
    buf_printf(out, ",%s,%zu", s->key, s->predicted);
    for (size_t i = 0; i < 3; i++) {
        buf_putc(out, ',');
        put_rounded(out, shares[i]);
    }
    buf_putc(out, '\n');
}

/* The rows whose value of the key is `name`, or all of them. */
static void put_name(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                     size_t count, enum accuracy_key key, const char *key_name, const char *name) {
    struct accuracy_row *part = ARENA_ARRAY(arena, count + 1, struct accuracy_row);
    size_t n = 0, found;
    for (size_t i = 0; i < count; i++)
        if (!name || strcmp(accuracy_key_of(&rows[i], key), name) == 0)
            part[n++] = rows[i];
    struct accuracy_summary *classes =
        accuracy_summarise(arena, part, n, ACCURACY_BY_CLASS, &found);
    for (size_t i = 0; i < found; i++)
        put_class(out, key_name, name ? name : "all", &classes[i]);
}

void left_out_put(struct buf *out, struct arena *arena, const struct accuracy_case *cases,
                  const double *ratios, size_t count, enum accuracy_key key) {
    const char *key_name = key == ACCURACY_BY_MODEL ? "model"
                           : key == ACCURACY_BY_GPU ? "gpu"
                                                    : "source";
    struct accuracy_row *rows = ARENA_ARRAY(arena, count + 1, struct accuracy_row);
    size_t found;
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct accuracy_row){.row = cases[i].row,
                                        .skipped = cases[i].skipped,
                                        .kind = cases[i].kind,
                                        .ratio = ratios[i]};
    if (out->len == 0)
        buf_puts(out, "left_out,name,class,rows,median,mean,within_25\n");
    put_name(out, arena, rows, count, key, key_name, NULL);
    struct accuracy_summary *values = accuracy_summarise(arena, rows, count, key, &found);
    for (size_t i = 0; i < found; i++)
        put_name(out, arena, rows, count, key, key_name, values[i].key);
}
