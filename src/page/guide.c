/* The buyer's guide: the whole catalog as one document for paper, in chapters. What it says is what
   the pages say; only its selection is its own. */
#include "page/draft.h"
#include "page/phrases.h"
#include "page/plan.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

#define WAYS 3   /* of a model, on different GPUs */
#define OFFERS 6 /* of a GPU */
#define MODEL_COLUMNS 6
#define ACCURACY_COLUMNS 10 /* without the source */

struct guide {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
};

/* The next block opens a chapter. */
static void chapter(struct guide *g, size_t block, const char *title) {
    if (block < g->draft.count)
        g->draft.blocks[block].chapter = title;
}

/* Takes over the blocks of a page of the site whose names are listed ("a b"), all without a list;
   of a table at most `rows`, unless that is 0. */
static void take(struct guide *g, const struct page *page, const char *names, size_t rows) {
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        if (block->kind == BLOCK_DATA)
            continue;
        const char *found = names ? strstr(names, block->name) : NULL;
        if (names && (!found || (found > names && found[-1] != ' ') ||
                      !strchr(" ", found[strlen(block->name)])))
            continue;
        struct block *own = draft_block(&g->draft, block->kind, block->name, block->heading);
        *own = *block;
        if (rows && own->kind == BLOCK_TABLE)
            own->table = report_table(g->arena, own->table, rows);
    }
}

/* Of the named table the first columns: paper is narrow. */
static void narrow(struct guide *g, const char *name, size_t columns) {
    for (size_t i = 0; i < g->draft.count; i++) {
        struct block *block = &g->draft.blocks[i];
        if (strcmp(block->name, name) != 0 || block->table->column_count <= columns)
            continue;
        const struct table *wide = block->table;
        struct table *table = ARENA_NEW(g->arena, struct table);
        struct value *cells = ARENA_ARRAY(g->arena, wide->row_count * columns, struct value);
        for (size_t k = 0; k < wide->row_count * columns; k++)
            cells[k] = wide->cells[k / columns * wide->column_count + k % columns];
        *table = *wide;
        table->cells = cells;
        table->column_count = columns;
        block->table = table;
    }
}

static void way_cells(struct guide *guide, struct rows *rows, uint32_t m, uint32_t g) {
    struct arena *arena = guide->arena;
    const struct page_plan *plan = guide->plan;
    const struct pick *pick = plan_pick(plan, m, g);
    const struct model *model = &plan->catalog->models[m];
    const struct gpu *gpu = &plan->catalog->gpus[g];
    rows_put(rows, value_link(model->name, href_model(arena, model)));
    rows_put(rows, value_link(words_gpus(arena, pick->gpus, phrase_gpu(gpu)),
                              href_combination(arena, model, gpu)));
    rows_put(rows, value_text(phrase_weights(model, pick->weights, gpu)));
    rows_put(rows, value_text(plan->platforms[pick->listing->platform].name));
    rows_put(rows, value_from(value_usd_listed(arena, pick->usd_per_hour), FROM_INPUT,
                              pick->listing->source));
    rows_put(rows,
             value_from(value_number(arena, pick->output_tokens_per_s), pick->provenance, NULL));
    rows_put(rows, value_from(value_usd(arena, pick->usd_per_million), pick->provenance, NULL));
    rows_put(rows,
             value_from(value_usd(arena, pick->usd_per_million / plan->catalog->site.utilisation),
                        pick->provenance, NULL));
}

static void ways(struct guide *guide) {
    struct arena *arena = guide->arena;
    const struct page_plan *plan = guide->plan;
    const struct column fixed[] = {
        {"model", "Model", NULL, false, false},
        {"gpus", "On", NULL, false, false},
        {"weights", "Weights", NULL, false, false},
        {"platform", "At", NULL, false, false},
        {"usd_per_hour", "Price", "$ / h", true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"usd_per_million_output", "Always busy", "$ / 1M output", true, false},
        {"usd_per_million_output_at_use", NULL, "$ / 1M output", true, false},
    };
    struct column *columns = ARENA_ARRAY(arena, COUNT_OF(fixed), struct column);
    memcpy(columns, fixed, sizeof fixed);
    columns[7].head =
        arena_printf(arena, "At %s use", words_percent(arena, plan->catalog->site.utilisation));
    struct rows rows =
        rows_begin(arena, columns, COUNT_OF(fixed), WAYS * plan->catalog->model_count);
    for (uint32_t m = 0; m < plan->catalog->model_count; m++) {
        uint32_t gpus[WAYS];
        size_t count = plan_cheapest(plan, m, false, gpus, WAYS);
        for (size_t i = 0; i < count; i++)
            way_cells(guide, &rows, m, gpus[i]);
    }
    draft_table(&guide->draft, "ways",
                arena_printf(arena, "The %d cheapest ways to run each model", WAYS), &rows,
                arena_printf(arena, "%s, each on another GPU at its cheapest current price",
                             phrase_workload(arena, &plan->catalog->site.workloads[0])));
}

static void offer_cells(struct guide *guide, struct rows *rows, uint32_t g,
                        const struct listing *listing) {
    struct arena *arena = guide->arena;
    const struct gpu *gpu = &guide->plan->catalog->gpus[g];
    const struct offer *offer = listing->offer;
    rows_put(rows, value_link(phrase_gpu(gpu), href_gpu(arena, gpu)));
    rows_put(rows, value_link(guide->plan->platforms[listing->platform].name,
                              href_platform(arena, offer->platform_id)));
    rows_put(rows, value_text(offer->instance));
    rows_put(rows, value_text(offer->region));
    rows_put(rows, value_exact(arena, offer->gpu_count ? offer->gpu_count : 1));
    rows_put_prices(rows, offer);
    rows_put(rows, value_text(offer->as_of));
}

static void prices(struct guide *guide) {
    static const struct column columns[] = {
        {"gpu", "GPU", NULL, false, false},           {"platform", "At", NULL, false, false},
        {"instance", "Instance", NULL, false, false}, {"region", "Region", NULL, false, false},
        {"gpu_count", "GPUs", NULL, true, false},     PRICE_COLUMNS,
        {"as_of", "Of", NULL, false, false},
    };
    const struct page_plan *plan = guide->plan;
    struct rows rows =
        rows_begin(guide->arena, columns, COUNT_OF(columns), OFFERS * plan->catalog->gpu_count);
    size_t all = 0;
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++) {
        const struct gpu_market *market = &plan->gpu_markets[g];
        all += market->ranked;
        for (size_t i = 0; i < market->ranked && i < OFFERS; i++)
            offer_cells(guide, &rows, g, &market->listings[i]);
    }
    size_t shown = rows_count(&rows);
    rows_drop_empty(&rows);
    draft_table(&guide->draft, "prices", "The cheapest offers of each GPU", &rows,
                arena_printf(guide->arena,
                             "$ per GPU-hour; at most %d of a GPU, %zu of %zu current offers",
                             OFFERS, shown, all));
}

static void cover(struct guide *g, const struct page *index) {
    const struct site *site = &g->plan->catalog->site;
    g->draft.page->title =
        arena_printf(g->arena, "Buyer\xE2\x80\x99s guide \xE2\x80\x93 %s", site->title);
    g->draft.page->description = site->description;
    take(g, index, "answer figures", 0);
    draft_text(
        &g->draft, "reading", NULL,
        "Prices of a million output tokens include the input that comes with them and hold "
        "for the use they name: always busy is the least a token can cost. A small mark says "
        "where a number comes from:");
}

struct page *page_report_guide(const struct page_plan *plan, struct arena *arena) {
    struct page_entry entry = {.path = "guide.pdf"};
    struct guide g = {plan, arena, draft_begin(arena, entry.path, "report")};
    const struct page *index = page_index(plan, &entry, arena);
    cover(&g, index);
    size_t at = g.draft.count;
    take(&g, index, "prices models", 0);
    narrow(&g, "models", MODEL_COLUMNS);
    chapter(&g, at, "Models");
    at = g.draft.count;
    ways(&g);
    chapter(&g, at, "Best offers");
    at = g.draft.count;
    take(&g, index, "gpus", 0);
    chapter(&g, at, "GPUs");
    at = g.draft.count;
    prices(&g);
    take(&g, index, "platforms", 0);
    chapter(&g, at, "Prices");
    at = g.draft.count;
    const struct page *energy = page_energy(plan, &entry, arena);
    take(&g, energy, "answer figures energy models", 0);
    take(&g, energy, "energy_method", 0); /* before tables that fill their last page */
    take(&g, energy, "gpus token regions", 30);
    chapter(&g, at, "Energy");
    at = g.draft.count;
    take(&g, page_accuracy(plan, &entry, arena), NULL, 30);
    narrow(&g, "rows", ACCURACY_COLUMNS);
    chapter(&g, at, "Accuracy");
    at = g.draft.count;
    take(&g, page_method(plan, &entry, arena), NULL, 0);
    chapter(&g, at, "Method");
    at = g.draft.count;
    take(&g, page_data(plan, &entry, arena), "answer attribution sources", 0);
    chapter(&g, at, "Sources");
    g.draft.page->contents = true;
    g.draft.page->inputs_date = plan->catalog->site.as_of;
    return draft_end(&g.draft);
}
