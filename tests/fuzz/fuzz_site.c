/* site.json: refused with a code, or everything a page needs is there and in range. */
#include "fuzz.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "data/site.json");
    struct input *in = &fuzz.in;
    struct site site = {0};
    bool ok = read_site(in, &site);
    PROMISE(ok == (diags_errors(in->diags) == 0), "refused without a word, or the reverse");
    if (ok) {
        PROMISE(site.title && site.title[0] && site.base_url, "no title");
        PROMISE(site.workload_count && site.precision_count && site.batch_count, "nothing asked");
        PROMISE(isfinite(site.gamma) && site.gamma > 0 && site.pue >= 1, "%g %g", site.gamma,
                site.pue);
        PROMISE(site.utilisation > 0 && site.utilisation <= 1, "%g", site.utilisation);
        for (size_t i = 0; i < site.workload_count; i++)
            PROMISE(site.workloads[i].id[0] && site.workloads[i].output_tokens, "workload %zu", i);
    }
    fuzz_end(&fuzz);
    return 0;
}
