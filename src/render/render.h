/* Pages to bytes. Rendering reads no file: templates and assets are given. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "chart/marks.h"
#include "page/page.h"

/* A named source text. name: "templates/model.mustache", "assets/style.css"; path: what
   diagnostics show for it. */
struct source_text {
    const char *name, *path;
    const char *text;
    size_t length;
};

struct render_sources {
    const struct source_text *items; /* sorted by name */
    size_t count;
};
const struct source_text *render_source(const struct render_sources *sources, const char *name);

struct theme; /* parsed templates, style, script, their CSP hashes */
/* Checks and parses every template; diagnostics with file, line and column. NULL on error. */
struct theme *theme_load(struct arena *arena, const struct render_sources *sources,
                         struct diags *diags);
/* Whether a page may show the fingerprint of the site, of all inputs: then it may not be kept when
   any of them changes. */
bool theme_shows_fingerprint(const struct theme *theme);

struct site_context { /* what every page shows besides its own blocks */
    const char *title, *base_url, *owner, *as_of, *version;
    uint64_t fingerprint;
};

/* Puts what every page shows into the templates: for the pages that follow with this very context,
   which stays as it is. Not needed: rendering is quicker after it. */
void render_html_begin(struct theme *theme, struct arena *arena, const struct site_context *site);
/* One whole document. out->overflow is set when the template could not be rendered to its end. */
void render_html(const struct theme *theme, const struct site_context *site,
                 const struct page *page, struct buf *out);
/* The same, with what is made on the way in an arena of the caller's. */
void render_html_in(struct arena *arena, const struct theme *theme, const struct site_context *site,
                    const struct page *page, struct buf *out);
void render_svg(const struct marks *marks, struct buf *out); /* inline SVG, no xml header */
/* The figures of a table in full, for its twins; they may be made without. */
struct raw_figures;
const struct raw_figures *render_raw(struct arena *arena, const struct table *table);
void render_table_csv(const struct table *table, const struct raw_figures *raw, struct buf *out);
void render_table_json(const struct table *table, const struct raw_figures *raw, struct buf *out);
/* Where a page's data lie beside it: "models/x/index.json" for block NULL, "models/x/NAME.csv" for
   the tables of its blocks that are downloadable. */
/* Whole-page JSON is for pages that have a folder of their own, at most two deep; a model's tables
   tell of the many pages beside it. A downloadable table stands in it by the names of its twins. */
bool render_has_page_json(const char *path);
void render_twin_path(const struct page *page, const struct block *block, const char *extension,
                      struct buf *out);
void render_page_json(const struct site_context *site, const struct page *page, struct buf *out);
/* False with a diagnostic when libharu refuses. font: TrueType bytes. */
bool render_pdf(const struct theme *theme, const struct site_context *site, const struct page *page,
                struct buf *out, struct diags *diags);
/* Opens the faces for all reports that follow: without it each opens them for itself. False with a
   diagnostic when none could be made. */
bool render_pdf_begin(struct theme *theme, struct arena *arena, struct diags *diags);
/* Whether the faces, opened before, have every character of a text; a warning names the first that
   they have not. */
bool render_pdf_can_set(const struct theme *theme, const char *text, struct diags *diags);
/* Files that make the site findable. */
struct listed_page {
    const char *path, *title, *description;
};
/* The pages of a site in the order they are to stand in: there may be more than memory holds, so
   that each is asked for, its texts in the arena. */
struct page_list {
    size_t count;
    const void *context;
    const char *(*path)(const void *context, size_t index, struct arena *arena);
    struct listed_page (*page)(const void *context, size_t index, struct arena *arena);
};
struct feed_entry {
    const char *path;                   /* page it leads to; with id it is the entry's identity */
    const char *id;                     /* [a-z0-9.-]+, unique in the feed */
    const char *title, *summary, *date; /* date: 2026-10-10 */
};
void render_sitemap(const struct site_context *site, const struct page_list *pages,
                    struct buf *out);                                 /* sitemap.xml */
void render_robots(const struct site_context *site, struct buf *out); /* robots.txt */
/* llms.txt: the pages that have a folder of their own, at most two deep: a reader finds the pairs
   from their model's page; all of them would not fit it. */
void render_llms(const struct site_context *site, const struct page_list *pages, struct buf *out);
void render_page_index(const struct site_context *site, const struct page_list *pages,
                       struct buf *out); /* pages.json */
void render_feed(const struct site_context *site, const struct feed_entry *entries, size_t count,
                 struct buf *out); /* feed.xml, Atom */
/* The feed of a page's table that has a column "date": an entry a row, the newest 50. False
   when the page has no such table. */
bool render_page_feed(const struct site_context *site, const struct page *page, struct buf *out);
/* 404.html, from the template of that name. */
void render_not_found(const struct theme *theme, const struct site_context *site, struct buf *out);

/* escape.c: by context. */
void escape_text(struct buf *out, const char *text);      /* element content */
void escape_attribute(struct buf *out, const char *text); /* inside "..." */
void escape_text_slice(struct buf *out, struct str text);
void escape_attribute_slice(struct buf *out, struct str text);
/* https, http, mailto and relative paths pass; anything else becomes "#". */
void escape_href(struct buf *out, const char *url);
/* As escape_href for a link inside the site: `root` ("../../" or "") goes before a path without
   scheme, and a path that names a directory gets its index.html, so that pages work from disk. */
void escape_site_href(struct buf *out, struct str root, struct str path);
/* As text in Markdown, in a link's text and a table's cell too; NULL is nothing. */
void escape_markdown(struct buf *out, const char *text);
void escape_json(struct buf *out, const char *text); /* without the quotes */
void escape_csv(struct buf *out, const char *text);  /* quoted as needed; =+-@ neutralised */
void escape_json_slice(struct buf *out, struct str text);
void escape_csv_slice(struct buf *out, struct str text);

#endif
