/* The structure tree of a report as text: what reads it aloud follows it (ISO 32000-1, 14.7). Knows
   objects by their numbers only: pdf.c makes them. */
#include "base/num.h"
#include "render/pdf_report.h"

struct pdf_kids *pdf_kids(const struct pdf_report *report) {
    struct pdf_kids *kids = ARENA_ARRAY(report->arena, report->node_count, struct pdf_kids);
    for (size_t i = 1; i < report->node_count; i++)
        kids[report->nodes[i].parent].count++;
    for (size_t i = 0; i < report->node_count; i++) {
        kids[i].nodes = ARENA_ARRAY(report->arena, kids[i].count + 1, size_t);
        kids[i].count = 0;
    }
    for (size_t i = 1; i < report->node_count; i++) {
        struct pdf_kids *parent = &kids[report->nodes[i].parent];
        parent->nodes[parent->count++] = i;
    }
    return kids;
}

static void put_reference(struct buf *out, const char *key, uint32_t number) {
    buf_puts(out, key);
    buf_putc(out, ' ');
    buf_put_u64(out, number);
    buf_puts(out, " 0 R");
}

/* A kid: the number of its marked content, with the page where that is not the element's; or
   another element (14.7.4). */
static void put_kid(const struct pdf_report *report, const struct pdf_numbers *numbers, size_t kid,
                    size_t page, struct buf *out) {
    const struct pdf_node *node = &report->nodes[kid];
    if (node->type) {
        put_reference(out, "", numbers->nodes[kid]);
    } else if (node->page == page) {
        buf_putc(out, ' ');
        buf_put_u64(out, node->marked);
    } else {
        put_reference(out, "<</Type/MCR/Pg", numbers->pages[node->page]);
        buf_puts(out, "/MCID ");
        buf_put_u64(out, node->marked);
        buf_puts(out, ">>");
    }
}

static size_t first_page(const struct pdf_report *report, const struct pdf_kids *kids) {
    for (size_t i = 0; i < kids->count; i++)
        if (!report->nodes[kids->nodes[i]].type)
            return report->nodes[kids->nodes[i]].page;
    return PDF_NONE;
}

void pdf_put_element(const struct pdf_report *report, const struct pdf_numbers *numbers,
                     size_t node_index, const struct pdf_kids *kids, struct buf *out) {
    const struct pdf_node *node = &report->nodes[node_index];
    size_t page = first_page(report, kids);
    buf_printf(out, "/S/%s", node->type);
    put_reference(out, "/P", node_index == 0 ? numbers->root : numbers->nodes[node->parent]);
    if (page != PDF_NONE)
        put_reference(out, "/Pg", numbers->pages[page]);
    if (node->scope)
        buf_printf(out, "/A<</O/Table/Scope/%s>>", node->scope);
    buf_puts(out, "/K[");
    for (size_t i = 0; i < kids->count; i++)
        put_kid(report, numbers, kids->nodes[i], page, out);
    if (node->link != PDF_NONE) { /* a link's annotation is the last of its kids */
        put_reference(out, "<</Type/OBJR/Pg", numbers->pages[report->links[node->link].page]);
        put_reference(out, "/Obj", numbers->links[node->link]);
        buf_puts(out, ">>");
    }
    buf_putc(out, ']');
}

void pdf_put_parents(const struct pdf_report *report, const struct pdf_numbers *numbers,
                     struct buf *out) {
    struct buf *pages = ARENA_ARRAY(report->arena, report->page_count, struct buf);
    for (size_t i = 0; i < report->node_count; i++) { /* a page's contents have this order */
        const struct pdf_node *node = &report->nodes[i];
        if (!node->type)
            put_reference(&pages[node->page], "", numbers->nodes[node->parent]);
    }
    buf_puts(out, "/Nums[");
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
    buf_putc(out, ']');
}
