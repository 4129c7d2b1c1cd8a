/* Number formats by name, for those who ask for one that there is not. */
#ifndef CATALOG_PRECISION_LIST_H
#define CATALOG_PRECISION_LIST_H

#include "base/buf.h"

/* The ids that serve weights or a KV cache, ", " between them. */
void precision_list(bool for_kv, struct buf *out);

#endif
