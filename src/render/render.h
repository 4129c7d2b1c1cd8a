/* Pages to bytes. Rendering reads no file: templates and assets are given. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/buf.h"
#include "base/diag.h"
#include "chart/marks.h"
#include "page/page.h"

/* A named source text: templates/NAME.mustache, assets/NAME, templates/prose/NAME.md. */
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

struct site_context { /* what every page shows besides its own blocks */
    const char *title, *base_url, *owner, *as_of, *version;
    uint64_t fingerprint;
};

void render_html(const struct theme *theme, const struct site_context *site,
                 const struct page *page, struct buf *out);
void render_svg(const struct marks *marks, struct buf *out); /* inline SVG, no xml header */
void render_table_csv(const struct table *table, struct buf *out);
void render_table_json(const struct table *table, struct buf *out);
void render_page_json(const struct site_context *site, const struct page *page, struct buf *out);
/* False with a diagnostic when libharu refuses. font: TrueType bytes. */
bool render_pdf(const struct theme *theme, const struct site_context *site,
                const struct page *page, struct buf *out, struct diags *diags);
/* Atom feed, sitemap, robots, llms.txt. */
void render_sitemap(const struct site_context *site, const char *const *paths, size_t count,
                    struct buf *out);

/* escape.c: by context. */
void escape_text(struct buf *out, const char *text);      /* element content */
void escape_attribute(struct buf *out, const char *text); /* inside "..." */
/* https, http, mailto and relative paths pass; anything else becomes "#". */
void escape_href(struct buf *out, const char *url);
void escape_json(struct buf *out, const char *text);      /* without the quotes */
void escape_csv(struct buf *out, const char *text);       /* quoted as needed; =+-@ neutralised */

#endif
