/* A question to the engine as a row of numbers and words, and back: so that a page can hand it to
   the same engine compiled for browsers. One visitor names every field for both directions. */
#ifndef ENGINE_PORTABLE_H
#define ENGINE_PORTABLE_H

#include "catalog/calibration.h"
#include "engine/cost.h"
#include "engine/estimate.h"

#define PORTABLE_RUNS 48 /* layer runs of one model, prediction heads apart */

struct portable {
    /* Writing: both set. Reading: both NULL. */
    void (*put_number)(void *context, double number);
    void (*put_text)(void *context, const char *text); /* never NULL */
    void *context;
    /* Reading: slots, where a word is its offset in `words`. */
    const double *slots;
    const char *words;
    size_t count, next, word_bytes;
    bool failed; /* the row ended early or cannot be what it should */
};

/* Room for what a read question points to. */
struct portable_question {
    struct scenario scenario;
    double usd_per_hour, gamma, utilisation;
    struct model model;
    struct layer_run runs[PORTABLE_RUNS], mtp_runs[PORTABLE_RUNS];
    struct gpu gpu;
    struct calibration calibration;
};

/* Each in turn, as the row is made: scenario and price, model, GPU, calibration (NULL when
   writing: none). A model with more runs than PORTABLE_RUNS fails. */
void portable_scenario(struct portable *portable, struct portable_question *question);
void portable_model(struct portable *portable, struct portable_question *question);
void portable_gpu(struct portable *portable, struct gpu *gpu);
void portable_calibration(struct portable *portable, struct calibration *calibration);
/* Reads all four, the calibration only where the scenario says there is one, and joins them. */
bool portable_read(struct portable *portable, struct portable_question *question);

/* What is answered, in this order. */
enum portable_answer {
    ANSWER_FEASIBLE,
    ANSWER_REASON,
    ANSWER_PROVENANCE,
    ANSWER_BATCH,
    ANSWER_MAX_BATCH,
    ANSWER_MIN_GPUS,
    ANSWER_WEIGHTS_BYTES,
    ANSWER_KV_BYTES_PER_TOKEN,
    ANSWER_TOTAL_BYTES,
    ANSWER_CAPACITY_BYTES,
    ANSWER_OUTPUT_TOKENS_PER_S,
    ANSWER_OUTPUT_TOKENS_PER_S_PER_REQUEST,
    ANSWER_TTFT_S,
    ANSWER_TPOT_S,
    ANSWER_REQUEST_S,
    ANSWER_BOUND,
    ANSWER_USD_PER_MILLION_INPUT,
    ANSWER_USD_PER_MILLION_OUTPUT,
    ANSWER_OUTPUT_TOKENS_PER_USD,
    PORTABLE_ANSWERS
};
void portable_answer(const struct portable_question *question, double answers[PORTABLE_ANSWERS]);

#endif
