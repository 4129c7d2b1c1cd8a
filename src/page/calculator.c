/* The calculator's page: every model, GPU and engine as rows of numbers for the engine compiled for
   browsers. Without scripts it says which command answers the same. */
#include "catalog/weights.h"
#include "page/draft.h"
#include "page/plan.h"
#include "page/words.h"

#include "base/buf.h"
#include "base/num.h"
#include "engine/portable.h"
#include "engine/quote.h"

#include <math.h>
#include <string.h>

struct row { /* elements of one JSON array */
    struct buf *out;
    bool first;
};

static void separate(struct row *row) {
    if (!row->first)
        buf_putc(row->out, ',');
    row->first = false;
}

static void put_number(void *context, double number) {
    struct row *row = context;
    separate(row);
    if (isfinite(number))
        buf_put_shortest(row->out, number);
    else
        buf_puts(row->out, "null");
}

/* Names and ids: no control characters are let in by the readers. */
static void put_text(void *context, const char *text) {
    struct row *row = context;
    separate(row);
    buf_putc(row->out, '"');
    for (; text && *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_putc(row->out, '\\');
        buf_putc(row->out, *text);
    }
    buf_putc(row->out, '"');
}

/* ,["id","name",EXTRA,[  ... the visitor's numbers ...]] */
static struct portable begin_entry(struct row *row, const char *id, const char *name) {
    separate(row);
    buf_puts(row->out, "\n[");
    row->first = true;
    put_text(row, id);
    put_text(row, name);
    return (struct portable){.put_number = put_number, .put_text = put_text, .context = row};
}

static void open_array(struct row *row) {
    separate(row);
    buf_putc(row->out, '[');
    row->first = true;
}

static void close_array(struct row *row) {
    buf_putc(row->out, ']');
    row->first = false;
}

/* With the GPU and number that serve it cheapest, where the calculator begins. */
static void put_models(struct row *row, const struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    buf_puts(row->out, "\"models\":[");
    row->first = true;
    for (size_t i = 0; i < catalog->model_count; i++) {
        struct portable_question question = {.model = catalog->models[i]};
        struct portable portable = begin_entry(row, catalog->models[i].id, catalog->models[i].name);
        const struct best *best = plan_best(plan, (uint32_t)i, 0);
        bool any = best->gpu != UINT32_MAX;
        put_number(row, (double)question.model.native_precision);
        put_text(row, any ? catalog->gpus[best->gpu].id : "");
        put_number(row, any ? best->pick.gpus : 1);
        open_array(row);
        portable_model(&portable, &question);
        close_array(row);
        close_array(row);
    }
    buf_puts(row->out, "],\n");
}

static void put_gpus(struct row *row, const struct catalog *catalog) {
    buf_puts(row->out, "\"gpus\":[");
    row->first = true;
    for (size_t i = 0; i < catalog->gpu_count; i++) {
        struct gpu gpu = catalog->gpus[i];
        struct quote quote = quote_cheapest(catalog, &catalog->gpus[i], 1, PRICE_ON_DEMAND, false);
        struct portable portable =
            begin_entry(row, gpu.id, gpu.short_name ? gpu.short_name : gpu.name);
        put_number(row, quote.offer ? quote.usd_per_gpu_hour : NAN);
        open_array(row);
        portable_gpu(&portable, &gpu);
        close_array(row);
        close_array(row);
    }
    buf_puts(row->out, "],\n");
}

static bool is_newest(const struct calibration_set *set, size_t index) {
    return calibration_set_find(set, set->items[index].engine) == &set->items[index];
}

static void put_engines(struct row *row, const struct calibration_set *set) {
    buf_puts(row->out, "\"engines\":[[\"first-principles\",\"First principles\"]");
    row->first = false;
    for (size_t i = 0; set && i < set->count; i++) {
        if (!is_newest(set, i))
            continue;
        struct calibration calibration = set->items[i];
        struct portable portable = begin_entry(row, calibration.engine, calibration.name);
        open_array(row);
        portable_calibration(&portable, &calibration);
        close_array(row);
        close_array(row);
    }
    buf_puts(row->out, "],\n");
}

static void put_precisions(struct row *row) {
    buf_puts(row->out, "\"precisions\":[");
    row->first = true;
    for (int i = 0; i < PRECISION_COUNT; i++) {
        const struct precision_info *info = precision_info((enum precision)i);
        begin_entry(row, info->id, info->name);
        put_number(row, info->for_weights);
        put_number(row, info->for_kv);
        close_array(row);
    }
    buf_puts(row->out, "],\n");
}

static void put_words(struct row *row) {
    buf_puts(row->out, "\"reasons\":[");
    row->first = true;
    for (int i = 0; i < REASON_COUNT; i++)
        put_text(row, i == REASON_NONE ? "" : reason_sentence((enum reason)i));
    buf_puts(row->out, "],\n\"provenances\":[");
    row->first = true;
    for (int i = FROM_MEASURED; i <= FROM_INPUT; i++)
        put_text(row, provenance_name((enum provenance)i));
    buf_puts(row->out, "],\n\"bounds\":[");
    row->first = true;
    for (int i = BOUND_COMPUTE; i <= BOUND_OVERHEAD; i++)
        put_text(row, bound_name((enum bound)i));
    buf_puts(row->out, "],\n");
}

static void put_defaults(struct row *row, const struct page_plan *plan) {
    const struct site *site = &plan->catalog->site;
    buf_puts(row->out, "\"site\":[");
    row->first = true;
    put_text(row, site->engine);
    put_number(row, (double)site->kv_precision);
    put_number(row, site->gamma);
    put_number(row, site->utilisation);
    put_number(row, site->workloads[0].input_tokens);
    put_number(row, site->workloads[0].output_tokens);
    put_text(row, plan->catalog->model_count ? plan->catalog->models[plan->headline_model].id : "");
    buf_puts(row->out, "]}");
}

static const char *data(struct arena *arena, const struct page_plan *plan) {
    struct buf out = BUF_INIT;
    struct row row = {.out = &out, .first = true};
    buf_putc(&out, '{');
    put_models(&row, plan);
    put_gpus(&row, plan->catalog);
    put_engines(&row, plan->calibrations);
    put_precisions(&row);
    put_words(&row);
    put_defaults(&row, plan);
    const char *text = arena_copy(arena, buf_text(&out), out.len);
    buf_free(&out);
    return text;
}

/* The engine it would not begin with itself. */
static const char *other_engine(struct arena *arena, const struct page_plan *plan, uint32_t gpu) {
    const struct calibration *engine = plan->engines[gpu];
    if (!engine)
        return "&engine=first-principles&serving=0";
    if (strcmp(engine->engine, plan->catalog->site.engine) == 0)
        return "";
    return WORDS_JOIN(arena, "&engine=", engine->engine);
}

const char *href_calculator(struct arena *arena, const struct page_plan *plan, uint32_t model,
                            uint32_t gpu, const struct pick *pick) {
    const struct catalog *catalog = plan->catalog;
    const char *model_id = catalog->models[model].id, *gpu_id = catalog->gpus[gpu].id;
    char usd[NUM_SHORTEST_MAX] = "";
    if (pick->reason != REASON_NONE)
        return WORDS_JOIN(arena, "calculator/#model=", model_id, "&gpu=", gpu_id);
    if (pick->usd_per_hour > 0)
        num_shortest(usd, pick->usd_per_hour / pick->gpus);
    return WORDS_JOIN(arena, "calculator/#model=", model_id, "&gpu=", gpu_id,
                      "&count=", words_digits(arena, pick->gpus), "&weights=",
                      precision_info(weights_on(pick->weights, &catalog->gpus[gpu]))->id,
                      "&batch=", words_digits(arena, pick->batch > 1 ? (unsigned)pick->batch : 1),
                      "&price=", usd, other_engine(arena, plan, gpu));
}

struct page *page_calculator(const struct page_plan *plan, const struct page_entry *entry,
                             struct arena *arena) {
    struct draft draft = draft_begin(arena, entry->path, "calculator");
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {"Calculator", NULL, NULL}};
    draft_crumbs(&draft, crumbs, COUNT_OF(crumbs));
    draft.page->title = "Calculator";
    draft.page->description =
        "Your own lengths, batch, price and use: memory, speed and price of any model on any GPU, "
        "by the engine of this site.";
    draft_answer(&draft, "Your lengths, batch, price and use, answered by the same engine that "
                         "made these pages.");
    draft_block(&draft, BLOCK_DATA, "inputs", NULL)->text = data(arena, plan);
    return draft_end(&draft);
}
