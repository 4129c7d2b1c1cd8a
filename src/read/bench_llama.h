/* One row of llama-bench, from JSON or CSV. */
#ifndef READ_BENCH_LLAMA_H
#define READ_BENCH_LLAMA_H

#include "read/bench.h"

struct llama_row {
    struct place place;
    const char *build, *gpu_info, *model_filename, *model_type, *type_k, *test_time;
    double prompt, generated, depth;
    double rate;                        /* of both together; 0: stated apart */
    double prompt_rate, generated_rate; /* 0: not stated */
};
void llama_emit(struct bench *bench, const struct llama_row *row);

/* Lengths that a file leaves out are 0. */
static inline double llama_or_zero(double value) {
    return value > 0 ? value : 0;
}

#endif
