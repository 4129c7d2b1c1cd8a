/* Reports to PDF 1.7 through libharu. The only file that calls it.
   libharu writes objects, cross references and compressed streams; the structure tree
   (pdf_structure.c), the fonts' dictionaries and the content of pages are made here from its object
   functions, because it has no tags, maps characters to glyphs at 2 ms a face, and clamps numbers
   beyond 32767 in silence. */
#include "render/pdf_deflate.h"
#include "render/pdf_report.h"

#include "base/die.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_info.h>
#include <hpdf_pages.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    struct pdf_report *report;
    const struct page *page;
    HPDF_Doc doc;
    HPDF_Page *pages;
    HPDF_Dict fonts[FACE_COUNT];
    struct pdf_numbers numbers;
    const struct pdf_kids *kids; /* by node */
    char error[80];
};

static void on_error(HPDF_STATUS code, HPDF_STATUS detail, void *user) {
    struct writer *w = user;
    if (!w->error[0])
        snprintf(w->error, sizeof w->error, "libharu error 0x%04lX, detail %lu",
                 (unsigned long)code, (unsigned long)detail);
}

/* libharu writes it in hexadecimal. */
static void add_text(struct writer *w, HPDF_Dict dict, const char *key, const char *text) {
    struct buf utf16 = BUF_INIT;
    pdf_put_utf16(text, &utf16);
    HPDF_Dict_Add(dict, key,
                  HPDF_Binary_New(w->doc->mmgr, (HPDF_BYTE *)utf16.data, (HPDF_UINT)utf16.len));
    buf_free(&utf16);
}

static void add_ascii(struct writer *w, HPDF_Dict dict, const char *key, const char *text) {
    HPDF_Dict_Add(dict, key, HPDF_String_New(w->doc->mmgr, text, NULL));
}

static HPDF_Dict new_object(struct writer *w) {
    HPDF_Dict dict = HPDF_Dict_New(w->doc->mmgr);
    HPDF_Xref_Add(w->doc->xref, dict);
    return dict;
}

/* Every object begins with its header. */
static uint32_t number_of(const void *object) {
    const HPDF_Obj_Header *header = object;
    return header ? header->obj_id & 0x00FFFFFF : 0;
}

static HPDF_Array add_array(struct writer *w, HPDF_Dict dict, const char *key) {
    HPDF_Array array = HPDF_Array_New(w->doc->mmgr);
    HPDF_Dict_Add(dict, key, array);
    return array;
}

static HPDF_STATUS put_filter(HPDF_Dict dict, HPDF_Stream stream) {
    (void)dict;
    return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\012");
}

/* Compressed here: to libharu it has no filter, and says so with an entry of ours. */
static void fill_stream(HPDF_Dict dict, HPDF_Stream stream, const char *bytes, size_t n) {
    struct buf packed = BUF_INIT;
    pdf_deflate(&packed, bytes, n);
    HPDF_Stream_Write(stream, (const HPDF_BYTE *)packed.data, (HPDF_UINT)packed.len);
    buf_free(&packed);
    dict->filter = HPDF_STREAM_FILTER_NONE;
    dict->write_fn = put_filter;
}

static HPDF_Dict new_stream(struct writer *w, const char *bytes, size_t n) {
    HPDF_Dict dict = HPDF_DictStream_New(w->doc->mmgr, w->doc->xref);
    fill_stream(dict, dict->stream, bytes, n);
    return dict;
}

static HPDF_Dict to_unicode(struct writer *w, const struct pdf_font *font) {
    struct buf out = BUF_INIT;
    pdf_font_cmap(font, &out);
    HPDF_Dict stream = new_stream(w, out.data, out.len);
    buf_free(&out);
    return stream;
}

static int thousandths(const struct pdf_font *font, int units) {
    return units * 1000 / (int)font->units_per_em;
}

static HPDF_Dict font_descriptor(struct writer *w, const struct pdf_font *font, const char *name) {
    HPDF_Dict d = new_object(w);
    struct buf subset = BUF_INIT;
    pdf_font_subset(font, &subset);
    HPDF_Dict file = new_stream(w, subset.data, subset.len);
    HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)subset.len);
    buf_free(&subset);
    HPDF_Dict_AddName(d, "Type", "FontDescriptor");
    HPDF_Dict_AddName(d, "FontName", name);
    HPDF_Dict_AddNumber(d, "Flags", 4); /* symbolic: has more than the Latin characters */
    HPDF_Array box = add_array(w, d, "FontBBox");
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddNumber(box, thousandths(font, font->box[i]));
    HPDF_Dict_AddNumber(d, "ItalicAngle", 0);
    HPDF_Dict_AddNumber(d, "Ascent", thousandths(font, font->ascent));
    HPDF_Dict_AddNumber(d, "Descent", thousandths(font, font->descent));
    HPDF_Dict_AddNumber(d, "CapHeight", 729);
    HPDF_Dict_AddNumber(d, "StemV", 80);
    HPDF_Dict_Add(d, "FontFile2", file);
    return d;
}

/* Widths of the used glyphs: "gid [width]" runs. */
static void add_widths(struct writer *w, HPDF_Dict cid, const struct pdf_font *font) {
    HPDF_Array widths = add_array(w, cid, "W"), run = NULL;
    for (unsigned g = 0; g < font->glyph_count; g++) {
        if (!font->character[g]) {
            run = NULL;
            continue;
        }
        if (!run) {
            HPDF_Array_AddNumber(widths, (HPDF_INT32)g);
            run = HPDF_Array_New(w->doc->mmgr);
            HPDF_Array_Add(widths, run);
        }
        HPDF_Array_AddNumber(run, (HPDF_INT32)(pdf_font_advance(font, g) + 0.5));
    }
}

/* A composite font whose codes are glyph numbers (ISO 32000-1, 9.7). */
static HPDF_Dict add_font(struct writer *w, const struct pdf_font *font, const char *name) {
    HPDF_Dict type0 = new_object(w), cid = new_object(w);
    HPDF_Dict_AddName(type0, "Type", "Font");
    HPDF_Dict_AddName(type0, "Subtype", "Type0");
    HPDF_Dict_AddName(type0, "BaseFont", name);
    HPDF_Dict_AddName(type0, "Encoding", "Identity-H");
    HPDF_Array_Add(add_array(w, type0, "DescendantFonts"), cid);
    HPDF_Dict_Add(type0, "ToUnicode", to_unicode(w, font));
    HPDF_Dict_AddName(cid, "Type", "Font");
    HPDF_Dict_AddName(cid, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(cid, "BaseFont", name);
    HPDF_Dict_AddName(cid, "CIDToGIDMap", "Identity");
    HPDF_Dict system = HPDF_Dict_New(w->doc->mmgr);
    HPDF_Dict_Add(cid, "CIDSystemInfo", system);
    add_ascii(w, system, "Registry", "Adobe");
    add_ascii(w, system, "Ordering", "Identity");
    HPDF_Dict_AddNumber(system, "Supplement", 0);
    HPDF_Dict_Add(cid, "FontDescriptor", font_descriptor(w, font, name));
    add_widths(w, cid, font);
    return type0;
}

static void add_pages(struct writer *w) {
    w->fonts[FACE_REGULAR] = add_font(w, &w->report->fonts[FACE_REGULAR], "TALLYA+DejaVuSans");
    w->fonts[FACE_BOLD] = add_font(w, &w->report->fonts[FACE_BOLD], "TALLYB+DejaVuSans-Bold");
    for (size_t i = 0; i < w->report->page_count; i++) {
        const struct buf *content = &w->report->pages[i].content;
        HPDF_Page page = HPDF_AddPage(w->doc);
        if (!page)
            return;
        w->pages[i] = page;
        w->numbers.pages[i] = number_of(page);
        HPDF_Page_SetWidth(page, (HPDF_REAL)PDF_WIDTH);
        HPDF_Page_SetHeight(page, (HPDF_REAL)PDF_HEIGHT);
        HPDF_Dict resources = HPDF_Page_GetInheritableItem(page, "Resources", HPDF_OCLASS_DICT);
        HPDF_Dict fonts = HPDF_Dict_New(w->doc->mmgr);
        HPDF_Dict_Add(resources, "Font", fonts);
        HPDF_Dict_Add(fonts, "F0", w->fonts[FACE_REGULAR]);
        HPDF_Dict_Add(fonts, "F1", w->fonts[FACE_BOLD]);
        HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)i);
        HPDF_Dict_AddName(page, "Tabs", "S");
        HPDF_PageAttr attr = page->attr;
        fill_stream(attr->contents, attr->stream, content->data, content->len);
    }
}

/* A heading's place, at the zoom the reader has. */
static HPDF_Destination destination(struct writer *w, size_t index) {
    const struct pdf_heading *heading = &w->report->headings[index];
    HPDF_Destination to = HPDF_Page_CreateDestination(w->pages[heading->page]);
    HPDF_Array_Clear(to); /* its own function refuses zoom 0 */
    HPDF_Array_Add(to, w->pages[heading->page]);
    HPDF_Array_AddName(to, "XYZ");
    HPDF_Array_AddNumber(to, 0);
    HPDF_Array_AddNumber(to, (HPDF_INT32)(PDF_HEIGHT - heading->y + 8));
    HPDF_Array_AddNumber(to, 0);
    return to;
}

static void add_links(struct writer *w) {
    const struct pdf_report *r = w->report;
    for (size_t i = 0; i < r->link_count; i++) {
        const struct pdf_link *link = &r->links[i];
        HPDF_Rect box = {(HPDF_REAL)link->left, (HPDF_REAL)(PDF_HEIGHT - link->bottom),
                         (HPDF_REAL)link->right, (HPDF_REAL)(PDF_HEIGHT - link->top)};
        HPDF_Page page = w->pages[link->page];
        HPDF_Annotation a = link->uri
                                ? HPDF_Page_CreateURILinkAnnot(page, box, link->uri)
                                : HPDF_Page_CreateLinkAnnot(page, box, destination(w, link->to));
        HPDF_LinkAnnot_SetBorderStyle(a, 0, 0, 0);
        HPDF_Dict_AddNumber(a, "StructParent", (HPDF_INT32)(r->page_count + i));
        HPDF_Dict_AddNumber(a, "F", 4); /* printed */
        add_text(w, a, "Contents", link->uri ? link->uri : r->headings[link->to].title);
        w->numbers.links[i] = number_of(a);
    }
}

/* Structure elements are many and small. Each is an empty dictionary of libharu's that has its
   entries written by a function of ours when the file is saved: a tenth of the allocations. */
struct element {
    struct writer *w;
    size_t node;
};

static HPDF_STATUS write_out(struct buf *text, HPDF_Stream stream) {
    HPDF_STATUS status =
        HPDF_Stream_Write(stream, (const HPDF_BYTE *)text->data, (HPDF_UINT)text->len);
    buf_free(text);
    return status;
}

static HPDF_STATUS write_element(HPDF_Dict dict, HPDF_Stream stream) {
    const struct element *e = dict->attr;
    struct buf out = BUF_INIT;
    pdf_put_element(e->w->report, &e->w->numbers, e->node, &e->w->kids[e->node], &out);
    return write_out(&out, stream);
}

static HPDF_STATUS write_parents(HPDF_Dict dict, HPDF_Stream stream) {
    const struct element *e = dict->attr;
    struct buf out = BUF_INIT;
    pdf_put_parents(e->w->report, &e->w->numbers, &out);
    return write_out(&out, stream);
}

static HPDF_Dict add_written(struct writer *w, struct element *element,
                             HPDF_Dict_OnWriteFunc write) {
    HPDF_Dict dict = new_object(w);
    if (dict) {
        dict->write_fn = write;
        dict->attr = element;
    }
    return dict;
}

static void add_structure(struct writer *w) {
    const struct pdf_report *r = w->report;
    HPDF_Dict marked = HPDF_Dict_New(w->doc->mmgr), root = new_object(w);
    w->numbers.root = number_of(root);
    w->kids = pdf_kids(r);
    HPDF_Dict_AddName(root, "Type", "StructTreeRoot");
    HPDF_Dict_Add(w->doc->catalog, "StructTreeRoot", root);
    HPDF_Dict_Add(w->doc->catalog, "MarkInfo", marked);
    HPDF_Dict_AddBoolean(marked, "Marked", HPDF_TRUE);
    struct element *elements = ARENA_ARRAY(r->arena, r->node_count, struct element);
    HPDF_Dict document = NULL;
    for (size_t i = 0; i < r->node_count; i++) {
        if (!r->nodes[i].type)
            continue;
        elements[i] = (struct element){w, i};
        HPDF_Dict dict = add_written(w, &elements[i], write_element);
        w->numbers.nodes[i] = number_of(dict);
        if (r->nodes[i].alt)
            add_text(w, dict, "Alt", r->nodes[i].alt);
        if (i == 0)
            document = dict;
    }
    HPDF_Dict_Add(root, "K", document);
    HPDF_Dict_Add(root, "ParentTree", add_written(w, &elements[0], write_parents));
    HPDF_Dict_AddNumber(root, "ParentTreeNextKey", (HPDF_INT32)(r->page_count + r->link_count));
}

/* Each heading under the last one of a higher level; the document and its chapters lie open. */
static void add_outline(struct writer *w) {
    HPDF_Outline above[PDF_LEVELS + 1] = {NULL};
    for (size_t i = 0; i < w->report->heading_count; i++) {
        const struct pdf_heading *heading = &w->report->headings[i];
        unsigned level = heading->level;
        while (level > 0 && !above[level])
            level--;
        HPDF_Outline entry = HPDF_CreateOutline(w->doc, above[level], "", NULL);
        if (!entry)
            return;
        add_text(w, entry, "Title", heading->title);
        HPDF_Outline_SetDestination(entry, destination(w, i));
        HPDF_Outline_SetOpened(entry, heading->level == 0);
        for (unsigned k = heading->level + 1; k <= PDF_LEVELS; k++)
            above[k] = k == heading->level + 1 ? entry : NULL;
    }
    HPDF_SetPageMode(w->doc, HPDF_PAGE_MODE_USE_OUTLINE);
}

/* "2026-10-10" is all the time a report knows: the newest date of its inputs. */
static void add_information(struct writer *w) {
    int year, month, day;
    const char *date = w->page->inputs_date;
    HPDF_SetInfoAttr(w->doc, HPDF_INFO_CREATOR, "tallypress");
    if (date && sscanf(date, "%4d-%2d-%2d", &year, &month, &day) == 3)
        HPDF_SetInfoDateAttr(w->doc, HPDF_INFO_CREATION_DATE,
                             (HPDF_Date){year, month, day, 0, 0, 0, 'Z', 0, 0});
    add_text(w, w->doc->info, "Title", w->page->title);
    if (w->page->description)
        add_text(w, w->doc->info, "Subject", w->page->description);
    if (w->report->site->owner)
        add_text(w, w->doc->info, "Author", w->report->site->owner);
    add_ascii(w, w->doc->catalog, "Lang", "en");
    HPDF_Dict preferences = HPDF_Dict_New(w->doc->mmgr);
    HPDF_Dict_Add(w->doc->catalog, "ViewerPreferences", preferences);
    HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
}

static void save(struct writer *w, struct buf *out) {
    if (HPDF_SaveToStream(w->doc) != HPDF_OK)
        return;
    HPDF_UINT32 left = HPDF_GetStreamSize(w->doc);
    buf_reserve(out, left);
    HPDF_ResetStream(w->doc);
    while (left > 0 && !w->error[0]) {
        HPDF_BYTE bytes[16384];
        HPDF_UINT32 n = left < sizeof bytes ? left : (HPDF_UINT32)sizeof bytes;
        HPDF_ReadFromStream(w->doc, bytes, &n);
        if (n == 0)
            return;
        buf_put(out, (const char *)bytes, n);
        left -= n;
    }
}

/* libharu does not survive a lack of memory everywhere: it never learns of one, nor fails to
   start. */
static void *memory(HPDF_UINT bytes) {
    void *piece = malloc(bytes);
    if (!piece)
        die_no_memory(bytes);
    return piece;
}

bool pdf_write(struct pdf_report *report, const struct page *page, struct buf *out,
               struct diags *diags) {
    struct writer w = {.report = report, .page = page};
    w.doc = HPDF_NewEx(on_error, memory, free, 0, &w);
    w.pages = ARENA_ARRAY(report->arena, report->page_count, HPDF_Page);
    w.numbers.pages = ARENA_ARRAY(report->arena, report->page_count, uint32_t);
    w.numbers.nodes = ARENA_ARRAY(report->arena, report->node_count, uint32_t);
    w.numbers.links = ARENA_ARRAY(report->arena, report->link_count + 1, uint32_t);
    w.doc->pdf_version = HPDF_VER_17;
    HPDF_SetCompressionMode(w.doc, HPDF_COMP_ALL);
    add_pages(&w);
    if (!w.error[0])
        add_links(&w);
    if (!w.error[0])
        add_structure(&w);
    if (!w.error[0])
        add_outline(&w);
    if (!w.error[0])
        add_information(&w);
    if (!w.error[0])
        save(&w, out);
    HPDF_Free(w.doc);
    if (w.error[0])
        diag_add(diags, DIAG_ERROR, "pdf", (struct place){page->path, 0, 0}, "%s", w.error);
    return !w.error[0];
}
