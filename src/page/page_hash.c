/* What a page says, as one number: every member of it and of its blocks, tables and charts. Pages
   of equal hashes are rendered to equal bytes. tests/unit/page_hash_test.c finds a member that is
   missing here. */
#include "page/page.h"

#include "base/hash.h"

#include <string.h>

/* Bytes are hashed by the roomful. */
struct hasher {
    uint64_t hash;
    size_t used;
    const char *source; /* of the last value that had one: most share it with the next */
    size_t source_size;
    char room[4096];
};

/* Without the room, which need not be cleared. */
static void begin(struct hasher *h) {
    h->hash = h->used = 0;
    h->source = NULL;
    h->source_size = 0;
}

static void flush(struct hasher *h) {
    h->hash = hash_bytes(h->room, h->used, h->hash);
    h->used = 0;
}

/* Makes room for so many bytes, which fit. */
static inline char *room_for(struct hasher *h, size_t n) {
    if (n > sizeof h->room - h->used)
        flush(h);
    h->used += n;
    return h->room + h->used - n;
}

static void put(struct hasher *h, const void *bytes, size_t n) {
    if (n > sizeof h->room) {
        flush(h);
        h->hash = hash_bytes(bytes, n, h->hash);
    } else {
        memcpy(room_for(h, n), bytes, n);
    }
}

static void put_text(struct hasher *h, const char *text) {
    put(h, text ? text : "\1", text ? strlen(text) + 1 : 1); /* no text of ours begins so */
}

static void put_count(struct hasher *h, size_t count) {
    put(h, &count, sizeof count);
}

static void put_number(struct hasher *h, double number) {
    put(h, &number, sizeof number);
}

static void put_flag(struct hasher *h, bool flag) {
    put(h, flag ? "+" : "-", 1);
}

static void put_kind(struct hasher *h, int kind) {
    put(h, &kind, sizeof kind);
}

enum { FIXED_BYTES = 20 }; /* of a value: its numbers and what it is */

static void copy_fixed(char *at, double number, double bar, uint32_t kinds) {
    memcpy(at, &number, 8);
    memcpy(at + 8, &bar, 8);
    memcpy(at + 16, &kinds, 4);
}

/* Bytes of a text with its NUL; 0 where there is none. */
static inline size_t size_of(const char *text) {
    return text ? strlen(text) + 1 : 0;
}

static inline size_t size_of_source(struct hasher *h, const char *source) {
    if (source && source != h->source) {
        h->source = source;
        h->source_size = size_of(source);
    }
    return source ? h->source_size : 0;
}

/* Returns what follows. Most texts are so short that a call would cost more than copying them: the
   first and the last bytes of those may overlap. */
static inline char *copy_text(char *at, const char *text, size_t n) {
    if (n > 16) {
        memcpy(at, text, n);
    } else if (n >= 8) {
        memcpy(at, text, 8);
        memcpy(at + n - 8, text + n - 8, 8);
    } else if (n >= 4) {
        memcpy(at, text, 4);
        memcpy(at + n - 4, text + n - 4, 4);
    } else if (n) {
        at[0] = text[0];
        at[n / 2] = text[n / 2];
        at[n - 1] = '\0';
    }
    return at + n;
}

/* Where the room ends within the value. */
static __attribute__((noinline)) void
put_value_in_parts(struct hasher *h, const struct value *value, uint32_t kinds) {
    const char *const texts[] = {value->text, value->href, value->source, value->reason};
    copy_fixed(room_for(h, FIXED_BYTES), value->number, value->bar, kinds);
    for (unsigned i = 0; i < 4; i++)
        if (texts[i])
            put(h, texts[i], strlen(texts[i]) + 1);
}

/* Tables are nearly all of a site: a value goes in one step. */
static void put_value(struct hasher *h, const struct value *value) {
    size_t text = value->text ? value_shown(value).n + 1 : 0, href = size_of(value->href);
    size_t source = size_of_source(h, value->source), reason = size_of(value->reason);
    uint32_t kinds = (uint32_t)value->kind | (uint32_t)(text > 0) << 16 |
                     (uint32_t)(href > 0) << 17 | (uint32_t)(source > 0) << 18 |
                     (uint32_t)(reason > 0) << 19;
    if (value->has_provenance)
        kinds |= ((uint32_t)value->provenance + 1) << 8;
    size_t n = FIXED_BYTES + text + href + source + reason;
    if (n > sizeof h->room - h->used) {
        put_value_in_parts(h, value, kinds);
        return;
    }
    char *at = h->room + h->used;
    h->used += n;
    copy_fixed(at, value->number, value->bar, kinds);
    at = copy_text(at + FIXED_BYTES, value->text, text);
    if (n == FIXED_BYTES + text) /* as most are */
        return;
    at = copy_text(at, value->href, href);
    at = copy_text(at, value->source, source);
    copy_text(at, value->reason, reason);
}

static void put_column(struct hasher *h, const struct column *column) {
    put_text(h, column->key);
    put_text(h, column->head);
    put_text(h, column->unit);
    put_flag(h, column->numeric);
    put_flag(h, column->filter);
}

static void put_table(struct hasher *h, const struct table *table) {
    put_text(h, table->caption);
    put_count(h, table->column_count);
    put_count(h, table->row_count);
    put_count(h, table->shown_columns);
    put_count(h, table->shown_rows);
    if (table->of_rows)
        put_count(h, table->of_rows);
    put_flag(h, table->sortable);
    put_flag(h, table->anchors);
    put_flag(h, table->downloadable);
    for (size_t i = 0; i < table->column_count; i++)
        put_column(h, &table->columns[i]);
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        put_value(h, &table->cells[i]);
}

static void put_figure(struct hasher *h, const struct figure *figure) {
    put_text(h, figure->label);
    put_value(h, &figure->value);
    put_text(h, figure->unit);
    put_text(h, figure->note);
}

static void put_formula_line(struct hasher *h, const struct formula_line *line) {
    put_text(h, line->symbols);
    put_text(h, line->numbers);
    put_text(h, line->result);
}

static void put_link(struct hasher *h, const struct link *link) {
    put_text(h, link->text);
    put_text(h, link->href);
    put_text(h, link->note);
}

static void put_scalar(struct hasher *h, const struct scalar *scalar) {
    put_text(h, scalar->name);
    put_text(h, scalar->text);
}

static void put_numbers(struct hasher *h, const double *numbers, size_t count) {
    put_flag(h, numbers != NULL);
    if (numbers)
        put(h, numbers, count * sizeof *numbers);
}

static void put_texts(struct hasher *h, const char *const *texts, size_t count) {
    put_flag(h, texts != NULL);
    for (size_t i = 0; texts && i < count; i++)
        put_text(h, texts[i]);
}

static void put_chart_axis(struct hasher *h, const struct chart_axis *axis) {
    put_text(h, axis->label);
    put_text(h, axis->unit);
    put_flag(h, axis->log);
    put_flag(h, axis->from_zero);
    put_flag(h, axis->less_is_better);
    put_flag(h, axis->date);
    put_count(h, axis->category_count);
    put_texts(h, axis->categories, axis->category_count);
}

static void put_chart_series(struct hasher *h, const struct chart_series *series) {
    put_text(h, series->name);
    put_kind(h, (int)series->kind);
    put_kind(h, (int)series->mark);
    put_kind(h, series->colour);
    put_flag(h, series->dashed);
    put_count(h, series->count);
    put_numbers(h, series->x, series->count);
    put_numbers(h, series->y, series->count);
    put_texts(h, series->labels, series->count);
    for (size_t i = 0; series->marks && i < series->count; i++)
        put_kind(h, (int)series->marks[i]);
}

static void put_chart(struct hasher *h, const struct chart *chart) {
    put_kind(h, (int)chart->kind);
    put_text(h, chart->id);
    put_text(h, chart->title);
    put_text(h, chart->desc);
    put_chart_axis(h, &chart->x);
    put_chart_axis(h, &chart->y);
    put_number(h, chart->width);
    put_number(h, chart->height);
    put_count(h, chart->series_count);
    for (size_t i = 0; i < chart->series_count; i++)
        put_chart_series(h, &chart->series[i]);
    put_numbers(h, chart->heat, chart->y.category_count * chart->x.category_count);
    put_count(h, chart->panel_count);
    for (size_t i = 0; i < chart->panel_count; i++)
        put_chart(h, &chart->panels[i]);
}

static uint64_t hash_of_table(const struct table *table) {
    struct hasher h;
    begin(&h);
    put_table(&h, table);
    flush(&h);
    return h.hash;
}

/* A table goes by its own hash, which is noted. */
static void put_block(struct hasher *h, const struct block *block, uint64_t *table_hash) {
    put_text(h, block->name);
    put_text(h, block->heading);
    put_text(h, block->chapter);
    put_kind(h, (int)block->kind);
    put_text(h, block->text);
    put_count(h, block->figure_count);
    for (size_t i = 0; i < block->figure_count; i++)
        put_figure(h, &block->figures[i]);
    put_count(h, block->line_count);
    for (size_t i = 0; i < block->line_count; i++)
        put_formula_line(h, &block->lines[i]);
    put_count(h, block->link_count);
    for (size_t i = 0; i < block->link_count; i++)
        put_link(h, &block->links[i]);
    put_flag(h, block->alone);
    put_flag(h, block->chart != NULL);
    if (block->chart)
        put_chart(h, block->chart);
    *table_hash = block->table ? hash_of_table(block->table) : 0;
    put(h, table_hash, sizeof *table_hash);
}

/* All but what is made of this hash. */
static void put_page(struct hasher *h, const struct page *page, uint64_t *table_hashes) {
    put_text(h, page->path);
    put_text(h, page->template);
    put_text(h, page->title);
    put_text(h, page->description);
    put_text(h, page->inputs_date);
    put_flag(h, page->contents);
    put_count(h, page->crumb_count);
    for (size_t i = 0; i < page->crumb_count; i++)
        put_link(h, &page->crumbs[i]);
    put_count(h, page->scalar_count);
    for (size_t i = 0; i < page->scalar_count; i++)
        put_scalar(h, &page->scalars[i]);
    put_count(h, page->block_count);
    for (size_t i = 0; i < page->block_count; i++)
        put_block(h, &page->blocks[i], &table_hashes[i]);
}

void page_hash(struct page *page, struct arena *arena) {
    struct hasher h;
    uint64_t *table_hashes = arena_room(arena, page->block_count + 1, sizeof *table_hashes);
    begin(&h);
    put_page(&h, page, table_hashes);
    flush(&h);
    page->fingerprint = h.hash;
    page->table_hashes = table_hashes;
}
