/* Blocks of a page in HTML: answer, key figures, text, charts, formulas, links. */
#include "render/html.h"

#include "render/markdown.h"

#include <string.h>

void html_href(const struct view *view, const char *path, struct buf *out) {
    struct str folder = view->folder, way = str_of(path);
    if (folder.n && str_starts(way, folder))
        escape_site_href(out, STR(""), (struct str){way.p + folder.n, way.n - folder.n});
    else
        escape_site_href(out, view->root, way);
}

static void put_paragraphs(const char *text, struct buf *out) {
    if (!text)
        return;
    while (*text) {
        const char *stop = strstr(text, "\n\n");
        size_t n = stop ? (size_t)(stop - text) : strlen(text);
        buf_puts(out, "<p>");
        escape_text_slice(out, (struct str){text, n});
        buf_puts(out, "</p>\n");
        text += n;
        while (*text == '\n')
            text++;
    }
}

void html_term(struct view *view, const char *words, struct buf *out) {
    size_t index;
    const char *anchor = view->folder.n && !view->inner ? page_term(words, &index) : NULL;
    if (!anchor || view->terms >> index & 1) {
        escape_text(out, words);
        return;
    }
    view->terms |= UINT64_C(1) << index;
    buf_puts(out, "<a href=\"");
    buf_put_str(out, view->root);
    buf_puts(out, "glossary/index.html#");
    buf_puts(out, anchor);
    buf_puts(out, "\">");
    escape_text(out, words);
    buf_puts(out, "</a>");
}

static void put_figures(struct view *view, const struct block *block, struct buf *out) {
    buf_puts(out, "<dl class=\"figures\">\n");
    for (size_t i = 0; i < block->figure_count; i++) {
        const struct figure *figure = &block->figures[i];
        buf_puts(out, "<div><dt>");
        html_term(view, figure->label, out);
        buf_puts(out, "</dt><dd><b>");
        html_value(view, &figure->value, false, out);
        buf_puts(out, "</b>");
        if (figure->unit && *figure->unit) {
            buf_puts(out, " <span>");
            escape_text(out, figure->unit);
            buf_puts(out, "</span>");
        }
        if (figure->value.has_provenance && figure->value.kind != VALUE_MISSING)
            html_mark(figure->value.provenance, figure->value.source, out);
        if (figure->note) {
            buf_puts(out, "<small>");
            escape_text(out, figure->note);
            buf_puts(out, "</small>");
        }
        buf_puts(out, "</dd></div>\n");
    }
    buf_puts(out, "</dl>\n");
}

static void put_formula(const struct block *block, struct buf *out) {
    buf_puts(out, "<ol class=\"formula\">\n");
    for (size_t i = 0; i < block->line_count; i++) {
        const struct formula_line *line = &block->lines[i];
        buf_puts(out, "<li>");
        escape_text(out, line->symbols);
        if (line->numbers) {
            buf_puts(out, " <span>= ");
            escape_text(out, line->numbers);
            buf_puts(out, "</span>");
        }
        if (line->result) {
            buf_puts(out, " <b>= ");
            escape_text(out, line->result);
            buf_puts(out, "</b>");
        }
        buf_puts(out, "</li>\n");
    }
    buf_puts(out, "</ol>\n");
}

static void put_links(const struct view *view, const struct block *block, struct buf *out) {
    buf_puts(out, "<ul class=\"links\">\n");
    for (size_t i = 0; i < block->link_count; i++) {
        const struct link *link = &block->links[i];
        buf_puts(out, "<li>");
        if (link->href) {
            buf_puts(out, "<a href=\"");
            html_href(view, link->href, out);
            buf_puts(out, "\">");
        }
        escape_text(out, link->text);
        if (link->href)
            buf_puts(out, "</a>");
        if (link->note) {
            buf_puts(out, " <small>");
            escape_text(out, link->note);
            buf_puts(out, "</small>");
        }
        buf_puts(out, "</li>\n");
    }
    buf_puts(out, "</ul>\n");
}

static void put_chart(struct view *view, const struct block *block, struct buf *out) {
    const struct table *table =
        block->table ? block->table : html_chart_table(view->arena, block->chart);
    render_svg(&view->marks[block - view->page->blocks], out);
    buf_puts(out, block->alone ? "\n<details open>" : "\n<details>");
    buf_puts(out, "<summary>These numbers as a table</summary>\n");
    view->inner = true;
    html_table(view, block->name, table, out);
    view->inner = false;
    buf_puts(out, "</details>\n");
}

static void put_markdown(const struct view *view, const struct block *block, struct buf *out) {
    const char *text = block->text;
    size_t n = text ? strlen(text) : 0;
    if (!text) {
        struct buf path = BUF_INIT;
        buf_printf(&path, "templates/prose/%s.md", block->name);
        const struct source_text *prose = render_source(view->theme->sources, buf_text(&path));
        buf_free(&path);
        if (!prose)
            return;
        text = prose->text;
        n = prose->length;
    }
    buf_puts(out, "<div class=\"prose\">\n");
    if (!markdown_put(out, text, n, block->heading ? 3 : 2, view->prose_root, (struct place){0},
                      NULL))
        out->overflow = true;
    buf_puts(out, "</div>\n");
}

/* For a script of the page; nothing in it can end the element. */
static void put_data(const struct block *block, struct buf *out) {
    buf_printf(out, "<script type=\"application/json\" id=\"%s\">", block->name);
    for (const char *run = block->text ? block->text : ""; *run;) {
        size_t n = strcspn(run, "<");
        buf_put(out, run, n);
        run += n;
        if (*run == '<') {
            buf_puts(out, "\\u003c");
            run++;
        }
    }
    buf_puts(out, "</script>\n");
}

static void put_content(struct view *view, const struct block *block, struct buf *out) {
    switch (block->kind) {
    case BLOCK_ANSWER:
        buf_puts(out, "<p class=\"answer\">");
        escape_text(out, block->text);
        buf_puts(out, "</p>\n");
        break;
    case BLOCK_FIGURES:
        put_figures(view, block, out);
        break;
    case BLOCK_TEXT:
        put_paragraphs(block->text, out);
        break;
    case BLOCK_MARKDOWN:
        put_markdown(view, block, out);
        break;
    case BLOCK_TABLE:
        html_table(view, block->name, block->table, out);
        break;
    case BLOCK_CHART:
        put_chart(view, block, out);
        break;
    case BLOCK_FORMULA:
        put_formula(block, out);
        break;
    case BLOCK_LINKS:
        put_links(view, block, out);
        break;
    case BLOCK_DATA:
        put_data(block, out);
    }
}

void html_block(struct view *view, const struct block *block, struct buf *out) {
    const char *heading = block->heading;
    if (!heading && block->kind == BLOCK_CHART)
        heading = block->chart->title;
    if (!heading && block->kind != BLOCK_TABLE) {
        put_content(view, block, out);
        return;
    }
    buf_puts(out, "<section id=\"");
    buf_puts(out, block->name);
    buf_puts(out, "\">\n");
    if (heading) {
        buf_puts(out, "<h2>");
        escape_text(out, heading);
        buf_puts(out, "</h2>\n");
    }
    put_content(view, block, out);
    buf_puts(out, "</section>\n");
}
