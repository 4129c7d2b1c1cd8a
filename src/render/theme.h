/* What a theme is once it is loaded; private to the room. */
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include "render/mustache.h"
#include "render/render.h"

/* What a page may carry inline, as its blocks need it: one style element of several parts, and a
   script element for each script. The policy has the hash of each element. */
enum part {
    STYLE_PAGE,
    STYLE_TABLES,
    STYLE_POINTS,
    STYLE_CHARTS,
    SCRIPT_TABLES,
    SCRIPT_FIND,
    SCRIPT_CALCULATOR,
    PART_COUNT
};
#define PART_BIT(part) (1u << (part))
#define PART_SETS PART_BIT(PART_COUNT)
#define STYLE_SETS PART_BIT(SCRIPT_TABLES)

#define THEME_DEPTHS 4

struct theme {
    const struct pdf_press *press; /* NULL: each report makes its own */
    struct mustache_set *templates;
    const struct site_context *site;                 /* that the following are for; NULL: none */
    const struct mustache_set *folded[THEME_DEPTHS]; /* for pages so deep in the site */
    const struct render_sources *sources;
    struct str parts[PART_COUNT];   /* {NULL, 0} when the theme has none */
    struct str styles[STYLE_SETS];  /* the style parts of a set as one element */
    const char *hashes[PART_COUNT]; /* of the scripts, as a policy names them */
    struct str policies[PART_SETS]; /* Content-Security-Policy by the set of parts */
};

/* Shortens a style sheet without changing what it says: comments and needless blanks go. */
void minify_style(struct buf *out, const char *text, size_t n);
/* Drops the blanks at line starts, empty lines and lines that are nothing but a // comment. */
void minify_script(struct buf *out, const char *text, size_t n);
void policy_put_base64(struct buf *out, const char *bytes, size_t n);
/* 'sha256-BASE64' of the text, with the quotes, as a policy names it. */
void policy_put_hash(struct buf *out, const char *text, size_t n);

#endif
