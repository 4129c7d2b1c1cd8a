/* data/site.json: the owner's choices. */
#include "base/num.h"
#include "catalog/precision_list.h"
#include "read/parts.h"
#include "read/schema.h"

#include <math.h>
#include <stddef.h>

struct site_row {
    struct site site;
    const struct json *workloads, *batches, *gpu_counts;
    const char *const *precisions;
    size_t precision_count;
    const char *kv_precision;
};

#define AT(member) offsetof(struct site_row, site.member)
#define LIST(member) offsetof(struct site_row, member)
static const struct field site_fields[] = {
    {.key = "title", .kind = FIELD_TEXT, .required = true, .offset = AT(title)},
    {.key = "description", .kind = FIELD_TEXT, .required = true, .offset = AT(description)},
    {.key = "base_url", .kind = FIELD_TEXT, .offset = AT(base_url)},
    {.key = "owner", .kind = FIELD_TEXT, .offset = AT(owner)},
    {.key = "workloads", .kind = FIELD_ARRAY, .required = true, .offset = LIST(workloads)},
    {.key = "precisions",
     .kind = FIELD_TEXTS,
     .required = true,
     .offset = LIST(precisions),
     .count_offset = LIST(precision_count)},
    {.key = "kv_precision", .kind = FIELD_TEXT, .offset = LIST(kv_precision)},
    {.key = "batches", .kind = FIELD_ARRAY, .required = true, .offset = LIST(batches)},
    {.key = "gpu_counts", .kind = FIELD_ARRAY, .required = true, .offset = LIST(gpu_counts)},
    {.key = "gamma",
     .kind = FIELD_NUMBER,
     .required = true,
     .offset = AT(gamma),
     .minimum = 0.001,
     .maximum = 10},
    {.key = "utilisation",
     .kind = FIELD_NUMBER,
     .required = true,
     .offset = AT(utilisation),
     .minimum = 0.001,
     .maximum = 1},
    {.key = "max_price_age_days",
     .kind = FIELD_U32,
     .required = true,
     .offset = AT(max_price_age_days),
     .minimum = 1,
     .maximum = 36500},
    {.key = "pue", .kind = FIELD_NUMBER, .offset = AT(pue), .minimum = 1, .maximum = 5},
    {.key = "electricity_usd_per_kwh",
     .kind = FIELD_NUMBER,
     .offset = AT(electricity_usd_per_kwh),
     .minimum = 0.001,
     .maximum = 10},
    {.key = "grid_gco2_per_kwh",
     .kind = FIELD_NUMBER,
     .offset = AT(grid_gco2_per_kwh),
     .minimum = 0.1,
     .maximum = 3000},
    {.key = "engine", .kind = FIELD_ID, .required = true, .offset = AT(engine)},
};
static const struct schema site_schema = {"site", site_fields,
                                          sizeof site_fields / sizeof *site_fields};

#define W(member) offsetof(struct workload, member)
static const struct field workload_fields[] = {
    {.key = "id", .kind = FIELD_ID, .required = true, .offset = W(id)},
    {.key = "name", .kind = FIELD_TEXT, .required = true, .offset = W(name)},
    {.key = "input_tokens",
     .kind = FIELD_U32,
     .required = true,
     .offset = W(input_tokens),
     .minimum = 1,
     .maximum = 1e8},
    {.key = "output_tokens",
     .kind = FIELD_U32,
     .required = true,
     .offset = W(output_tokens),
     .minimum = 1,
     .maximum = 1e8},
};
static const struct schema workload_schema = {"workload", workload_fields, 4};

static void refuse(const struct input *in, struct place place, const char *code, const char *key,
                   const char *text) {
    diag_add(in->diags, DIAG_ERROR, code, place, "site: \"%s\" %s", key, text);
}

enum { LIST_MAX = 100 }; /* of workloads, precisions, batches and GPU counts: each makes pages */

/* False with a diagnostic for an empty list or an endless one. */
static bool fits(const struct input *in, const struct json *list, const char *key) {
    if (list->count >= 1 && list->count <= LIST_MAX)
        return true;
    refuse(in, list->place, "schema-range", key,
           list->count ? "may hold 100 entries at most" : "needs one entry at least");
    return false;
}

static void read_workloads(const struct input *in, const struct json *list, struct site *site) {
    if (!fits(in, list, "workloads"))
        return;
    struct workload *workloads = ARENA_ARRAY(in->arena, list->count + 1, struct workload);
    for (size_t i = 0; i < list->count; i++) {
        schema_read(in->arena, in->diags, &workload_schema, list->items[i], &workloads[i]);
        for (size_t j = 0; workloads[i].id && j < i; j++) {
            if (workloads[j].id && strcmp(workloads[i].id, workloads[j].id) == 0) {
                refuse(in, list->items[i]->place, "duplicate-id", workloads[i].id,
                       "is the id of an earlier workload");
            }
        }
    }
    site->workloads = workloads;
    site->workload_count = list->count;
}

static const uint32_t *read_counts(const struct input *in, const struct json *list, const char *key,
                                   size_t *count) {
    *count = 0;
    if (!fits(in, list, key))
        return NULL;
    uint32_t *values = ARENA_ARRAY(in->arena, list->count + 1, uint32_t);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *item = list->items[i];
        bool whole = item->kind == JSON_NUMBER && item->is_integer && item->number >= 1 &&
                     item->number <= 1e6;
        bool rising = whole && (i == 0 || item->integer > values[i - 1]);
        if (!rising) {
            refuse(in, item->place, "schema-range", key,
                   "must hold whole numbers from 1 to 1,000,000 in rising order");
            continue;
        }
        values[i] = (uint32_t)item->integer;
    }
    *count = list->count;
    return values;
}

static enum precision find_precision(const struct input *in, const struct json *root,
                                     const char *key, const char *name, bool for_kv) {
    enum precision precision = for_kv ? precision_for_kv(name) : precision_for_weights(name);
    if (precision == PRECISION_NONE) {
        struct buf known = BUF_INIT;
        precision_list(for_kv, &known);
        refuse(in, json_get(root, key)->place, "unknown-precision", name,
               arena_printf(in->arena, "is no precision %s; there is: %s",
                            for_kv ? "of the KV cache" : "of weights", buf_text(&known)));
        buf_free(&known);
        return PRECISION_BF16;
    }
    return precision;
}

static void read_precisions(const struct input *in, const struct json *root,
                            const struct site_row *row, struct site *site) {
    const struct json *names = json_get(root, "precisions");
    enum precision *list = ARENA_ARRAY(in->arena, LIST_MAX, enum precision);
    size_t count = fits(in, names, "precisions") ? row->precision_count : 0;
    for (size_t i = 0; i < count; i++) {
        list[i] = find_precision(in, root, "precisions", row->precisions[i], false);
        for (size_t j = 0; j < i; j++) {
            if (list[j] == list[i] && precision_for_weights(row->precisions[i]) == list[i]) {
                refuse(in, names->items[i]->place, "schema-choice", row->precisions[i],
                       "stands twice among the precisions");
            }
        }
    }
    site->precisions = list;
    site->precision_count = count;
    site->kv_precision = row->kv_precision
                             ? find_precision(in, root, "kv_precision", row->kv_precision, true)
                             : PRECISION_BF16;
}

static void check_base_url(const struct input *in, const struct json *root, struct site *site) {
    const char *url = site->base_url;
    bool web = strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
    if (url[0] && (!web || url[strlen(url) - 1] != '/')) {
        refuse(in, json_get(root, "base_url")->place, "site-base-url", "base_url",
               "must start with http:// or https:// and end with /");
    }
}

bool read_site(const struct input *in, struct site *site) {
    size_t before = diags_errors(in->diags);
    struct json *root = json_parse_flags(in->arena, in->arena, in->display, in->text, in->n,
                                         JSON_REFUSE_TURNING, in->diags);
    struct site_row row = {
        .site = {
            .base_url = "", .pue = NAN, .electricity_usd_per_kwh = NAN, .grid_gco2_per_kwh = NAN}};
    if (!root || !schema_read(in->arena, in->diags, &site_schema, root, &row)) {
        return false;
    }
    *site = row.site;
    read_workloads(in, row.workloads, site);
    read_precisions(in, root, &row, site);
    site->batches = read_counts(in, row.batches, "batches", &site->batch_count);
    site->gpu_counts = read_counts(in, row.gpu_counts, "gpu_counts", &site->gpu_count_count);
    check_base_url(in, root, site);
    return diags_errors(in->diags) == before;
}
