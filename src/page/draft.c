/* A page while it is being written. */
#include "page/draft.h"

#include "page/phrases.h"

#include <assert.h>
#include <string.h>

struct draft draft_begin(struct arena *arena, const char *path, const char *template_name) {
    struct draft draft = {.arena = arena, .page = ARENA_NEW(arena, struct page), .capacity = 16};
    draft.page->path = path;
    draft.page->template = template_name;
    draft.blocks = ARENA_ARRAY(arena, draft.capacity, struct block);
    return draft;
}

void draft_crumbs(struct draft *draft, const struct link *crumbs, size_t count) {
    struct link *copy = ARENA_ARRAY(draft->arena, count, struct link);
    memcpy(copy, crumbs, count * sizeof *copy);
    if (count > 1)
        copy[0].text = "Index"; /* the site's name stands above it */
    draft->page->crumbs = copy;
    draft->page->crumb_count = count;
}

struct block *draft_block(struct draft *draft, enum block_kind kind, const char *name,
                          const char *heading) {
    if (draft->count == draft->capacity)
        draft->blocks = arena_grow(draft->arena, draft->blocks, draft->count, &draft->capacity,
                                   sizeof *draft->blocks);
    struct block *block = &draft->blocks[draft->count++];
    *block = (struct block){.name = name, .heading = heading, .kind = kind};
    return block;
}

void draft_answer(struct draft *draft, const char *sentence) {
    draft_block(draft, BLOCK_ANSWER, "answer", NULL)->text = sentence;
}

void draft_text(struct draft *draft, const char *name, const char *heading, const char *text) {
    draft_block(draft, BLOCK_TEXT, name, heading)->text = text;
}

void draft_markdown(struct draft *draft, const char *name, const char *heading, const char *text) {
    draft_block(draft, BLOCK_MARKDOWN, name, heading)->text = text;
}

void draft_figures(struct draft *draft, const struct figure *figures, size_t count) {
    struct figure *copy = ARENA_ARRAY(draft->arena, count, struct figure);
    memcpy(copy, figures, count * sizeof *copy);
    struct block *block = draft_block(draft, BLOCK_FIGURES, "figures", NULL);
    block->figures = copy;
    block->figure_count = count;
}

void draft_links(struct draft *draft, const char *name, const char *heading,
                 const struct link *links, size_t count) {
    if (count == 0)
        return;
    struct link *copy = ARENA_ARRAY(draft->arena, count, struct link);
    memcpy(copy, links, count * sizeof *copy);
    struct block *block = draft_block(draft, BLOCK_LINKS, name, heading);
    block->links = copy;
    block->link_count = count;
}

struct page *draft_end(struct draft *draft) {
    draft->page->blocks = draft->blocks;
    draft->page->block_count = draft->count;
    return draft->page;
}

struct rows rows_begin(struct arena *arena, const struct column *columns, size_t column_count,
                       size_t expected_rows) {
    struct rows rows = {.arena = arena, .columns = columns, .column_count = column_count};
    rows.capacity = (expected_rows ? expected_rows : 1) * column_count;
    rows.cells = arena_room(arena, rows.capacity, sizeof *rows.cells);
    return rows;
}

void rows_grow(struct rows *rows) {
    rows->cells = arena_grow_room(rows->arena, rows->cells, rows->count, &rows->capacity,
                                  sizeof *rows->cells);
}

void rows_put_infeasible(struct rows *rows, enum reason reason, size_t cells) {
    for (size_t i = 0; i < cells; i++)
        rows_put(rows, i == 0 ? value_infeasible(reason) : value_none());
}

size_t rows_count(const struct rows *rows) {
    return rows->count / rows->column_count;
}

void rows_put_prices(struct rows *rows, const struct offer *offer) {
    double gpus = offer->gpu_count ? offer->gpu_count : 1;
    const double hours[] = {offer->on_demand_usd_per_hour, offer->spot_usd_per_hour,
                            offer->reserved_1y_usd_per_hour, offer->reserved_3y_usd_per_hour};
    const char *source = phrase_price_source(rows->arena, offer);
    for (size_t i = 0; i < COUNT_OF(hours); i++) {
        struct value value = value_usd_listed(rows->arena, hours[i] / gpus);
        rows_put(rows, value_from(value, FROM_INPUT, source));
        if (value.kind == VALUE_NUMBER)
            source = NULL;
    }
}

static bool says_something(const struct rows *rows, size_t column) {
    for (size_t i = column; i < rows->count; i += rows->column_count)
        if (rows->cells[i].kind != VALUE_MISSING || rows->cells[i].reason)
            return true;
    return false;
}

void rows_drop_empty(struct rows *rows) {
    struct column *columns = ARENA_ARRAY(rows->arena, rows->column_count, struct column);
    bool *keep = ARENA_ARRAY(rows->arena, rows->column_count, bool);
    size_t kept = 0, used = 0;
    for (size_t i = 0; i < rows->column_count; i++)
        if ((keep[i] = says_something(rows, i)))
            columns[kept++] = rows->columns[i];
    for (size_t i = 0; i < rows->count; i++)
        if (keep[i % rows->column_count])
            rows->cells[used++] = rows->cells[i];
    rows->columns = columns;
    rows->column_count = kept ? kept : 1;
    rows->count = used;
}

struct table *rows_table(struct rows *rows, const char *caption) {
    assert(rows->count % rows->column_count == 0); /* every row has all its cells */
    struct table *table = ARENA_NEW(rows->arena, struct table);
    table->caption = caption;
    table->columns = rows->columns;
    table->column_count = rows->column_count;
    table->cells = rows->cells;
    table->row_count = rows_count(rows);
    return table;
}

struct table *draft_table(struct draft *draft, const char *name, const char *heading,
                          struct rows *rows, const char *caption) {
    if (rows_count(rows) == 0)
        return NULL;
    struct table *table = rows_table(rows, caption);
    draft_block(draft, BLOCK_TABLE, name, heading)->table = table;
    return table;
}

enum chart_mark draft_mark(enum provenance from) {
    switch (from) {
    case FROM_MEASURED:
        return MARK_FILLED;
    case FROM_CALIBRATED:
        return MARK_HALF;
    case FROM_EXTRAPOLATED:
        return MARK_DOTTED;
    case FROM_FIRST_PRINCIPLES:
        return MARK_EMPTY;
    default:
        return MARK_NONE;
    }
}

void draft_chart(struct draft *draft, const char *name, struct chart *chart,
                 const struct table *table) {
    struct block *block = draft_block(draft, BLOCK_CHART, name, chart->title);
    block->chart = chart;
    block->table = table;
}

void draft_chart_alone(struct draft *draft, const char *name, struct chart *chart,
                       const struct table *table) {
    draft_chart(draft, name, chart, table);
    draft->blocks[draft->count - 1].alone = true;
}

void derivation_line(struct derivation *derivation, const char *symbols, const char *numbers,
                     const char *result) {
    if (derivation->count == derivation->capacity)
        derivation->lines = arena_grow(derivation->arena, derivation->lines, derivation->count,
                                       &derivation->capacity, sizeof *derivation->lines);
    derivation->lines[derivation->count++] = (struct formula_line){symbols, numbers, result};
}

void draft_formula(struct draft *draft, const char *name, const char *heading, const char *text,
                   const struct derivation *derivation) {
    if (derivation->count == 0)
        return;
    struct block *block = draft_block(draft, BLOCK_FORMULA, name, heading);
    block->text = text;
    block->lines = derivation->lines;
    block->line_count = derivation->count;
}
