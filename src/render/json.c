/* Tables and pages as JSON: every figure raw and as shown, with provenance, source and reason. A
   page names the twins of its tables instead of repeating them. */
#include "render/html.h"

#include "base/hash.h"
#include "render/escape_few.h"
#include "render/raw.h"

#include <math.h>
#include <string.h>

static __attribute__((noinline)) void put_long(struct buf *out, struct str before,
                                               struct str text) {
    buf_put_str(out, before);
    escape_json_slice(out, text);
    buf_putc(out, '"');
}

/* The constant that stands before a text, its first quote included, and the text in quotes. */
INLINE void put_after(struct buf *out, struct str before, struct str text) {
    size_t n = text.n;
    if (n <= UNCHANGED_MAX && buf_has_room(out, before.n + n + 1)) {
        char *at = out->data + out->len;
        memcpy(at, before.p, before.n);
        if (put_unchanged(at + before.n, text.p, n, IN_JSON)) {
            at[before.n + n] = '"';
            buf_took(out, before.n + n + 1);
            return;
        }
    }
    put_long(out, before, text);
}

static void put_string(struct buf *out, const char *text) {
    if (text)
        put_after(out, STR("\""), str_of(text));
    else
        buf_puts(out, "null");
}

/* What stands before the text of a member. */
#define MEMBER(key) STR(",\"" key "\":\"")

/* ,"key":"text" unless there is no text. */
INLINE void put_member(struct buf *out, struct str member, const char *text) {
    if (text)
        put_after(out, member, str_of(text));
}

/* What few values have. */
static __attribute__((noinline)) void put_notes(const struct value *value, bool with_mark,
                                                struct buf *out) {
    if (with_mark) {
        put_after(out, MEMBER("provenance"), provenance_str(value->provenance));
        put_member(out, MEMBER("source"), value->source);
    }
    if (value->kind == VALUE_MISSING)
        put_member(out, MEMBER("reason"), value->reason);
    put_member(out, MEMBER("href"), value->href);
}

/* What follows the number or text of a value, but for what is shown of a number. `column` is what
   holds for the whole column and need not be said again; NULL outside tables. */
INLINE void put_rest(const struct value *value, const struct value *column, struct buf *out) {
    bool missing = value->kind == VALUE_MISSING;
    bool with_mark =
        !missing && value->has_provenance && !(column && html_same_mark(column, value));
    if (with_mark || value->href || (missing && value->reason))
        put_notes(value, with_mark, out);
    buf_putc(out, '}');
}

static bool is_figure(const struct value *value) {
    return value->kind == VALUE_NUMBER && isfinite(value->number);
}

static const char *words_of(const struct value *value) {
    return value->kind == VALUE_TEXT ? value->text : NULL;
}

/* The value itself, and what is shown of a number. */
static void put_plainly(const struct value *value, struct buf *out) {
    if (is_figure(value))
        buf_put_shortest(out, value->number);
    else
        put_string(out, words_of(value));
    if (value->kind == VALUE_NUMBER)
        put_member(out, MEMBER("shown"), value->text);
}

static void put_value(const struct value *value, struct buf *out) {
    buf_puts(out, "{\"value\":");
    put_plainly(value, out);
    put_rest(value, NULL, out);
}

static void put_columns(const struct table *table, const struct value *const *marks,
                        struct buf *out) {
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        buf_puts(out, i ? ",{\"key\":" : "{\"key\":");
        put_string(out, column->key);
        put_member(out, MEMBER("head"), column->head);
        put_member(out, MEMBER("unit"), column->unit);
        if (marks[i]) {
            put_after(out, MEMBER("provenance"), provenance_str(marks[i]->provenance));
            put_member(out, MEMBER("source"), marks[i]->source);
        }
        buf_puts(out, column->numeric ? ",\"numeric\":true" : ",\"numeric\":false");
        bool on_page = table->shown_columns == 0 || i < table->shown_columns;
        buf_puts(out, on_page ? "}" : ",\"on_page\":false}"); /* for the twins only */
    }
}

/* ,"key":{"value": of every column, one after another: what stands before each figure. */
struct prefixes {
    struct buf text;
    size_t starts[HTML_MAX_COLUMNS + 1];
};

static void make_prefixes(const struct table *table, struct prefixes *prefixes) {
    for (size_t i = 0; i < table->column_count; i++) {
        prefixes->starts[i] = prefixes->text.len;
        buf_puts(&prefixes->text, i ? "," : "{");
        put_string(&prefixes->text, table->columns[i].key);
        buf_puts(&prefixes->text, ":{\"value\":");
    }
    prefixes->starts[table->column_count] = prefixes->text.len;
    buf_put(&prefixes->text, (char[16]){0}, 16); /* read with the last one */
}

/* Sixteen at a time: up to fifteen more than n bytes are read and written. */
INLINE void copy_sixteens(char *at, const char *p, size_t n) {
    for (size_t i = 0; i < n; i += 16)
        memcpy(at + i, p + i, 16);
}

/* A cell that is words, nothing, or a figure of which both texts are known: false when it has to be
   put otherwise. */
static bool put_quickly(struct str prefix, const struct value *value, struct str full,
                        struct buf *out) {
    static const char shown[] = ",\"shown\":\"";
    struct str text = value->kind == VALUE_MISSING ? str_of(NULL) : value_shown(value);
    size_t n = text.n;
    if (n > UNCHANGED_MAX || !buf_has_room(out, prefix.n + NUM_SHORTEST_MAX + UNCHANGED_MAX + 32))
        return false;
    char *start = out->data + out->len, *at = start;
    copy_sixteens(at, prefix.p, prefix.n);
    at += prefix.n;
    if (full.n) {
        memcpy(at, full.p, NUM_SHORTEST_MAX); /* quicker than as many as needed */
        at += full.n;
        memcpy(at, shown, sizeof shown - 1);
        at += text.p ? sizeof shown - 1 : 0;
    } else {
        memcpy(at, text.p ? "\"   " : "null", 4);
        at += text.p ? 1 : 4;
    }
    if (text.p && !put_unchanged(at, text.p, n, IN_JSON))
        return false;
    at[n] = '"';
    buf_took(out, (size_t)(at - start) + (text.p ? n + 1 : 0));
    return true;
}

static void put_cell(struct str prefix, const struct value *value, size_t cell,
                     const struct raw_figures *raw, struct buf *out) {
    struct str full = {NULL, 0};
    if (raw && raw->cells[cell].full) {
        const struct raw_figure *figure = &raw->cells[cell];
        full = (struct str){raw->text + figure->at + figure->behind, figure->full};
    }
    if ((full.n || value->kind != VALUE_NUMBER) && put_quickly(prefix, value, full, out))
        return;
    buf_put(out, prefix.p, prefix.n);
    put_plainly(value, out);
}

static void put_rows(const struct table *table, const struct value *const *marks,
                     const struct raw_figures *raw, struct buf *out) {
    struct prefixes prefixes = {.text = BUF_INIT};
    size_t cell = 0;
    make_prefixes(table, &prefixes);
    for (size_t row = 0; row < table->row_count; row++) {
        buf_puts(out, row ? ",\n" : "\n");
        if (table->column_count == 0)
            buf_putc(out, '{');
        for (size_t i = 0; i < table->column_count; i++, cell++) {
            const size_t *starts = &prefixes.starts[i];
            struct str prefix = {prefixes.text.data + starts[0], starts[1] - starts[0]};
            put_cell(prefix, &table->cells[cell], cell, raw, out);
            put_rest(&table->cells[cell], marks[i], out);
        }
        buf_putc(out, '}');
    }
    buf_free(&prefixes.text);
}

static void put_table(const struct table *table, const struct raw_figures *raw, struct buf *out) {
    const struct value *marks[HTML_MAX_COLUMNS];
    if (table->column_count > HTML_MAX_COLUMNS) {
        out->overflow = true;
        return;
    }
    html_head_marks(table, table->row_count, marks);
    buf_puts(out, "{\"caption\":");
    put_string(out, table->caption);
    buf_puts(out, ",\"columns\":[");
    put_columns(table, marks, out);
    buf_puts(out, "],\"rows\":[");
    put_rows(table, marks, raw, out);
    buf_puts(out, "]}");
}

void render_table_json(const struct table *table, const struct raw_figures *raw, struct buf *out) {
    put_table(table, raw, out);
    buf_putc(out, '\n');
}

static void put_figures(const struct block *block, struct buf *out) {
    buf_puts(out, ",\"figures\":[");
    for (size_t i = 0; i < block->figure_count; i++) {
        const struct figure *figure = &block->figures[i];
        buf_puts(out, i ? ",{\"label\":" : "{\"label\":");
        put_string(out, figure->label);
        put_member(out, MEMBER("unit"), figure->unit);
        put_member(out, MEMBER("note"), figure->note);
        buf_puts(out, ",\"figure\":");
        put_value(&figure->value, out);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_lines(const struct block *block, struct buf *out) {
    buf_puts(out, ",\"lines\":[");
    for (size_t i = 0; i < block->line_count; i++) {
        buf_puts(out, i ? ",{\"symbols\":" : "{\"symbols\":");
        put_string(out, block->lines[i].symbols);
        put_member(out, MEMBER("numbers"), block->lines[i].numbers);
        put_member(out, MEMBER("result"), block->lines[i].result);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_links(const char *key, const struct link *links, size_t count, struct buf *out) {
    buf_printf(out, ",\"%s\":[", key);
    for (size_t i = 0; i < count; i++) {
        buf_puts(out, i ? ",{\"text\":" : "{\"text\":");
        put_string(out, links[i].text);
        put_member(out, MEMBER("href"), links[i].href);
        put_member(out, MEMBER("note"), links[i].note);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static const char *const kind_names[] = {
    [BLOCK_ANSWER] = "answer",     [BLOCK_FIGURES] = "figures", [BLOCK_TEXT] = "text",
    [BLOCK_MARKDOWN] = "markdown", [BLOCK_TABLE] = "table",     [BLOCK_CHART] = "chart",
    [BLOCK_FORMULA] = "formula",   [BLOCK_LINKS] = "links",     [BLOCK_DATA] = "data",
};

/* Where the rows are: in files of their own beside the page. */
static void put_twins(const char *name, const struct table *table, struct buf *out) {
    buf_puts(out, ",\"table\":{\"caption\":");
    put_string(out, table->caption);
    buf_puts(out, ",\"row_count\":");
    buf_put_u64(out, table->row_count);
    buf_printf(out, ",\"json\":\"%s.json\",\"csv\":\"%s.csv\"}", name, name);
}

static void put_block(const struct block *block, struct arena *arena, struct buf *out) {
    const struct table *table = block->table;
    buf_puts(out, "{\"name\":");
    put_string(out, block->name);
    put_member(out, MEMBER("kind"), kind_names[block->kind]);
    put_member(out, MEMBER("heading"),
               !block->heading && block->chart ? block->chart->title : block->heading);
    if (block->kind != BLOCK_DATA) /* a script's food, of many times the page's size */
        put_member(out, MEMBER("text"), block->text);
    if (block->figure_count)
        put_figures(block, out);
    if (block->line_count)
        put_lines(block, out);
    if (block->link_count)
        put_links("links", block->links, block->link_count, out);
    if (!table && block->chart)
        table = html_chart_table(arena, block->chart);
    if (table && table->downloadable) {
        put_twins(block->name, table, out);
    } else if (table) {
        buf_puts(out, ",\"table\":");
        put_table(table, NULL, out);
    }
    buf_putc(out, '}');
}

bool render_has_page_json(const char *path) {
    const char *slash = strrchr(path, '/');
    struct page page = {.path = path};
    return strcmp(slash ? slash + 1 : path, "index.html") == 0 && page_depth(&page) <= 2;
}

void render_twin_path(const struct page *page, const struct block *block, const char *extension,
                      struct buf *out) {
    const char *slash = strrchr(page->path, '/');
    size_t folder = slash ? (size_t)(slash + 1 - page->path) : 0;
    const char *file = page->path + folder, *dot = strrchr(file, '.');
    buf_put(out, page->path, folder);
    if (block)
        buf_puts(out, block->name);
    else
        buf_put(out, file, dot ? (size_t)(dot - file) : strlen(file));
    buf_printf(out, ".%s", extension);
}

void render_page_json(const struct site_context *site, const struct page *page, struct buf *out) {
    struct arena *arena = arena_new();
    struct buf url = BUF_INIT;
    site_put_url(site, page->path, &url);
    buf_puts(out, "{\"schema\":\"tallypress-page-2\",\"url\":");
    put_string(out, buf_text(&url));
    put_member(out, MEMBER("template"), page->template);
    put_member(out, MEMBER("title"), page->title);
    put_member(out, MEMBER("description"), page->description);
    put_member(out, MEMBER("inputs_date"), page->inputs_date);
    char hex[HASH_HEX];
    hash_hex(hex, page->fingerprint);
    put_member(out, MEMBER("fingerprint"), hex);
    put_member(out, MEMBER("version"), site->version);
    put_links("crumbs", page->crumbs, page->crumb_count, out);
    buf_puts(out, ",\n\"scalars\":{");
    for (size_t i = 0; i < page->scalar_count; i++) {
        if (i)
            buf_putc(out, ',');
        put_string(out, page->scalars[i].name);
        buf_putc(out, ':');
        put_string(out, page->scalars[i].text);
    }
    buf_puts(out, "},\n\"blocks\":[");
    for (size_t i = 0; i < page->block_count; i++) {
        buf_puts(out, i ? ",\n" : "\n");
        put_block(&page->blocks[i], arena, out);
    }
    buf_puts(out, "]}\n");
    buf_free(&url);
    arena_free(arena);
}
