/* Object streams and cross references of a PDF file. */
#include "render/pdf_objects.h"

#include <string.h>

/* Ends a stream's dictionary, which has its entries, and puts the bytes. */
static void put_stream(struct buf *out, struct pdf_packer *packer, const struct buf *bytes) {
    struct buf packed = BUF_INIT;
    pdf_pack(packer, &packed, bytes->data, bytes->len);
    buf_printf(out, "/Filter/FlateDecode/Length %zu>>\nstream\n", packed.len);
    buf_put(out, packed.data, packed.len);
    buf_puts(out, "\nendstream\nendobj\n");
    buf_free(&packed);
}

void pdf_put_object_stream(struct buf *out, struct pdf_packer *packer, struct pdf_place *places,
                           uint32_t from, uint32_t number, const struct buf *objects,
                           size_t first) {
    for (uint32_t i = from; i < number; i++)
        places[i] = (struct pdf_place){number, i - from};
    places[number].at = out->len;
    buf_printf(out, "%u 0 obj\n<</Type/ObjStm/N %u/First %zu", (unsigned)number,
               (unsigned)(number - from), first);
    put_stream(out, packer, objects);
}

enum { COLUMNS = 9 };

static void put_number(unsigned char *out, int bytes, size_t value) {
    for (int i = bytes; i-- > 0; value >>= 8)
        out[i] = (unsigned char)value;
}

/* Type, then offset and generation; or the object stream and the index in it. */
static void row_of(const struct pdf_place *place, unsigned char row[COLUMNS]) {
    row[0] = place->stream ? 2 : 1;
    put_number(row + 1, 4, place->stream ? place->stream : place->at);
    put_number(row + 5, 4, place->stream ? place->at : 0);
}

/* As differences to the row before, which pack well; object 0 is the free one. */
static void put_places(struct buf *out, const struct pdf_place *places, size_t count) {
    unsigned char before[COLUMNS] = {0}, row[COLUMNS] = {0, 0, 0, 0, 0, 0, 0, 255, 255};
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            row_of(&places[i], row);
        char line[1 + COLUMNS] = {2}; /* PNG's filter "up" */
        for (int k = 0; k < COLUMNS; k++)
            line[1 + k] = (char)(row[k] - before[k]);
        buf_put(out, line, sizeof line);
        memcpy(before, row, sizeof before);
    }
}

void pdf_put_end(struct buf *out, struct pdf_packer *packer, struct pdf_place *places,
                 uint32_t number, uint32_t root, uint32_t info) {
    struct buf rows = BUF_INIT;
    size_t at = places[number].at = out->len;
    put_places(&rows, places, number + 1);
    buf_printf(out,
               "%u 0 obj\n<</Type/XRef/Size %u/W[1 4 4]/DecodeParms<</Predictor 12/Columns %d>>"
               "/Root %u 0 R/Info %u 0 R",
               (unsigned)number, (unsigned)number + 1, (int)COLUMNS, (unsigned)root,
               (unsigned)info);
    put_stream(out, packer, &rows);
    buf_printf(out, "startxref\n%zu\n%%%%EOF\n", at);
    buf_free(&rows);
}
