/* What a theme is once it is loaded; private to the room. */
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include "render/mustache.h"
#include "render/render.h"

struct theme {
    struct mustache_set *templates;
    const struct render_sources *sources;
    const char *style, *script; /* as they stand in a page */
    const char *policy;         /* Content-Security-Policy of a page with the script */
    const char *quiet_policy;   /* ... and of a page without */
};

/* Shortens a style sheet without changing what it says: comments and needless blanks go. */
void minify_style(struct buf *out, const char *text, size_t n);
/* Drops the blanks at line starts, empty lines and lines that are nothing but a // comment. */
void minify_script(struct buf *out, const char *text, size_t n);
/* 'sha256-BASE64' of the text, with the quotes, as a policy names it. */
void policy_put_hash(struct buf *out, const char *text, size_t n);

#endif
