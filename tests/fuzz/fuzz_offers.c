/* GPU price lists of every format, recognised by content: each row that is taken has a platform, a
   place and at least one price in range, and can be joined and ranked. */
#include "shipped.h"

#include "read/join.h"
#include "read/offers_current.h"

#include <math.h>

static bool is_price(double usd) {
    return isnan(usd) || (usd > 0 && usd < 1e6);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin_named(bytes, n, "prices");
    struct input *in = &fuzz.in;
    struct offer_list list = {0};
    read_offers(in, &list);
    struct join *join = join_new(in->arena, &shipped()->catalog, in->diags);
    for (size_t i = 0; i < list.count; i++) {
        struct offer *o = &list.items[i];
        PROMISE(o->platform && o->platform[0] && o->platform_id[0], "row %zu has no platform", i);
        PROMISE(o->gpu_as_stated && o->place.line, "row %zu has no GPU or place", i);
        PROMISE(o->gpu_count > 0, "row %zu has no GPUs", i);
        PROMISE(is_price(o->on_demand_usd_per_hour) && is_price(o->spot_usd_per_hour) &&
                    is_price(o->reserved_1y_usd_per_hour) && is_price(o->reserved_3y_usd_per_hour),
                "row %zu: %g %g", i, o->on_demand_usd_per_hour, o->spot_usd_per_hour);
        join_offer(join, o);
        PROMISE(!o->rankable || o->gpu, "row %zu is ranked without a GPU", i);
    }
    offers_mark_current(list.items, list.count);
    fuzz_end(&fuzz);
    return 0;
}
