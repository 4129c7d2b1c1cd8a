#include "catalog/names.h"

#include <string.h>

static const char *const vendor_words[] = {"nvidia", "amd", "geforce", "instinct"};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Its bytes, 0 when there is none; a blank that does not break looks like any other. */
static size_t separator(const char *at) {
    if (*at == ' ' || *at == '-' || *at == '_' || *at == '\t') {
        return 1;
    }
    return at[0] == '\xC2' && at[1] == '\xA0' ? 2 : 0;
}

/* Letters of the vendor word that starts at `at` as a whole word, 0 when none does. */
static size_t vendor_word(const char *at) {
    for (size_t i = 0; i < sizeof vendor_words / sizeof *vendor_words; i++) {
        size_t n = 0;
        while (vendor_words[i][n] && lower(at[n]) == vendor_words[i][n]) {
            n++;
        }
        if (!vendor_words[i][n] && separator(at + n)) {
            return n;
        }
    }
    return 0;
}

size_t name_key(char key[NAME_KEY_MAX], const char *name) {
    size_t n = 0;
    bool word_start = true;
    for (const char *at = name; *at && n + 1 < NAME_KEY_MAX; at++) {
        size_t vendor = word_start ? vendor_word(at) : 0;
        at += vendor;
        size_t blank = separator(at);
        word_start = blank > 0;
        if (word_start) {
            at += blank - 1;
        } else {
            key[n++] = lower(*at);
        }
    }
    key[n] = '\0';
    return n;
}

bool name_same(const char *a, const char *b) {
    char x[NAME_KEY_MAX], y[NAME_KEY_MAX];
    return name_key(x, a) == name_key(y, b) && strcmp(x, y) == 0;
}
