/* The method page: the prose, the choices the site made, and one case worked out with numbers. */
#include "engine/targets.h"
#include "page/draft.h"
#include "page/phrases.h"
#include "page/plan.h"
#include "page/words.h"

#include <math.h>

static void setting(struct rows *rows, const char *name, const char *text, const char *meaning) {
    rows_put(rows, value_text(name));
    rows_put(rows, value_text(text));
    rows_put(rows, value_text(meaning));
}

static void settings(struct draft *draft, const struct page_plan *plan) {
    static const struct column columns[] = {
        {"setting", "Setting", NULL, false, false},
        {"value", "Value", NULL, false, false},
        {"meaning", "Meaning", NULL, false, false},
    };
    struct arena *arena = draft->arena;
    const struct site *site = &plan->catalog->site;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), 12);
    setting(&rows, "\xCE\xB3", words_trim(arena, site->gamma),
            "price of an input token over that of an output token");
    setting(
        &rows, "Use", words_percent(arena, site->utilisation),
        "share of the paid hours that serve tokens, for the second price beside \"always busy\"");
    setting(&rows, "Oldest price ranked", words_plural(arena, site->max_price_age_days, "day"),
            "older ones are shown, never ranked");
    setting(
        &rows, "Reading speed",
        arena_printf(arena, "%s" THIN_SPACE "tokens/s",
                     words_trim(arena, TARGET_READING_TOKENS_PER_S)),
        "the batch grows until each request would fall below this, or below half of what a lone "
        "request gets");
    setting(&rows, "KV cache", phrase_precision(site->kv_precision), "its number format");
    setting(&rows, "PUE", words_trim(arena, site->pue), "data-centre power over server power");
    for (size_t w = 0; w < site->workload_count; w++)
        setting(&rows, arena_printf(arena, "Workload: %s", site->workloads[w].name),
                arena_printf(arena, "%s in, %s out",
                             words_exact(arena, site->workloads[w].input_tokens),
                             words_exact(arena, site->workloads[w].output_tokens)),
                w == 0 ? "tokens of a request; every price without another workload is for this one"
                       : "tokens of a request");
    draft_table(draft, "settings", "What was chosen", &rows, "Settings of this site");
}

static const char *answer(const struct page_plan *plan, struct arena *arena) {
    return arena_printf(
        arena,
        "Every number is an input with its source and date, a measurement, or follows "
        "from them by a formula shown with its numbers: %s, %s, %s and %s.",
        words_plural(arena, (double)plan->catalog->model_count, "model"),
        words_plural(arena, (double)plan->catalog->gpu_count, "GPU"),
        words_plural(arena, (double)plan->catalog->offer_count, "GPU price"),
        words_plural(arena, (double)plan->catalog->benchmark_count, "measurement"));
}

struct page *page_method(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena) {
    struct draft draft = draft_begin(arena, entry->path, "method");
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {"Method", NULL, NULL}};
    draft_crumbs(&draft, crumbs, COUNT_OF(crumbs));
    draft.page->title = "How each number is made";
    draft.page->description =
        "Memory, throughput and price of open language models: the equations, "
        "the engines and the choices behind every page.";
    draft_answer(&draft, answer(plan, arena));
    draft_markdown(&draft, "method", NULL, NULL);
    settings(&draft, plan);
    return draft_end(&draft);
}
