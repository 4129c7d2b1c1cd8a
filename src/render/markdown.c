/* Markdown prose to HTML: the only file that knows cmark. */
#include "render/markdown.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/hash.h"
#include "base/str.h"
#include "render/render.h"

#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *zeroed(size_t count, size_t bytes) {
    void *piece = calloc(count, bytes);
    if (!piece)
        die_no_memory(bytes);
    return piece;
}

static void *resized(void *old, size_t bytes) {
    void *piece = realloc(old, bytes);
    if (!piece)
        die_no_memory(bytes);
    return piece;
}

/* cmark's own allocator aborts where memory ends; this one ends as everything here does. */
static cmark_mem *memory(void) {
    static const cmark_mem calls = {zeroed, resized, free};
    return (cmark_mem *)&calls; /* cmark does not write it */
}

/* Block markers (quotes, list items) at the beginning of one line. */
static unsigned line_nesting(const char *p, const char *end) {
    unsigned markers = 0, spaces = 0;
    for (; p < end && *p != '\n'; p++) {
        if (*p == ' ' || *p == '\t')
            spaces += *p == '\t' ? 4 : 1;
        else if (strchr(">-*+", *p))
            markers++;
        else if (!(*p >= '0' && *p <= '9') && *p != '.' && *p != ')')
            break;
        else
            markers += *p == '.' || *p == ')';
    }
    /* "-----" is a rule and "****" emphasis, not nesting; only text after markers nests. */
    bool rule = p == end || *p == '\n';
    return (rule && !memchr("> ", p[-1], 2) ? 0 : markers) + spaces / 4;
}

/* The first line that nests too deeply, counted from 1; 0: none. */
static unsigned too_nested_line(const char *text, size_t n) {
    const char *end = text + n;
    unsigned number = 1;
    for (const char *line = text; line < end; line++, number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop)
            stop = end;
        if (stop > line && line_nesting(line, stop) > MARKDOWN_MAX_NESTING)
            return number;
        line = stop;
    }
    return 0;
}

static bool is_tree_too_deep(cmark_node *root) {
    cmark_iter *iterator = cmark_iter_new(root);
    unsigned depth = 0;
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE &&
           depth <= MARKDOWN_MAX_NESTING + 2) {
        bool leaf = !cmark_node_first_child(cmark_iter_get_node(iterator));
        if (event == CMARK_EVENT_EXIT)
            depth -= !leaf;
        else
            depth += !leaf;
    }
    cmark_iter_free(iterator);
    return depth > MARKDOWN_MAX_NESTING + 2;
}

/* The words of a node and its descendants. */
static void collect_words(cmark_node *node, struct buf *words) {
    cmark_iter *iterator = cmark_iter_new(node);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *at = cmark_iter_get_node(iterator);
        cmark_node_type type = cmark_node_get_type(at);
        if (event == CMARK_EVENT_ENTER &&
            (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK))
            buf_puts(words, cmark_node_get_literal(at));
        else if (event == CMARK_EVENT_ENTER &&
                 (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK))
            buf_putc(words, ' ');
    }
    cmark_iter_free(iterator);
}

static void move_children(cmark_node *from, cmark_node *to) {
    cmark_node *child;
    while ((child = cmark_node_first_child(from)))
        cmark_node_append_child(to, child);
}

/* Ids of the headings so far, by their hashes. */
struct ids {
    uint64_t *used;
    size_t count, capacity;
    struct arena *arena;
};

static bool is_used(const struct ids *ids, const char *id) {
    uint64_t hash = hash_bytes(id, strlen(id), 0);
    bool found = false;
    for (size_t i = 0; i < ids->count; i++)
        found |= ids->used[i] == hash;
    return found;
}

/* The words as an id; what another heading has already gets the number of its own. */
static void make_id(char *id, size_t cap, const char *words, struct ids *ids) {
    char slug[64];
    size_t n = str_slug(slug, sizeof slug, words), number = ids->count + 1;
    memcpy(id, slug, n + 1);
    for (; is_used(ids, id); number++)
        snprintf(id, cap, "%s-%zu", slug, number);
    ids->used = arena_grow(ids->arena, ids->used, ids->count, &ids->capacity, sizeof *ids->used);
    ids->used[ids->count++] = hash_bytes(id, strlen(id), 0);
}

/* cmark writes headings without id: a custom block writes our own tags around the same children. */
static void replace_heading(cmark_node *heading, int first_level, struct ids *ids) {
    int level = cmark_node_get_heading_level(heading) + first_level - 1;
    level = level > 6 ? 6 : level < 1 ? 1 : level;
    struct buf words = BUF_INIT, tag = BUF_INIT;
    char id[96];
    collect_words(heading, &words);
    make_id(id, sizeof id, buf_text(&words), ids);
    buf_printf(&tag, "<h%d id=\"%s\">", level, id);
    cmark_node *block = cmark_node_new_with_mem(CMARK_NODE_CUSTOM_BLOCK, memory());
    cmark_node_set_on_enter(block, buf_text(&tag));
    buf_reset(&tag);
    buf_printf(&tag, "</h%d>", level);
    cmark_node_set_on_exit(block, buf_text(&tag));
    cmark_node_insert_before(heading, block);
    move_children(heading, block);
    cmark_node_free(heading);
    buf_free(&words);
    buf_free(&tag);
}

static void replace_image(cmark_node *image) {
    cmark_node *text = cmark_node_new_with_mem(CMARK_NODE_TEXT, memory());
    struct buf words = BUF_INIT;
    collect_words(image, &words);
    cmark_node_set_literal(text, buf_text(&words));
    cmark_node_insert_before(image, text);
    cmark_node_free(image);
    buf_free(&words);
}

static bool leads_out(const char *url) {
    return strstr(url, "://") || strncmp(url, "mailto:", 7) == 0;
}

static void prefix_link(cmark_node *link, const char *root) {
    if (!root && !leads_out(cmark_node_get_url(link))) {
        cmark_node *child;
        while ((child = cmark_node_first_child(link)))
            cmark_node_insert_before(link, child);
        cmark_node_free(link);
        return;
    }
    struct buf url = BUF_INIT;
    escape_site_href(&url, str_of(root ? root : ""), str_of(cmark_node_get_url(link)));
    cmark_node_set_url(link, buf_text(&url));
    buf_free(&url);
}

/* The highest heading of the text is first_level, whatever number of # it has. */
static int top_level(cmark_node *root_node) {
    int top = 6;
    for (cmark_node *node = cmark_node_first_child(root_node); node; node = cmark_node_next(node))
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
            cmark_node_get_heading_level(node) < top)
            top = cmark_node_get_heading_level(node);
    return top;
}

static void adapt(cmark_node *root_node, int first_level, const char *root) {
    first_level -= top_level(root_node) - 1;
    struct ids ids = {.arena = arena_new()};
    cmark_iter *iterator = cmark_iter_new(root_node);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (event != CMARK_EVENT_EXIT) /* a node may go only when the iterator has left it */
            continue;
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
            replace_heading(node, first_level, &ids);
        else if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
            replace_image(node);
        else if (cmark_node_get_type(node) == CMARK_NODE_LINK)
            prefix_link(node, root);
    }
    cmark_iter_free(iterator);
    arena_free(ids.arena);
}

static bool refuse(struct diags *diags, const char *code, struct place place, const char *why) {
    if (diags)
        diag_add(diags, DIAG_ERROR, code, place, "%s", why);
    return false;
}

/* The checked tree; NULL with a diagnostic. */
static cmark_node *parse(const char *text, size_t n, struct place place, struct diags *diags) {
    unsigned nested_line = n > MARKDOWN_MAX_BYTES ? 0 : too_nested_line(text, n);
    if (n > MARKDOWN_MAX_BYTES)
        refuse(diags, "markdown-size", place, "the text is larger than 64 KiB");
    else if (!str_is_utf8(text, n))
        refuse(diags, "markdown-utf8", place_in(place.file, text, str_utf8_bytes(text, n)),
               "the text is not UTF-8");
    else if (nested_line)
        refuse(diags, "markdown-nesting", (struct place){place.file, nested_line, 1},
               "quotes or lists nest deeper than 32");
    else {
        cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, memory());
        cmark_parser_feed(parser, text, n);
        cmark_node *tree = cmark_parser_finish(parser);
        cmark_parser_free(parser);
        if (!is_tree_too_deep(tree))
            return tree;
        refuse(diags, "markdown-nesting", place, "the text nests deeper than 32");
        cmark_node_free(tree);
    }
    return NULL;
}

bool markdown_put(struct buf *out, const char *text, size_t n, int first_level, const char *root,
                  struct place place, struct diags *diags) {
    cmark_node *tree = parse(text, n, place, diags);
    if (!tree)
        return false;
    adapt(tree, first_level, root);
    char *html = cmark_render_html(tree, CMARK_OPT_SAFE);
    buf_puts(out, html);
    free(html);
    cmark_node_free(tree);
    return true;
}

/* "2." or a bullet before the first paragraph of a list's item, else NULL. */
static const char *mark_of(struct arena *arena, cmark_node *node) {
    cmark_node *item = cmark_node_parent(node);
    if (cmark_node_get_type(item) != CMARK_NODE_ITEM || cmark_node_previous(node))
        return NULL;
    cmark_node *list = cmark_node_parent(item);
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST)
        return "\xE2\x80\xA2";
    int number = cmark_node_get_list_start(list);
    while ((item = cmark_node_previous(item)))
        number++;
    return arena_printf(arena, "%d.", number);
}

static int depth_of(cmark_node *node) {
    int depth = 0;
    while ((node = cmark_node_parent(node)))
        depth += cmark_node_get_type(node) == CMARK_NODE_ITEM ||
                 cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
    return depth;
}

static struct markdown_piece piece_of(struct arena *arena, cmark_node *node) {
    struct buf words = BUF_INIT;
    bool heading = cmark_node_get_type(node) == CMARK_NODE_HEADING;
    collect_words(node, &words);
    struct markdown_piece piece = {.heading = heading ? cmark_node_get_heading_level(node) : 0,
                                   .depth = depth_of(node),
                                   .mark = mark_of(arena, node),
                                   .text = arena_strdup(arena, buf_text(&words))};
    buf_free(&words);
    return piece;
}

size_t markdown_pieces(struct arena *arena, const char *text, size_t n,
                       struct markdown_piece **pieces) {
    cmark_node *tree = parse(text, n, (struct place){0}, NULL);
    size_t count = 0, capacity = 0;
    *pieces = NULL;
    if (!tree)
        return 0;
    cmark_iter *iterator = cmark_iter_new(tree);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        cmark_node_type type = cmark_node_get_type(node);
        if (event != CMARK_EVENT_ENTER ||
            (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING &&
             type != CMARK_NODE_CODE_BLOCK))
            continue;
        *pieces = arena_grow(arena, *pieces, count, &capacity, sizeof **pieces);
        (*pieces)[count++] = piece_of(arena, node);
    }
    cmark_iter_free(iterator);
    cmark_node_free(tree);
    return count;
}
