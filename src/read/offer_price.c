/* Prices and counts as GPU price lists write them. */
#include "base/num.h"
#include "base/str.h"
#include "read/offers.h"

uint32_t offer_count(const char *text) {
    double value;
    if (!num_parse(text, strlen(text), &value) || value < 1 || value > 100000 ||
        value != (double)(uint32_t)value) {
        return 0;
    }
    return (uint32_t)value;
}

static bool names_currency(const char *text) {
    static const char *const other[] = {"\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "\xE2\x82\xB9",
                                        "EUR",          "GBP",      "CNY",      "INR",
                                        "JPY",          "CHF",      "CAD"};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        if (strstr(text, other[i])) {
            return true;
        }
    }
    return false;
}

static bool means_none(struct str text) {
    return text.n == 0 || str_equal(text, STR("-")) || str_equal_nocase(text, STR("n/a")) ||
           str_equal_nocase(text, STR("unavailable")) || str_equal_nocase(text, STR("none")) ||
           str_equal_nocase(text, STR("null"));
}

uint32_t offer_gpus(const struct document *document, const char *text, struct place place) {
    uint32_t count = offer_count(text);
    double value = 0;
    bool number = num_parse(text, strlen(text), &value);
    if (count > 0 || (number ? value == 0 : means_none(str_trim(str_of(text))))) {
        return count;
    }
    if (number && value > 0 && value < 100000) {
        diag_add(document->input->diags, DIAG_NOTE, "price-gpu-share", place,
                 "%s GPUs: a share of one is not compared, the row is left out", text);
    } else {
        diag_add(document->input->diags, DIAG_WARNING, "price-gpu-count", place,
                 "\"%s\" is no number of GPUs: the row is left out", text);
    }
    return 0;
}

/* Three digits, then the end, a point or another comma: "1,249.00" but not "2,49". */
static bool groups_thousands(const char *after, size_t n) {
    for (size_t i = 0; i < 3; i++) {
        if (i >= n || after[i] < '0' || after[i] > '9') {
            return false;
        }
    }
    return n == 3 || after[3] == '.' || after[3] == ',';
}

/* "USD" and what of it an hour may be called, after the number. */
static bool is_hourly(struct str tail) {
    static const char *const words[] = {"hourly", "/h", "/hr", "/hour", "per hour", "an hour"};
    if (tail.n >= 3 && str_equal_nocase((struct str){tail.p, 3}, STR("usd")))
        tail = str_trim((struct str){tail.p + 3, tail.n - 3});
    bool hourly = tail.n == 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        hourly = hourly || str_equal_nocase(tail, str_of(words[i]));
    return hourly;
}

/* Without "$", commas between thousands, "hourly", "USD/h" and the like. */
static struct str bare_number(struct arena *arena, struct str text) {
    char *out = arena_alloc(arena, text.n + 1);
    size_t n = 0, end = text.n;
    while (end > 0 && !(text.p[end - 1] >= '0' && text.p[end - 1] <= '9')) {
        end--;
    }
    struct str tail = str_trim((struct str){text.p + end, text.n - end});
    if (!is_hourly(tail)) {
        return text;
    }
    for (size_t i = str_starts(text, STR("US$")) ? 2 : 0; i < end; i++) {
        if (!(text.p[i] == ',' && i > 0 && groups_thousands(text.p + i + 1, end - i - 1)) &&
            !(text.p[i] == '$' && n == 0)) {
            out[n++] = text.p[i];
        }
    }
    return (struct str){out, n};
}

double offer_price(const struct document *document, const char *text, struct place place) {
    struct diags *diags = document->input->diags;
    struct str trimmed = str_trim(str_of(text));
    double value;
    if (means_none(trimmed)) {
        return NAN;
    }
    struct str bare = bare_number(document->input->arena, trimmed);
    if (!num_parse(bare.p, bare.n, &value)) {
        bool currency = names_currency(text);
        diag_add(diags, DIAG_ERROR, currency ? "price-currency" : "price-syntax", place,
                 currency ? "\"%s\": prices must be in US dollars"
                          : "\"%s\" is not a price: US dollars an hour, such as 2.49",
                 text);
        return NAN;
    }
    return offer_number(document, value, place);
}

double offer_member(const struct document *document, const struct json *object, const char *key) {
    const struct json *value = json_get(object, key);
    bool number = value && value->kind == JSON_NUMBER;
    return number ? offer_number(document, value->number, value->place) : (double)NAN;
}

double offer_number(const struct document *document, double value, struct place place) {
    struct diags *diags = document->input->diags;
    if (value == 0) {
        diag_add(diags, DIAG_NOTE, "price-zero", place, "a price of 0 is taken as \"not offered\"");
        return NAN;
    }
    if (value < 0.001 || value > 100000) {
        diag_add(diags, DIAG_ERROR, "price-range", place,
                 "no price of a machine: US dollars an hour must be between 0.001 and 100,000");
        return NAN;
    }
    return value;
}
