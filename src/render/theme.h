/* What a theme is once it is loaded; private to the room. */
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include "render/mustache.h"
#include "render/render.h"

/* Scripts a page may carry, as bits; each is one inline element. */
enum { SCRIPT_TABLES = 1, SCRIPT_FIND = 2, SCRIPT_COUNT = 2, SCRIPT_SETS = 4 };

struct theme {
    struct mustache_set *templates;
    const struct render_sources *sources;
    const char *style; /* as it stands in a page */
    const char *scripts[SCRIPT_COUNT];
    const char *policies[SCRIPT_SETS]; /* Content-Security-Policy by the set of scripts */
};

/* Shortens a style sheet without changing what it says: comments and needless blanks go. */
void minify_style(struct buf *out, const char *text, size_t n);
/* Drops the blanks at line starts, empty lines and lines that are nothing but a // comment. */
void minify_script(struct buf *out, const char *text, size_t n);
/* 'sha256-BASE64' of the text, with the quotes, as a policy names it. */
void policy_put_hash(struct buf *out, const char *text, size_t n);

#endif
