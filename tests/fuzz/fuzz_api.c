/* API price lists of every format: each price that is taken has a provider, a model and two prices
   that are not negative. */
#include "shipped.h"

#include "read/join.h"
#include "read/offers_current.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin_named(bytes, n, "api-prices");
    struct input *in = &fuzz.in;
    struct api_price_list list = {0};
    read_api_prices(in, &list);
    struct join *join = join_new(in->arena, &shipped()->catalog, in->diags);
    for (size_t i = 0; i < list.count; i++) {
        struct api_price *p = &list.items[i];
        PROMISE(p->provider && p->model_as_stated, "price %zu has no name", i);
        PROMISE(p->input_usd_per_million >= 0 && p->output_usd_per_million >= 0, "%g %g",
                p->input_usd_per_million, p->output_usd_per_million);
        join_api_price(join, p);
    }
    api_prices_mark_current(list.items, list.count);
    fuzz_end(&fuzz);
    return 0;
}
