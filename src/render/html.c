/* What the template of a page can ask for. */
#include "render/html.h"

#include "base/hash.h"
#include "render/markdown.h"

#include <string.h>

/* Names a template may use. {{title}} {{description}} {{path}} {{root}} {{date}} {{fingerprint}}
   {{permalink}} {{json}} {{template}} {{policy}}, {{style}} {{script}} {{find}} {{calculator}} as
   the page needs them, {{nested}} below the index, {{#crumbs}} with
   {{text}} {{href}} {{position}} {{last}}, {{site.title}} and the other site scalars,
   {{{block.NAME}}}, {{#has.NAME}}, {{{prose.NAME}}}, {{{rest}}}: the blocks not yet shown, and
   {{#blocks}} with {{name}} {{heading}} {{{html}}}. Then the page's own scalars. */

/* Words that templates name things by; any other name is a scalar, a block or an article. */
enum word {
    WORD_NONE,
    WORD_AS_OF,
    WORD_BASE_URL,
    WORD_BLOCK,
    WORD_BLOCKS,
    WORD_CALCULATOR,
    WORD_CRUMBS,
    WORD_DATE,
    WORD_DESCRIPTION,
    WORD_FIND,
    WORD_FINGERPRINT,
    WORD_HAS,
    WORD_HEADING,
    WORD_HREF,
    WORD_HTML,
    WORD_JSON,
    WORD_LAST,
    WORD_NAME,
    WORD_NESTED,
    WORD_OWNER,
    WORD_PATH,
    WORD_PERMALINK,
    WORD_POLICY,
    WORD_POSITION,
    WORD_PROSE,
    WORD_REST,
    WORD_ROOT,
    WORD_SCRIPT,
    WORD_SITE,
    WORD_STYLE,
    WORD_TEMPLATE,
    WORD_TEXT,
    WORD_TITLE,
    WORD_VERSION,
    WORD_COUNT
};

const char *const html_words[] = {
    [WORD_AS_OF - 1] = "as_of",
    [WORD_BASE_URL - 1] = "base_url",
    [WORD_BLOCK - 1] = "block",
    [WORD_BLOCKS - 1] = "blocks",
    [WORD_CALCULATOR - 1] = "calculator",
    [WORD_CRUMBS - 1] = "crumbs",
    [WORD_DATE - 1] = "date",
    [WORD_DESCRIPTION - 1] = "description",
    [WORD_FIND - 1] = "find",
    [WORD_FINGERPRINT - 1] = "fingerprint",
    [WORD_HAS - 1] = "has",
    [WORD_HEADING - 1] = "heading",
    [WORD_HREF - 1] = "href",
    [WORD_HTML - 1] = "html",
    [WORD_JSON - 1] = "json",
    [WORD_LAST - 1] = "last",
    [WORD_NAME - 1] = "name",
    [WORD_NESTED - 1] = "nested",
    [WORD_OWNER - 1] = "owner",
    [WORD_PATH - 1] = "path",
    [WORD_PERMALINK - 1] = "permalink",
    [WORD_POLICY - 1] = "policy",
    [WORD_POSITION - 1] = "position",
    [WORD_PROSE - 1] = "prose",
    [WORD_REST - 1] = "rest",
    [WORD_ROOT - 1] = "root",
    [WORD_SCRIPT - 1] = "script",
    [WORD_SITE - 1] = "site",
    [WORD_STYLE - 1] = "style",
    [WORD_TEMPLATE - 1] = "template",
    [WORD_TEXT - 1] = "text",
    [WORD_TITLE - 1] = "title",
    [WORD_VERSION - 1] = "version",
};
const size_t html_word_count = WORD_COUNT - 1;

static const struct mustache_class page_class, site_class, block_names_class, has_class,
    prose_class, crumbs_class, crumb_class, crumb_href_class, blocks_class, block_class, rest_class;

static struct mustache_value value_of(enum mustache_kind kind, const struct view *view,
                                      const struct mustache_class *class, size_t index) {
    return (struct mustache_value){.kind = kind, .object = view, .class = class, .index = index};
}

static struct mustache_value missing(void) {
    return (struct mustache_value){0};
}

/* Text made while rendering lives in the page's arena. */
static struct mustache_value kept_text(const struct view *view, struct buf *buf) {
    struct mustache_value value = {.kind = MUSTACHE_TEXT};
    value.text = (struct str){arena_copy(view->arena, buf_text(buf), buf->len), buf->len};
    buf_free(buf);
    return value;
}

static struct mustache_value fingerprint_text(const struct view *view, uint64_t fingerprint) {
    char hex[HASH_HEX];
    hash_hex(hex, fingerprint);
    return mustache_str((struct str){arena_copy(view->arena, hex, HASH_HEX - 1), HASH_HEX - 1});
}

static struct mustache_value permalink(const struct view *view) {
    struct buf text = BUF_INIT;
    if (!view->site->base_url || !*view->site->base_url)
        return missing();
    site_put_url(view->site, view->page->path, &text);
    return kept_text(view, &text);
}

/* Name of the page's own data file, which lies beside it. */
static struct mustache_value json_name(const struct view *view) {
    struct buf text = BUF_INIT;
    if (!render_has_page_json(view->page->path))
        return missing();
    render_twin_path(view->page, NULL, "json", &text);
    struct mustache_value value = kept_text(view, &text);
    const char *slash = memrchr(value.text.p, '/', value.text.n);
    return slash ? mustache_text(slash + 1) : value;
}

static struct mustache_value script_text(const struct view *view, enum part part) {
    return view->parts & PART_BIT(part) ? mustache_str(view->theme->parts[part]) : missing();
}

static bool is_named(const char *text, struct str name) {
    return name.n && text[0] == name.p[0] && strncmp(text, name.p, name.n) == 0 && !text[name.n];
}

static const struct block *find_block(const struct page *page, struct str name, size_t *index) {
    for (size_t i = 0; i < page->block_count; i++)
        if (is_named(page->blocks[i].name, name)) {
            *index = i;
            return &page->blocks[i];
        }
    return NULL;
}

static void write_block(const struct mustache_value *self, struct buf *out) {
    struct view *view = (struct view *)self->object;
    view->written[self->index] = true;
    html_block(view, &view->page->blocks[self->index], out);
}

static void write_rest(const struct mustache_value *self, struct buf *out) {
    struct mustache_value block = *self;
    const struct view *view = self->object;
    for (block.index = 0; block.index < view->page->block_count; block.index++)
        if (!view->written[block.index])
            write_block(&block, out);
}

static struct mustache_value block_by_name(const struct mustache_value *self,
                                           const struct mustache_name *name) {
    const struct view *view = self->object;
    size_t index;
    if (!find_block(view->page, name->text, &index))
        return missing();
    return value_of(MUSTACHE_WRITER, view, &block_class, index);
}

static struct mustache_value has_block(const struct mustache_value *self,
                                       const struct mustache_name *name) {
    const struct view *view = self->object;
    size_t index;
    return mustache_truth(find_block(view->page, name->text, &index) != NULL);
}

static struct mustache_value block_item(const struct mustache_value *self, size_t index) {
    return value_of(MUSTACHE_OBJECT, self->object, &block_class, index);
}

static struct mustache_value block_member(const struct mustache_value *self,
                                          const struct mustache_name *name) {
    const struct view *view = self->object;
    const struct block *block = &view->page->blocks[self->index];
    switch (name->word) {
    case WORD_NAME:
        return mustache_text(block->name);
    case WORD_HEADING:
        return mustache_text(block->heading);
    case WORD_HTML:
        return value_of(MUSTACHE_WRITER, view, &block_class, self->index);
    default:
        return missing();
    }
}

static struct mustache_value crumb_item(const struct mustache_value *self, size_t index) {
    return value_of(MUSTACHE_OBJECT, self->object, &crumb_class, index);
}

static void write_crumb_href(const struct mustache_value *self, struct buf *out) {
    const struct view *view = self->object;
    html_href(view, view->page->crumbs[self->index].href, out);
}

static struct mustache_value crumb_position(const struct view *view, size_t index) {
    struct buf text = BUF_INIT;
    buf_printf(&text, "%zu", index + 1);
    return kept_text(view, &text);
}

static struct mustache_value crumb_member(const struct mustache_value *self,
                                          const struct mustache_name *name) {
    const struct view *view = self->object;
    const struct link *crumb = &view->page->crumbs[self->index];
    switch (name->word) {
    case WORD_TEXT:
        return mustache_text(crumb->text);
    case WORD_LAST:
        return mustache_truth(!crumb->href);
    case WORD_POSITION:
        return crumb_position(view, self->index);
    case WORD_HREF:
        return crumb->href ? value_of(MUSTACHE_WRITER, view, &crumb_href_class, self->index)
                           : missing();
    default:
        return missing();
    }
}

static struct mustache_value prose_member(const struct mustache_value *self,
                                          const struct mustache_name *name) {
    const struct view *view = self->object;
    struct buf text = BUF_INIT;
    buf_printf(&text, "templates/prose/%.*s.md", (int)name->text.n, name->text.p);
    const struct source_text *prose = render_source(view->theme->sources, buf_text(&text));
    buf_reset(&text);
    if (prose && markdown_put(&text, prose->text, prose->length, 2, view->prose_root,
                              (struct place){0}, NULL))
        return kept_text(view, &text);
    buf_free(&text);
    return missing();
}

static struct mustache_value site_member(const struct mustache_value *self,
                                         const struct mustache_name *name) {
    const struct view *view = self->object;
    const struct site_context *site = view->site;
    switch (name->word) {
    case WORD_TITLE:
        return mustache_text(site->title);
    case WORD_BASE_URL:
        return mustache_text(site->base_url);
    case WORD_OWNER:
        return mustache_text(site->owner);
    case WORD_AS_OF:
        return mustache_text(site->as_of);
    case WORD_VERSION:
        return mustache_text(site->version);
    case WORD_FINGERPRINT:
        return fingerprint_text(view, site->fingerprint);
    default:
        return missing();
    }
}

static struct mustache_value list_of(const struct view *view, const struct mustache_class *class,
                                     size_t count) {
    struct mustache_value value = value_of(MUSTACHE_LIST, view, class, 0);
    value.count = count;
    return value;
}

static struct mustache_value object_of(const struct view *view,
                                       const struct mustache_class *class) {
    return value_of(MUSTACHE_OBJECT, view, class, 0);
}

static struct mustache_value scalar(const struct page *page, struct str name) {
    for (size_t i = 0; i < page->scalar_count; i++)
        if (is_named(page->scalars[i].name, name))
            return mustache_text(page->scalars[i].text);
    return missing();
}

/* What the page itself says. */
static struct mustache_value text_of_page(const struct page *page,
                                          const struct mustache_name *name) {
    switch (name->word) {
    case WORD_DATE:
        return mustache_text(page->inputs_date);
    case WORD_DESCRIPTION:
        return mustache_text(page->description);
    case WORD_NESTED:
        return mustache_text(page->crumb_count > 1 ? "nested" : NULL);
    case WORD_PATH:
        return mustache_text(page->path);
    case WORD_TEMPLATE:
        return mustache_text(page->template);
    case WORD_TITLE:
        return mustache_text(page->title);
    default:
        return scalar(page, name->text);
    }
}

/* What stands in its head and foot. */
static struct mustache_value text_around(const struct view *view,
                                         const struct mustache_name *name) {
    const struct theme *theme = view->theme;
    switch (name->word) {
    case WORD_CALCULATOR:
        return script_text(view, SCRIPT_CALCULATOR);
    case WORD_FIND:
        return script_text(view, SCRIPT_FIND);
    case WORD_SCRIPT:
        return script_text(view, SCRIPT_TABLES);
    case WORD_STYLE:
        return mustache_str(theme->styles[view->parts % STYLE_SETS]);
    case WORD_POLICY:
        return mustache_str(theme->policies[view->parts]);
    case WORD_FINGERPRINT:
        return fingerprint_text(view, view->page->fingerprint);
    case WORD_JSON:
        return json_name(view);
    case WORD_PERMALINK:
        return permalink(view);
    default:
        return text_of_page(view->page, name);
    }
}

static struct mustache_value page_member(const struct mustache_value *self,
                                         const struct mustache_name *name) {
    const struct view *view = self->object;
    switch (name->word) {
    case WORD_ROOT:
        return mustache_str(view->root);
    case WORD_BLOCK:
        return object_of(view, &block_names_class);
    case WORD_BLOCKS:
        return list_of(view, &blocks_class, view->page->block_count);
    case WORD_CRUMBS:
        return list_of(view, &crumbs_class, view->page->crumb_count);
    case WORD_HAS:
        return object_of(view, &has_class);
    case WORD_PROSE:
        return object_of(view, &prose_class);
    case WORD_REST:
        return value_of(MUSTACHE_WRITER, view, &rest_class, 0);
    case WORD_SITE:
        return object_of(view, &site_class);
    default:
        return text_around(view, name);
    }
}

static const struct mustache_class page_class = {.member = page_member};
static const struct mustache_class site_class = {.member = site_member};
static const struct mustache_class block_names_class = {.member = block_by_name};
static const struct mustache_class has_class = {.member = has_block};
static const struct mustache_class prose_class = {.member = prose_member};
static const struct mustache_class crumbs_class = {.item = crumb_item};
static const struct mustache_class crumb_class = {.member = crumb_member};
static const struct mustache_class crumb_href_class = {.write = write_crumb_href};
static const struct mustache_class blocks_class = {.item = block_item};
static const struct mustache_class block_class = {.member = block_member, .write = write_block};
static const struct mustache_class rest_class = {.write = write_rest};

struct mustache_value html_root(const struct view *view) {
    return value_of(MUSTACHE_OBJECT, view, &page_class, 0);
}

bool html_is_of_site(const struct mustache_name *name) {
    return name->word == WORD_ROOT || name->word == WORD_SITE;
}
