/* The engine for browsers: `tests/browser/calculator.sh` compiles this with src/engine to
   assets/calculator.wasm. A page writes a question (engine/portable.h) into the buffers, runs, and
   reads the answers. */
#include "engine/portable.h"

#define EXPORT(name) __attribute__((export_name(#name), used))

enum { SLOTS = 8192, WORD_BYTES = 4096 };

static double slots[SLOTS], answers[PORTABLE_ANSWERS];
static char words[WORD_BYTES];
static struct portable_question question;

double *calculator_slots(void);
char *calculator_words(void);
double *calculator_run(unsigned count, unsigned word_bytes);

EXPORT(slots) double *calculator_slots(void) {
    return slots;
}
EXPORT(words) char *calculator_words(void) {
    return words;
}

/* Where the answers lie, or 0 when the row makes no question. */
EXPORT(run) double *calculator_run(unsigned count, unsigned word_bytes) {
    struct portable portable = {
        .slots = slots, .words = words, .count = count, .word_bytes = word_bytes};
    if (count > SLOTS || word_bytes > WORD_BYTES || !word_bytes || words[word_bytes - 1])
        return 0;
    question = (struct portable_question){0};
    if (!portable_read(&portable, &question))
        return 0;
    portable_answer(&question, answers);
    return answers;
}
