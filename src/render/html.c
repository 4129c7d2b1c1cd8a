/* A page as one HTML document: what its template can ask for. */
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
    struct arena *arena = html_arena((struct view *)view);
    struct mustache_value value = {.kind = MUSTACHE_TEXT};
    value.text = (struct str){arena_copy(arena, buf_text(buf), buf->len), buf->len};
    buf_free(buf);
    return value;
}

static struct mustache_value fingerprint_text(const struct view *view, uint64_t fingerprint) {
    char hex[HASH_HEX];
    hash_hex(hex, fingerprint);
    return mustache_text(arena_copy(html_arena((struct view *)view), hex, HASH_HEX - 1));
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
    if (!render_has_page_json(view->page))
        return missing();
    render_twin_path(view->page, NULL, "json", &text);
    struct mustache_value value = kept_text(view, &text);
    const char *slash = memrchr(value.text.p, '/', value.text.n);
    return slash ? mustache_text(slash + 1) : value;
}

static bool has_bars(const struct table *table) {
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        if (table->cells[i].bar > 0)
            return true;
    return false;
}

/* Marks that few charts have: points, closed lines without fill, the fifth and sixth colour. */
static bool has_rare_marks(const struct marks *marks) {
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_CIRCLE || mark->colour > 3 || (mark->closed && !mark->fill))
            return true;
    }
    return false;
}

/* What the charts are drawn with decides which rules their page carries: they are laid out first.
 */
static unsigned lay_out(struct view *view, size_t index) {
    struct marks *marks = &view->marks[index];
    *marks = chart_layout_with(view->page->ticks, view->arena, view->page->blocks[index].chart);
    return PART_BIT(STYLE_CHARTS) | (has_rare_marks(marks) ? PART_BIT(STYLE_POINTS) : 0);
}

static unsigned part_set(struct view *view) {
    const struct page *page = view->page;
    unsigned set = PART_BIT(STYLE_PAGE);
    if (strcmp(page->template, "index") == 0)
        set |= PART_BIT(SCRIPT_FIND) | PART_BIT(STYLE_TABLES);
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        if (block->kind == BLOCK_DATA)
            set |= PART_BIT(SCRIPT_CALCULATOR) | PART_BIT(STYLE_TABLES);
        if (block->kind == BLOCK_CHART)
            set |= lay_out(view, i);
        if (!block->table)
            continue;
        if (html_is_sortable(block->table))
            set |= PART_BIT(SCRIPT_TABLES) | PART_BIT(STYLE_TABLES);
        else if (!(set & PART_BIT(STYLE_TABLES)) &&
                 (block->table->anchors || has_bars(block->table)))
            set |= PART_BIT(STYLE_TABLES);
    }
    return set;
}

static struct mustache_value script_text(const struct view *view, enum part part) {
    return mustache_text(view->parts & PART_BIT(part) ? view->theme->parts[part] : NULL);
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

static struct mustache_value block_by_name(const struct mustache_value *self, struct str name) {
    const struct view *view = self->object;
    size_t index;
    if (!find_block(view->page, name, &index))
        return missing();
    return value_of(MUSTACHE_WRITER, view, &block_class, index);
}

static struct mustache_value has_block(const struct mustache_value *self, struct str name) {
    const struct view *view = self->object;
    size_t index;
    return mustache_truth(find_block(view->page, name, &index) != NULL);
}

static struct mustache_value block_item(const struct mustache_value *self, size_t index) {
    return value_of(MUSTACHE_OBJECT, self->object, &block_class, index);
}

static struct mustache_value block_member(const struct mustache_value *self, struct str name) {
    const struct view *view = self->object;
    const struct block *block = &view->page->blocks[self->index];
    if (str_equal(name, STR("name")))
        return mustache_text(block->name);
    if (str_equal(name, STR("heading")))
        return mustache_text(block->heading);
    if (str_equal(name, STR("html")))
        return value_of(MUSTACHE_WRITER, view, &block_class, self->index);
    return missing();
}

static struct mustache_value crumb_item(const struct mustache_value *self, size_t index) {
    return value_of(MUSTACHE_OBJECT, self->object, &crumb_class, index);
}

static void write_crumb_href(const struct mustache_value *self, struct buf *out) {
    const struct view *view = self->object;
    html_href(view, view->page->crumbs[self->index].href, out);
}

static struct mustache_value crumb_member(const struct mustache_value *self, struct str name) {
    const struct view *view = self->object;
    const struct link *crumb = &view->page->crumbs[self->index];
    if (str_equal(name, STR("text")))
        return mustache_text(crumb->text);
    if (str_equal(name, STR("last")))
        return mustache_truth(!crumb->href);
    if (str_equal(name, STR("position"))) {
        struct buf text = BUF_INIT;
        buf_printf(&text, "%zu", self->index + 1);
        return kept_text(view, &text);
    }
    if (!str_equal(name, STR("href")) || !crumb->href)
        return missing();
    return value_of(MUSTACHE_WRITER, view, &crumb_href_class, self->index);
}

static struct mustache_value prose_member(const struct mustache_value *self, struct str name) {
    const struct view *view = self->object;
    struct buf text = BUF_INIT;
    buf_printf(&text, "templates/prose/%.*s.md", (int)name.n, name.p);
    const struct source_text *prose = render_source(view->theme->sources, buf_text(&text));
    buf_reset(&text);
    if (prose && markdown_put(&text, prose->text, prose->length, 2, view->prose_root,
                              (struct place){0}, NULL))
        return kept_text(view, &text);
    buf_free(&text);
    return missing();
}

static struct mustache_value site_member(const struct mustache_value *self, struct str name) {
    const struct view *view = self->object;
    const struct site_context *site = view->site;
    if (str_equal(name, STR("title")))
        return mustache_text(site->title);
    if (str_equal(name, STR("base_url")))
        return mustache_text(site->base_url);
    if (str_equal(name, STR("owner")))
        return mustache_text(site->owner);
    if (str_equal(name, STR("as_of")))
        return mustache_text(site->as_of);
    if (str_equal(name, STR("version")))
        return mustache_text(site->version);
    if (str_equal(name, STR("fingerprint")))
        return fingerprint_text(view, site->fingerprint);
    return missing();
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

/* Names that begin with c to l. */
static struct mustache_value member_c_to_l(const struct view *view, struct str name) {
    const struct page *page = view->page;
    if (str_equal(name, STR("crumbs")))
        return list_of(view, &crumbs_class, page->crumb_count);
    if (str_equal(name, STR("calculator")))
        return script_text(view, SCRIPT_CALCULATOR);
    if (str_equal(name, STR("description")))
        return mustache_text(page->description);
    if (str_equal(name, STR("date")))
        return mustache_text(page->inputs_date);
    if (str_equal(name, STR("find")))
        return script_text(view, SCRIPT_FIND);
    if (str_equal(name, STR("fingerprint")))
        return fingerprint_text(view, page->fingerprint);
    if (str_equal(name, STR("has")))
        return object_of(view, &has_class);
    if (str_equal(name, STR("json")))
        return json_name(view);
    return scalar(page, name);
}

/* Names that begin with m to z. */
static struct mustache_value member_m_to_z(const struct view *view, struct str name) {
    const struct page *page = view->page;
    if (str_equal(name, STR("title")))
        return mustache_text(page->title);
    if (str_equal(name, STR("site")))
        return object_of(view, &site_class);
    if (str_equal(name, STR("permalink")))
        return permalink(view);
    if (str_equal(name, STR("nested")))
        return mustache_text(page->crumb_count > 1 ? "nested" : NULL);
    if (str_equal(name, STR("prose")))
        return object_of(view, &prose_class);
    if (str_equal(name, STR("path")))
        return mustache_text(page->path);
    if (str_equal(name, STR("policy")))
        return mustache_str(view->theme->policies[view->parts]);
    if (str_equal(name, STR("rest")))
        return value_of(MUSTACHE_WRITER, view, &rest_class, 0);
    if (str_equal(name, STR("style")))
        return mustache_str(view->theme->styles[view->parts % STYLE_SETS]);
    if (str_equal(name, STR("script")))
        return script_text(view, SCRIPT_TABLES);
    if (str_equal(name, STR("template")))
        return mustache_text(page->template);
    return scalar(page, name);
}

/* The two that are asked for most come first. */
static struct mustache_value page_member(const struct mustache_value *self, struct str name) {
    const struct view *view = self->object;
    if (str_equal(name, STR("root")))
        return mustache_text(view->root);
    if (str_equal(name, STR("block")))
        return object_of(view, &block_names_class);
    if (str_equal(name, STR("blocks")))
        return list_of(view, &blocks_class, view->page->block_count);
    return name.n && name.p[0] < 'm' ? member_c_to_l(view, name) : member_m_to_z(view, name);
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

/* A report lies somewhere else than the site. */
static bool is_alone(const struct page *page) {
    return strcmp(page->template, "report") == 0;
}

/* The page that a server shows for any missing address cannot link relative to itself either. */
static char *root_of(struct arena *arena, const struct site_context *site,
                     const struct page *page) {
    struct buf root = BUF_INIT;
    bool absolute = site->base_url && *site->base_url, alone = is_alone(page);
    if (absolute && (alone || strcmp(page->template, "404") == 0))
        site_put_url(site, "", &root);
    for (const char *p = page->path; *p && !alone; p++)
        if (*p == '/')
            buf_puts(&root, "../");
    char *text = arena_copy(arena, buf_text(&root), root.len);
    buf_free(&root);
    return text;
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
    const struct mustache *template = mustache_find(theme->templates, page->template);
    if (!template)
        template = mustache_find(theme->templates, "page");
    if (!template) {
        out->overflow = true;
        return;
    }
    struct view view = {.theme = theme, .site = site, .page = page, .arena = arena_new()};
    bool alone = is_alone(page);
    view.root = root_of(view.arena, site, page);
    view.prose_root = alone && !*view.root ? NULL : view.root;
    const char *slash = alone ? NULL : strrchr(page->path, '/');
    if (slash)
        view.folder = (struct str){page->path, (size_t)(slash + 1 - page->path)};
    view.marks = ARENA_ARRAY(view.arena, page->block_count + 1, struct marks);
    view.parts = part_set(&view);
    view.written = ARENA_ARRAY(view.arena, page->block_count + 1, bool);
    if (!mustache_render(template, value_of(MUSTACHE_OBJECT, &view, &page_class, 0), out))
        out->overflow = true;
    arena_free(view.arena);
}
