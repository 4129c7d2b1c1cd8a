/* Parts of a page in HTML; private to the room. */
#ifndef RENDER_HTML_H
#define RENDER_HTML_H

#include "render/theme.h"

#include <stdint.h>
#include <string.h>

/* One page being written. */
struct view {
    const struct theme *theme;
    const struct site_context *site;
    const struct page *page;
    struct str root;        /* "../../": from the page to the site's root */
    const char *prose_root; /* the same for prose; NULL: its links into the site become words */
    struct str folder;      /* "models/x/": where the page lies; empty: links go by the root */
    struct arena *arena;    /* of what is made on the way */
    unsigned parts;         /* the inline elements it has */
    struct marks *marks;    /* per block: its chart laid out */
    bool *written;          /* per block: already in the page */
    bool inner;             /* in what is folded away */
    uint64_t terms;         /* of the glossary: already linked, a bit each */
};

/* What templates may name, in the order of html.c's enum word. */
extern const char *const html_words[];
extern const size_t html_word_count;

/* What templates ask, and whether a name of theirs is answered by the site and the way to its root
   alone: then only theme, site, root and arena of the view are looked at. */
struct mustache_value html_root(const struct view *view);
bool html_is_of_site(const struct mustache_name *name);

/* The parts of the theme that the page needs, a bit each; lays its charts out on the way. */
unsigned html_parts(struct view *view);
/* The whole block: section, heading and content. */
void html_block(struct view *view, const struct block *block, struct buf *out);
/* `id` is unique on the page. */
void html_table(struct view *view, const char *id, const struct table *table, struct buf *out);
#define HTML_MAX_COLUMNS 64 /* no page of ours is that wide; a wider table is refused */
/* The mark of most figures of a column stands in its head, and only the others carry their own.
   NULL when some figure has none. Of every column, of which there are not too many, by its first
   `rows`: those that are shown. */
void html_head_marks(const struct table *table, size_t rows, const struct value **marks);
static inline bool html_same_mark(const struct value *a, const struct value *b) {
    return a->provenance == b->provenance &&
           (a->source == b->source ||
            strcmp(a->source ? a->source : "", b->source ? b->source : "") == 0);
}
/* Whether the script may sort it; only then raw values stand in its cells. */
bool html_is_sortable(const struct table *table);
/* Text of a value, linked and with its provenance mark. */
void html_value(const struct view *view, const struct value *value, bool with_mark,
                struct buf *out);
const char *html_mark_text(enum provenance provenance); /* "●" and the like */
/* The same inside <abbr title="measured: source">. */
void html_mark(enum provenance provenance, const char *source, struct buf *out);
/* Words that may be a term of the glossary: linked to it the first time on a page. */
void html_term(struct view *view, const char *words, struct buf *out);
/* A link as the shortest way from this page. */
void html_href(const struct view *view, const char *path, struct buf *out);
/* The table that says what a chart shows, when the page gives none. */
const struct table *html_chart_table(struct arena *arena, const struct chart *chart);

/* "https://host/models/x/" for "models/x/index.html": canonical form; without base URL
 * "/models/x/". */
void site_put_url(const struct site_context *site, const char *path, struct buf *out);

#endif
