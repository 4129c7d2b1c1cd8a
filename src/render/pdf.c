/* Reports to PDF 1.7 through libharu. The only file that calls it.
   libharu writes pages, links, outline and fonts; the content of pages and the fonts' dictionaries
   are made here from its object functions, because it maps characters to glyphs at 2 ms a face and
   clamps numbers beyond 32767 in silence. The structure tree (pdf_structure.c) and the cross
   references (pdf_objects.c) follow its objects: it has no tags, and objects of its own for each
   take twice as long as all the rest. */
#include "render/pdf_deflate.h"
#include "render/pdf_objects.h"
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
    struct pdf_packer *packer;
    struct buf packed; /* room for it */
    struct pdf_numbers numbers;
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

/* Bytes that libharu reads where it writes a stream: its own streams in memory copy them twice,
   byte by byte. */
struct packed {
    struct str bytes;
    size_t at;
};

static HPDF_STATUS read_packed(HPDF_Stream stream, HPDF_BYTE *out, HPDF_UINT *n) {
    struct packed *packed = stream->attr;
    size_t left = packed->bytes.n - packed->at;
    bool last = left <= *n;
    if (last)
        *n = (HPDF_UINT)left;
    memcpy(out, packed->bytes.p + packed->at, *n);
    packed->at += *n;
    return last ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS seek_packed(HPDF_Stream stream, HPDF_INT at, HPDF_WhenceMode mode) {
    struct packed *packed = stream->attr;
    (void)mode; /* it asks for the beginning only */
    packed->at = (size_t)at;
    return HPDF_OK;
}

static HPDF_UINT32 size_packed(HPDF_Stream stream) {
    const struct packed *packed = stream->attr;
    return (HPDF_UINT32)packed->bytes.n;
}

/* Packed here: to libharu it has no filter, and says so with an entry of ours. The bytes stay. */
static void fill_stream(struct writer *w, HPDF_Dict dict, struct str bytes) {
    struct packed *packed = ARENA_NEW(w->report->arena, struct packed);
    packed->bytes = bytes;
    HPDF_Stream_Free(dict->stream);
    dict->stream =
        HPDF_CallbackReader_New(w->doc->mmgr, read_packed, seek_packed, NULL, size_packed, packed);
    dict->filter = HPDF_STREAM_FILTER_NONE;
    dict->write_fn = put_filter;
}

static HPDF_Dict new_stream(struct writer *w, struct str packed) {
    HPDF_Dict dict = HPDF_DictStream_New(w->doc->mmgr, w->doc->xref);
    fill_stream(w, dict, packed);
    return dict;
}

static struct str pack(struct writer *w, const struct buf *bytes) {
    size_t before = w->packed.len;
    pdf_pack(w->packer, &w->packed, bytes->data, bytes->len);
    struct str text = {
        arena_copy(w->report->arena, w->packed.data + before, w->packed.len - before),
        w->packed.len - before};
    w->packed.len = before;
    return text;
}

/* Frees the bytes. */
static HPDF_Dict pack_stream(struct writer *w, struct buf *bytes) {
    HPDF_Dict dict = new_stream(w, pack(w, bytes));
    buf_free(bytes);
    return dict;
}

static int thousandths(const struct pdf_font *font, int units) {
    return units * 1000 / (int)font->units_per_em;
}

static HPDF_Dict font_descriptor(struct writer *w, const struct pdf_font *font, const char *name,
                                 HPDF_Dict file) {
    HPDF_Dict d = new_object(w);
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

static HPDF_STATUS put_widths(HPDF_Dict dict, HPDF_Stream stream) {
    const struct pdf_usual *usual = dict->attr;
    HPDF_Stream_WriteStr(stream, "/Widths ");
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)usual->widths.p,
                             (HPDF_UINT)usual->widths.n);
}

/* The usual characters of a face, by codes of one byte (ISO 32000-1, 9.6.3). */
static HPDF_Dict add_usual(struct writer *w, enum pdf_face face, const char *name) {
    const struct pdf_press *press = w->report->press;
    const struct pdf_usual *usual = &press->usual[face];
    HPDF_Dict font = new_object(w), file = new_stream(w, usual->program);
    HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)usual->program_bytes);
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "TrueType");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_AddNumber(font, "FirstChar", PDF_FIRST_CODE);
    HPDF_Dict_AddNumber(font, "LastChar", PDF_CODES - 1);
    HPDF_Dict_Add(font, "ToUnicode", new_stream(w, usual->unicode));
    HPDF_Dict_Add(font, "FontDescriptor", font_descriptor(w, &press->fonts[face], name, file));
    if (font) {
        font->attr = (void *)usual;
        font->write_fn = put_widths;
    }
    return font;
}

/* Widths of the used glyphs: "gid [width]" runs. */
static void add_widths(struct writer *w, HPDF_Dict cid, const struct pdf_font *font,
                       const uint16_t *characters) {
    HPDF_Array widths = add_array(w, cid, "W"), run = NULL;
    for (unsigned g = 0; g < font->glyph_count; g++) {
        if (!characters[g]) {
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

/* Other characters: a composite font whose codes are glyph numbers (9.7). */
static HPDF_Dict add_unusual(struct writer *w, enum pdf_face face, const char *name) {
    const struct pdf_font *font = &w->report->press->fonts[face];
    const uint16_t *characters = w->report->unusual[face];
    struct buf subset = BUF_INIT, unicode = BUF_INIT;
    pdf_subset_used(font, characters, &subset);
    pdf_cmap_used(font, characters, &unicode);
    HPDF_INT32 bytes = (HPDF_INT32)subset.len;
    HPDF_Dict type0 = new_object(w), cid = new_object(w), file = pack_stream(w, &subset);
    HPDF_Dict_AddNumber(file, "Length1", bytes);
    HPDF_Dict_AddName(type0, "Type", "Font");
    HPDF_Dict_AddName(type0, "Subtype", "Type0");
    HPDF_Dict_AddName(type0, "BaseFont", name);
    HPDF_Dict_AddName(type0, "Encoding", "Identity-H");
    HPDF_Array_Add(add_array(w, type0, "DescendantFonts"), cid);
    HPDF_Dict_Add(type0, "ToUnicode", pack_stream(w, &unicode));
    HPDF_Dict_AddName(cid, "Type", "Font");
    HPDF_Dict_AddName(cid, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(cid, "BaseFont", name);
    HPDF_Dict_AddName(cid, "CIDToGIDMap", "Identity");
    HPDF_Dict system = HPDF_Dict_New(w->doc->mmgr);
    HPDF_Dict_Add(cid, "CIDSystemInfo", system);
    add_ascii(w, system, "Registry", "Adobe");
    add_ascii(w, system, "Ordering", "Identity");
    HPDF_Dict_AddNumber(system, "Supplement", 0);
    HPDF_Dict_Add(cid, "FontDescriptor", font_descriptor(w, font, name, file));
    add_widths(w, cid, font, characters);
    return type0;
}

/* One dictionary of them for all pages; the names are those of pdf_text.c. */
static HPDF_Dict add_fonts(struct writer *w) {
    static const char *const names[] = {"TALLYA+DejaVuSans", "TALLYB+DejaVuSans-Bold",
                                        "TALLYC+DejaVuSans", "TALLYD+DejaVuSans-Bold"};
    static const char *const keys[] = {"F0", "F1", "F2", "F3"};
    HPDF_Dict fonts = new_object(w);
    for (int i = 0; i < FACE_COUNT; i++)
        HPDF_Dict_Add(fonts, keys[i], add_usual(w, (enum pdf_face)i, names[i]));
    for (int i = 0; i < FACE_COUNT; i++)
        if (w->report->unusual[i])
            HPDF_Dict_Add(fonts, keys[FACE_COUNT + i],
                          add_unusual(w, (enum pdf_face)i, names[FACE_COUNT + i]));
    return fonts;
}

static void add_pages(struct writer *w) {
    HPDF_Dict fonts = add_fonts(w);
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
        HPDF_Dict_Add(resources, "Font", fonts);
        HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)i);
        HPDF_Dict_AddName(page, "Tabs", "S");
        HPDF_PageAttr attr = page->attr;
        fill_stream(w, attr->contents, pack(w, content));
        attr->stream = attr->contents->stream;
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

/* Objects that libharu does not know: named where the catalog is written. */
static HPDF_STATUS put_tree(HPDF_Dict catalog, HPDF_Stream stream) {
    const struct pdf_numbers *numbers = catalog->attr;
    struct buf out = BUF_INIT;
    buf_printf(&out, "/StructTreeRoot %u 0 R\n", (unsigned)numbers->root);
    HPDF_STATUS status = HPDF_Stream_Write(stream, (const HPDF_BYTE *)out.data, (HPDF_UINT)out.len);
    buf_free(&out);
    return status;
}

static void add_structure(struct writer *w) {
    HPDF_Dict marked = HPDF_Dict_New(w->doc->mmgr);
    HPDF_Dict_Add(w->doc->catalog, "MarkInfo", marked);
    HPDF_Dict_AddBoolean(marked, "Marked", HPDF_TRUE);
    pdf_number_nodes(w->report, (uint32_t)w->doc->xref->entries->count, &w->numbers);
    w->doc->catalog->attr = &w->numbers;
    w->doc->catalog->write_fn = put_tree;
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

static HPDF_STATUS take(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n) {
    buf_put(stream->attr, (const char *)bytes, n);
    return HPDF_OK;
}

/* Libharu's objects; its table of where they are goes again: places has them. */
static void save_objects(struct writer *w, struct buf *out, struct pdf_place *places) {
    HPDF_Xref xref = w->doc->xref;
    HPDF_Stream stream = HPDF_CallbackWriter_New(w->doc->mmgr, take, out);
    if (!stream)
        return;
    HPDF_Stream_WriteStr(stream, "%PDF-1.7\012%\267\276\255\252\012");
    if (HPDF_Xref_WriteToStream(xref, stream, NULL) == HPDF_OK && !out->overflow)
        out->len = xref->addr;
    for (HPDF_UINT i = 1; i < w->numbers.root; i++)
        places[i].at = HPDF_Xref_GetEntry(xref, i)->byte_offset;
    HPDF_Stream_Free(stream);
}

static void save(struct writer *w, struct buf *out) {
    const struct pdf_numbers *numbers = &w->numbers;
    struct pdf_place *places = ARENA_ARRAY(w->report->arena, numbers->end + 2, struct pdf_place);
    struct buf tree = BUF_INIT;
    save_objects(w, out, places);
    size_t first = pdf_put_structure(w->report, numbers, &tree);
    pdf_put_object_stream(out, w->packer, places, numbers->root, numbers->end, &tree, first);
    pdf_put_end(out, w->packer, places, numbers->end + 1, number_of(w->doc->catalog),
                number_of(w->doc->info));
    buf_free(&tree);
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
    struct writer w = {.report = report, .page = page, .packed = BUF_INIT};
    w.doc = HPDF_NewEx(on_error, memory, free, 0, &w);
    w.pages = ARENA_ARRAY(report->arena, report->page_count, HPDF_Page);
    w.numbers.pages = ARENA_ARRAY(report->arena, report->page_count, uint32_t);
    w.numbers.nodes = ARENA_ARRAY(report->arena, report->node_count, uint32_t);
    w.numbers.links = ARENA_ARRAY(report->arena, report->link_count + 1, uint32_t);
    w.doc->pdf_version = HPDF_VER_17;
    w.packer = pdf_packer_new();
    add_pages(&w);
    if (!w.error[0])
        add_links(&w);
    if (!w.error[0])
        add_outline(&w);
    if (!w.error[0])
        add_information(&w);
    if (!w.error[0])
        add_structure(&w); /* its numbers follow all others */
    if (!w.error[0])
        save(&w, out);
    HPDF_Free(w.doc);
    pdf_packer_free(w.packer);
    buf_free(&w.packed);
    if (w.error[0])
        diag_add(diags, DIAG_ERROR, "pdf", (struct place){page->path, 0, 0}, "%s", w.error);
    return !w.error[0];
}
