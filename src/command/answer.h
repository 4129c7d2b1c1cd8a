/* The answer of `estimate`: everything that is shown, for the table and for JSON. */
#ifndef COMMAND_ANSWER_H
#define COMMAND_ANSWER_H

#include "base/buf.h"
#include "command/json_out.h"
#include "engine/cost.h"
#include "engine/disaggregated.h"
#include "engine/energy.h"
#include "engine/quote.h"

struct answer {
    struct scenario scenario;
    const char *engine;
    struct outcome outcome;
    bool is_apart; /* prefill and decode on workers of their own */
    struct disaggregated apart;
    struct quote quote; /* offer NULL: the price was given, or there is none */
    bool price_given;
    double gamma, utilisation;        /* 1 unless asked otherwise */
    double site_utilisation;          /* the site's own default */
    struct cost full, used, usual;    /* at 100 %, at utilisation, at the site's; NaN: no price */
    const struct grid_region *region; /* NULL: the site's own grid */
    struct energy_place place;
    struct energy energy;
};

/* answer_table.c: the memory of the outcome; unknown (NaN) where the GPUs cannot share the model.
 */
struct memory_use answer_memory(const struct answer *answer);
/* answer_table.c: why there is no figure; of a description that is not whole, what it lacks. */
const char *answer_why(enum reason reason, const struct gpu *gpu, struct buf *room);
void answer_json(const struct answer *answer, struct buf *out);
/* answer_json.c: the members that say what was asked, inside an object that is open. */
void answer_json_setup(const struct answer *answer, struct json_out *json);
void answer_table(const struct answer *answer, struct buf *out);

#endif
