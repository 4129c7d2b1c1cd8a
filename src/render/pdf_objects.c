/* Streams of a PDF file and its cross references, for what libharu writes none of: object streams
   and a table that leads into them. */
#include "render/pdf_objects.h"

#include "base/num.h"

#include <string.h>

void pdf_put_stream(struct buf *out, uint32_t number, const char *entries,
                    const struct buf *packed) {
    buf_put_u64(out, number);
    buf_puts(out, " 0 obj\n<<");
    buf_puts(out, entries);
    buf_puts(out, "/Filter/FlateDecode/Length ");
    buf_put_u64(out, packed->len);
    buf_puts(out, ">>\nstream\n");
    buf_put(out, packed->data, packed->len);
    buf_puts(out, "\nendstream\nendobj\n");
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

void pdf_put_places(struct buf *out, const struct pdf_place *places, size_t count) {
    unsigned char before[COLUMNS] = {0}, row[COLUMNS] = {0, 0, 0, 0, 0, 0, 0, 255, 255};
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            row_of(&places[i], row);
        buf_putc(out, 2); /* PNG's filter "up" */
        for (int k = 0; k < COLUMNS; k++)
            buf_putc(out, (char)(row[k] - before[k]));
        memcpy(before, row, sizeof before);
    }
}
