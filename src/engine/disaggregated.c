/* Prefill and decode workers apart: see disaggregated.h. */
#include "engine/disaggregated.h"

#include "engine/serve.h"

#include <math.h>

struct disaggregated estimate_disaggregated(const struct scenario *scenario, double prefill_workers,
                                            double decode_workers) {
    struct scenario one = *scenario;
    struct disaggregated d = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, false};
    one.serving = SERVING_STATIC; /* phases one after the other: each by itself */
    struct outcome worker = estimate(&one);
    if (!worker.feasible)
        return d;
    double batch = worker.batch, prompts_s = worker.prefill.time_s;
    double decoding_s = worker.request_s - worker.ttft_s;
    /* Those are of one wave where the KV cache does not hold the whole batch. */
    double all_s = batch * scenario->output_tokens / worker.output_tokens_per_s;
    double waves = all_s / (prompts_s + decoding_s);
    one.batch = 1;
    struct outcome alone = estimate(&one);
    d.gpus = (prefill_workers + decode_workers) * scenario->gpu_count;
    d.prefill_requests_per_s = prefill_workers * batch / (waves * prompts_s);
    d.decode_requests_per_s = decode_workers * batch / (waves * decoding_s);
    d.requests_per_s =
        serve_disaggregated_rate(d.prefill_requests_per_s / prefill_workers, prefill_workers,
                                 d.decode_requests_per_s / decode_workers, decode_workers);
    d.output_tokens_per_s = d.requests_per_s * scenario->output_tokens;
    d.ttft_s = alone.prefill.time_s;
    d.tpot_s = worker.tpot_s;
    d.prefill_bound = 0.9 * d.prefill_requests_per_s < 0.92 * d.decode_requests_per_s;
    return d;
}
