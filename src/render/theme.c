/* A theme: templates parsed, style and script shortened, their hashes in the policies. */
#include "render/theme.h"

#include "render/markdown.h"

#include <string.h>

#define TEMPLATES "templates/"
#define PROSE "templates/prose/"

const struct source_text *render_source(const struct render_sources *sources, const char *name) {
    size_t low = 0, high = sources->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(sources->items[middle].name, name);
        if (order == 0)
            return &sources->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool ends_with(const char *name, const char *ending) {
    size_t n = strlen(name), m = strlen(ending);
    return n > m && strcmp(name + n - m, ending) == 0;
}

static bool add_template(struct arena *arena, struct theme *theme, const struct source_text *source,
                         struct diags *diags) {
    size_t prefix = strlen(TEMPLATES), suffix = strlen(".mustache");
    char *name = arena_copy(arena, source->name + prefix, strlen(source->name) - prefix - suffix);
    if (!str_is_utf8(source->text, source->length)) {
        diag_add(diags, DIAG_ERROR, "template-utf8", (struct place){source->path, 0, 0},
                 "the template is not UTF-8");
        return false;
    }
    return mustache_add(theme->templates, name, source->path, source->text, source->length, diags);
}

/* Prose is written page by page; here only what would be refused is found. */
static bool check_prose(const struct source_text *source, struct diags *diags) {
    struct buf html = BUF_INIT;
    bool good = markdown_put(&html, source->text, source->length, 2, "",
                             (struct place){source->path, 0, 0}, diags);
    buf_free(&html);
    return good;
}

static bool add_all(struct arena *arena, struct theme *theme, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; i < theme->sources->count; i++) {
        const struct source_text *source = &theme->sources->items[i];
        if (str_starts(str_of(source->name), STR(PROSE)))
            good = (!ends_with(source->name, ".md") || check_prose(source, diags)) && good;
        else if (str_starts(str_of(source->name), STR(TEMPLATES)) &&
                 ends_with(source->name, ".mustache"))
            good = add_template(arena, theme, source, diags) && good;
    }
    return mustache_link(theme->templates, diags) && good;
}

/* An inline element ends at its closing tag, wherever that stands. */
static bool check_inline(const struct source_text *source, const char *closing,
                         struct diags *diags) {
    if (!str_contains_nocase(source->text, closing) && !strstr(source->text, "<!--"))
        return true;
    diag_add(diags, DIAG_ERROR, "asset-closing-tag", (struct place){source->path, 0, 0},
             "\"%s\" and \"<!--\" cannot stand in an inline asset", closing);
    return false;
}

static const struct source_text *need(const struct theme *theme, const char *name,
                                      const char *closing, struct diags *diags) {
    const struct source_text *source = render_source(theme->sources, name);
    if (!source)
        diag_add(diags, DIAG_ERROR, "asset-missing", (struct place){name, 0, 0},
                 "the theme has no such file");
    else if (!check_inline(source, closing, diags))
        return NULL;
    return source;
}

/* Nothing here connects to anything: 'self' lets an auditor's own request for robots.txt through,
   which browsers make in the page's name. */
static char *policy_text(struct arena *arena, const struct theme *theme, unsigned set) {
    struct buf out = BUF_INIT;
    buf_puts(&out, "default-src 'none'; style-src ");
    policy_put_hash(&out, theme->style, strlen(theme->style));
    if (set)
        buf_puts(&out, "; script-src");
    for (unsigned i = 0; i < SCRIPT_COUNT; i++)
        if (set >> i & 1) {
            buf_putc(&out, ' ');
            policy_put_hash(&out, theme->scripts[i], strlen(theme->scripts[i]));
        }
    buf_puts(&out, "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'");
    char *text = arena_copy(arena, buf_text(&out), out.len);
    buf_free(&out);
    return text;
}

static char *keep(struct arena *arena, struct buf *buf) {
    char *text = arena_copy(arena, buf_text(buf), buf->len);
    buf_free(buf);
    return text;
}

/* Colours, page, charts; only the page's own sheet must be there. */
static char *load_style(struct arena *arena, const struct theme *theme, struct diags *diags) {
    static const char *const names[] = {"assets/palette.css", "assets/style.css",
                                        "assets/chart.css"};
    struct buf out = BUF_INIT;
    bool good = need(theme, "assets/style.css", "</style", diags) != NULL;
    for (size_t i = 0; good && i < sizeof names / sizeof *names; i++) {
        const struct source_text *sheet = render_source(theme->sources, names[i]);
        if (!sheet)
            continue;
        good = check_inline(sheet, "</style", diags);
        minify_style(&out, sheet->text, sheet->length);
    }
    char *text = keep(arena, &out);
    return good ? text : NULL;
}

static char *load_script(struct arena *arena, const struct theme *theme, const char *name,
                         struct diags *diags) {
    const struct source_text *script = need(theme, name, "</script", diags);
    struct buf out = BUF_INIT;
    if (!script)
        return NULL;
    minify_script(&out, script->text, script->length);
    return keep(arena, &out);
}

struct theme *theme_load(struct arena *arena, const struct render_sources *sources,
                         struct diags *diags) {
    static const char *const scripts[SCRIPT_COUNT] = {"assets/script.js", "assets/find.js"};
    struct theme *theme = ARENA_NEW(arena, struct theme);
    theme->sources = sources;
    theme->templates = mustache_set_new(arena);
    bool good = add_all(arena, theme, diags);
    theme->style = load_style(arena, theme, diags);
    good = good && theme->style;
    for (unsigned i = 0; i < SCRIPT_COUNT; i++) {
        theme->scripts[i] = load_script(arena, theme, scripts[i], diags);
        good = good && theme->scripts[i];
    }
    if (!good)
        return NULL;
    for (unsigned set = 0; set < SCRIPT_SETS; set++)
        theme->policies[set] = policy_text(arena, theme, set);
    return theme;
}
