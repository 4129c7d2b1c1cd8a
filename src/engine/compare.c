/* Own machines beside APIs, contracts and buying. */
#include "engine/compare.h"

#include "base/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* USD of one request at a utilisation. */
static double request_usd(const struct served *served, double utilisation) {
    double requests_per_hour = served->output_tokens_per_s / served->output_tokens * 3600;
    return served->usd_per_hour / requests_per_hour / utilisation;
}

static bool usable(const struct api_price *price) {
    return price->current && !price->free_tier && price->input_usd_per_million > 0 &&
           price->output_usd_per_million > 0;
}

static int by_request(const void *a, const void *b) {
    const struct api_row *p = a, *q = b;
    if (p->stale != q->stale)
        return p->stale ? 1 : -1;
    if (p->doubtful != q->doubtful)
        return p->doubtful ? 1 : -1;
    if (p->usd_per_request < q->usd_per_request || p->usd_per_request > q->usd_per_request)
        return p->usd_per_request < q->usd_per_request ? -1 : 1;
    int order = strcmp(p->price->provider, q->price->provider);
    return order ? order : strcmp(p->price->model_as_stated, q->price->model_as_stated);
}

static bool replaces(const struct api_row *old, const struct api_row *row) {
    const char *before = old->price->as_of, *after = row->price->as_of;
    int order = strcmp(after ? after : "", before ? before : "");
    return order > 0 || (order == 0 && row->usd_per_request < old->usd_per_request);
}

static void keep(struct api_row *rows, size_t *count, const struct api_row *row) {
    size_t i = 0;
    while (i < *count && strcmp(rows[i].price->provider, row->price->provider) != 0)
        i++;
    if (i == *count)
        rows[(*count)++] = *row;
    else if (replaces(&rows[i], row))
        rows[i] = *row;
}

static struct api_row row_of(const struct api_case *what, const struct api_price *price) {
    const struct site *site = &what->catalog->site;
    const struct served *served = &what->served;
    struct token_price api = economics_api_price(price);
    struct api_row row = {.price = price};
    struct outcome outcome = {.output_tokens_per_s = served->output_tokens_per_s};
    struct scenario scenario = {.input_tokens = served->input_tokens,
                                .output_tokens = served->output_tokens};
    row.stale = quote_is_old(site, price->as_of, &row.age_days);
    row.usd_per_request = economics_request_usd(&api, served->input_tokens, served->output_tokens,
                                                what->cached_share);
    row.usd_per_million_output =
        row.usd_per_request / (site->gamma * served->input_tokens + served->output_tokens) * 1e6;
    row.even = economics_break_even(&outcome, &scenario, served->usd_per_hour, &api,
                                    what->cached_share, what->requests_per_user_per_day);
    row.margin = economics_margin(request_usd(served, served->utilisation), row.usd_per_request);
    return row;
}

enum { FEWEST_TO_DOUBT = 4 };

/* Sorts the rows; the audit says the same of such a price. */
static void mark_doubtful(struct api_row *rows, size_t count) {
    size_t fresh = 0;
    if (count > 1)
        qsort(rows, count, sizeof *rows, by_request);
    while (fresh < count && !rows[fresh].stale)
        fresh++;
    if (fresh < FEWEST_TO_DOUBT)
        return;
    double median = (rows[(fresh - 1) / 2].usd_per_request + rows[fresh / 2].usd_per_request) / 2;
    for (size_t i = 0; i < count; i++)
        rows[i].doubtful =
            rows[i].usd_per_request < median / 10 || rows[i].usd_per_request > median * 10;
    qsort(rows, count, sizeof *rows, by_request);
}

struct api_row *compare_apis(const struct api_case *what, struct arena *arena, size_t *count,
                             size_t *fresh) {
    const struct catalog *catalog = what->catalog;
    const struct api_price *price;
    size_t most = 0;
    for (size_t at = 0; (price = catalog_next_api_price(catalog, what->model, &at));)
        most += usable(price);
    struct api_row *rows = ARENA_ARRAY(arena, most + 1, struct api_row);
    *count = *fresh = 0;
    for (size_t at = 0; (price = catalog_next_api_price(catalog, what->model, &at));) {
        if (!usable(price))
            continue;
        struct api_row row = row_of(what, price);
        keep(rows, count, &row);
    }
    mark_doubtful(rows, *count);
    while (*fresh < *count && !rows[*fresh].stale && !rows[*fresh].doubtful)
        (*fresh)++;
    return rows;
}

double compare_api_median(const struct api_row *rows, size_t count, size_t fresh,
                          struct arena *arena) {
    size_t n = fresh ? fresh : count;
    double *values = ARENA_ARRAY(arena, n + 1, double);
    for (size_t i = 0; i < n; i++)
        values[i] = rows[i].usd_per_million_output;
    return sample_median(values, n);
}

struct purchase compare_purchase(const struct catalog *catalog, const struct gpu *gpu) {
    const struct site *site = &catalog->site;
    const struct all_in_power *all_in = power_find_all_in(&catalog->power, gpu);
    double design = gpu->tdp_w > 0 ? gpu->tdp_w * 1.5 : NAN;
    return (struct purchase){.usd_per_gpu =
                                 gpu->list_price_usd > 0 ? gpu->list_price_usd * 1.5 : NAN,
                             .life_years = 4,
                             .residual_share = 0.1,
                             .watts_per_gpu = all_in ? all_in->watts / site->pue : design,
                             .pue = site->pue,
                             .usd_per_kwh = site->electricity_usd_per_kwh,
                             .hosting_usd_per_kw_month = 100};
}

void compare_contracts(const struct catalog *catalog, const struct gpu *gpu, uint32_t gpus,
                       const struct served *served, double gamma,
                       struct contract contracts[PRICE_KINDS]) {
    for (int k = 0; k < PRICE_KINDS; k++) {
        struct contract *c = &contracts[k];
        c->quote = quote_cheapest(catalog, gpu, gpus, (enum price_kind)k, false);
        c->usd_per_million_output = cost_of_rates(served->output_tokens_per_s,
                                                  served->output_tokens_per_s *
                                                      served->input_tokens / served->output_tokens,
                                                  c->quote.usd_per_hour, gamma, 1)
                                        .usd_per_million_output;
        bool reserved = k == PRICE_RESERVED_1Y || k == PRICE_RESERVED_3Y;
        c->pays_from_use =
            reserved ? c->quote.usd_per_hour / contracts[PRICE_ON_DEMAND].quote.usd_per_hour : NAN;
    }
}
