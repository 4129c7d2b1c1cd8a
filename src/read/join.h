/* Names in price lists and benchmarks -> models and GPUs of the catalog, through explicit tables.
 */
#ifndef READ_JOIN_H
#define READ_JOIN_H

#include "catalog/catalog.h"
#include "read/parts.h"

struct join;

/* Index over all names of the catalog's models and GPUs. */
struct join *join_new(struct arena *arena, const struct catalog *catalog, struct diags *diags);
/* data/aliases/gpus.csv: name,memory_gb,platform,gpu,why. A row with an empty gpu says that the
   name must not be joined. Memory and platform narrow a row; the narrowest one stands. */
void join_read_gpu_aliases(struct join *join, const struct input *input);
/* data/aliases/models.csv: name,model. The name is the last part of a path ("org/name"); a row
   whose model is not in the catalog joins nothing. */
void join_read_model_aliases(struct join *join, const struct input *input);

/* Sets gpu, join_note, gpu_assumed and rankable. Alias table first, then the catalog's own names;
   stated memory that contradicts the GPU undoes the join. */
void join_offer(struct join *join, struct offer *offer);
void join_api_price(struct join *join, struct api_price *price);
const struct model *join_model(struct join *join, const char *name, const char **note);
const struct gpu *join_gpu(struct join *join, const char *name);

#endif
