/* A theme: templates parsed, style and script shortened, their hashes in the policies. */
#include "page/blocks.h"
#include "render/html.h"
#include "render/inline.h"
#include "render/markdown.h"

#include <stdio.h>
#include <string.h>

#define TEMPLATES "templates/"
#define PROSE "templates/prose/"
enum { PROSE_MAX = 256 }; /* bytes of an article's file name, or it is not looked up */

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

static bool add_template(struct arena *arena, struct theme *theme, const struct source_text *source,
                         struct diags *diags) {
    size_t prefix = strlen(TEMPLATES), suffix = strlen(".mustache");
    char *name = arena_copy(arena, source->name + prefix, strlen(source->name) - prefix - suffix);
    if (!inline_is_text(source, "template-utf8", diags))
        return false;
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

static bool has_block(const void *theme, struct str template, struct str block) {
    (void)theme;
    return page_blocks_has(template, block);
}

static bool has_prose(const void *theme, struct str template, struct str article) {
    (void)template;
    char name[PROSE_MAX];
    int n = snprintf(name, sizeof name, PROSE "%.*s.md", (int)article.n, article.p);
    return n < PROSE_MAX && render_source(((const struct theme *)theme)->sources, name) != NULL;
}

/* An article that no page sets as a block and no template shows. */
static void warn_unread(const struct theme *theme, const struct source_text *source,
                        struct diags *diags) {
    char article[PROSE_MAX];
    int n =
        snprintf(article, sizeof article, "%.*s", (int)(strlen(source->name) - strlen(PROSE ".md")),
                 source->name + strlen(PROSE));
    if (n < PROSE_MAX && !page_blocks_prose(str_of(article)) &&
        !mustache_asks(theme->templates, "prose", article))
        diag_add(diags, DIAG_WARNING, "template-unused", (struct place){source->path, 0, 0},
                 "no page and no template shows the article \"%s\"", article);
}

/* What each part is made of, in this order. */
static const struct {
    enum part part;
    const char *name;
    bool needed;
} part_files[] = {
    {STYLE_PAGE, "assets/palette.css", false},  {STYLE_PAGE, "assets/style.css", true},
    {STYLE_TABLES, "assets/tables.css", false}, {STYLE_POINTS, "assets/points.css", false},
    {STYLE_CHARTS, "assets/chart.css", false},  {SCRIPT_TABLES, "assets/script.js", false},
    {SCRIPT_FIND, "assets/find.js", false},     {SCRIPT_CALCULATOR, "assets/calculator.js", false},
};

static bool is_script(enum part part) {
    return part >= SCRIPT_TABLES;
}

/* Whether any part of a page or a report is made of a file of this name. */
static bool is_used(struct str name) {
    static const char *const others[] = {"assets/calculator.wasm",
                                         "assets/fonts/report-regular.ttf",
                                         "assets/fonts/report-bold.ttf"};
    bool used = false;
    for (size_t i = 0; i < sizeof part_files / sizeof *part_files; i++)
        used = used || str_equal(name, str_of(part_files[i].name));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        used = used || str_equal(name, str_of(others[i]));
    return used;
}

/* A file that was meant for something and is read by nothing; remarks beside it are left alone. */
static void warn_stray(const struct source_text *source, struct diags *diags) {
    bool template = str_starts(str_of(source->name), STR(TEMPLATES));
    bool prose = str_starts(str_of(source->name), STR(PROSE));
    bool read = prose      ? str_ends(source->name, ".md")
                : template ? str_ends(source->name, ".mustache")
                           : is_used(str_of(source->name));
    if (!read && !str_ends(source->name, ".md") && !str_ends(source->name, ".txt"))
        diag_add(diags, DIAG_WARNING, "theme-unused", (struct place){source->path, 0, 0},
                 template ? "is not read: templates end in .mustache, articles in .md"
                          : "is not read: no page and no report is made of a file of this name");
}

static void warn_unused(const struct theme *theme, struct diags *diags) {
    const struct mustache_open open[] = {
        {"block", has_block, theme}, {"has", has_block, theme}, {"prose", has_prose, theme}};
    mustache_warn_unknown(theme->templates, open, sizeof open / sizeof *open, diags);
    mustache_warn_unused(theme->templates, page_blocks_template, diags);
    for (size_t i = 0; i < theme->sources->count; i++) {
        const struct source_text *source = &theme->sources->items[i];
        if (str_starts(str_of(source->name), STR(PROSE)) && str_ends(source->name, ".md"))
            warn_unread(theme, source, diags);
        warn_stray(source, diags);
    }
}

static bool add_all(struct arena *arena, struct theme *theme, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; i < theme->sources->count; i++) {
        const struct source_text *source = &theme->sources->items[i];
        if (str_starts(str_of(source->name), STR(PROSE)))
            good = (!str_ends(source->name, ".md") || check_prose(source, diags)) && good;
        else if (str_starts(str_of(source->name), STR(TEMPLATES)) &&
                 str_ends(source->name, ".mustache"))
            good = add_template(arena, theme, source, diags) && good;
    }
    return mustache_link(theme->templates, diags) && good;
}

static struct str keep(struct arena *arena, struct buf *buf) {
    struct str text = {arena_copy(arena, buf_text(buf), buf->len), buf->len};
    buf_free(buf);
    return text;
}

static bool add_file(const struct theme *theme, enum part part, const char *name, bool needed,
                     struct buf *out, struct diags *diags) {
    const struct source_text *source = render_source(theme->sources, name);
    if (!source && needed)
        diag_add(diags, DIAG_ERROR, "asset-missing", (struct place){name, 0, 0},
                 "the theme has no such file");
    if (!source)
        return !needed;
    return inline_put(source, is_script(part), out, diags);
}

/* The calculator's script begins with the engine it runs, as a constant. */
static bool add_engine(const struct theme *theme, struct buf *out, struct diags *diags) {
    static const char module[] = {0, 'a', 's', 'm', 1, 0, 0, 0}; /* how version 1 begins */
    const struct source_text *engine = render_source(theme->sources, "assets/calculator.wasm");
    if (!engine)
        return true;
    if (engine->length < sizeof module || memcmp(engine->text, module, sizeof module) != 0) {
        diag_add(diags, DIAG_ERROR, "asset-wasm", (struct place){engine->path, 0, 0},
                 "is not a WebAssembly module");
        return false;
    }
    buf_puts(out, "const ENGINE='");
    policy_put_base64(out, engine->text, engine->length);
    buf_puts(out, "';\n");
    return true;
}

static bool load_parts(struct arena *arena, struct theme *theme, struct diags *diags) {
    struct buf texts[PART_COUNT] = {BUF_INIT};
    bool good = add_engine(theme, &texts[SCRIPT_CALCULATOR], diags);
    for (size_t i = 0; i < sizeof part_files / sizeof *part_files; i++)
        good = add_file(theme, part_files[i].part, part_files[i].name, part_files[i].needed,
                        &texts[part_files[i].part], diags) &&
               good;
    for (unsigned part = 0; part < PART_COUNT; part++) {
        if (texts[part].len)
            theme->parts[part] = keep(arena, &texts[part]);
    }
    return good;
}

static struct str join_styles(struct arena *arena, const struct theme *theme, unsigned set) {
    struct buf out = BUF_INIT;
    for (unsigned part = 0; part < SCRIPT_TABLES; part++)
        if (set & PART_BIT(part))
            buf_put_str(&out, theme->parts[part]);
    return keep(arena, &out);
}

static void put_script_hashes(const struct theme *theme, unsigned set, struct buf *out) {
    bool first = true;
    for (unsigned part = SCRIPT_TABLES; part < PART_COUNT; part++) {
        if (!(set & PART_BIT(part)) || !theme->parts[part].p)
            continue;
        buf_puts(out, first ? "; script-src " : " ");
        first = false;
        buf_puts(out, theme->hashes[part]);
    }
    if (set & PART_BIT(SCRIPT_CALCULATOR))
        buf_puts(out, " 'wasm-unsafe-eval'"); /* compile the module it carries, and no more */
}

/* Nothing here connects to anything: 'self' lets an auditor's own request for robots.txt through,
   which browsers make in the page's name. */
static struct str policy_text(struct arena *arena, const struct theme *theme,
                              const char *style_hash, unsigned set) {
    struct buf out = BUF_INIT;
    buf_puts(&out, "default-src 'none'; style-src ");
    buf_puts(&out, style_hash);
    put_script_hashes(theme, set, &out);
    buf_puts(&out, "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'");
    return keep(arena, &out);
}

static const char *hash_of(struct arena *arena, struct str text) {
    struct buf out = BUF_INIT;
    policy_put_hash(&out, text.p, text.n);
    return keep(arena, &out).p;
}

bool theme_shows_fingerprint(const struct theme *theme) {
    return mustache_asks(theme->templates, "site", "fingerprint");
}

struct theme *theme_load(struct arena *arena, const struct render_sources *sources,
                         struct diags *diags) {
    struct theme *theme = ARENA_NEW(arena, struct theme);
    theme->sources = sources;
    theme->templates = mustache_set_new(arena);
    mustache_know(theme->templates, html_words, html_word_count);
    bool good = add_all(arena, theme, diags);
    good = load_parts(arena, theme, diags) && good;
    warn_unused(theme, diags);
    if (!good)
        return NULL;
    for (unsigned part = SCRIPT_TABLES; part < PART_COUNT; part++)
        if (theme->parts[part].p)
            theme->hashes[part] = hash_of(arena, theme->parts[part]);
    const char *style_hashes[STYLE_SETS];
    for (unsigned set = 0; set < STYLE_SETS; set++) {
        theme->styles[set] = join_styles(arena, theme, set);
        style_hashes[set] = hash_of(arena, theme->styles[set]);
    }
    for (unsigned set = 0; set < PART_SETS; set++)
        theme->policies[set] = policy_text(arena, theme, style_hashes[set % STYLE_SETS], set);
    return theme;
}
