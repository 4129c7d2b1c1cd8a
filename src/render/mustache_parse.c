/* Mustache source text to a flat tree of nodes. */
#include "render/mustache_tree.h"

struct parser {
    const struct mustache_set *set;
    struct mustache *template;
    struct diags *diags;
    struct str open, close; /* delimiters now in force */
    size_t capacity;
    size_t sections[MUSTACHE_MAX_SECTIONS]; /* node index of each open section */
    size_t section_count;
    size_t faults; /* said */
};

/* One tag as found in the source. */
struct tag {
    char sigil; /* one of "#^/>!=&{" or 0 */
    struct str name;
    size_t start, end; /* whole tag, delimiters included */
};

struct place mustache_place(const struct mustache *template, size_t offset) {
    size_t n = template->source.n;
    return place_in(template->file, template->source.p, offset < n ? offset : n);
}

static void complain(struct parser *parser, size_t offset, const char *code, const char *what,
                     struct str name) {
    parser->faults++;
    diag_add(parser->diags, DIAG_ERROR, code, mustache_place(parser->template, offset),
             "%s%s%.*s%s", what, name.n ? " \"" : "", (int)(name.n < 80 ? name.n : 80),
             name.n ? name.p : "", name.n ? "\"" : "");
}

/* First place of needle in source from `from` on, or source.n. */
static size_t find(struct str source, size_t from, struct str needle) {
    if (from < source.n) {
        const char *hit = memmem(source.p + from, source.n - from, needle.p, needle.n);
        if (hit)
            return (size_t)(hit - source.p);
    }
    return source.n;
}

static struct node *add_node(struct parser *parser, enum node_kind kind) {
    struct mustache *template = parser->template;
    template->nodes = arena_grow(parser->set->arena, template->nodes, template->count,
                                 &parser->capacity, sizeof *template->nodes);
    struct node *node = &template->nodes[template->count++];
    *node = (struct node){.kind = kind, .end = template->count};
    return node;
}

static void add_text(struct parser *parser, size_t from, size_t to) {
    const char *source = parser->template->source.p;
    struct node *node = add_node(parser, NODE_TEXT);
    node->text = (struct str){source + from, to - from};
    node->starts_line = from == 0 || source[from - 1] == '\n';
}

/* The text between two tags; a tag that begins its line has an empty text before it, to which
   indentation goes. */
static void add_text_before_tag(struct parser *parser, size_t from, size_t to, bool tag_alone) {
    const char *source = parser->template->source.p;
    if (from < to)
        add_text(parser, from, to);
    if (!tag_alone && (to == 0 || source[to - 1] == '\n'))
        add_text(parser, to, to);
}

static struct mustache_name name_of(const struct mustache_set *set, struct str text) {
    struct mustache_name name = {.text = text};
    for (size_t i = 0; i < set->word_count && !name.word; i++)
        if (str_equal(str_of(set->words[i]), text))
            name.word = (unsigned)i + 1;
    return name;
}

static void split_name(struct parser *parser, struct node *node, struct str name) {
    node->text = name;
    if (name.n == 1 && name.p[0] == '.')
        return;
    size_t count = 1;
    for (size_t i = 0; i < name.n; i++)
        count += name.p[i] == '.';
    struct mustache_name *parts = ARENA_ARRAY(parser->set->arena, count, struct mustache_name);
    size_t start = 0, part = 0;
    for (size_t i = 0; i <= name.n; i++)
        if (i == name.n || name.p[i] == '.') {
            parts[part++] = name_of(parser->set, (struct str){name.p + start, i - start});
            start = i + 1;
        }
    node->parts = parts;
    node->part_count = count;
}

/* Reads the tag whose opening delimiter stands at start. False when it never closes. */
static bool read_tag(struct parser *parser, size_t start, struct tag *tag) {
    struct str source = parser->template->source;
    size_t inner = start + parser->open.n;
    *tag = (struct tag){.start = start};
    if (inner < source.n && source.p[inner] && strchr("#^/>!=&{", source.p[inner]))
        tag->sigil = source.p[inner++];
    char closing = tag->sigil == '{' ? '}' : tag->sigil == '=' ? '=' : 0;
    size_t stop = inner;
    for (;; stop++) {
        stop = find(source, stop, parser->close);
        if (stop == source.n) {
            complain(parser, start, "template-unclosed-tag", "this tag is never closed",
                     (struct str){0});
            return false;
        }
        if (!closing)
            break;
        if (stop > inner && source.p[stop - 1] == closing)
            break;
        /* "}}}": the brace of the tag comes before the delimiter that begins one byte later. */
        if (closing == '}' && source.p[stop] == '}' && stop + parser->close.n < source.n &&
            !memcmp(source.p + stop + 1, parser->close.p, parser->close.n)) {
            stop++;
            break;
        }
    }
    tag->end = stop + parser->close.n;
    tag->name = str_trim((struct str){source.p + inner, stop - inner - (closing ? 1 : 0)});
    return true;
}

/* A tag that only steers and stands alone on its line takes the line with it: widens [from, to) to
   the line and returns true. */
static bool widen_if_alone(struct str source, const struct tag *tag, size_t *from, size_t *to) {
    if (!tag->sigil || tag->sigil == '&' || tag->sigil == '{')
        return false;
    size_t first = tag->start, last = tag->end;
    while (first > 0 && (source.p[first - 1] == ' ' || source.p[first - 1] == '\t'))
        first--;
    if (first > 0 && source.p[first - 1] != '\n')
        return false;
    while (last < source.n && (source.p[last] == ' ' || source.p[last] == '\t'))
        last++;
    if (last + 1 < source.n && source.p[last] == '\r' && source.p[last + 1] == '\n')
        last++;
    if (last < source.n && source.p[last] != '\n')
        return false;
    *from = first;
    *to = last < source.n ? last + 1 : last;
    return true;
}

static void set_delimiters(struct parser *parser, const struct tag *tag) {
    struct str text = tag->name;
    size_t first = 0, space;
    while (first < text.n && !strchr(" \t\r\n", text.p[first]))
        first++;
    space = first;
    while (space < text.n && strchr(" \t\r\n", text.p[space]))
        space++;
    struct str open = {text.p, first}, close = {text.p + space, text.n - space};
    bool bad = !open.n || !close.n || memchr(open.p, '=', open.n) || memchr(close.p, '=', close.n);
    for (size_t i = 0; i < close.n; i++)
        bad = bad || strchr(" \t\r\n", close.p[i]);
    if (bad) {
        complain(parser, tag->start, "template-delimiter",
                 "two delimiters without '=' are needed, not", text);
        return;
    }
    parser->open = open;
    parser->close = close;
}

static void open_section(struct parser *parser, const struct tag *tag) {
    if (parser->section_count == MUSTACHE_MAX_SECTIONS) {
        complain(parser, tag->start, "template-nesting", "sections nest too deep at", tag->name);
        return;
    }
    parser->sections[parser->section_count++] = parser->template->count;
    struct node *node = add_node(parser, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED);
    node->offset = tag->start;
    split_name(parser, node, tag->name);
}

static void close_section(struct parser *parser, const struct tag *tag) {
    struct mustache *template = parser->template;
    if (!parser->section_count) {
        complain(parser, tag->start, "template-stray-close", "no section is open for", tag->name);
        return;
    }
    struct node *node = &template->nodes[parser->sections[--parser->section_count]];
    node->end = template->count;
    if (!str_equal(node->text, tag->name))
        complain(parser, tag->start, "template-stray-close", "the open section is another than",
                 tag->name);
}

static void add_partial(struct parser *parser, const struct tag *tag, struct str indent,
                        bool alone) {
    struct node *node = add_node(parser, NODE_PARTIAL);
    node->offset = tag->start;
    node->text = tag->name;
    node->indent = indent;
    node->starts_line = alone;
}

static void add_variable(struct parser *parser, const struct tag *tag) {
    struct node *node = add_node(parser, tag->sigil ? NODE_RAW : NODE_ESCAPED);
    node->offset = tag->start;
    split_name(parser, node, tag->name);
}

static void act_on_tag(struct parser *parser, const struct tag *tag, struct str indent,
                       bool alone) {
    if (!tag->name.n && tag->sigil != '!' && tag->sigil != '=') {
        complain(parser, tag->start, "template-empty-tag", "this tag has no name", (struct str){0});
        return;
    }
    switch (tag->sigil) {
    case '!':
        break;
    case '=':
        set_delimiters(parser, tag);
        break;
    case '#':
    case '^':
        open_section(parser, tag);
        break;
    case '/':
        close_section(parser, tag);
        break;
    case '>':
        add_partial(parser, tag, indent, alone);
        break;
    default:
        add_variable(parser, tag);
    }
}

bool mustache_parse(const struct mustache_set *set, struct mustache *template,
                    struct diags *diags) {
    struct parser parser = {
        .set = set, .template = template, .diags = diags, .open = STR("{{"), .close = STR("}}")};
    struct str source = template->source;
    if (source.n > MUSTACHE_MAX_BYTES) {
        complain(&parser, 0, "template-size", "the template is larger than 256 KiB",
                 (struct str){0});
        return false;
    }
    size_t position = 0;
    struct tag tag;
    while (parser.faults < MUSTACHE_MAX_FAULTS) {
        size_t start = find(source, position, parser.open);
        if (start == source.n || !read_tag(&parser, start, &tag))
            break;
        size_t from = tag.start, to = tag.end;
        bool alone = widen_if_alone(source, &tag, &from, &to);
        add_text_before_tag(&parser, position, from, alone);
        act_on_tag(&parser, &tag, (struct str){source.p + from, tag.start - from}, alone);
        position = to;
    }
    if (position < source.n)
        add_text(&parser, position, source.n);
    while (parser.section_count) {
        struct node *node = &template->nodes[parser.sections[--parser.section_count]];
        node->end = template->count;
        complain(&parser, node->offset, "template-unclosed-section",
                 "this section is never closed:", node->text);
    }
    return parser.faults == 0;
}
