/* The structure tree of a report: what reads it aloud follows it (ISO 32000-1, 14.7). Its elements
   are many and small, so that they lie in one object stream. */
#include "render/pdf_report.h"

#include "base/num.h"

#include <string.h>

struct kids {
    size_t *nodes; /* in the order they were set, which is the order they are read in */
    size_t count;
};

/* Of every node. */
static struct kids *kids_of(const struct pdf_report *report) {
    struct kids *kids = ARENA_ARRAY(report->arena, report->node_count, struct kids);
    size_t *nodes = ARENA_ARRAY(report->arena, report->node_count, size_t);
    for (size_t i = 1; i < report->node_count; i++)
        kids[report->nodes[i].parent].count++;
    for (size_t i = 0; i < report->node_count; i++) {
        kids[i].nodes = nodes;
        nodes += kids[i].count;
        kids[i].count = 0;
    }
    for (size_t i = 1; i < report->node_count; i++) {
        struct kids *parent = &kids[report->nodes[i].parent];
        parent->nodes[parent->count++] = i;
    }
    return kids;
}

void pdf_number_nodes(const struct pdf_report *report, uint32_t first,
                      struct pdf_numbers *numbers) {
    numbers->root = first;
    numbers->parents = first + 1;
    numbers->end = first + 2;
    for (size_t i = 0; i < report->node_count; i++)
        numbers->nodes[i] = report->nodes[i].type ? numbers->end++ : 0;
}

enum { REFERENCE_ROOM = PDF_NUMBER_ROOM + 5 };

/* A blank and the number. */
static inline char *write_number(char *at, size_t number) {
    *at++ = ' ';
    return pdf_bytes_whole(at, number);
}

static inline char *write_reference(char *at, const char *key, uint32_t number) {
    at = write_number(pdf_bytes(at, key, strlen(key)), number);
    return pdf_bytes(at, " 0 R", 4);
}

static void put_number(struct buf *out, size_t number) {
    char *at = buf_space(out, PDF_NUMBER_ROOM);
    if (at)
        buf_took(out, (size_t)(write_number(at, number) - at));
}

static void put_reference(struct buf *out, const char *key, uint32_t number) {
    char *at = buf_space(out, strlen(key) + REFERENCE_ROOM);
    if (at)
        buf_took(out, (size_t)(write_reference(at, key, number) - at));
}

/* A kid: the number of its marked content, with the page where that is not the element's; or
   another element (14.7.4). */
static void put_kid(const struct pdf_report *report, const struct pdf_numbers *numbers, size_t kid,
                    size_t page, struct buf *out) {
    const struct pdf_node *node = &report->nodes[kid];
    if (node->type) {
        put_reference(out, "", numbers->nodes[kid]);
    } else if (node->page == page) {
        put_number(out, node->marked);
    } else {
        put_reference(out, "<</Type/MCR/Pg", numbers->pages[node->page]);
        buf_puts(out, "/MCID");
        put_number(out, node->marked);
        buf_puts(out, ">>");
    }
}

static size_t first_page(const struct pdf_report *report, const struct kids *kids) {
    for (size_t i = 0; i < kids->count; i++)
        if (!report->nodes[kids->nodes[i]].type)
            return report->nodes[kids->nodes[i]].page;
    return PDF_NONE;
}

/* A text in UTF-16; parentheses, and line ends, which readers would change, are escaped. */
static void put_text(const char *text, struct buf *out) {
    struct buf utf16 = BUF_INIT;
    pdf_put_utf16(text, &utf16);
    buf_putc(out, '(');
    for (size_t i = 0; i < utf16.len; i++) {
        char c = utf16.data[i];
        if (c == '(' || c == ')' || c == '\\' || c == '\r')
            buf_putc(out, '\\');
        buf_putc(out, c == '\r' ? 'r' : c);
    }
    buf_putc(out, ')');
    buf_free(&utf16);
}

/* "<</S/TD/P 12 0 R/Pg 3 0 R": what each element begins with. */
static void put_element_head(const struct pdf_report *report, const struct pdf_numbers *numbers,
                             size_t node_index, size_t page, struct buf *out) {
    const struct pdf_node *node = &report->nodes[node_index];
    size_t n = strlen(node->type);
    char *start = buf_space(out, n + 16 + 2 * REFERENCE_ROOM), *at = start;
    if (!at)
        return;
    at = pdf_bytes(at, "<</S/", 5);
    at = pdf_bytes(at, node->type, n);
    at = write_reference(at, "/P", node_index == 0 ? numbers->root : numbers->nodes[node->parent]);
    if (page != PDF_NONE)
        at = write_reference(at, "/Pg", numbers->pages[page]);
    buf_took(out, (size_t)(at - start));
}

static void put_element(const struct pdf_report *report, const struct pdf_numbers *numbers,
                        size_t node_index, const struct kids *kids, struct buf *out) {
    const struct pdf_node *node = &report->nodes[node_index];
    size_t page = first_page(report, kids);
    put_element_head(report, numbers, node_index, page, out);
    if (node->scope) {
        buf_puts(out, "/A<</O/Table/Scope/");
        buf_puts(out, node->scope);
        buf_puts(out, ">>");
    }
    if (node->alt) {
        buf_puts(out, "/Alt");
        put_text(node->alt, out);
    }
    if (kids->count == 1 && node->link == PDF_NONE) {
        buf_puts(out, "/K");
        put_kid(report, numbers, kids->nodes[0], page, out);
        buf_puts(out, ">>");
        return;
    }
    buf_puts(out, "/K[");
    for (size_t i = 0; i < kids->count; i++)
        put_kid(report, numbers, kids->nodes[i], page, out);
    if (node->link != PDF_NONE) { /* a link's annotation is the last of its kids */
        put_reference(out, "<</Type/OBJR/Pg", numbers->pages[report->links[node->link].page]);
        put_reference(out, "/Obj", numbers->links[node->link]);
        buf_puts(out, ">>");
    }
    buf_puts(out, "]>>");
}

/* The way from each page's marked contents, and each link, back to their elements. */
static void put_parents(const struct pdf_report *report, const struct pdf_numbers *numbers,
                        struct buf *out) {
    struct buf *pages = ARENA_ARRAY(report->arena, report->page_count, struct buf);
    for (size_t i = 0; i < report->node_count; i++) { /* a page's contents have this order */
        const struct pdf_node *node = &report->nodes[i];
        if (!node->type)
            put_reference(&pages[node->page], "", numbers->nodes[node->parent]);
    }
    buf_puts(out, "<</Nums[");
    for (size_t i = 0; i < report->page_count; i++) {
        buf_put_u64(out, i);
        buf_putc(out, '[');
        buf_puts(out, buf_text(&pages[i]));
        buf_puts(out, "]\n");
        buf_free(&pages[i]);
    }
    for (size_t i = 0; i < report->link_count; i++) {
        buf_put_u64(out, report->page_count + i);
        put_reference(out, "", numbers->nodes[report->links[i].node]);
        buf_putc(out, '\n');
    }
    buf_puts(out, "]>>");
}

static void put_root(const struct pdf_report *report, const struct pdf_numbers *numbers,
                     struct buf *out) {
    put_reference(out, "<</Type/StructTreeRoot/K", numbers->nodes[0]);
    put_reference(out, "/ParentTree", numbers->parents);
    buf_puts(out, "/ParentTreeNextKey ");
    buf_put_u64(out, report->page_count + report->link_count);
    buf_puts(out, ">>");
}

static void put_pair(struct buf *out, uint32_t number, size_t at) {
    put_number(out, number);
    put_number(out, at);
}

size_t pdf_put_structure(const struct pdf_report *report, const struct pdf_numbers *numbers,
                         struct buf *out) {
    const struct kids *kids = kids_of(report);
    struct buf objects = BUF_INIT;
    buf_reserve(&objects, 64 * report->node_count); /* about what they take */
    buf_reserve(out, 12 * report->node_count);
    put_pair(out, numbers->root, 0);
    put_root(report, numbers, &objects);
    put_pair(out, numbers->parents, objects.len);
    put_parents(report, numbers, &objects);
    for (size_t i = 0; i < report->node_count; i++) {
        if (!report->nodes[i].type)
            continue;
        put_pair(out, numbers->nodes[i], objects.len);
        put_element(report, numbers, i, &kids[i], &objects);
    }
    buf_putc(out, '\n');
    size_t first = out->len;
    buf_put(out, objects.data, objects.len);
    buf_free(&objects);
    return first;
}
