/* Pages for paper: the same blocks under another name, with long tables cut to their first rows. */
#include "page/plan.h"

#include "page/draft.h"
#include "page/words.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ENERGY_ROWS 6
#define REPORT_ROWS 24 /* of a table: what a reader of paper compares; the site has the rest */

/* Keeps the columns of the page: those of the twins alone are too many for paper. */
static void drop_columns(struct arena *arena, struct table *table) {
    size_t kept = table->shown_columns, all = table->column_count;
    struct value *cells = ARENA_ARRAY(arena, table->row_count * kept, struct value);
    for (size_t row = 0; row < table->row_count; row++)
        memcpy(cells + row * kept, table->cells + row * all, kept * sizeof *cells);
    table->cells = cells;
    table->column_count = kept;
}

/* As on the site's pages, a column of nothing but dashes says nothing. */
static bool says_something(const struct table *table, size_t column) {
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = &table->cells[row * table->column_count + column];
        if (value->kind != VALUE_MISSING || (value->text && strcmp(value->text, "–") != 0))
            return true;
    }
    return false;
}

/* A column may have nothing in the rows that are left: a note on what ranks last, the price of a
   GPU that nobody rents out. */
static void drop_silent(struct arena *arena, struct table *table) {
    size_t all = table->column_count, kept = 0;
    struct column *columns = ARENA_ARRAY(arena, all, struct column);
    size_t *from = ARENA_ARRAY(arena, all, size_t);
    for (size_t i = 0; i < all; i++)
        if (says_something(table, i)) {
            columns[kept] = table->columns[i];
            from[kept++] = i;
        }
    if (kept == all || kept == 0)
        return;
    struct value *cells = ARENA_ARRAY(arena, table->row_count * kept, struct value);
    for (size_t row = 0; row < table->row_count; row++)
        for (size_t i = 0; i < kept; i++)
            cells[row * kept + i] = table->cells[row * all + from[i]];
    table->columns = columns;
    table->cells = cells;
    table->column_count = kept;
    table->shown_columns = 0;
}

const struct table *report_table(struct arena *arena, const struct table *table, size_t rows) {
    if (!table)
        return table;
    struct table *cut = ARENA_NEW(arena, struct table);
    *cut = *table;
    if (table->shown_columns && table->shown_columns < table->column_count)
        drop_columns(arena, cut);
    if (table->row_count > rows) {
        cut->of_rows = table->of_rows ? table->of_rows : table->row_count;
        cut->row_count = rows;
    }
    cut->shown_rows = 0; /* here there are no twins that have the others */
    drop_silent(arena, cut);
    return cut;
}

const char *page_cut_caption(struct arena *arena, const char *caption, size_t rows,
                             size_t of_rows) {
    caption = caption ? caption : "";
    return WORDS_JOIN(arena, caption, *caption ? ". " : "", "The first ",
                      words_exact(arena, (double)rows), " of ", words_exact(arena, (double)of_rows),
                      " rows; the site has them all.");
}

static struct block *own_blocks(struct arena *arena, struct page *page) {
    struct block *blocks = ARENA_ARRAY(arena, page->block_count, struct block);
    memcpy(blocks, page->blocks, page->block_count * sizeof *blocks);
    page->blocks = blocks;
    return blocks;
}

static void shorten(struct arena *arena, struct page *page) {
    struct block *blocks = own_blocks(arena, page);
    for (size_t i = 0; i < page->block_count; i++)
        if (blocks[i].kind == BLOCK_TABLE)
            blocks[i].table = report_table(arena, blocks[i].table, REPORT_ROWS);
}

struct ranked_row {
    size_t row;
    double usd; /* DBL_MAX: no price; infinite: it does not run there */
};

static int cheaper(const void *left, const void *right) {
    const struct ranked_row *a = left, *b = right;
    if (a->usd != b->usd)
        return a->usd < b->usd ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static size_t column_of(const struct table *table, const char *key) {
    size_t column = 0;
    while (column < table->column_count && strcmp(table->columns[column].key, key) != 0)
        column++;
    return column;
}

/* The page lists every GPU by age; paper has room for some, so the cheapest come first, and those
   it does not run on stay out. NULL when no row has a price. */
static const struct table *by_price(struct arena *arena, const struct table *table) {
    size_t columns = table->column_count, kept = 0;
    size_t key = column_of(table, "usd_per_million_output");
    size_t speed = column_of(table, "output_tokens_per_s");
    if (key == columns || speed == columns || table->row_count == 0)
        return table;
    struct ranked_row *order = ARENA_ARRAY(arena, table->row_count, struct ranked_row);
    struct value *cells = ARENA_ARRAY(arena, table->row_count * columns, struct value);
    struct table *sorted = ARENA_NEW(arena, struct table);
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *cells_of = &table->cells[row * columns];
        bool runs = cells_of[speed].kind == VALUE_NUMBER;
        double usd = cells_of[key].kind == VALUE_NUMBER ? cells_of[key].number
                     : runs                             ? DBL_MAX
                                                        : (double)INFINITY;
        order[row] = (struct ranked_row){row, usd};
        kept += !isinf(usd);
    }
    qsort(order, table->row_count, sizeof *order, cheaper);
    if (order[0].usd >= DBL_MAX)
        return NULL;
    for (size_t row = 0; row < kept; row++)
        memcpy(cells + row * columns, table->cells + order[row].row * columns,
               columns * sizeof *cells);
    *sorted = *table;
    sorted->cells = cells;
    sorted->row_count = kept;
    sorted->of_rows = kept < table->row_count ? table->row_count : 0;
    return sorted;
}

/* A table without one price stays out: the answer says why there is none, once. */
static void best_gpus_first(struct arena *arena, struct page *page) {
    struct block *blocks = own_blocks(arena, page);
    size_t kept = 0;
    for (size_t i = 0; i < page->block_count; i++) {
        struct block block = blocks[i];
        bool of_gpus = block.kind == BLOCK_TABLE && strcmp(block.name, "gpus") == 0;
        if (of_gpus)
            block.table = by_price(arena, block.table);
        if (block.table || !of_gpus)
            blocks[kept++] = block;
    }
    page->block_count = kept;
}

/* A report lies alone: before its sources stand the energy and the method, which the site has on
   pages of their own. */
static void add_chapters(const struct page_plan *plan, struct page *page, uint32_t model,
                         struct arena *arena) {
    uint32_t gpus[ENERGY_ROWS];
    struct draft draft = {.arena = arena, .page = page};
    size_t count = plan_cheapest(plan, model, false, gpus, ENERGY_ROWS), before = page->block_count;
    while (before > 0 && page->blocks[before - 1].kind != BLOCK_LINKS)
        before--;
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        if (i + 1 == before) {
            energy_ways(&draft, plan, model, gpus, count);
            draft_markdown(&draft, "method", "How each number is made", NULL);
        }
        *draft_block(&draft, block->kind, block->name, block->heading) = *block;
    }
    draft_end(&draft);
}

size_t page_report_index(const struct page_plan *plan, size_t page_index) {
    const struct page_entry *entry = &plan->entries[page_index];
    return entry->kind == PAGE_MODEL ? entry->model : PAGE_NO_REPORT;
}

struct page *page_report_of(const struct page_plan *plan, size_t index, const struct page *page,
                            struct arena *arena) {
    struct page *report = ARENA_NEW(arena, struct page);
    *report = *page;
    report->path = arena_printf(arena, "models/%s/report.pdf", plan->catalog->models[index].id);
    report->inputs_date = plan->catalog->site.as_of;
    best_gpus_first(arena, report);
    shorten(arena, report);
    add_chapters(plan, report, (uint32_t)index, arena);
    return report;
}

struct page *page_report_make(const struct page_plan *plan, size_t index, struct arena *arena) {
    struct page_entry entry = {.kind = PAGE_MODEL, .model = (uint32_t)index, .path = ""};
    return page_report_of(plan, index, page_model(plan, &entry, arena), arena);
}

/* What the letters of the formulas stand for: the site has that in its method. */
static void explain_symbols(struct page *page, struct arena *arena) {
    struct draft draft = {.arena = arena, .page = page};
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        *draft_block(&draft, block->kind, block->name, block->heading) = *block;
        if (block->kind == BLOCK_FORMULA && strcmp(block->name, "formula") == 0)
            draft_text(&draft, "symbols", NULL,
                       "n: GPUs. W: bytes of the weights. B: bytes a second that the memory of "
                       "one GPU gives. paid: $ per hour for all n. γ: what an input token costs, "
                       "as a share of an output token. use, utilisation: the share of the paid "
                       "time in which the GPUs work. grid: grams of CO₂ per kWh. All other "
                       "quantities are in bytes, seconds, watts and joules.");
    }
    draft_end(&draft);
}

struct page *page_report_combination(const struct page_plan *plan,
                                     const struct page_question *question, struct arena *arena) {
    const struct catalog *catalog = plan->catalog;
    size_t at = question->model * catalog->gpu_count + question->gpu;
    size_t count = catalog->model_count * catalog->gpu_count;
    struct page_plan asked = *plan;
    asked.picks = ARENA_ARRAY(arena, count, struct pick);
    memcpy(asked.picks, plan->picks, count * sizeof *asked.picks);
    uint32_t model = (uint32_t)question->model, gpu = (uint32_t)question->gpu;
    if (question->gpus || question->weights != PRECISION_NONE) {
        enum precision weights =
            question->weights != PRECISION_NONE ? question->weights : plan->precisions[model];
        enum reason why = REASON_NONE;
        uint32_t least = plan_fewest(plan, places_new(arena), model, gpu, weights, &why);
        uint32_t gpus = question->gpus ? question->gpus : least ? least : 1;
        asked.picks[at] = pick_of(plan, model, gpu, gpus, weights, &catalog->site.workloads[0]);
        asked.picks[at].min_gpus = least;
    }
    struct page_entry entry = {
        .kind = PAGE_COMBINATION, .model = model, .gpu = gpu, .path = "report.html"};
    struct page *page = page_combination(pair_kept_new(arena), &asked, &entry, arena);
    page->inputs_date = catalog->site.as_of;
    shorten(arena, page);
    explain_symbols(page, arena);
    return page;
}

static bool stays(const char *href) {
    return href && strstr(href, "://");
}

static const struct table *without_links(struct arena *arena, const struct table *table) {
    size_t count = table->row_count * table->column_count;
    struct table *bare = ARENA_NEW(arena, struct table);
    struct value *cells = ARENA_ARRAY(arena, count, struct value);
    *bare = *table;
    bare->cells = cells;
    bare->downloadable = false;
    for (size_t i = 0; i < count; i++) {
        cells[i] = table->cells[i];
        if (!stays(cells[i].href))
            cells[i].href = NULL;
    }
    return bare;
}

static void detach_block(struct arena *arena, struct block *block) {
    if (block->table)
        block->table = without_links(arena, block->table);
    struct figure *figures = ARENA_ARRAY(arena, block->figure_count, struct figure);
    struct link *links = ARENA_ARRAY(arena, block->link_count, struct link);
    for (size_t i = 0; i < block->figure_count; i++) {
        figures[i] = block->figures[i];
        if (!stays(figures[i].value.href))
            figures[i].value.href = NULL;
    }
    size_t kept = 0; /* a list of links is nothing without them */
    for (size_t i = 0; i < block->link_count; i++)
        if (stays(block->links[i].href))
            links[kept++] = block->links[i];
    block->figures = figures;
    block->links = links;
    block->link_count = kept;
}

/* Downloads lie beside a page, not beside a report. */
static void drop_downloads(struct arena *arena, struct page *page) {
    struct block *blocks = own_blocks(arena, page);
    for (size_t i = 0; i < page->block_count; i++) {
        if (!blocks[i].table || !blocks[i].table->downloadable)
            continue;
        struct table *table = ARENA_NEW(arena, struct table);
        *table = *blocks[i].table;
        table->downloadable = false;
        blocks[i].table = table;
    }
}

void page_say_cuts(struct arena *arena, struct page *page) {
    struct block *blocks = own_blocks(arena, page);
    for (size_t i = 0; i < page->block_count; i++) {
        if (!blocks[i].table || !blocks[i].table->of_rows)
            continue;
        struct table *table = ARENA_NEW(arena, struct table);
        *table = *blocks[i].table;
        table->caption = page_cut_caption(arena, table->caption, table->row_count, table->of_rows);
        table->of_rows = 0;
        blocks[i].table = table;
    }
}

void page_detach(struct arena *arena, struct page *page, bool with_links) {
    drop_downloads(arena, page);
    if (with_links)
        return;
    struct block *blocks = own_blocks(arena, page);
    size_t kept = 0;
    for (size_t i = 0; i < page->block_count; i++) {
        struct block block = blocks[i];
        detach_block(arena, &block);
        if (block.kind != BLOCK_LINKS || block.link_count > 0)
            blocks[kept++] = block;
    }
    page->block_count = kept;
    page->crumbs = NULL;
    page->crumb_count = 0;
}
