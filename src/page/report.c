/* Pages for paper: the same blocks under another name, with long tables cut to their first rows. */
#include "page/plan.h"

#include <string.h>

#define REPORT_ROWS 24 /* of a table: what a reader of paper compares; the site has the rest */

static const struct table *shortened(struct arena *arena, const struct table *table) {
    if (!table || table->row_count <= REPORT_ROWS)
        return table;
    struct table *cut = ARENA_NEW(arena, struct table);
    *cut = *table;
    cut->row_count = REPORT_ROWS;
    cut->caption =
        arena_printf(arena, "%s%sThe first %d of %zu rows; the page has them all.",
                     table->caption ? table->caption : "",
                     table->caption && *table->caption ? ". " : "", REPORT_ROWS, table->row_count);
    return cut;
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
            blocks[i].table = shortened(arena, blocks[i].table);
}

size_t page_report_count(const struct page_plan *plan) {
    return plan->catalog->model_count;
}

struct page *page_report_make(const struct page_plan *plan, size_t index, struct arena *arena) {
    struct page_entry entry = {
        .kind = PAGE_MODEL,
        .model = (uint32_t)index,
        .path = arena_printf(arena, "models/%s/report.pdf", plan->catalog->models[index].id)};
    struct page *page = page_model(plan, &entry, arena);
    page->inputs_date = plan->catalog->site.as_of;
    shorten(arena, page);
    return page;
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
        uint32_t least = plan_fewest(plan, model, gpu, weights, &why);
        uint32_t gpus = question->gpus ? question->gpus : least ? least : 1;
        asked.picks[at] = pick_of(plan, model, gpu, gpus, weights, &catalog->site.workloads[0]);
        asked.picks[at].min_gpus = least;
    }
    struct page_entry entry = {
        .kind = PAGE_COMBINATION, .model = model, .gpu = gpu, .path = "report.html"};
    struct page *page = page_combination(&asked, &entry, arena);
    page->inputs_date = catalog->site.as_of;
    shorten(arena, page);
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

void page_detach(struct arena *arena, struct page *page) {
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
