/* GPU offers against each other: median of the same GPU, ages, names that could not be joined. */
#include "base/num.h"
#include "base/str.h"
#include "engine/audit.h"
#include "engine/audit_table.h"
#include "engine/quote.h"

#include <math.h>
#include <string.h>

enum { LARGEST_STEP_DAYS = 180 }; /* between the newest date and the one before */

struct offers_audit {
    struct arena *arena;
    const struct catalog *catalog;
    struct diags *diags;
    struct audit_table medians; /* of on-demand prices per GPU and hour, by GPU */
};

static double per_gpu(const struct offer *o) {
    return o->on_demand_usd_per_hour / o->gpu_count;
}

static bool is_fresh(const struct offers_audit *a, const struct offer *o) {
    return !quote_of(&a->catalog->site, o, PRICE_ON_DEMAND).stale;
}

/* Prices that say what a GPU costs in the market. */
static bool is_reference(const struct offers_audit *a, const struct offer *o) {
    return quote_counts(o) && !isnan(o->on_demand_usd_per_hour) && is_fresh(a, o);
}

static void collect(struct offers_audit *a) {
    const struct catalog *c = a->catalog;
    a->medians = audit_table_new(a->arena, c->offer_count);
    for (size_t i = 0; i < c->offer_count; i++) {
        const struct offer *o = &c->offers[i];
        if (is_reference(a, o)) {
            audit_table_add(&a->medians, (size_t)(o->gpu - c->gpus), per_gpu(o));
        }
    }
    audit_table_settle(&a->medians);
}

static const char *usd(struct arena *arena, double value) {
    char text[NUM_MAX];
    if (value < 0.01) /* not "0.00" */
        num_significant(text, value, 2);
    else
        num_fixed(text, value, 2);
    return arena_strdup(arena, text);
}

static void warn(struct offers_audit *a, const struct offer *o, const char *code,
                 const char *text) {
    diag_add(a->diags, DIAG_WARNING, code, o->place, "%s, %s x %u: %s", o->platform,
             o->gpu_as_stated, o->gpu_count, text);
}

static bool near(double value, double target, double share) {
    return fabs(value - target) <= share * target;
}

/* First letters and digits of a short name, to find A40 and A4000, L40 and L40S. */
static bool similar_names(const char *a, const char *b) {
    size_t n = 0;
    if (strncmp(a, "RTX ", 4) == 0) {
        a += 4;
    }
    if (strncmp(b, "RTX ", 4) == 0) {
        b += 4;
    }
    while (a[n] && a[n] == b[n]) {
        n++;
    }
    return n >= 2;
}

/* Another GPU of a similar name whose usual price this one is. */
static const struct gpu *priced_like(const struct offers_audit *a, const struct offer *o) {
    const struct catalog *c = a->catalog;
    for (size_t i = 0; i < c->gpu_count; i++) {
        double median = audit_table_median(&a->medians, i, 3);
        if (&c->gpus[i] != o->gpu && similar_names(c->gpus[i].short_name, o->gpu->short_name) &&
            near(per_gpu(o), median, 0.25)) {
            return &c->gpus[i];
        }
    }
    return NULL;
}

static void check_level(struct offers_audit *a, const struct offer *o, double median) {
    double price = per_gpu(o), ratio = price / median;
    const char *usual = usd(a->arena, median), *mine = usd(a->arena, price);
    const struct gpu *other = priced_like(a, o);
    if (offer_costs_one(o, median)) {
        warn(a, o, "price-per-gpu",
             arena_printf(a->arena, "%s USD per GPU-hour, others %s: " OFFER_COSTS_ONE, mine,
                          usual));
    } else if (o->gpu_count == 1 && near(ratio, 8, 0.25)) {
        warn(a, o, "price-whole-instance",
             arena_printf(a->arena,
                          "%s USD per GPU-hour, others %s: is this the price of an instance of 8?",
                          mine, usual));
    } else if (other) {
        warn(a, o, "price-sku",
             arena_printf(a->arena, "%s USD per GPU-hour, others %s: priced like %s", mine, usual,
                          other->short_name));
    } else {
        warn(a, o, "price-outlier",
             arena_printf(a->arena, "%s USD per GPU-hour, others %s", mine, usual));
    }
}

/* Where too few others say what the GPU costs: its launch price in hours of rent. All offers of
   2023 to 2026 lie between 460 and 37,400; an hour's price that is one of a month, or of a second,
   or a thousandfold, lies outside. */
enum { LEAST_HOURS = 150, MOST_HOURS = 150000 };

static void check_hours(struct offers_audit *a, const struct offer *o) {
    double hours = o->gpu->list_price_usd / per_gpu(o);
    if (hours > 0 && (hours < LEAST_HOURS || hours > MOST_HOURS)) {
        char list[NUM_MAX], rent[NUM_MAX];
        num_significant(list, o->gpu->list_price_usd, 2);
        num_significant(rent, hours, 2);
        warn(a, o, "price-unit",
             arena_printf(
                 a->arena,
                 "%s USD per GPU-hour: in %s hours that is the %s USD it is sold for; is it "
                 "a price per hour?",
                 usd(a->arena, per_gpu(o)), rent, list));
    }
}

static void check_outlier(struct offers_audit *a, const struct offer *o) {
    if (!is_reference(a, o) || o->kind == OFFER_MARKETPLACE) {
        return;
    }
    double median = audit_table_median(&a->medians, (size_t)(o->gpu - a->catalog->gpus), 5);
    double ratio = per_gpu(o) / median;
    if (isnan(median)) {
        check_hours(a, o);
    } else if (ratio > 3 || ratio < 1.0 / 3) {
        check_level(a, o, median);
    }
}

static void check_itself(struct offers_audit *a, const struct offer *o) {
    if (o->conflict && is_fresh(a, o)) {
        warn(a, o, "price-conflict", "stands twice with one date and different prices");
    }
    if (o->current && o->spot_usd_per_hour > o->on_demand_usd_per_hour) {
        diag_add(a->diags, DIAG_NOTE, "price-spot-above", o->place,
                 "%s, %s: spot is dearer than on demand", o->platform, o->gpu_as_stated);
    }
}

static bool contradicts_memory(const struct offer *o) {
    return !o->gpu && o->join_note && strncmp(o->join_note, "stated memory", 13) == 0;
}

/* A price that could be used if its GPU were known. One finding a name. */
static void check_names(struct offers_audit *a) {
    const struct catalog *c = a->catalog;
    struct audit_names unknown = audit_names_new(a->arena), assumed = audit_names_new(a->arena);
    for (size_t i = 0; i < c->offer_count; i++) {
        const struct offer *o = &c->offers[i];
        if (!o->current) {
            continue;
        }
        if (contradicts_memory(o)) {
            warn(a, o, "sku-memory", o->join_note);
        } else if (!o->gpu) {
            audit_names_add(&unknown, o->gpu_as_stated, o->join_note, o->place, is_fresh(a, o));
        } else if (o->gpu_assumed) {
            audit_names_add(&assumed, o->gpu_as_stated, o->join_note, o->place, false);
        }
    }
    for (size_t i = 0; i < unknown.count; i++) {
        const struct audit_name *n = &unknown.items[i];
        diag_add(a->diags, n->warn ? DIAG_WARNING : DIAG_NOTE, "sku-unknown", n->place,
                 "\"%s\" is not joined to a GPU (%u offer%s): %s", n->name, n->count,
                 audit_plural(n->count), n->why);
    }
    for (size_t i = 0; i < assumed.count; i++) {
        const struct audit_name *n = &assumed.items[i];
        diag_add(a->diags, DIAG_NOTE, "sku-assumed", n->place, "\"%s\" (%u offer%s): %s", n->name,
                 n->count, audit_plural(n->count), n->why);
    }
}

/* Newest prices that are too old, one finding a file; a file of nothing else is an archive. */
static void check_ages(struct offers_audit *a) {
    const struct catalog *c = a->catalog;
    struct audit_names stale = audit_names_new(a->arena), undated = audit_names_new(a->arena);
    struct audit_names fresh = audit_names_new(a->arena);
    for (size_t i = 0; i < c->offer_count; i++) {
        const struct offer *o = &c->offers[i];
        if (o->current && !o->as_of) {
            audit_names_add(&undated, o->place.file, "", o->place, false);
        } else if (quote_counts(o)) {
            bool is_new = is_fresh(a, o);
            audit_names_add(is_new ? &fresh : &stale, o->place.file, o->as_of, o->place, false);
        }
    }
    for (size_t i = 0; i < undated.count; i++) {
        diag_add(a->diags, DIAG_WARNING, "price-undated", undated.items[i].place,
                 "%u price%s without a date: never ranked; put YYYY-MM-DD into the file's name",
                 undated.items[i].count, audit_plural(undated.items[i].count));
    }
    for (size_t i = 0; i < stale.count; i++) {
        bool mixed = audit_names_has(&fresh, stale.items[i].name);
        diag_add(a->diags, mixed ? DIAG_WARNING : DIAG_NOTE, "price-stale", stale.items[i].place,
                 "%u newest price%s older than %u days on %s, one of %s: not ranked",
                 stale.items[i].count, audit_plural(stale.items[i].count),
                 c->site.max_price_age_days, c->site.as_of, stale.items[i].why);
    }
}

static void count_repeats(struct offers_audit *a) {
    struct audit_names same = audit_names_new(a->arena), other = audit_names_new(a->arena);
    for (size_t i = 0; i < a->catalog->offer_count; i++) {
        const struct offer *o = &a->catalog->offers[i];
        if (o->duplicate && !(o->conflict && is_fresh(a, o))) {
            audit_names_add(o->conflict ? &other : &same, o->place.file, "", o->place, false);
        }
    }
    for (size_t i = 0; i < same.count; i++) {
        diag_add(a->diags, DIAG_NOTE, "price-duplicate", same.items[i].place,
                 "%u row%s repeating or completing an earlier row of the same offer and date",
                 same.items[i].count, audit_plural(same.items[i].count));
    }
    for (size_t i = 0; i < other.count; i++) {
        diag_add(a->diags, DIAG_NOTE, "price-conflict", other.items[i].place,
                 "%u old row%s differing from an earlier row of the same offer and date",
                 other.items[i].count, audit_plural(other.items[i].count));
    }
}

/* Everything's age counts from the newest date, so that one date ahead makes all others old. */
static void check_newest(struct offers_audit *a) {
    const struct catalog *c = a->catalog;
    const struct offer *newest = NULL;
    const char *before = NULL;
    int days;
    for (size_t i = 0; i < c->offer_count; i++) {
        const struct offer *o = &c->offers[i];
        if (o->as_of && strlen(o->as_of) == 10 && (!newest || strcmp(o->as_of, newest->as_of) > 0))
            newest = o;
    }
    for (size_t i = 0; newest && i < c->offer_count; i++) {
        const char *date = c->offers[i].as_of;
        if (date && strcmp(date, newest->as_of) < 0 && (!before || strcmp(date, before) > 0))
            before = date;
    }
    if (before && quote_days(before, newest->as_of, &days) && days > LARGEST_STEP_DAYS) {
        diag_add(a->diags, DIAG_WARNING, "price-date-ahead", newest->place,
                 "%s is %d days after the next newest offer, of %s: all ages count from it",
                 newest->as_of, days, before);
    }
}

void audit_offers(struct arena *arena, const struct catalog *catalog, struct diags *diags) {
    struct offers_audit a = {.arena = arena, .catalog = catalog, .diags = diags};
    collect(&a);
    for (size_t i = 0; i < catalog->offer_count; i++) {
        check_outlier(&a, &catalog->offers[i]);
        check_itself(&a, &catalog->offers[i]);
    }
    check_names(&a);
    check_newest(&a);
    check_ages(&a);
    count_repeats(&a);
}
