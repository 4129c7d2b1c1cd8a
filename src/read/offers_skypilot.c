/* SkyPilot's vms.csv: columns by header name, the cloud in the file's name, no date. Price is for
   the instance; the GPU's memory hides in a Python or JSON text, in MiB or (shadeform) GiB. */
#include "base/num.h"
#include "base/str.h"
#include "read/offers.h"

static const char *const columns[] = {"InstanceType", "AcceleratorName", "AcceleratorCount",
                                      "Price",        "SpotPrice",       "Region"};
enum { TYPE, NAME, COUNT, PRICE, SPOT, REGION, COLUMNS };

static bool matches(const struct document *d) {
    return document_has_columns(d, columns, COLUMNS);
}

static bool is_noise(struct str part) {
    static const char *const words[] = {"skypilot", "catalog", "vms", "gpu", "rows", "selected"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(part, str_of(words[i]))) {
            return true;
        }
    }
    return part.n >= 2 && part.n <= 3 && part.p[0] == 'v' && part.p[1] >= '0' && part.p[1] <= '9';
}

/* "skypilot_v9_lambda_vms" -> "lambda". */
static const char *cloud_of(const struct document *d) {
    const char *stem = document_stem(d);
    for (const char *at = stem; *at;) {
        size_t n = strcspn(at, "_-");
        struct str part = {at, n};
        if (n > 0 && !is_noise(part)) {
            return arena_copy(d->input->arena, at, n);
        }
        at += n + (at[n] != '\0');
    }
    return stem;
}

/* The number behind `key` and any of ": '\"" in the text; NaN when there is none. */
static double number_after(const char *text, const char *key) {
    struct str rest = str_of(text);
    size_t n = strlen(key);
    for (; rest.n >= n; rest.p++, rest.n--) {
        if (str_equal_nocase((struct str){rest.p, n}, (struct str){key, n})) {
            const char *at = rest.p + n + strspn(rest.p + n, "'\": ");
            double value;
            size_t digits = strspn(at, "0123456789.");
            return num_parse(at, digits, &value) ? value : NAN;
        }
    }
    return NAN;
}

/* Per GPU, in GB or GiB as written; 0 means not said. Below 1000 the unit is GiB (shadeform); vast
   writes the size of all GPUs with a count of 1. */
static double memory_gb(const char *info, uint32_t gpu_count, const char *cloud) {
    double size = number_after(info, "SizeInMiB");
    if (!(size > 0)) {
        return NAN;
    }
    double gb = size < 1000 ? size : size / 1024;
    return strcmp(cloud, "vast") == 0 ? gb / gpu_count : gb;
}

static void read_row(const struct document *d, const int *column, size_t row, const char *cloud,
                     struct offer_list *list) {
    const struct csv_table *t = d->table;
    const struct csv_cell *name = csv_at(t, row, column[NAME]);
    const struct csv_cell *gpus = csv_at(t, row, column[COUNT]);
    uint32_t count = name->text[0] ? offer_gpus(d, gpus->text, gpus->place) : 0;
    if (count == 0) {
        return; /* a machine without GPUs */
    }
    struct offer o = offer_none(d);
    o.platform = cloud;
    o.gpu_as_stated = name->text;
    o.gpu_count = count;
    o.place = name->place;
    o.instance = document_text(csv_at(t, row, column[TYPE])->text);
    o.region = document_text(csv_at(t, row, column[REGION])->text);
    o.gpu_memory_gb = memory_gb(csv_at(t, row, csv_column(t, "GpuInfo"))->text, count, cloud);
    const struct csv_cell *price = csv_at(t, row, column[PRICE]),
                          *spot = csv_at(t, row, column[SPOT]);
    o.on_demand_usd_per_hour = offer_price(d, price->text, price->place);
    o.spot_usd_per_hour = offer_price(d, spot->text, spot->place);
    if (!o.instance) { /* Google's list: the accelerator alone, its host is another row */
        o.kind = OFFER_COMPONENT;
    }
    o.source = "skypilot-catalog";
    offer_take(d, list, o);
}

static void read(const struct document *d, struct offer_list *list) {
    int column[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        column[i] = csv_column(d->table, columns[i]);
    }
    const char *cloud = cloud_of(d);
    for (size_t i = 0; i < d->table->row_count; i++) {
        read_row(d, column, i, cloud, list);
    }
}

const struct offer_format offer_format_skypilot = {"skypilot", matches, read};
