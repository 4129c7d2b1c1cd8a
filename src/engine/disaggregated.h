/* Prefill and decode on GPUs of their own: workers that only run prompts hand their KV to workers
   that only decode (DistServe, arXiv 2401.09670). */
#ifndef ENGINE_DISAGGREGATED_H
#define ENGINE_DISAGGREGATED_H

#include "engine/estimate.h"

struct disaggregated {
    double gpus;                   /* of all workers */
    double prefill_requests_per_s; /* of all prefill workers, before losses */
    double decode_requests_per_s;  /* of all decode workers */
    double requests_per_s, output_tokens_per_s;
    double ttft_s, tpot_s;
    bool prefill_bound; /* prefill is what limits */
};

/* `scenario` is one worker of either kind, its batch that of a decoding worker. NaN throughout when
   it is infeasible. */
struct disaggregated estimate_disaggregated(const struct scenario *scenario, double prefill_workers,
                                            double decode_workers);

#endif
