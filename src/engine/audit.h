/* Price audit: what looks wrong in prices that read well. Findings are diagnostics, never errors.
 */
#ifndef ENGINE_AUDIT_H
#define ENGINE_AUDIT_H

#include "base/arena.h"
#include "catalog/catalog.h"

/* Warnings: price-stale and price-undated (one a file; a note where a file has only old ones),
   price-outlier (per GPU and hour 3 times above or below the median of the same GPU elsewhere),
   price-per-gpu (an instance at the price of one GPU), price-whole-instance (one GPU at the price
   of eight), price-sku (priced like another GPU of a similar name), price-conflict (the same offer
   and date with another price; a note for old ones), sku-unknown (a price that could be used, but
   its GPU is not known), sku-memory (stated memory is another part's), price-date-ahead (the newest
   date lies half a year after all others). Notes: price-duplicate,
   price-spot-above, sku-assumed. Tables are in the arena. */
void audit_offers(struct arena *arena, const struct catalog *catalog, struct diags *diags);

/* Warnings: api-unit (a thousand or a million times the median: per token or per million?),
   api-outlier (10 times above or below the median of the same model elsewhere), api-cached (cached
   input dearer than input), api-one-price (a seller asks the same for models forty times apart in
   active parameters), api-zero (one of input and output is free), api-conflict (the same provider,
   model and date with another price), api-stale and api-undated (one a file). Notes: api-not-joined
   (one a file). */
void audit_api_prices(struct arena *arena, const struct catalog *catalog, struct diags *diags);

/* Warnings: benchmark-not-joined (one a name of a model or GPU that is not known). */
void audit_benchmarks(struct arena *arena, const struct catalog *catalog, struct diags *diags);

/* Warnings: model-count (a published size that the model's shape does not make). */
void audit_models(const struct catalog *catalog, struct diags *diags);

#endif
