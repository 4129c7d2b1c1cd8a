/* A page as one HTML document, by its template. */
#include "render/html.h"

#include <string.h>

#define UP "../"
#define UP_BYTES (sizeof UP - 1)

/* A report lies somewhere else than the site. */
static bool is_alone(const struct page *page) {
    return strcmp(page->template, "report") == 0;
}

/* The page that a server shows for any missing address cannot link relative to itself either. */
static struct str root_of(struct arena *arena, const struct site_context *site,
                          const struct page *page) {
    struct buf root = BUF_INIT;
    bool absolute = site->base_url && *site->base_url, alone = is_alone(page);
    if (absolute && (alone || strcmp(page->template, "404") == 0))
        site_put_url(site, "", &root);
    for (const char *p = page->path; *p && !alone; p++)
        if (*p == '/')
            buf_puts(&root, UP);
    struct str text = {arena_copy(arena, buf_text(&root), root.len), root.len};
    buf_free(&root);
    return text;
}

void render_html_begin(struct theme *theme, struct arena *arena, const struct site_context *site) {
    static const char up[] = UP UP UP;
    _Static_assert(sizeof up == (THEME_DEPTHS - 1) * UP_BYTES + 1, "as many as it is deep");
    struct view view = {.theme = theme, .site = site, .arena = arena};
    for (size_t depth = 0; depth < THEME_DEPTHS; depth++) {
        view.root = (struct str){up, depth * UP_BYTES};
        theme->folded[depth] =
            mustache_fold(arena, theme->templates, html_root(&view), html_is_of_site);
    }
    theme->site = site;
}

static const struct mustache_set *templates_of(const struct view *view) {
    const struct theme *theme = view->theme;
    size_t depth = page_depth(view->page);
    bool is_relative = view->root.n == depth * UP_BYTES && !is_alone(view->page);
    return theme->site == view->site && is_relative && depth < THEME_DEPTHS ? theme->folded[depth]
                                                                            : theme->templates;
}

void render_not_found(const struct theme *theme, const struct site_context *site, struct buf *out) {
    static const struct link crumbs[] = {{"Index", "", NULL}, {"Not found", NULL, NULL}};
    struct page page = {.path = "404.html",
                        .template = "404",
                        .title = "Page not found",
                        .description = "There is no page at this address.",
                        .crumbs = crumbs,
                        .crumb_count = 2,
                        .inputs_date = site->as_of,
                        .fingerprint = site->fingerprint};
    render_html(theme, site, &page, out);
}

void render_html(const struct theme *theme, const struct site_context *site,
                 const struct page *page, struct buf *out) {
    struct arena *arena = arena_new();
    render_html_in(arena, theme, site, page, out);
    arena_free(arena);
}

void render_html_in(struct arena *arena, const struct theme *theme, const struct site_context *site,
                    const struct page *page, struct buf *out) {
    struct view view = {.theme = theme, .site = site, .page = page, .arena = arena};
    bool alone = is_alone(page);
    view.root = root_of(view.arena, site, page);
    view.prose_root = alone && !view.root.n ? NULL : view.root.p;
    const char *slash = alone ? NULL : strrchr(page->path, '/');
    if (slash)
        view.folder = (struct str){page->path, (size_t)(slash + 1 - page->path)};
    const struct mustache_set *templates = templates_of(&view);
    const struct mustache *template = mustache_find(templates, page->template);
    if (!template)
        template = mustache_find(templates, "page");
    if (!template) {
        out->overflow = true;
        return;
    }
    view.marks = ARENA_ARRAY(view.arena, page->block_count + 1, struct marks);
    view.parts = html_parts(&view);
    view.written = ARENA_ARRAY(view.arena, page->block_count + 1, bool);
    if (!mustache_render(template, html_root(&view), out))
        out->overflow = true;
}
