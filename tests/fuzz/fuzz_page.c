/* Values from scraped lists on a page: the input's lines become every name, note, source, link,
   caption, label and heading of a page, which is rendered as HTML with the shipped theme, as CSV,
   JSON and PDF. The page stays well formed, with the scripts it has without them. */
#include "fuzz.h"

#include "../unit/render_sample.h"
#include "../unit/wellformed.h"
#include "base/str.h"
#include "read/csv.h"

struct lines {
    char *at;
};

/* The next line of the input, round and round. */
static const char *take(struct fuzz *fuzz, struct lines *lines) {
    char *end = fuzz->copy + fuzz->in.n;
    if (lines->at >= end)
        lines->at = fuzz->copy;
    const char *line = lines->at;
    lines->at += strlen(line) + 1;
    return str_is_utf8(line, strlen(line)) ? line : "?";
}

static const struct table *hostile_table(struct fuzz *fuzz, struct lines *l) {
    const struct table *sample = sample_table(fuzz->in.arena);
    struct table *table = ARENA_NEW(fuzz->in.arena, struct table);
    struct column *columns = ARENA_ARRAY(fuzz->in.arena, sample->column_count, struct column);
    struct value *cells =
        ARENA_ARRAY(fuzz->in.arena, sample->row_count * sample->column_count, struct value);
    *table = *sample;
    memcpy(columns, sample->columns, sample->column_count * sizeof *columns);
    for (size_t i = 0; i < table->column_count; i++) {
        columns[i].head = take(fuzz, l);
        columns[i].unit = take(fuzz, l);
    }
    table->columns = columns;
    table->row_count = 3;
    for (size_t i = 0; i < table->row_count * table->column_count; i++) {
        cells[i] = sample->cells[i];
        cells[i].text = take(fuzz, l);
        cells[i].source = take(fuzz, l);
        cells[i].href = i % 3 == 0 ? take(fuzz, l) : NULL;
        cells[i].reason = cells[i].reason ? take(fuzz, l) : NULL;
    }
    table->cells = cells;
    table->caption = take(fuzz, l);
    return table;
}

static const struct chart *hostile_chart(struct fuzz *fuzz, struct lines *l) {
    struct chart *chart = ARENA_NEW(fuzz->in.arena, struct chart);
    struct chart_series *series = ARENA_ARRAY(fuzz->in.arena, 2, struct chart_series);
    *chart = *sample_chart();
    for (size_t i = 0; i < 2; i++) {
        series[i] = chart->series[i];
        series[i].name = take(fuzz, l);
    }
    chart->series = series;
    chart->title = take(fuzz, l);
    chart->desc = take(fuzz, l);
    chart->x.label = take(fuzz, l);
    chart->y.unit = take(fuzz, l);
    return chart;
}

static void hostile_links(struct fuzz *fuzz, struct lines *l, struct block *block) {
    struct link *links = ARENA_ARRAY(fuzz->in.arena, block->link_count, struct link);
    for (size_t i = 0; i < block->link_count; i++)
        links[i] = (struct link){take(fuzz, l), take(fuzz, l), take(fuzz, l)};
    block->links = links;
}

static struct page *hostile_page(struct fuzz *fuzz) {
    struct lines l = {fuzz->copy};
    struct page *page = sample_page(fuzz->in.arena);
    struct block *blocks = ARENA_ARRAY(fuzz->in.arena, page->block_count, struct block);
    memcpy(blocks, page->blocks, page->block_count * sizeof *blocks);
    for (size_t i = 0; i < page->block_count; i++) {
        struct block *b = &blocks[i];
        b->heading = b->heading ? take(fuzz, &l) : NULL;
        b->text = b->text ? take(fuzz, &l) : NULL;
        b->table = b->kind == BLOCK_TABLE ? hostile_table(fuzz, &l) : b->table;
        b->chart = b->kind == BLOCK_CHART ? hostile_chart(fuzz, &l) : b->chart;
        if (b->link_count)
            hostile_links(fuzz, &l, b);
        struct figure *figures = (struct figure *)b->figures;
        for (size_t k = 0; k < b->figure_count; k++) {
            figures[k].label = take(fuzz, &l);
            figures[k].value.text = take(fuzz, &l);
            figures[k].note = take(fuzz, &l);
        }
    }
    page->blocks = blocks;
    page->title = take(fuzz, &l);
    page->description = take(fuzz, &l);
    return page;
}

struct loaded {
    struct theme *theme;
    struct wellformed plain; /* the sample page without hostile values */
};

static struct loaded *loaded(const struct site_context *site) {
    static struct loaded l;
    if (!l.theme) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new();
        struct buf out = BUF_INIT;
        l.theme = theme_load(arena, sample_sources(arena, diags, "."), diags);
        PROMISE(l.theme, "no theme: run it in the project's root");
        render_html(l.theme, site, sample_page(arena), &out);
        l.plain = wellformed(buf_text(&out), out.len);
        PROMISE(l.plain.good, "%s at \"%.60s\"", l.plain.why, l.plain.at);
        buf_free(&out);
        diags_free(diags);
    }
    return &l;
}

static void twins(struct fuzz *fuzz, const struct page *page, const struct site_context *site) {
    struct input *in = &fuzz->in;
    struct buf out = BUF_INIT;
    size_t before = diags_errors(in->diags);
    render_page_json(site, page, &out);
    PROMISE(json_parse(in->arena, "json", buf_text(&out), out.len, in->diags), "page JSON: %s",
            diags_get(in->diags, before)->text);
    buf_reset(&out);
    render_table_json(page->blocks[3].table, NULL, &out);
    PROMISE(json_parse(in->arena, "json", buf_text(&out), out.len, in->diags), "table JSON");
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "page.txt");
    struct site_context site = sample_site();
    struct loaded *l = loaded(&site);
    for (char *p = fuzz.copy; p < fuzz.copy + n; p++)
        *p = *p == '\n' ? '\0' : *p;
    struct page *page = hostile_page(&fuzz);
    struct buf out = BUF_INIT;
    render_html(l->theme, &site, page, &out);
    struct wellformed check = wellformed(buf_text(&out), out.len);
    /* Prose that nests too deep is refused, and the page with it. */
    PROMISE(check.good || out.overflow, "%s at \"%.60s\"", check.why, check.at);
    PROMISE(check.scripts <= l->plain.scripts && check.styles <= l->plain.styles &&
                check.images <= l->plain.images && check.frames <= l->plain.frames,
            "elements that are not ours");
    twins(&fuzz, page, &site);
    buf_reset(&out);
    if (n % 8 == 0) /* slow */
        render_pdf(l->theme, &site, page, &out, fuzz.in.diags);
    buf_free(&out);
    fuzz_end(&fuzz);
    return 0;
}
