/* Files that make the site findable: sitemap, Atom feed, robots.txt, llms.txt, list of pages. */
#include "render/html.h"

#include <string.h>

/* "models/x/index.html" -> "models/x/", the form a server answers to. */
static size_t canonical_length(const char *path) {
    size_t n = strlen(path), m = strlen("index.html");
    bool is_index = str_ends(path, "index.html") && (n == m || path[n - m - 1] == '/');
    return is_index ? n - m : n;
}

void site_put_url(const struct site_context *site, const char *path, struct buf *out) {
    const char *base = site->base_url ? site->base_url : "";
    size_t n = strlen(base);
    while (n && base[n - 1] == '/')
        n--;
    buf_put(out, base, n);
    buf_putc(out, '/');
    buf_put(out, path, canonical_length(path));
}

/* `url` is room that many addresses share. */
static void put_url_in(struct buf *url, const struct site_context *site, const char *path,
                       struct buf *out) {
    buf_reset(url);
    site_put_url(site, path, url);
    escape_text(out, buf_text(url));
}

static void put_url_escaped(const struct site_context *site, const char *path, struct buf *out) {
    struct buf url = BUF_INIT;
    put_url_in(&url, site, path, out);
    buf_free(&url);
}

void render_sitemap(const struct site_context *site, const struct page_list *pages,
                    struct buf *out) {
    struct arena *arena = arena_new();
    struct buf url = BUF_INIT;
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 0; i < pages->count; i++) {
        arena_reset(arena);
        buf_puts(out, "<url><loc>");
        put_url_in(&url, site, pages->path(pages->context, i, arena), out);
        buf_puts(out, "</loc>");
        if (site->as_of) {
            buf_puts(out, "<lastmod>");
            escape_text(out, site->as_of);
            buf_puts(out, "</lastmod>");
        }
        buf_puts(out, "</url>\n");
    }
    buf_puts(out, "</urlset>\n");
    buf_free(&url);
    arena_free(arena);
}

void render_robots(const struct site_context *site, struct buf *out) {
    buf_puts(out, "User-agent: *\nAllow: /\n");
    if (!site->base_url || !*site->base_url)
        return; /* the protocol knows only absolute addresses */
    buf_puts(out, "Sitemap: ");
    site_put_url(site, "sitemap.xml", out);
    buf_putc(out, '\n');
}

void render_llms(const struct site_context *site, const struct page_list *pages, struct buf *out) {
    struct arena *arena = arena_new();
    buf_puts(out, "# ");
    escape_markdown(out, site->title);
    buf_puts(out, "\n\n");
    if (site->as_of)
        buf_printf(out, "> Inputs as of %s. ", site->as_of);
    buf_puts(out, "The data of each page below are index.json in its folder, which names "
                  "the files of its larger tables; pages.json lists every page.\n\n"
                  "## Pages\n\n");
    for (size_t i = 0; i < pages->count; i++) {
        arena_reset(arena);
        if (!render_has_page_json(pages->path(pages->context, i, arena)))
            continue;
        const struct listed_page page = pages->page(pages->context, i, arena);
        buf_puts(out, "- [");
        escape_markdown(out, page.title);
        buf_puts(out, "](");
        site_put_url(site, page.path, out);
        buf_puts(out, "): ");
        escape_markdown(out, page.description);
        buf_putc(out, '\n');
    }
    arena_free(arena);
}

void render_page_index(const struct site_context *site, const struct page_list *pages,
                       struct buf *out) {
    struct arena *arena = arena_new();
    struct buf url = BUF_INIT;
    buf_puts(out, "{\"schema\":\"tallypress-pages-1\",\"pages\":[");
    for (size_t i = 0; i < pages->count; i++) {
        arena_reset(arena);
        const struct listed_page page = pages->page(pages->context, i, arena);
        buf_puts(out, i ? ",\n{\"url\":\"" : "\n{\"url\":\"");
        buf_reset(&url);
        site_put_url(site, page.path, &url);
        escape_json(out, buf_text(&url));
        buf_puts(out, "\",\"title\":\"");
        escape_json(out, page.title);
        buf_puts(out, "\",\"description\":\"");
        escape_json(out, page.description);
        buf_puts(out, "\"}");
    }
    buf_puts(out, "]}\n");
    buf_free(&url);
    arena_free(arena);
}

static void put_element(struct buf *out, const char *name, const char *text) {
    buf_printf(out, "<%s>", name);
    escape_text(out, text);
    buf_printf(out, "</%s>", name);
}

static void put_entry(const struct site_context *site, const struct feed_entry *entry,
                      struct buf *out) {
    buf_puts(out, "<entry><id>");
    put_url_escaped(site, entry->path, out);
    buf_putc(out, '#');
    escape_text(out, entry->id);
    buf_puts(out, "</id>");
    put_element(out, "title", entry->title);
    buf_puts(out, "<link href=\"");
    put_url_escaped(site, entry->path, out);
    buf_puts(out, "\"/><updated>");
    escape_text(out, entry->date);
    buf_puts(out, "T00:00:00Z</updated>");
    put_element(out, "summary", entry->summary ? entry->summary : entry->title);
    buf_puts(out, "</entry>\n");
}

void render_feed(const struct site_context *site, const struct feed_entry *entries, size_t count,
                 struct buf *out) {
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>");
    put_url_escaped(site, "feed.xml", out);
    buf_puts(out, "</id>");
    put_element(out, "title", site->title);
    buf_puts(out, "<link rel=\"self\" href=\"");
    put_url_escaped(site, "feed.xml", out);
    buf_puts(out, "\"/><author>");
    put_element(out, "name", site->owner ? site->owner : site->title);
    buf_puts(out, "</author><updated>");
    escape_text(out, site->as_of ? site->as_of : "1970-01-01");
    buf_puts(out, "T00:00:00Z</updated>\n");
    for (size_t i = 0; i < count; i++)
        put_entry(site, &entries[i], out);
    buf_puts(out, "</feed>\n");
}

#define FEED_ENTRIES 50

/* Where a table has its dates; its number of columns when nowhere. */
static size_t date_column(const struct table *table) {
    size_t i = 0;
    while (i < table->column_count && strcmp(table->columns[i].key, "date") != 0)
        i++;
    return i;
}

static const struct table *dated_table(const struct page *page) {
    for (size_t i = 0; i < page->block_count; i++) {
        const struct table *table = page->blocks[i].table;
        if (table && table->column_count > 2 && date_column(table) < table->column_count)
            return table;
    }
    return NULL;
}

/* "GPU H100, Platform AWS, Before $3.00, After $2.50": a row without its date. */
static char *row_words(struct arena *arena, const struct table *table, const struct value *cells) {
    struct buf text = BUF_INIT;
    size_t date = date_column(table);
    for (size_t i = 0; i < table->column_count; i++)
        if (i != date && cells[i].kind != VALUE_MISSING && cells[i].text)
            buf_printf(&text, "%s%s %s", text.len ? ", " : "", table->columns[i].head,
                       cells[i].text);
    char *words = arena_copy(arena, buf_text(&text), text.len);
    buf_free(&text);
    return words;
}

static struct feed_entry entry_of_row(struct arena *arena, const struct page *page,
                                      const struct table *table, size_t row) {
    const struct value *cells = table->cells + row * table->column_count;
    size_t date = date_column(table), first = date == 0, second = date == first + 1 ? 2 : first + 1;
    struct feed_entry entry = {.path = page->path, .date = cells[date].text};
    char id[160];
    entry.summary = row_words(arena, table, cells);
    entry.title = arena_printf(arena, "%s, %s", cells[first].text ? cells[first].text : "",
                               cells[second].text ? cells[second].text : "");
    str_slug(id, sizeof id, arena_printf(arena, "%s %s", entry.date, entry.summary));
    entry.id = arena_strdup(arena, id);
    return entry;
}

bool render_page_feed(const struct site_context *site, const struct page *page, struct buf *out) {
    const struct table *table = dated_table(page);
    if (!table)
        return false;
    struct arena *arena = arena_new();
    struct feed_entry entries[FEED_ENTRIES];
    size_t count = 0;
    for (size_t row = 0; row < table->row_count && count < FEED_ENTRIES; row++)
        if (table->cells[row * table->column_count + date_column(table)].kind == VALUE_TEXT)
            entries[count++] = entry_of_row(arena, page, table, row);
    render_feed(site, entries, count, out);
    arena_free(arena);
    return true;
}
