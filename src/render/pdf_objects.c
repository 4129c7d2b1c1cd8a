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

/* Of a row: a type, an offset or the number of an object stream, a generation or an index. */
struct columns {
    int second, third;
};
enum { COLUMNS_MAX = 1 + 8 + 8 };

static void put_number(unsigned char *out, int bytes, size_t value) {
    for (int i = bytes; i-- > 0; value >>= 8)
        out[i] = (unsigned char)value;
}

static int bytes_for(size_t most) {
    int bytes = 2; /* object 0 needs them */
    while (bytes < 8 && most >> (8 * bytes))
        bytes++;
    return bytes;
}

/* Type, then offset and generation; or the object stream and the index in it. */
static void row_of(const struct pdf_place *place, struct columns columns, unsigned char *row) {
    row[0] = place->stream ? 2 : 1;
    put_number(row + 1, columns.second, place->stream ? place->stream : place->at);
    put_number(row + 1 + columns.second, columns.third, place->stream ? place->at : 0);
}

/* As differences to the row before, which pack well; object 0 is the free one. */
static void put_places(struct buf *out, const struct pdf_place *places, size_t count,
                       struct columns columns) {
    unsigned char before[COLUMNS_MAX] = {0}, row[COLUMNS_MAX] = {0};
    int width = 1 + columns.second + columns.third;
    put_number(row + 1 + columns.second, columns.third, 65535);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            row_of(&places[i], columns, row);
        char line[1 + COLUMNS_MAX] = {2}; /* PNG's filter "up" */
        for (int k = 0; k < width; k++)
            line[1 + k] = (char)(row[k] - before[k]);
        buf_put(out, line, 1 + (size_t)width);
        memcpy(before, row, sizeof before);
    }
}

void pdf_put_end(struct buf *out, struct pdf_packer *packer, struct pdf_place *places,
                 uint32_t number, uint32_t root, uint32_t info) {
    struct buf rows = BUF_INIT;
    size_t at = places[number].at = out->len;
    struct columns columns = {bytes_for(at), bytes_for(number)};
    put_places(&rows, places, number + 1, columns);
    buf_printf(out,
               "%u 0 obj\n<</Type/XRef/Size %u/W[1 %d %d]/DecodeParms<</Predictor 12/Columns %d>>"
               "/Root %u 0 R/Info %u 0 R",
               (unsigned)number, (unsigned)number + 1, columns.second, columns.third,
               1 + columns.second + columns.third, (unsigned)root, (unsigned)info);
    put_stream(out, packer, &rows);
    buf_printf(out, "startxref\n%zu\n%%%%EOF\n", at);
    buf_free(&rows);
}
