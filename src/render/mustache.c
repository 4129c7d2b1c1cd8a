/* Mustache templates by name: linking partials, and rendering. */
#include "render/mustache.h"

#include "render/mustache_tree.h"
#include "render/render.h"

struct mustache_set *mustache_set_new(struct arena *arena) {
    struct mustache_set *set = ARENA_NEW(arena, struct mustache_set);
    set->arena = arena;
    return set;
}

void mustache_know(struct mustache_set *set, const char *const *words, size_t count) {
    set->words = words;
    set->word_count = count;
}

bool mustache_add(struct mustache_set *set, const char *name, const char *file, const char *text,
                  size_t n, struct diags *diags) {
    set->items =
        arena_grow(set->arena, set->items, set->count, &set->capacity, sizeof(struct mustache *));
    struct mustache *template = ARENA_NEW(set->arena, struct mustache);
    template->name = arena_strdup(set->arena, name);
    template->file = arena_strdup(set->arena, file);
    template->source = (struct str){text, n};
    set->items[set->count++] = template;
    return mustache_parse(set, template, diags);
}

static struct mustache *find_slice(const struct mustache_set *set, struct str name) {
    for (size_t i = 0; i < set->count; i++)
        if (str_equal(str_of(set->items[i]->name), name))
            return set->items[i];
    return NULL;
}

const struct mustache *mustache_find(const struct mustache_set *set, const char *name) {
    return find_slice(set, str_of(name));
}

/* Walks the partials of a template; false when one leads back to a template still open. */
static bool check_recursion(struct mustache *template, struct diags *diags) {
    bool good = true;
    template->visit = 1;
    for (size_t i = 0; i < template->count; i++) {
        struct node *node = &template->nodes[i];
        struct mustache *partial = (struct mustache *)node->partial;
        if (node->kind != NODE_PARTIAL || !partial)
            continue;
        if (partial->visit == 1) {
            diag_add(diags, DIAG_ERROR, "template-recursion",
                     mustache_place(template, node->offset), "partial \"%s\" includes itself",
                     partial->name);
            good = false;
            break; /* once a template: there may be thousands */
        } else if (partial->visit == 0) {
            good = check_recursion(partial, diags) && good;
        }
    }
    template->visit = 2;
    return good;
}

bool mustache_link(struct mustache_set *set, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; i < set->count; i++) {
        struct mustache *template = set->items[i];
        size_t faults = 0;
        for (size_t k = 0; k < template->count && faults < MUSTACHE_MAX_FAULTS; k++) {
            struct node *node = &template->nodes[k];
            if (node->kind != NODE_PARTIAL)
                continue;
            node->partial = find_slice(set, node->text);
            if (node->partial || !diags)
                continue;
            diag_add(diags, DIAG_ERROR, "template-unknown-partial",
                     mustache_place(template, node->offset), "there is no partial \"%.*s\"",
                     (int)node->text.n, node->text.p);
            faults++;
            good = false;
        }
    }
    for (size_t i = 0; diags && i < set->count; i++)
        if (set->items[i]->visit == 0)
            good = check_recursion(set->items[i], diags) && good;
    return good;
}

static bool node_asks(const struct node *node, const char *object, const char *member) {
    if (!node->part_count || !str_equal(node->parts[0].text, str_of(object)))
        return false;
    return node->part_count == 1 ? node->kind == NODE_SECTION
                                 : str_equal(node->parts[1].text, str_of(member));
}

bool mustache_asks(const struct mustache_set *set, const char *object, const char *member) {
    for (size_t i = 0; i < set->count; i++)
        for (size_t k = 0; k < set->items[i]->count; k++)
            if (node_asks(&set->items[i]->nodes[k], object, member))
                return true;
    return false;
}

struct rendering {
    struct buf *out;
    struct buf indent;  /* of the partials open now, one after another */
    size_t indent_from; /* where the part that applies begins */
    struct mustache_value contexts[MUSTACHE_MAX_DEPTH];
    size_t context_count, partial_depth, steps;
    bool failed;
};

static void render_nodes(struct rendering *rendering, const struct mustache *template, size_t from,
                         size_t to);

static inline struct mustache_value member_of(const struct mustache_value *value,
                                              const struct mustache_name *name) {
    if (value->kind == MUSTACHE_OBJECT)
        return value->class->member(value, name);
    return (struct mustache_value){0};
}

/* The first part is asked of the contexts from the innermost out, the others of what was found. */
static struct mustache_value look_far(const struct rendering *rendering, const struct node *node) {
    const struct mustache_value *context = &rendering->contexts[rendering->context_count - 1];
    if (!node->part_count)
        return *context;
    struct mustache_value value = member_of(context, &node->parts[0]);
    while (value.kind == MUSTACHE_MISSING && context != rendering->contexts)
        value = member_of(--context, &node->parts[0]);
    for (size_t i = 1; i < node->part_count && value.kind != MUSTACHE_MISSING; i++)
        value = member_of(&value, &node->parts[i]);
    return value;
}

static inline struct mustache_value look_up(const struct rendering *rendering,
                                            const struct node *node) {
    if (rendering->context_count == 1 && node->part_count == 1) /* as most are */
        return member_of(&rendering->contexts[0], node->parts);
    return look_far(rendering, node);
}

static void put_text(struct buf *out, struct str text, bool escaped) {
    if (escaped)
        escape_attribute_slice(out, text);
    else
        buf_put(out, text.p, text.n);
}

static void render_variable(struct rendering *rendering, const struct node *node) {
    struct mustache_value value = look_up(rendering, node);
    bool escaped = node->kind == NODE_ESCAPED;
    if (value.kind == MUSTACHE_TEXT) {
        put_text(rendering->out, value.text, escaped);
    } else if (value.kind == MUSTACHE_WRITER && !escaped) {
        value.class->write(&value, rendering->out);
    } else if (value.kind == MUSTACHE_WRITER) {
        struct buf raw = BUF_INIT;
        value.class->write(&value, &raw);
        put_text(rendering->out, (struct str){buf_text(&raw), raw.len}, true);
        buf_free(&raw);
    }
}

static bool is_true(const struct mustache_value *value) {
    switch (value->kind) {
    case MUSTACHE_MISSING:
    case MUSTACHE_FALSE:
        return false;
    case MUSTACHE_LIST:
        return value->count > 0;
    case MUSTACHE_TEXT:
        return value->text.n > 0;
    default:
        return true;
    }
}

static void render_in(struct rendering *rendering, const struct mustache *template, size_t section,
                      struct mustache_value context) {
    if (rendering->context_count == MUSTACHE_MAX_DEPTH) {
        rendering->failed = true;
        return;
    }
    rendering->contexts[rendering->context_count++] = context;
    render_nodes(rendering, template, section + 1, template->nodes[section].end);
    rendering->context_count--;
}

static void render_section(struct rendering *rendering, const struct mustache *template,
                           size_t section) {
    const struct node *node = &template->nodes[section];
    struct mustache_value value = look_up(rendering, node);
    if (node->kind == NODE_INVERTED) {
        if (!is_true(&value))
            render_nodes(rendering, template, section + 1, node->end);
        return;
    }
    if (!is_true(&value))
        return;
    if (value.kind != MUSTACHE_LIST) {
        render_in(rendering, template, section, value);
        return;
    }
    for (size_t i = 0; i < value.count && !rendering->failed; i++)
        render_in(rendering, template, section, value.class->item(&value, i));
}

static void render_partial(struct rendering *rendering, const struct node *node) {
    if (!node->partial)
        return;
    if (rendering->partial_depth == MUSTACHE_MAX_DEPTH) {
        rendering->failed = true;
        return;
    }
    size_t indent = rendering->indent.len, from = rendering->indent_from;
    if (node->starts_line)
        buf_put(&rendering->indent, node->indent.p, node->indent.n);
    else /* in the middle of a line: its own lines stand as written */
        rendering->indent_from = indent;
    rendering->partial_depth++;
    render_nodes(rendering, node->partial, 0, node->partial->count);
    rendering->partial_depth--;
    rendering->indent.len = indent;
    rendering->indent_from = from;
}

/* Inside an indented partial each line of the template begins with the indentation. */
static void render_text(struct rendering *rendering, const struct node *node) {
    struct str text = node->text;
    size_t indent = rendering->indent.len - rendering->indent_from;
    if (!indent) {
        buf_put(rendering->out, text.p, text.n);
        return;
    }
    const char *indentation = rendering->indent.data + rendering->indent_from;
    if (node->starts_line)
        buf_put(rendering->out, indentation, indent);
    for (size_t i = 0; i < text.n; i++) {
        buf_putc(rendering->out, text.p[i]);
        if (text.p[i] == '\n' && i + 1 < text.n)
            buf_put(rendering->out, indentation, indent);
    }
}

static void render_nodes(struct rendering *rendering, const struct mustache *template, size_t from,
                         size_t to) {
    for (size_t i = from; i < to && !rendering->failed; i = template->nodes[i].end) {
        const struct node *node = &template->nodes[i];
        if (rendering->steps++ == MUSTACHE_MAX_STEPS || rendering->out->overflow) {
            rendering->failed = true;
            return;
        }
        switch (node->kind) {
        case NODE_TEXT:
            render_text(rendering, node);
            break;
        case NODE_ESCAPED:
        case NODE_RAW:
            render_variable(rendering, node);
            break;
        case NODE_SECTION:
        case NODE_INVERTED:
            render_section(rendering, template, i);
            break;
        case NODE_PARTIAL:
            render_partial(rendering, node);
        }
    }
}

bool mustache_render(const struct mustache *template, struct mustache_value root, struct buf *out) {
    struct rendering rendering; /* most of it is room for contexts, which is not to be cleared */
    rendering.out = out;
    rendering.indent = (struct buf)BUF_INIT;
    rendering.indent_from = rendering.partial_depth = rendering.steps = 0;
    rendering.failed = false;
    rendering.contexts[0] = root;
    rendering.context_count = 1;
    render_nodes(&rendering, template, 0, template->count);
    buf_free(&rendering.indent);
    return !rendering.failed && !out->overflow;
}
