/* The parsed form of a template, between its parser and its renderer. */
#ifndef RENDER_MUSTACHE_TREE_H
#define RENDER_MUSTACHE_TREE_H

#include "render/mustache.h"

enum node_kind { NODE_TEXT, NODE_ESCAPED, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL };

/* Nodes stand in reading order; a section's children are the nodes after it up to `end`. */
struct node {
    enum node_kind kind;
    bool starts_line; /* text: begins a line, where indentation goes; partial: alone on its line */
    struct str text;  /* text, or the name as written */
    const struct mustache_name *parts; /* of a dotted name; none for "." */
    size_t part_count;
    size_t end;
    struct str indent;              /* partial on a line of its own */
    const struct mustache *partial; /* NULL: unknown */
    size_t offset;                  /* of the tag in the source, for diagnostics */
};

struct mustache {
    const char *name, *file;
    struct str source;
    struct node *nodes;
    size_t count;
    int visit; /* used while linking only: 0 new, 1 open, 2 done */
};

struct mustache_set {
    struct arena *arena;
    struct mustache **items;
    size_t count, capacity;
    const char *const *words;
    size_t word_count;
};

/* Line and column (bytes, from 1) of an offset. */
struct place mustache_place(const struct mustache *template, size_t offset);
/* Fills nodes and count. */
bool mustache_parse(const struct mustache_set *set, struct mustache *template, struct diags *diags);

#endif
