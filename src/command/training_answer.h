/* The answer of `training`, for the table and for JSON. */
#ifndef COMMAND_TRAINING_ANSWER_H
#define COMMAND_TRAINING_ANSWER_H

#include "base/buf.h"
#include "engine/quote.h"
#include "engine/training.h"

struct training_answer {
    struct training training;
    struct training_outcome outcome;
    struct quote quote; /* offer NULL: the price was given, or there is none */
    bool price_given;
};

void training_answer_json(const struct training_answer *answer, struct buf *out);
void training_answer_table(const struct training_answer *answer, struct buf *out);

#endif
