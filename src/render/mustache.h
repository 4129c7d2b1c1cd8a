/* Mustache: comments, delimiters, interpolation, inverted sections, partials, sections. Templates
   are parsed once and rendered many times, by many threads, from values that answer questions. */
#ifndef RENDER_MUSTACHE_H
#define RENDER_MUSTACHE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

enum mustache_kind {
    MUSTACHE_MISSING, /* nothing; false in sections; lets outer contexts answer */
    MUSTACHE_FALSE,
    MUSTACHE_TRUE,
    MUSTACHE_TEXT,   /* escaped by {{x}}, as it is by {{{x}}}; empty text is false in sections */
    MUSTACHE_LIST,   /* class->item(self, 0..count-1) */
    MUSTACHE_OBJECT, /* class->member(self, name): words are told by their numbers */
    MUSTACHE_WRITER  /* class->write(self, out) puts the raw text when it is asked for */
};

/* A name in a template. */
struct mustache_name {
    struct str text;
    unsigned word; /* its number among the words the set knows, from 1; 0: none of them */
};

struct mustache_class;
struct mustache_value {
    enum mustache_kind kind;
    union {
        struct str text;
        struct {
            size_t count;
            size_t index; /* the class's own */
        };
    };
    const void *object; /* the class's own */
    const struct mustache_class *class;
};

struct mustache_class {
    struct mustache_value (*member)(const struct mustache_value *self,
                                    const struct mustache_name *name);
    struct mustache_value (*item)(const struct mustache_value *self, size_t index);
    void (*write)(const struct mustache_value *self, struct buf *out);
};

static inline struct mustache_value mustache_str(struct str text) {
    struct mustache_value value = {.kind = text.p ? MUSTACHE_TEXT : MUSTACHE_MISSING, .text = text};
    return value;
}
static inline struct mustache_value mustache_text(const char *text) {
    return mustache_str(str_of(text));
}
static inline struct mustache_value mustache_truth(bool truth) {
    struct mustache_value value = {.kind = truth ? MUSTACHE_TRUE : MUSTACHE_FALSE};
    return value;
}

#define MUSTACHE_MAX_SECTIONS 32        /* sections open at once in one template */
#define MUSTACHE_MAX_DEPTH 128          /* contexts, and separately partials, open at once */
#define MUSTACHE_MAX_STEPS 2000000      /* nodes visited in one rendering */
#define MUSTACHE_MAX_BYTES (256u << 10) /* of one template */
#define MUSTACHE_MAX_FAULTS 20          /* said of one template, which is not read further then */

struct mustache;     /* one parsed template */
struct mustache_set; /* templates by name, which are each other's partials */

struct mustache_set *mustache_set_new(struct arena *arena);
/* Words that names are told by in templates added from here on; they live as long as the set. */
void mustache_know(struct mustache_set *set, const char *const *words, size_t count);
/* Parses text, which must live as long as the set. `file` stands in diagnostics. False with
   template-unclosed-tag, template-unclosed-section, template-stray-close, template-delimiter,
   template-empty-tag, template-nesting, template-size. */
bool mustache_add(struct mustache_set *set, const char *name, const char *file, const char *text,
                  size_t n, struct diags *diags);
/* Resolves partials when all are added. With diags an unknown partial is template-unknown-partial
   and one that includes itself template-recursion; without, the first renders as nothing and the
   second goes down as far as its sections lead it. */
bool mustache_link(struct mustache_set *set, struct diags *diags);
/* An object whose members have names of their own. */
struct mustache_open {
    const char *name;
    /* Whether a member of that name may stand in the template. */
    bool (*has)(const void *self, struct str template, struct str member);
    const void *self;
};
/* Warning template-unknown-name for each name that is neither one of the words known nor a member
   of an open object, after its dot or in its sections, MUSTACHE_MAX_FAULTS a template: it renders
   as nothing. */
void mustache_warn_unknown(const struct mustache_set *set, const struct mustache_open *open,
                           size_t count, struct diags *diags);
/* Warning template-unused for each template that is neither used by its own name, as `used` says,
   nor a partial of another. */
void mustache_warn_unused(const struct mustache_set *set, bool (*used)(struct str template),
                          struct diags *diags);
/* Whether some template may ask the object for the member: by both names, or from within a section
   of the object, where what a partial asks counts too. */
bool mustache_asks(const struct mustache_set *set, const char *object, const char *member);
const struct mustache *mustache_find(const struct mustache_set *set, const char *name);
/* The set with the names that are fixed put in as root answers them now, and partials where they
   stand: its templates render as those of `set` while root answers the same. Names in sections,
   where others may answer, stay. */
typedef bool mustache_test(const struct mustache_name *name);
struct mustache_set *mustache_fold(struct arena *arena, const struct mustache_set *set,
                                   struct mustache_value root, mustache_test *is_fixed);
/* False when a depth or step limit stopped it or `out` is full: what stands in out is not whole. */
bool mustache_render(const struct mustache *template, struct mustache_value root, struct buf *out);

#endif
