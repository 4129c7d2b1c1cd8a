/* CSV: every row has a cell for each column, every cell a place and a text of good UTF-8. */
#include "fuzz.h"

#include "base/str.h"
#include "read/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "fuzz.csv");
    struct input *in = &fuzz.in;
    struct csv_table *table = csv_read(in->arena, in->display, in->text, in->n, in->diags);
    PROMISE(table || diags_errors(in->diags), "refused without a word");
    for (size_t i = 0; table && i < table->row_count * table->column_count; i++) {
        const char *text = table->cells[i].text;
        PROMISE(str_is_utf8(text, strlen(text)), "cell %zu is not UTF-8", i);
        PROMISE(table->cells[i].place.line > 0, "cell %zu has no line", i);
    }
    for (size_t i = 0; table && i < table->column_count; i++)
        PROMISE(!table->header[i][0] || csv_column(table, table->header[i]) == (int)i,
                "column %zu is not found", i);
    fuzz_end(&fuzz);
    return 0;
}
