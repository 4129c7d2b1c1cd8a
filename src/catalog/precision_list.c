#include "catalog/precision_list.h"

#include "catalog/precision.h"

void precision_list(bool for_kv, struct buf *out) {
    size_t from = out->len;
    for (int i = 0; i < PRECISION_COUNT; i++) {
        const struct precision_info *info = precision_info((enum precision)i);
        if (for_kv ? info->for_kv : info->for_weights)
            buf_printf(out, "%s%s", out->len > from ? ", " : "", info->id);
    }
}
