/* Parts of a site: the list each part leaves for the merge, and the merge. */
#include "command/build_shard.h"

#include "base/fs.h"
#include "base/hash.h"
#include "base/num.h"

#include <string.h>

#define LIST "shard.list"
#define HEADER "tallypress-shard 1"
#define LIST_MAX_BYTES ((size_t)512 << 20)

enum { PARTS_MAX = 4096, PAGES_MAX = 1 << 24 }; /* a list of more would not fit its limit */

static bool parse_whole(struct str text, uint64_t most, uint64_t *value) {
    return num_parse_u64(text.p, text.n, value) && *value <= most;
}

bool shard_parse(const char *text, struct build_part *part) {
    size_t n = strcspn(text, "/");
    uint64_t index, of;
    if (!text[n] || !parse_whole((struct str){text, n}, PARTS_MAX, &index) ||
        !parse_whole(str_of(text + n + 1), PARTS_MAX, &of) || index < 1 || index > of)
        return false;
    *part = (struct build_part){(uint32_t)index, (uint32_t)of};
    return true;
}

/* Texts stand between tabs, on one line. */
static void put_field(struct buf *out, const char *text) {
    buf_putc(out, '\t');
    for (const char *p = text; *p; p++)
        if (*p == '\\' || *p == '\t' || *p == '\n')
            buf_printf(out, "\\%c", *p == '\\' ? '\\' : *p == '\t' ? 't' : 'n');
        else
            buf_putc(out, *p);
}

struct list {
    const struct build_site *site;
    uint64_t fingerprint;
};

static void make_list(void *context, struct buf *out) {
    const struct list *list = context;
    const struct build_site *site = list->site;
    struct arena *arena = arena_new();
    char hex[HASH_HEX];
    hash_hex(hex, list->fingerprint);
    buf_printf(out, HEADER "\t%s\t%u\t%u\t%zu\n", hex, site->part.index, site->part.of,
               site->page_count);
    for (size_t i = 0; i < site->page_count; i++) {
        if (!build_has_page(site, i))
            continue;
        arena_reset(arena);
        const struct listed_page page = build_listed_page(site, i, arena);
        buf_put_u64(out, i);
        put_field(out, page.path);
        put_field(out, page.title);
        put_field(out, page.description);
        buf_putc(out, '\n');
    }
    arena_free(arena);
}

bool shard_put_list(const struct build_site *site, uint64_t fingerprint) {
    struct list list = {site, fingerprint};
    return stage_put_parts(site->stage, LIST, make_list, &list);
}

/* Cuts the text up to the separator off the rest; the last piece needs none. */
static struct str cut(struct str *rest, char separator) {
    const char *end = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    struct str piece = {rest->p, end ? (size_t)(end - rest->p) : rest->n};
    size_t skip = piece.n + (end != NULL);
    *rest = (struct str){rest->p + skip, rest->n - skip};
    return piece;
}

static const char *cut_field(struct arena *arena, struct str *line) {
    struct str field = cut(line, '\t');
    char *text = arena_copy(arena, field.p, field.n), *to = text;
    for (size_t i = 0; i < field.n; i++) {
        char c = field.p[i];
        if (c == '\\' && i + 1 < field.n) {
            c = field.p[++i];
            c = c == 't' ? '\t' : c == 'n' ? '\n' : c;
        }
        *to++ = c;
    }
    *to = '\0';
    return text;
}

struct listed_page shard_listed_page(struct str line, struct arena *arena) {
    struct listed_page page;
    page.path = cut_field(arena, &line);
    page.title = cut_field(arena, &line);
    page.description = cut_field(arena, &line);
    return page;
}

struct merge {
    struct build_site *site;
    struct str *lines; /* site->lines */
    uint64_t fingerprint;
    uint64_t of;       /* parts, by the first list; 0 before */
    const char **from; /* by part: the directory it was found in, or NULL */
};

static bool refuse(const struct merge *m, const char *path, const char *code, const char *why) {
    diag_add(m->site->project->diags, DIAG_IO, code, (struct place){path, 0, 0}, "%s", why);
    return false;
}

/* What all lists say alike decides whether they are parts of one site, and of this one. */
static bool read_header(struct merge *m, const char *directory, const char *path, struct str line) {
    struct arena *arena = m->site->project->arena;
    char hex[HASH_HEX];
    uint64_t index, of, pages;
    hash_hex(hex, m->fingerprint);
    bool known = str_equal(cut(&line, '\t'), str_of(HEADER));
    bool same = str_equal(cut(&line, '\t'), str_of(hex));
    known = known && parse_whole(cut(&line, '\t'), PARTS_MAX, &index) &&
            parse_whole(cut(&line, '\t'), PARTS_MAX, &of) && parse_whole(line, PAGES_MAX, &pages) &&
            index >= 1 && index <= of;
    if (!known)
        return refuse(m, path, "merge-list", "is no list of a part of this version");
    if (!same)
        return refuse(m, path, "merge-inputs",
                      "was made from other inputs, options or by another program than this merge");
    if (!m->of) {
        m->of = of;
        m->from = ARENA_ARRAY(arena, of, const char *);
        m->site->page_count = pages;
        m->site->lines = m->lines = ARENA_ARRAY(arena, pages, struct str);
    }
    if (of != m->of || pages != m->site->page_count)
        return refuse(m, path, "merge-mixed", "is of another number of parts than the first one");
    if (m->from[index - 1])
        return refuse(m, path, "merge-twice",
                      arena_printf(arena, "is the same part as in %s", m->from[index - 1]));
    m->from[index - 1] = directory;
    return true;
}

static bool read_entries(struct merge *m, const char *path, struct str rest) {
    while (rest.n) {
        struct str line = cut(&rest, '\n');
        uint64_t index;
        if (!parse_whole(cut(&line, '\t'), UINT32_MAX, &index) || index >= m->site->page_count ||
            m->lines[index].p || !line.n)
            return refuse(m, path, "merge-list", "has a line that is no page of it");
        m->lines[index] = line;
    }
    return true;
}

static bool read_list(struct merge *m, const char *directory) {
    struct project *project = m->site->project;
    const char *path = fs_join(project->arena, directory, LIST), *text;
    size_t n;
    if (!fs_read(project->arena, path, LIST_MAX_BYTES, project->diags, &text, &n))
        return false;
    struct str rest = {text, n}, header = cut(&rest, '\n');
    return read_header(m, directory, path, header) && read_entries(m, path, rest);
}

static bool all_there(const struct merge *m) {
    struct arena *arena = m->site->project->arena;
    bool ok = true;
    for (uint64_t i = 0; i < m->of; i++)
        if (!m->from[i])
            ok = refuse(m, NULL, "merge-missing",
                        arena_printf(arena, "part %u of %u is not among the directories given",
                                     (unsigned)i + 1, (unsigned)m->of));
    for (size_t i = 0; ok && i < m->site->page_count; i++)
        if (!m->lines[i].p)
            ok = refuse(m, NULL, "merge-missing", "a page is in no part");
    return ok;
}

bool shard_take_all(struct build_site *site, const struct option_list *parts,
                    uint64_t fingerprint) {
    struct merge m = {.site = site, .fingerprint = fingerprint};
    bool ok = true;
    for (size_t i = 0; i < parts->count; i++)
        ok = read_list(&m, parts->items[i]) && ok;
    ok = ok && all_there(&m);
    for (size_t i = 0; ok && i < parts->count; i++)
        ok = stage_take(site->stage, parts->items[i], LIST, site->jobs);
    return ok;
}
