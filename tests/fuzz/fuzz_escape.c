/* Escaping by context: whatever the text, it stays in its place and can be read back. The first
   byte says nothing; the text is what stands before the first NUL. */
#include "fuzz.h"

#include "../unit/wellformed.h"
#include "base/str.h"
#include "publish/publish.h"
#include "read/csv.h"
#include "render/render.h"

static void markup(struct fuzz *fuzz, const char *text) {
    struct buf out = BUF_INIT;
    buf_puts(&out, "<a href=\"");
    escape_href(&out, text);
    buf_puts(&out, "\" title=\"");
    escape_attribute(&out, text);
    buf_puts(&out, "\">");
    escape_text(&out, text);
    buf_puts(&out, "</a><a href=\"");
    escape_site_href(&out, STR("../../"), str_of(text));
    buf_puts(&out, "\"></a>");
    struct wellformed check = wellformed(buf_text(&out), out.len);
    PROMISE(check.good && check.tags == 2, "%s at \"%.60s\"", check.why, check.at);
    buf_free(&out);
    (void)fuzz;
}

static void json(struct fuzz *fuzz, const char *text) {
    struct buf out = BUF_INIT;
    buf_puts(&out, "[\"");
    escape_json(&out, text);
    buf_puts(&out, "\"]");
    PROMISE(!strchr(buf_text(&out), '<'), "JSON may close its script: %s", buf_text(&out));
    if (str_is_utf8(text, strlen(text))) {
        const struct json *back =
            json_parse(fuzz->in.arena, "out", buf_text(&out), out.len, fuzz->in.diags);
        PROMISE(back && strcmp(back->items[0]->string, text) == 0, "JSON comes back otherwise");
    }
    buf_free(&out);
}

static void csv(struct fuzz *fuzz, const char *text) {
    struct buf out = BUF_INIT;
    struct diags *quiet = diags_new();
    buf_puts(&out, "a,b\n");
    escape_csv(&out, text);
    buf_puts(&out, ",x\n");
    struct csv_table *table = csv_read(fuzz->in.arena, "out", buf_text(&out), out.len, quiet);
    if (table && table->row_count == 1 && diags_count(quiet) == 0) {
        const char *cell = csv_at(table, 0, 0)->text;
        PROMISE(!cell[0] || !strchr("=+-@\t\r\n", cell[0]), "a formula: %s", cell);
        PROMISE(strcmp(csv_at(table, 0, 1)->text, "x") == 0, "the cell leaves its place");
    } else {
        PROMISE(diags_count(quiet) > 0, "the cell is more than one row: %s", buf_text(&out));
        for (size_t i = 0; i < diags_count(quiet); i++) {
            const char *code = diags_get(quiet, i)->code;
            PROMISE(strcmp(code, "csv-utf8") == 0 || strcmp(code, "csv-control") == 0, "%s: %s",
                    code, buf_text(&out));
        }
    }
    diags_free(quiet);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "fuzz.txt");
    const char *why;
    char slug[80];
    markup(&fuzz, fuzz.copy);
    json(&fuzz, fuzz.copy);
    csv(&fuzz, fuzz.copy);
    size_t length = str_slug(slug, sizeof slug, fuzz.copy);
    PROMISE(length > 0 && length < sizeof slug && length == strlen(slug), "slug '%s'", slug);
    PROMISE(publish_path_ok(slug, &why), "slug '%s' is no file name: %s", slug, why);
    if (publish_path_ok(fuzz.copy, &why)) {
        char *beyond = arena_printf(fuzz.in.arena, "/%s/", fuzz.copy);
        PROMISE(!strstr(beyond, "/../") && !strstr(beyond, "//"), "'%s' leads out", fuzz.copy);
    }
    fuzz_end(&fuzz);
    return 0;
}
