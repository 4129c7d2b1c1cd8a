/* API prices against each other: median of the same model, ages, names that could not be joined. */
#include "base/num.h"
#include "engine/audit.h"
#include "engine/audit_table.h"
#include "engine/parameters.h"
#include "engine/quote.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct api_audit {
    struct arena *arena;
    const struct catalog *catalog;
    struct diags *diags;
    struct audit_table medians; /* of output prices per million, by model */
};

static bool is_fresh(const struct api_audit *a, const struct api_price *p) {
    int age_days;
    return !quote_is_old(&a->catalog->site, p->as_of, &age_days);
}

static bool is_reference(const struct api_price *p) {
    return p->model && p->current && !p->free_tier && p->output_usd_per_million > 0;
}

static void collect(struct api_audit *a) {
    const struct catalog *c = a->catalog;
    a->medians = audit_table_new(a->arena, c->api_price_count);
    for (size_t i = 0; i < c->api_price_count; i++) {
        const struct api_price *p = &c->api_prices[i];
        if (is_reference(p)) {
            audit_table_add(&a->medians, (size_t)(p->model - c->models), p->output_usd_per_million);
        }
    }
    audit_table_settle(&a->medians);
}

static const char *number(struct arena *arena, double value) {
    char text[NUM_MAX];
    num_significant(text, value, 3);
    return arena_strdup(arena, text);
}

/* A thousand or a million times off is a unit, not a price. */
static bool is_unit_step(double ratio) {
    double factor = ratio < 1 ? 1 / ratio : ratio;
    return (factor > 300 && factor < 3000) || factor > 3e5;
}

static void check_price(struct api_audit *a, const struct api_price *p) {
    size_t key = (size_t)(p->model - a->catalog->models);
    double median = audit_table_median(&a->medians, key, 4);
    double ratio = p->output_usd_per_million / median;
    const char *mine = number(a->arena, p->output_usd_per_million);
    const char *usual = number(a->arena, median);
    if (is_unit_step(ratio)) {
        diag_add(a->diags, DIAG_WARNING, "api-unit", p->place,
                 "%s, %s: %s USD a million output tokens, others %s: per token, thousand or "
                 "million?",
                 p->provider, p->model_as_stated, mine, usual);
    } else if (ratio > 10 || ratio < 0.1) {
        diag_add(a->diags, DIAG_WARNING, "api-outlier", p->place,
                 "%s, %s: %s USD a million output tokens, others %s", p->provider,
                 p->model_as_stated, mine, usual);
    }
    if (p->cached_input_usd_per_million > p->input_usd_per_million) {
        diag_add(a->diags, DIAG_WARNING, "api-cached", p->place,
                 "%s, %s: cached input is dearer than input", p->provider, p->model_as_stated);
    }
}

enum { NAMES_SAID = 8 };

/* The first names of a file that no model has, ", " between them, "..." for more. */
static const char *first_lost(struct api_audit *a, const char *file) {
    const char *said[NAMES_SAID + 1], *list = "";
    size_t count = 0;
    for (size_t i = 0; i < a->catalog->api_price_count && count <= NAMES_SAID; i++) {
        const struct api_price *p = &a->catalog->api_prices[i];
        bool wanted = !p->model && strcmp(p->place.file, file) == 0;
        for (size_t j = 0; wanted && j < count; j++) {
            wanted = strcmp(said[j], p->model_as_stated) != 0;
        }
        if (wanted) {
            const char *name = count < NAMES_SAID ? p->model_as_stated : "...";
            list = arena_printf(a->arena, "%s%s%s", list, count ? ", " : "", name);
            said[count++] = p->model_as_stated;
        }
    }
    return list;
}

static void check_lists(struct api_audit *a) {
    const struct catalog *c = a->catalog;
    struct audit_names stale = audit_names_new(a->arena), undated = audit_names_new(a->arena),
                       lost = audit_names_new(a->arena);
    for (size_t i = 0; i < c->api_price_count; i++) {
        const struct api_price *p = &c->api_prices[i];
        if (!p->model) {
            audit_names_add(&lost, p->place.file, p->model_as_stated, p->place, false);
        } else if (p->current && !p->as_of) {
            audit_names_add(&undated, p->place.file, "", p->place, false);
        } else if (p->current && !is_fresh(a, p)) {
            audit_names_add(&stale, p->place.file, p->as_of, p->place, false);
        }
    }
    for (size_t i = 0; i < stale.count; i++) {
        diag_add(a->diags, DIAG_WARNING, "api-stale", stale.items[i].place,
                 "%u price%s older than %u days on %s, one of %s", stale.items[i].count,
                 audit_plural(stale.items[i].count), c->site.max_price_age_days, c->site.as_of,
                 stale.items[i].why);
    }
    for (size_t i = 0; i < undated.count; i++) {
        diag_add(a->diags, DIAG_WARNING, "api-undated", undated.items[i].place,
                 "%u price%s without a date: put YYYY-MM-DD into the file's name",
                 undated.items[i].count, audit_plural(undated.items[i].count));
    }
    for (size_t i = 0; i < lost.count; i++) {
        diag_add(a->diags, DIAG_NOTE, "api-not-joined", lost.items[i].place,
                 "%u price%s of models that are not in the catalog: %s", lost.items[i].count,
                 audit_plural(lost.items[i].count), first_lost(a, lost.items[i].name));
    }
}

/* Rows of one provider, model and date stand together, in the order of reading. */
static bool same_row(const struct api_price *a, const struct api_price *b) {
    bool dated = a->as_of && b->as_of;
    return strcmp(a->provider, b->provider) == 0 &&
           strcmp(a->model_as_stated, b->model_as_stated) == 0 &&
           (dated ? strcmp(a->as_of, b->as_of) == 0 : a->as_of == b->as_of) &&
           strcmp(a->place.file, b->place.file) == 0;
}

static void check_repeats(struct api_audit *a) {
    for (size_t i = 1; i < a->catalog->api_price_count; i++) {
        const struct api_price *p = &a->catalog->api_prices[i], *before = p - 1;
        if (p->model && same_row(before, p) &&
            (p->input_usd_per_million != before->input_usd_per_million ||
             p->output_usd_per_million != before->output_usd_per_million)) {
            diag_add(a->diags, DIAG_WARNING, "api-conflict", p->place,
                     "%s, %s: stands twice with one date and different prices", p->provider,
                     p->model_as_stated);
        }
    }
}

static void check_zero(struct api_audit *a, const struct api_price *p) {
    if (p->model && p->current && !p->free_tier &&
        (p->input_usd_per_million == 0 || p->output_usd_per_million == 0)) {
        diag_add(a->diags, DIAG_WARNING, "api-zero", p->place,
                 "%s, %s: %s costs 0 and %s does not: a price that is not known? not ranked",
                 p->provider, p->model_as_stated,
                 p->input_usd_per_million == 0 ? "input" : "output",
                 p->input_usd_per_million == 0 ? "output" : "input");
    }
}

static int by_list(const void *left, const void *right) {
    const struct api_price *a = *(const struct api_price *const *)left;
    const struct api_price *b = *(const struct api_price *const *)right;
    double prices[] = {a->input_usd_per_million, b->input_usd_per_million,
                       a->output_usd_per_million, b->output_usd_per_million};
    int order = strcmp(a->place.file, b->place.file);
    order = order ? order : strcmp(a->provider, b->provider);
    for (int i = 0; i < 4 && order == 0; i += 2)
        order = (prices[i] > prices[i + 1]) - (prices[i] < prices[i + 1]);
    return order ? order : (a->place.line > b->place.line) - (a->place.line < b->place.line);
}

static bool same_price(const struct api_price *a, const struct api_price *b) {
    return strcmp(a->place.file, b->place.file) == 0 && strcmp(a->provider, b->provider) == 0 &&
           a->input_usd_per_million == b->input_usd_per_million &&
           a->output_usd_per_million == b->output_usd_per_million;
}

enum { ONE_PRICE_MODELS = 3, ONE_PRICE_SPAN = 40 };

/* A seller whose price is the same for a model of 3 and of 405 billion parameters. */
static void check_group(struct api_audit *a, const struct api_price **group, size_t count) {
    const struct api_price *least = group[0], *most = group[0];
    uint64_t small = UINT64_MAX, large = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t active = parameters_count(group[i]->model).active;
        if (active < small) {
            small = active;
            least = group[i];
        }
        if (active > large) {
            large = active;
            most = group[i];
        }
    }
    if (count >= ONE_PRICE_MODELS && large / ONE_PRICE_SPAN >= small) {
        diag_add(a->diags, DIAG_WARNING, "api-one-price", most->place,
                 "%s asks %s and %s USD for %zu models, from %s to %s: a placeholder?",
                 most->provider, number(a->arena, most->input_usd_per_million),
                 number(a->arena, most->output_usd_per_million), count, least->model->name,
                 most->model->name);
    }
}

static void check_one_price(struct api_audit *a) {
    const struct catalog *c = a->catalog;
    const struct api_price **list =
        ARENA_ARRAY(a->arena, c->api_price_count + 1, const struct api_price *);
    size_t n = 0;
    for (size_t i = 0; i < c->api_price_count; i++) {
        if (is_reference(&c->api_prices[i])) {
            list[n++] = &c->api_prices[i];
        }
    }
    if (n > 1) {
        qsort(list, n, sizeof *list, by_list);
    }
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && same_price(list[from], list[to]); to++) {
        }
        check_group(a, list + from, to - from);
    }
}

void audit_api_prices(struct arena *arena, const struct catalog *catalog, struct diags *diags) {
    struct api_audit a = {.arena = arena, .catalog = catalog, .diags = diags};
    collect(&a);
    for (size_t i = 0; i < catalog->api_price_count; i++) {
        check_zero(&a, &catalog->api_prices[i]);
        if (is_reference(&catalog->api_prices[i])) {
            check_price(&a, &catalog->api_prices[i]);
        }
    }
    check_repeats(&a);
    check_one_price(&a);
    check_lists(&a);
}
