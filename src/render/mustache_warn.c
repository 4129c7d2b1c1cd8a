/* What in templates stands for nothing: names that nothing supplies, templates that nothing uses.
 */
#include "render/mustache_tree.h"

/* What is asked of one template. `until` says of each open object where its outermost section that
   stands open ends. */
enum { MOST_OPEN = 8 };
struct judge {
    const struct mustache *template;
    const struct mustache_open *open;
    size_t count;
    size_t until[MOST_OPEN];
};

static const struct mustache_open *object_of(const struct judge *judge, struct str name) {
    for (size_t i = 0; i < judge->count; i++)
        if (str_equal(name, str_of(judge->open[i].name)))
            return &judge->open[i];
    return NULL;
}

static bool has(const struct judge *judge, const struct mustache_open *object, struct str member) {
    return object->has(object->self, str_of(judge->template->name), member);
}

static bool stands_in_section(const struct judge *judge, size_t at, struct str name) {
    for (size_t i = 0; i < judge->count; i++)
        if (at < judge->until[i] && has(judge, &judge->open[i], name))
            return true;
    return false;
}

/* The first part of a name that nothing answers to; NULL: none. */
static const struct mustache_name *unknown_part(const struct judge *judge, size_t at) {
    const struct node *node = &judge->template->nodes[at];
    for (size_t i = 0; i < node->part_count; i++) {
        const struct mustache_name *part = &node->parts[i];
        const struct mustache_open *object = object_of(judge, part->text);
        if (object && i + 1 < node->part_count)
            return has(judge, object, part[1].text) ? NULL : &part[1];
        if (!part->word && !(i == 0 && stands_in_section(judge, at, part->text)))
            return part;
    }
    return NULL;
}

static void enter(struct judge *judge, const struct node *node) {
    if (node->kind != NODE_SECTION || !node->part_count)
        return;
    const struct mustache_open *object = object_of(judge, node->parts[node->part_count - 1].text);
    if (object && judge->until[object - judge->open] < node->end)
        judge->until[object - judge->open] = node->end;
}

static void warn_unknown(struct judge judge, struct diags *diags) {
    size_t faults = 0;
    for (size_t k = 0; k < judge.template->count && faults < MUSTACHE_MAX_FAULTS; k++) {
        const struct node *node = &judge.template->nodes[k];
        const struct mustache_name *name = unknown_part(&judge, k);
        enter(&judge, node);
        if (!name)
            continue;
        diag_add(diags, DIAG_WARNING, "template-unknown-name",
                 mustache_place(judge.template, node->offset),
                 "nothing is called \"%.*s\" here: \"%.*s\" stands for nothing", (int)name->text.n,
                 name->text.p, (int)node->text.n, node->text.p);
        faults++;
    }
}

void mustache_warn_unknown(const struct mustache_set *set, const struct mustache_open *open,
                           size_t count, struct diags *diags) {
    for (size_t i = 0; i < set->count; i++)
        warn_unknown(
            (struct judge){set->items[i], open, count < MOST_OPEN ? count : MOST_OPEN, {0}}, diags);
}

static bool is_partial(const struct mustache_set *set, const struct mustache *template) {
    for (size_t i = 0; i < set->count; i++)
        for (size_t k = 0; k < set->items[i]->count; k++)
            if (set->items[i] != template && set->items[i]->nodes[k].partial == template)
                return true;
    return false;
}

void mustache_warn_unused(const struct mustache_set *set, bool (*used)(struct str template),
                          struct diags *diags) {
    for (size_t i = 0; i < set->count; i++) {
        const struct mustache *template = set->items[i];
        if (!used(str_of(template->name)) && !is_partial(set, template))
            diag_add(diags, DIAG_WARNING, "template-unused", (struct place){template->file, 0, 0},
                     "no page is laid out by \"%s\" and no template includes it", template->name);
    }
}
