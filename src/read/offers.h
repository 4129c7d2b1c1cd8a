/* GPU price lists: each format says whether a document is its own, and reads it. */
#ifndef READ_OFFERS_H
#define READ_OFFERS_H

#include "read/document.h"

struct offer_format {
    const char *name;
    bool (*matches)(const struct document *document);
    void (*read)(const struct document *document, struct offer_list *list);
};

extern const struct offer_format offer_format_own; /* the project's own table */
extern const struct offer_format offer_format_cloud_gpus, offer_format_cloud_gpu_json,
    offer_format_skypilot, offer_format_gpuhunt, offer_format_gpuhunt_tpu, offer_format_vantage,
    offer_format_market, offer_format_feed, offer_format_snapshot, offer_format_observations;

/* Whether any of them is the document's. */
bool offers_match(const struct document *document);
/* Every price NaN, one GPU, dated by the file's name. */
struct offer offer_none(const struct document *document);
/* Appends it when it has a price; a row without one is no offer. One that does not say where or
   what is left out with a warning (offer-unnamed). */
void offer_take(const struct document *document, struct offer_list *list, struct offer offer);

/* A price in US dollars an hour as foreign lists write it: "3.06", "$3.06", "$0.2280 hourly",
   "1,234.50"; NaN for "", "-", "unavailable", "n/a", and for 0 (which means not offered, with the
   note price-zero). Anything else is price-syntax, another currency price-currency. */
double offer_price(const struct document *document, const char *text, struct place place);
/* The same for a number: range and 0 are checked. */
double offer_number(const struct document *document, double value, struct place place);
/* The same for a member; NaN when it is no number. */
double offer_member(const struct document *document, const struct json *object, const char *key);
/* A positive whole number such as "8" or "8.0"; 0 when it is none. */
uint32_t offer_count(const char *text);
/* The same for a foreign list's GPUs, where "" and "0" are a machine without any. A share of a GPU
   is said (note price-gpu-share), as is anything else (warning price-gpu-count): the row is left
   out. */
uint32_t offer_gpus(const struct document *document, const char *text, struct place place);

#endif
