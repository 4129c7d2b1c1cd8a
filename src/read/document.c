#include "read/document.h"

#include "base/str.h"
#include "read/schema.h"

static const char *file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *document_stem(const struct document *document) {
    const char *name = file_name(document->input->path);
    const char *dot = strchr(name, '.');
    return arena_copy(document->input->arena, name, dot ? (size_t)(dot - name) : strlen(name));
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The first full date in the file's name. */
static const char *date_in_name(const struct input *in) {
    const char *name = file_name(in->path);
    size_t n = strlen(name);
    for (size_t i = 0; i + 10 <= n; i++) {
        const char *date = arena_copy(in->arena, name + i, 10);
        bool alone = (i == 0 || !is_digit(name[i - 1])) && !is_digit(name[i + 10]);
        if (alone && date[4] == '-' && schema_is_date(date)) {
            return date;
        }
    }
    return NULL;
}

static bool opens_json(const char *text, size_t n) {
    size_t at = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < n && strchr(" \t\r\n", text[at]) && text[at]) {
        at++;
    }
    return at < n && (text[at] == '{' || text[at] == '[');
}

bool document_read(const struct input *in, struct document *document) {
    *document = (struct document){.input = in, .date = date_in_name(in)};
    document->toml = str_ends(in->path, ".toml");
    if (document->toml) {
        return true;
    }
    size_t errors = diags_errors(in->diags);
    bool json = str_ends(in->path, ".json") || str_ends(in->path, ".jsonl");
    if (!json && !opens_json(in->text, in->n)) {
        document->table = csv_read(in->arena, in->display, in->text, in->n, in->diags);
        return document->table != NULL;
    }
    document->lines = json_parse_lines(in->arena, in->display, in->text, in->n, JSON_REFUSE_TURNING,
                                       in->diags, &document->line_count);
    if (document->line_count == 0 && diags_errors(in->diags) == errors) {
        diag_add(in->diags, DIAG_ERROR, "json-empty", (struct place){in->display, 1, 1},
                 "the file is empty");
    }
    document->root = document->line_count == 1 ? document->lines[0] : NULL;
    return document->line_count > 0;
}

const char *document_text(const char *text) {
    return text && text[0] ? text : NULL;
}

const struct json *document_first(const struct document *document) {
    const struct json *root = document->root;
    return root && root->kind == JSON_ARRAY && root->count ? root->items[0] : NULL;
}

bool document_has_columns(const struct document *document, const char *const *names, size_t count) {
    for (size_t i = 0; document->table && i < count; i++) {
        if (csv_column(document->table, names[i]) < 0) {
            return false;
        }
    }
    return document->table != NULL;
}
