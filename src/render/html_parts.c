/* What a page carries inline, as its blocks need it. */
#include "render/html.h"

static bool has_bars(const struct table *table) {
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        if (table->cells[i].bar > 0)
            return true;
    return false;
}

/* Marks that few charts have: points, closed lines without fill, the fifth and sixth colour. */
static bool has_rare_marks(const struct marks *marks) {
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_CIRCLE || mark->colour > 3 || (mark->closed && !mark->fill))
            return true;
    }
    return false;
}

/* What the charts are drawn with decides which rules their page carries: they are laid out first.
 */
static unsigned lay_out(struct view *view, size_t index) {
    struct marks *marks = &view->marks[index];
    *marks = chart_layout_with(view->page->ticks, view->arena, view->page->blocks[index].chart);
    return PART_BIT(STYLE_CHARTS) | (has_rare_marks(marks) ? PART_BIT(STYLE_POINTS) : 0);
}

unsigned html_parts(struct view *view) {
    const struct page *page = view->page;
    unsigned set = PART_BIT(STYLE_PAGE);
    if (strcmp(page->template, "index") == 0)
        set |= PART_BIT(SCRIPT_FIND) | PART_BIT(STYLE_TABLES);
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        if (block->kind == BLOCK_DATA)
            set |= PART_BIT(SCRIPT_CALCULATOR) | PART_BIT(STYLE_TABLES);
        if (block->kind == BLOCK_CHART)
            set |= lay_out(view, i);
        if (!block->table)
            continue;
        if (html_is_sortable(block->table))
            set |= PART_BIT(SCRIPT_TABLES) | PART_BIT(STYLE_TABLES);
        else if (!(set & PART_BIT(STYLE_TABLES)) &&
                 (block->table->anchors || has_bars(block->table)))
            set |= PART_BIT(STYLE_TABLES);
    }
    return set;
}
