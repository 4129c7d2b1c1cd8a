/* Templates with what is the same on many pages put in once. */
#include "render/mustache_tree.h"

/* Partials become part of a template until it has so many nodes. */
#define FOLDED_NODES 4096

struct fold {
    struct arena *arena;
    struct mustache_value root;
    mustache_test *is_fixed;
    struct mustache *to;
    size_t capacity;
    struct buf text; /* that the next node begins with */
    size_t sections; /* open: names in them may be answered by others than the root */
    size_t seen;     /* nodes */
};

static void add_node(struct fold *fold, const struct node *node) {
    struct mustache *to = fold->to;
    to->nodes = arena_grow(fold->arena, to->nodes, to->count, &fold->capacity, sizeof *to->nodes);
    to->nodes[to->count] = *node;
    to->nodes[to->count].end = to->count + 1;
    to->count++;
}

static void end_text(struct fold *fold) {
    struct str text = {buf_text(&fold->text), fold->text.len};
    if (!text.n)
        return;
    text.p = arena_copy(fold->arena, text.p, text.n);
    add_node(fold, &(struct node){.kind = NODE_TEXT, .text = text});
    buf_reset(&fold->text);
}

static bool can_fill(const struct fold *fold, const struct node *node) {
    bool is_variable = node->kind == NODE_ESCAPED || node->kind == NODE_RAW;
    return is_variable && !fold->sections && node->part_count && fold->is_fixed(node->parts);
}

static void fill(struct fold *fold, const struct node *node) {
    struct node alone = *node;
    alone.end = 1;
    mustache_render(&(struct mustache){.nodes = &alone, .count = 1}, fold->root, &fold->text);
}

static void fold_nodes(struct fold *fold, const struct mustache *from, size_t first, size_t end);

static void fold_section(struct fold *fold, const struct mustache *from, size_t section) {
    size_t at = fold->to->count;
    add_node(fold, &from->nodes[section]);
    fold->sections++;
    fold_nodes(fold, from, section + 1, from->nodes[section].end);
    fold->sections--;
    fold->to->nodes[at].end = fold->to->count;
}

static void fold_node(struct fold *fold, const struct mustache *from, size_t index) {
    const struct node *node = &from->nodes[index];
    const struct mustache *partial = node->kind == NODE_PARTIAL ? node->partial : NULL;
    if (node->kind == NODE_TEXT) {
        buf_put_str(&fold->text, node->text);
    } else if (can_fill(fold, node)) {
        fill(fold, node);
    } else if (partial && !node->indent.n && fold->seen < FOLDED_NODES) {
        fold_nodes(fold, partial, 0, partial->count);
    } else {
        end_text(fold);
        if (node->kind == NODE_SECTION || node->kind == NODE_INVERTED)
            fold_section(fold, from, index);
        else
            add_node(fold, node);
    }
}

static void fold_nodes(struct fold *fold, const struct mustache *from, size_t first, size_t end) {
    for (size_t i = first; i < end; i = from->nodes[i].end) {
        fold->seen++;
        fold_node(fold, from, i);
    }
    if (fold->sections)
        end_text(fold); /* it must not pass the section's end */
}

struct mustache_set *mustache_fold(struct arena *arena, const struct mustache_set *set,
                                   struct mustache_value root, mustache_test *is_fixed) {
    struct mustache_set *folded = ARENA_NEW(arena, struct mustache_set);
    *folded = *set;
    folded->items = ARENA_ARRAY(arena, set->count + 1, struct mustache *);
    for (size_t i = 0; i < set->count; i++) {
        struct fold fold = {.arena = arena, .root = root, .is_fixed = is_fixed};
        fold.to = folded->items[i] = ARENA_NEW(arena, struct mustache);
        *fold.to = *set->items[i];
        fold.to->nodes = NULL;
        fold.to->count = 0;
        fold_nodes(&fold, set->items[i], 0, set->items[i]->count);
        end_text(&fold);
        buf_free(&fold.text);
    }
    return folded;
}
