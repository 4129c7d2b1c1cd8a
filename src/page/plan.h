/* What the pages share: the list of pages, the market by GPU and model, and the best configuration
   of every model on every GPU. Built once, read-only afterwards. Private to page/. */
#ifndef PAGE_PLAN_H
#define PAGE_PLAN_H

#include "engine/energy.h"
#include "page/page.h"

enum page_kind {
    PAGE_INDEX,
    PAGE_MODEL,
    PAGE_GPU,
    PAGE_PLATFORM,
    PAGE_COMBINATION,
    PAGE_MODEL_PRICE,
    PAGE_MODEL_TRAINING,
    PAGE_METHOD,
    PAGE_RECOMMEND,
    PAGE_TRAINING,
    PAGE_ENERGY,
    PAGE_ACCURACY,
    PAGE_CHANGES,
    PAGE_GLOSSARY,
    PAGE_DATA,
    PAGE_CALCULATOR,
    PAGE_ACCURACY_ROWS /* a part of all rows; `platform` counts them from 0 */
};

/* Why an offer is shown but takes no part in a ranking. */
enum unranked {
    RANKED,
    UNRANKED_STALE,
    UNRANKED_NO_ON_DEMAND,
    UNRANKED_PARTIAL,
    UNRANKED_IMPLAUSIBLE
};

struct quote;
enum { MARKET_SIZES = 7 }; /* replicas of 1, 2, 4 ... 64 GPUs */
struct listing {           /* one current offer, with what the pages ask of it */
    const struct offer *offer;
    double usd_per_gpu_hour;           /* on demand; NaN when not offered */
    double usd_per_hour[MARKET_SIZES]; /* listing_usd_per_hour */
    bool runs[MARKET_SIZES];           /* listing_runs */
    int age_days;                      /* at the site's date; -1 unknown */
    enum unranked unranked;
    uint32_t platform; /* index into plan->platforms */
    /* As every page writes it: a link to the platform, the price of a GPU-hour with its source, the
       price's age. */
    struct value link, gpu_hour, age;
    const char *source;
};
const char *listing_note(const struct listing *listing); /* why it is not ranked; "" when it is */

struct gpu_market {
    const struct listing *listings; /* ranked ones first, by USD per GPU-hour; then the others */
    size_t count, ranked;
    const struct listing *cheapest[MARKET_SIZES]; /* market_cheapest: every page asks for some */
    const struct offer **history; /* on demand, that count (engine/history.h), oldest first */
    size_t history_count;
    const struct priced_platform *prices; /* on demand, by platform (engine/history.h) */
    size_t price_count;
    size_t platform_count;                                /* with a ranked offer */
    double low_usd_per_gpu_hour, median_usd_per_gpu_hour; /* of the ranked; NaN when none */
};

struct platform {
    const char *id, *name;
    const struct listing **listings;
    size_t count, ranked;
    const char *newest;
};

struct model_market {
    const struct api_price **prices; /* compare_apis at the first workload: those within the age
                                        limit first, each part from the cheapest request up */
    const char **notes;              /* why one is not ranked; NULL when it is */
    size_t count, fresh;             /* fresh: ranked */
    double median_usd_per_million;   /* api_median */
};

/* The best way found to run a model on one kind of GPU for one workload. */
struct pick {
    enum reason reason; /* REASON_NONE: the numbers below hold */
    enum provenance provenance;
    const char *extrapolated_why;
    enum precision weights;
    bool fallback;     /* lower precision than the model's own: it would not fit otherwise */
    uint32_t gpus;     /* of one replica */
    uint32_t min_gpus; /* fewest that hold it at these weights; 0 none */
    double max_batch;  /* that fits */
    double batch;
    double output_tokens_per_s, total_tokens_per_s, output_tokens_per_s_per_request;
    double ttft_s;
    const struct listing *listing; /* cheapest ranked offer it runs on; NULL: none */
    double usd_per_hour;           /* of the replica */
    double usd_per_million;        /* output tokens at the site's gamma, every paid second busy */
    double tokens_per_usd;         /* output */
};

struct best {     /* of one model for one workload, over all GPUs */
    uint32_t gpu; /* index; UINT32_MAX: none */
    struct pick pick;
};

struct page_entry {
    enum page_kind kind;
    uint32_t model, gpu, platform;
    const char *path;
};

struct page_plan {
    const struct catalog *catalog;
    const struct calibration_set *calibrations;
    struct page_entry *entries;
    size_t count;

    const char *use; /* the site's utilisation in words: "40 %" */

    struct gpu_market *gpu_markets;     /* by GPU */
    struct model_market *model_markets; /* by model */
    struct platform *platforms;         /* by name */
    size_t platform_count;
    struct quote *quotes; /* GPU x the site's GPU counts: what market_cheapest asks, on demand */
    const struct calibration **engines; /* by GPU: what predicts it; NULL: first principles */
    struct parameters *parameters;      /* by model */
    enum precision *precisions;         /* by model: the precision its pages speak of */
    struct pick *picks;                 /* model x GPU, row-major, first workload */
    struct best *bests;                 /* model x workload */
    uint32_t reference_model;           /* the most measured one; compares GPUs */
    uint32_t headline_model;            /* the most measured of 30B parameters or more */
    struct accuracy_row *accuracy;      /* of every benchmark row, in the catalog's order */
    const struct accuracy_row **accuracy_order; /* the same, worst predicted first */
    const struct benchmark **measured;          /* joined rows by model, GPU, set-up and batch */
    size_t measured_count;
    const struct montecarlo_draw *draws; /* of every price band */
    uint64_t common_hash, *gpu_hashes, *model_hashes;
    /* Of prices (key.h): by GPU and model, their markets; by GPU, each of its listings; of all
       GPUs, the quotes, and the first ranked ones. */
    uint64_t *gpu_keys, *model_keys, **listing_keys, quotes_key, firsts_key;
};

/* Measured rows of one set-up over the batch: one curve to lay predictions beside. */
struct measured_curve {
    const struct benchmark **rows; /* ascending batch; slice of plan->measured */
    size_t count;
};
/* measured.c: sorts the rows; all rows of a model on a GPU; the set-up with the most batches. */
void measured_build(struct arena *arena, struct page_plan *plan);
struct measured_curve measured_all(const struct page_plan *plan, uint32_t model, uint32_t gpu);
struct measured_curve measured_longest(const struct page_plan *plan, uint32_t model, uint32_t gpu);
/* accuracy_rows.c: worst predicted first. */
const struct accuracy_row **accuracy_in_order(struct arena *arena, const struct accuracy_row *rows,
                                              size_t count);
/* What the calibrated engines predict for a row. */
const struct accuracy_row *measured_accuracy(const struct page_plan *plan,
                                             const struct benchmark *row);
/* The scenario that reproduces a row. */
struct scenario measured_scenario(const struct page_plan *plan, const struct benchmark *row);

/* plan.c: fills entries; the platforms are known before. A model that no GPU for rent serves has no
   page of prices, once the picks are known. */
bool plan_has_prices(const struct page_plan *plan, uint32_t model);
void plan_list_pages(struct arena *arena, struct page_plan *plan);

/* market.c: fills the markets and the platforms; these alone; one of them, NULL when none. */
void market_build(struct arena *arena, struct page_plan *plan);
void market_find_platforms(struct arena *arena, struct page_plan *plan);
const struct platform *plan_platform(const struct page_plan *plan, const char *id);
/* The cheapest ranked offer on which a replica of `gpus` runs, by engine/quote.h; NULL when none.
 */
const struct listing *market_cheapest(const struct gpu_market *market, uint32_t gpus);
/* Whether there is room for a replica of `gpus` (quote_room). */
bool listing_runs(const struct listing *listing, uint32_t gpus);
/* Days from a date to the site's; -1 when it is no date; a later date counts as 0. */
int plan_age_days(const struct page_plan *plan, const char *date);
/* USD per hour of a replica of `gpus` GPUs at this listing, on demand; NaN without room. */
double listing_usd_per_hour(const struct listing *listing, uint32_t gpus);

/* economics_doubt.c: what the price bands of all models have in common. */
struct montecarlo_draw;
const struct montecarlo_draw *economics_draws(struct arena *arena);

/* fingerprint.c: of pairs */
void fingerprint_build(struct arena *arena, struct page_plan *plan);
uint64_t fingerprint_of(const struct page_plan *plan, const struct page_entry *entry);

/* pick.c: fills parameters, precisions, picks and bests. */
void pick_build(struct arena *arena, struct page_plan *plan, unsigned jobs);
const struct pick *plan_pick(const struct page_plan *plan, uint32_t model, uint32_t gpu);
/* The price of its tokens at another listing than its cheapest: they come as fast everywhere, so it
   follows the price of the GPUs. */
double pick_usd_per_million(const struct pick *pick, const struct listing *listing);
const struct best *plan_best(const struct page_plan *plan, uint32_t model, size_t workload);
/* The GPUs for rent on which the model's picks are cheapest, `own`: in its own precision alone; at
   most `most`, cheapest first; returns how many. */
size_t plan_cheapest(const struct page_plan *plan, uint32_t model, bool own, uint32_t *gpus,
                     size_t most);
/* The scenario every page asks about: the site's engine and KV precision, in-flight batching where
   the engine is calibrated. */
struct scenario plan_scenario(const struct page_plan *plan, const struct model *model,
                              const struct gpu *gpu, uint32_t gpus, enum precision weights,
                              const struct workload *workload, double batch);
/* The pick of one combination at a given number of GPUs and precision. */
struct pick pick_of(const struct page_plan *plan, uint32_t model, uint32_t gpu, uint32_t gpus,
                    enum precision weights, const struct workload *workload);
/* Combinations begun at each number of GPUs: what does not depend on the GPU is kept from one
   question about a model to the next. */
struct places;
struct places *places_new(struct arena *arena);
/* The smallest group that holds one request of the first workload: 1, 2, 4 ... on one node, then
   whole nodes where a link between nodes is known. 0: none up to 64, and why unless that is NULL.
 */
uint32_t plan_fewest(const struct page_plan *plan, struct places *places, uint32_t model,
                     uint32_t gpu, enum precision weights, enum reason *why);
/* The same for several workloads: begin at such a place, then ask. A place that was begun before
   keeps what is still true; zeroed memory is a fresh one. */
struct combination;
void pick_begin(const struct page_plan *plan, struct combination *place, uint32_t model,
                uint32_t gpu, uint32_t gpus, enum precision weights);
struct pick pick_at(const struct page_plan *plan, struct combination *place,
                    const struct workload *workload);

/* What a workload takes to serve in the way of the pick. */
struct energy pick_energy(const struct page_plan *plan, struct places *places, uint32_t model,
                          uint32_t gpu, const struct pick *pick, const struct workload *workload);

/* What a million output tokens cost through an API when a request is this workload, input priced
   in: the same equation as for one's own GPUs, so that the two compare. */
double api_usd_per_million(const struct page_plan *plan, const struct api_price *price,
                           const struct workload *workload);
/* At the first workload: median over the model's paid prices within the age limit, over the older
   ones only where there is no other; NaN when there is none. */
double api_median(const struct page_plan *plan, uint32_t model);

/* report.c: at most `rows` rows, and a caption that says so. */
const struct table *report_table(struct arena *arena, const struct table *table, size_t rows);

/* energy.c: a table of what the model takes on these GPUs. */
struct draft;
void energy_ways(struct draft *draft, const struct page_plan *plan, uint32_t model,
                 const uint32_t *gpus, size_t count);

/* Site-relative hrefs. */
const char *href_model(struct arena *arena, const struct model *model);
/* Its further pages: "price/" or "training/". */
const char *href_model_page(struct arena *arena, const struct model *model, const char *page);
const char *href_gpu(struct arena *arena, const struct gpu *gpu);
const char *href_platform(struct arena *arena, const char *platform_id);
const char *href_combination(struct arena *arena, const struct model *model, const struct gpu *gpu);
/* The calculator at the numbers the pages give for the pick. */
const char *href_calculator(struct arena *arena, const struct page_plan *plan, uint32_t model,
                            uint32_t gpu, const struct pick *pick);

/* One page each. */
struct page *page_index(const struct page_plan *plan, const struct page_entry *entry,
                        struct arena *arena);
struct page *page_model(const struct page_plan *plan, const struct page_entry *entry,
                        struct arena *arena);
struct page *page_model_price(const struct page_plan *plan, const struct page_entry *entry,
                              struct arena *arena);
struct page *page_model_training(const struct page_plan *plan, const struct page_entry *entry,
                                 struct arena *arena);
/* Their title and description alone. */
struct page *model_price_outline(const struct page_plan *plan, const struct page_entry *entry,
                                 struct arena *arena);
struct page *model_training_outline(const struct page_plan *plan, const struct page_entry *entry,
                                    struct arena *arena);
/* Title and description alone. */
struct page *gpu_outline(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena);
struct page *page_gpu(const struct page_plan *plan, const struct page_entry *entry,
                      struct arena *arena);
struct page *page_platform(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena);
/* A model's pairs one after the other keep what does not depend on the GPU. */
struct pair_kept;
struct pair_kept *pair_kept_new(struct arena *arena);
/* Title and description alone. */
struct page *pair_outline(const struct page_plan *plan, const struct page_entry *entry,
                          struct arena *arena);
struct page *page_combination(struct pair_kept *kept, const struct page_plan *plan,
                              const struct page_entry *entry, struct arena *arena);
struct page *page_recommend(const struct page_plan *plan, const struct page_entry *entry,
                            struct arena *arena);
struct page *page_training(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena);
struct page *page_energy(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena);
struct page *page_calculator(const struct page_plan *plan, const struct page_entry *entry,
                             struct arena *arena);
struct page *page_accuracy(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena);
size_t accuracy_parts(const struct page_plan *plan);
/* Title and description alone. */
struct page *accuracy_outline(const struct page_plan *plan, const struct page_entry *entry,
                              struct arena *arena);
struct page *accuracy_rows_outline(const struct page_plan *plan, const struct page_entry *entry,
                                   struct arena *arena);
struct page *page_accuracy_rows(const struct page_plan *plan, const struct page_entry *entry,
                                struct arena *arena);
struct page *page_changes(const struct page_plan *plan, const struct page_entry *entry,
                          struct arena *arena);
struct page *page_glossary(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena);
struct page *page_data(const struct page_plan *plan, const struct page_entry *entry,
                       struct arena *arena);
struct page *page_method(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena);

#endif
