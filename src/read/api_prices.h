/* API price lists: each format says whether a document is its own, and reads it. */
#ifndef READ_API_PRICES_H
#define READ_API_PRICES_H

#include "read/document.h"

struct api_format {
    const char *name;
    bool (*matches)(const struct document *document);
    void (*read)(const struct document *document, struct api_price_list *list);
};

extern const struct api_format api_format_own; /* the project's own table */
extern const struct api_format api_format_litellm, api_format_openrouter, api_format_models_dev,
    api_format_genai_prices, api_format_llm_prices, api_format_llmgateway, api_format_pi_ai,
    api_format_models_dev_toml;

/* Whether any of them is the document's. */
bool api_prices_match(const struct document *document);
/* Price per token -> per million, to a billionth of a dollar: 2.3e-07 gives 0.23. NaN stays. */
double api_per_million(double usd_per_token);
/* The same of a member that is a number as text; NaN when it is none, or below 0 (which means
 * none). */
double api_text_per_million(const struct json *object, const char *key);
/* A context as a member states it; 0: not said. */
uint64_t api_context(const struct json *object, const char *key);
/* Appends a price when it is one: both input and output known and not negative. Sets free_tier
   when both are 0; leaves absurd ones out with a warning (price-range). */
void api_price_take(const struct document *document, struct api_price_list *list,
                    struct api_price price);
/* Every price NaN. */
struct api_price api_price_none(const struct document *document);

#endif
