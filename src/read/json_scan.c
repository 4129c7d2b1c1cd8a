#include "read/json_scan.h"

#include "base/num.h"
#include "base/str.h"
#include "read/json.h"

#include <math.h>
#include <string.h>

static bool scan_any(struct json_scan *s, unsigned depth);

static struct place here(const struct json_scan *s) {
    unsigned column = (unsigned)(s->at - s->line_start - s->continuation) + 1;
    return (struct place){s->file, s->line, column};
}

void json_scan_fail(struct json_scan *s, const char *code, const char *text) {
    s->bad = true;
    diag_add(s->diags, DIAG_ERROR, code, here(s), "%s", text);
}

void json_scan_begin(struct json_scan *s, struct arena *scratch, const char *file, const char *text,
                     size_t n, unsigned flags, struct diags *diags) {
    *s = (struct json_scan){.scratch = scratch,
                            .diags = diags,
                            .file = file,
                            .text = text,
                            .n = n,
                            .flags = flags,
                            .line = 1};
    s->copy = arena_copy(scratch, text, n);
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        s->at = s->line_start = 3;
    }
}

bool json_scan_space(struct json_scan *s) {
    for (; s->at < s->n; s->at++) {
        char c = s->text[s->at];
        if (c == '\n') {
            s->line++;
            s->line_start = s->at + 1;
            s->continuation = 0;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return true;
        }
    }
    return false;
}

static struct json_mark *mark(struct json_scan *s) {
    struct place place = here(s);
    if (s->mark_count == s->mark_capacity) {
        s->marks =
            arena_grow(s->scratch, s->marks, s->mark_count, &s->mark_capacity, sizeof *s->marks);
    }
    struct json_mark *added = &s->marks[s->mark_count++];
    *added = (struct json_mark){.line = place.line, .column = place.column};
    return added;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The four digits after "\u" at `at`; -1 when they are not four hex digits. */
static long hex4(const struct json_scan *s, size_t at) {
    long value = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < s->n ? hex_value(s->text[i]) : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

static void refuse_turning(struct json_scan *s) {
    if (s->flags & JSON_REFUSE_TURNING) {
        json_scan_fail(s, "json-control", "a mark that turns the direction of text");
    }
}

/* At a "\u" escape. False on a syntax error; moves behind the escape. */
static bool scan_unicode(struct json_scan *s) {
    long code = hex4(s, s->at + 2);
    if (code < 0) {
        json_scan_fail(s, "json-syntax", "\\u needs four hexadecimal digits");
        return false;
    }
    if (code == 0) {
        json_scan_fail(s, "json-nul", "\\u0000 cannot be part of a text");
    }
    if (str_is_turning(code)) {
        refuse_turning(s);
    }
    size_t length = 6;
    if (code >= 0xD800 && code <= 0xDFFF) {
        bool escape = s->at + 7 < s->n && s->text[s->at + 6] == '\\' && s->text[s->at + 7] == 'u';
        long low = code < 0xDC00 && escape ? hex4(s, s->at + 8) : -1;
        if (low < 0xDC00 || low > 0xDFFF) {
            json_scan_fail(s, "json-utf8", "half of a surrogate pair");
        } else {
            length = 12;
        }
    }
    s->at += length;
    return true;
}

static bool scan_escape(struct json_scan *s) {
    char c = s->at + 1 < s->n ? s->text[s->at + 1] : '\0';
    if (c == 'u') {
        return scan_unicode(s);
    }
    if (c == '\0' || !strchr("\"\\/bfnrt", c)) {
        json_scan_fail(s, "json-syntax", "unknown escape after a backslash");
        return false;
    }
    s->at += 2;
    return true;
}

/* A byte of 0x80 or more: one whole UTF-8 sequence. */
static void scan_multibyte(struct json_scan *s) {
    unsigned char lead = (unsigned char)s->text[s->at];
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (s->at + length > s->n || !str_is_utf8(s->text + s->at, length)) {
        json_scan_fail(s, "json-utf8", "not UTF-8");
        length = 1;
    } else if (length == 3 && str_turns(s->text + s->at, length)) {
        refuse_turning(s);
    }
    s->at += length;
    s->continuation += length - 1;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Whether eight bytes are ASCII without controls, quotes and backslashes. Of a word x with a byte
   that is 0, (x - 01..) & ~x & 80.. is not 0 (Warren, Hacker's Delight, 6-1). */
static bool eight_plain(const char *p) {
    uint64_t x;
    memcpy(&x, p, sizeof x);
    uint64_t quote = x ^ EACH('"'), slash = x ^ EACH('\\');
    uint64_t odd =
        x | (x - EACH(0x20)) | ((quote - EACH(1)) & ~quote) | ((slash - EACH(1)) & ~slash);
    return (odd & EACH(0x80)) == 0;
}

/* Over what most texts are made of. */
static size_t skip_plain(const struct json_scan *s, size_t at) {
    while (s->n - at >= 8 && eight_plain(s->text + at)) {
        at += 8;
    }
    for (; at < s->n; at++) {
        unsigned char c = (unsigned char)s->text[at];
        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
            break;
        }
    }
    return at;
}

/* At the opening quote. */
static bool scan_string(struct json_scan *s) {
    for (s->at = skip_plain(s, s->at + 1); s->at < s->n; s->at = skip_plain(s, s->at)) {
        unsigned char c = (unsigned char)s->text[s->at];
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c == '\n') {
            break; /* a forgotten quote: say it here, not at the end of the file */
        }
        if (c == '\\') {
            if (!scan_escape(s)) {
                return false;
            }
        } else if (c >= 0x80) {
            scan_multibyte(s);
        } else {
            json_scan_fail(s, c ? "json-control" : "json-nul",
                           "control character inside a text: write it as an escape");
            s->at++;
        }
    }
    if (s->at < s->n) {
        json_scan_fail(s, "json-control", "line end inside a text: closing quote missing?");
    } else {
        json_scan_fail(s, "json-syntax", "the file ends inside a text");
    }
    return false;
}

static size_t digits(const struct json_scan *s, size_t at) {
    size_t i = at;
    while (i < s->n && s->text[i] >= '0' && s->text[i] <= '9') {
        i++;
    }
    return i - at;
}

/* Length of a well-formed number at `at`, 0 when it is not one; *integer: no point, no exponent. */
static size_t number_length(const struct json_scan *s, size_t at, bool *integer) {
    size_t i = at + (s->text[at] == '-');
    size_t whole = digits(s, i);
    *integer = true;
    if (whole == 0 || (whole > 1 && s->text[i] == '0')) {
        return 0;
    }
    i += whole;
    if (i < s->n && s->text[i] == '.') {
        size_t fraction = digits(s, i + 1);
        if (fraction == 0) {
            return 0;
        }
        i += 1 + fraction;
        *integer = false;
    }
    if (i < s->n && (s->text[i] | 0x20) == 'e') {
        i++;
        i += i < s->n && (s->text[i] == '+' || s->text[i] == '-');
        size_t exponent = digits(s, i);
        if (exponent == 0) {
            return 0;
        }
        i += exponent;
        *integer = false;
    }
    return i - at;
}

static bool in_word(char c) {
    char lower = (char)(c | 0x20);
    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || c == '.' || c == '-' ||
           c == '+' || c == '_';
}

static size_t word_length(const struct json_scan *s, size_t at) {
    size_t i = at;
    while (i < s->n && in_word(s->text[i])) {
        i++;
    }
    return i - at;
}

/* cJSON would read the number with the locale's point and lose digits. It sees "null", which it
   passes over fastest, or "0" where there is no room for that. */
static void blank_number(struct json_scan *s, size_t length) {
    memset(s->copy + s->at, ' ', length);
    if (length >= 4)
        memcpy(s->copy + s->at, "null", 4);
    else
        s->copy[s->at] = '0';
}

static void read_integer(struct json_scan *s, struct json_mark *m, size_t length) {
    bool negative = s->text[s->at] == '-';
    m->is_integer = true;
    bool exact = negative ? m->number >= -9007199254740992.0
                          : num_parse_u64(s->text + s->at, length, &m->integer);
    if (!exact) {
        json_scan_fail(s, "json-integer-precision", "this integer cannot be held exactly");
    }
}

static bool read_word_number(struct json_scan *s, struct json_mark *m, size_t length) {
    struct str word = {s->text + s->at, length};
    bool negative = word.n > 0 && word.p[0] == '-';
    struct str bare = {word.p + negative, word.n - negative};
    if (str_equal_nocase(bare, STR("infinity")) || str_equal_nocase(bare, STR("inf"))) {
        m->number = negative ? -INFINITY : INFINITY;
        return true;
    }
    m->number = NAN;
    return str_equal_nocase(bare, STR("nan"));
}

/* Anything that starts like a number, and the words NaN and Infinity. */
static void scan_number(struct json_scan *s) {
    struct json_mark *m = mark(s);
    m->is_number = true;
    size_t word = word_length(s, s->at);
    bool integer;
    size_t length = number_length(s, s->at, &integer);
    if (length == word && length > 0) {
        if (!num_parse(s->text + s->at, length, &m->number)) {
            json_scan_fail(s, "json-number", "number too large for a double");
        } else if (integer) {
            read_integer(s, m, length);
        }
    } else if (read_word_number(s, m, word)) {
        if (!(s->flags & JSON_ALLOW_INFINITY)) {
            json_scan_fail(s, "json-number", "NaN and Infinity are no JSON numbers");
        }
    } else {
        json_scan_fail(s, "json-number",
                       "malformed number (leading zero, bare point, plus sign or letters)");
    }
    blank_number(s, word);
    s->at += word;
}

static bool scan_literal(struct json_scan *s) {
    static const char *const words[] = {"true", "false", "null"};
    size_t length = word_length(s, s->at);
    struct str word = {s->text + s->at, length};
    for (size_t i = 0; i < 3; i++) {
        if (str_equal(word, str_of(words[i]))) {
            mark(s);
            s->at += length;
            return true;
        }
    }
    struct json_mark ignored = {0};
    if (length > 0 && read_word_number(s, &ignored, length)) {
        scan_number(s);
        return true;
    }
    json_scan_fail(s, "json-syntax", "a value is expected here");
    return false;
}

/* After an element: 1 on a comma, 0 on the closing bracket (both passed), -1 refused. */
static int scan_separator(struct json_scan *s, char close) {
    char c = json_scan_space(s) ? s->text[s->at] : '\0';
    if (c == ',' || c == close) {
        s->at++;
        return c == ',';
    }
    json_scan_fail(s, "json-syntax",
                   s->at >= s->n  ? "the file ends inside an object or array"
                   : close == '}' ? "a comma or '}' is expected here"
                                  : "a comma or ']' is expected here");
    return -1;
}

static bool scan_array(struct json_scan *s, unsigned depth) {
    s->at++;
    if (json_scan_space(s) && s->text[s->at] == ']') {
        s->at++;
        return true;
    }
    int more = 1;
    while (more == 1) {
        if (!scan_any(s, depth)) {
            return false;
        }
        more = scan_separator(s, ']');
    }
    return more == 0;
}

static bool scan_member(struct json_scan *s, unsigned depth) {
    if (!json_scan_space(s) || s->text[s->at] != '"') {
        json_scan_fail(s, "json-syntax", "a key in quotes is expected here");
        return false;
    }
    mark(s);
    if (!scan_string(s)) {
        return false;
    }
    if (!json_scan_space(s) || s->text[s->at] != ':') {
        json_scan_fail(s, "json-syntax", "a colon is expected here");
        return false;
    }
    s->at++;
    return scan_any(s, depth);
}

static bool scan_object(struct json_scan *s, unsigned depth) {
    s->at++;
    if (json_scan_space(s) && s->text[s->at] == '}') {
        s->at++;
        return true;
    }
    int more = 1;
    while (more == 1) {
        if (!scan_member(s, depth)) {
            return false;
        }
        more = scan_separator(s, '}');
    }
    return more == 0;
}

static bool scan_any(struct json_scan *s, unsigned depth) {
    if (!json_scan_space(s)) {
        json_scan_fail(s, "json-syntax", "the file ends where a value is expected");
        return false;
    }
    char c = s->text[s->at];
    if ((c == '{' || c == '[') && depth >= JSON_MAX_DEPTH) {
        json_scan_fail(s, "json-depth", "nested deeper than 64 levels");
        return false;
    }
    if (c == '{' || c == '[') {
        mark(s);
        return c == '{' ? scan_object(s, depth + 1) : scan_array(s, depth + 1);
    }
    if (c == '"') {
        mark(s);
        return scan_string(s);
    }
    if (c == '-' || c == '+' || c == '.' || (c >= '0' && c <= '9')) {
        scan_number(s);
        return true;
    }
    return scan_literal(s);
}

bool json_scan_value(struct json_scan *s) {
    s->bad = false;
    s->mark_count = 0;
    return scan_any(s, 0) && !s->bad;
}

void json_scan_resume(struct json_scan *s, const struct json_scan *before) {
    s->at = before->at;
    s->line = before->line;
    s->line_start = before->line_start;
    while (s->at < s->n) {
        const char *end = memchr(s->text + s->at, '\n', s->n - s->at);
        if (!end) {
            s->at = s->n;
            return;
        }
        s->at = s->line_start = (size_t)(end - s->text) + 1;
        s->line++;
        s->continuation = 0;
        if (s->at < s->n && (s->text[s->at] == '{' || s->text[s->at] == '[')) {
            return;
        }
    }
}
