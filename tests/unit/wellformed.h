/* Is a piece of our HTML, SVG or XML well formed, and does it run or load nothing? A scanner of
   tags for tests: elements close in order, attributes are quoted, no name starts with "on", links
   have schemes that only lead somewhere, text holds no bare "<" and no "&" that is no reference. */
#ifndef TESTS_WELLFORMED_H
#define TESTS_WELLFORMED_H

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

struct wellformed {
    bool good;
    const char *why, *at;
    size_t tags, scripts, styles, images, frames; /* elements seen */
};

enum { WELLFORMED_DEPTH = 256, WELLFORMED_NAME = 32 };

struct wellformed_scan {
    struct wellformed result;
    const char *p, *end;
    char open[WELLFORMED_DEPTH][WELLFORMED_NAME];
    size_t depth;
};

static inline bool wellformed_fail(struct wellformed_scan *s, const char *why) {
    if (!s->result.why) {
        s->result.why = why;
        s->result.at = s->p;
    }
    return false;
}

static inline bool wellformed_is_void(const char *name) {
    static const char *const names[] = {"meta", "link", "br", "hr", "input", "img", "wbr", "base"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* "&amp;" "&#39;" "&#x2F;" */
static inline bool wellformed_reference(struct wellformed_scan *s) {
    const char *p = s->p + 1;
    p += p < s->end && *p == '#';
    const char *first = p;
    while (p < s->end && isalnum((unsigned char)*p))
        p++;
    return (p > first && p < s->end && *p == ';') || wellformed_fail(s, "a bare &");
}

static inline bool wellformed_name(struct wellformed_scan *s, char name[WELLFORMED_NAME]) {
    size_t n = 0;
    for (; s->p < s->end && (isalnum((unsigned char)*s->p) || strchr(":-_", *s->p)) && *s->p;
         s->p++)
        if (n + 1 < WELLFORMED_NAME)
            name[n++] = *s->p;
    name[n] = '\0';
    return n > 0 || wellformed_fail(s, "a tag or attribute without a name");
}

/* Browsers drop blanks and control characters at the beginning and inside a scheme. */
static inline bool wellformed_leads(struct wellformed_scan *s, const char *value, size_t n) {
    static const char *const good[] = {"https:", "http:", "mailto:"};
    char scheme[64];
    size_t k = 0;
    for (size_t i = 0; i < n && k + 1 < sizeof scheme; i++) {
        if ((unsigned char)value[i] > ' ')
            scheme[k++] = value[i];
        if (k && strchr(":/?#", scheme[k - 1]))
            break;
    }
    scheme[k] = '\0';
    if (k == 0 || scheme[k - 1] != ':' || (n == 6 && memcmp(value, "data:,", 6) == 0))
        return true;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (strncasecmp(scheme, good[i], strlen(good[i])) == 0)
            return true;
    return wellformed_fail(s, "a link with a scheme that may run something");
}

static inline bool wellformed_attribute(struct wellformed_scan *s) {
    char name[WELLFORMED_NAME];
    if (!wellformed_name(s, name))
        return false;
    if (strncasecmp(name, "on", 2) == 0 || strcasecmp(name, "srcdoc") == 0)
        return wellformed_fail(s, "an attribute that runs");
    if (s->p == s->end || *s->p != '=')
        return true;
    s->p++;
    if (s->p == s->end)
        return wellformed_fail(s, "an open attribute");
    if (*s->p != '"') { /* the pages leave quotes away where nothing needs them */
        const char *first = s->p;
        while (s->p < s->end && !strchr(" \t\r\n>\"'=<`", *s->p))
            s->p++;
        return (s->p > first || wellformed_fail(s, "an empty bare attribute")) &&
               wellformed_leads(s, strcasecmp(name, "href") == 0 ? first : "",
                                strcasecmp(name, "href") == 0 ? (size_t)(s->p - first) : 0);
    }
    const char *value = ++s->p;
    for (; s->p < s->end && *s->p != '"'; s->p++) {
        if (*s->p == '<' || *s->p == '\0')
            return wellformed_fail(s, "a < or NUL in an attribute");
        if (*s->p == '&' && !wellformed_reference(s))
            return false;
    }
    if (s->p == s->end)
        return wellformed_fail(s, "an open attribute");
    size_t n = (size_t)(s->p - value);
    s->p++;
    bool leads = strcasecmp(name, "href") == 0 || strcasecmp(name, "src") == 0 ||
                 strcasecmp(name, "xlink:href") == 0 || strcasecmp(name, "action") == 0;
    return !leads || wellformed_leads(s, value, n);
}

static inline bool wellformed_close(struct wellformed_scan *s) {
    char name[WELLFORMED_NAME];
    s->p += 2;
    if (!wellformed_name(s, name))
        return false;
    if (s->p == s->end || *s->p != '>')
        return wellformed_fail(s, "a closing tag with something in it");
    if (s->depth == 0 || strcmp(s->open[s->depth - 1], name) != 0)
        return wellformed_fail(s, "a closing tag without its opening one");
    s->depth--;
    s->p++;
    return true;
}

/* Behind <script> and <style> everything up to the closing tag is theirs. */
static inline bool wellformed_raw(struct wellformed_scan *s, const char *name) {
    size_t n = strlen(name);
    for (; s->p + n + 2 < s->end; s->p++)
        if (s->p[0] == '<' && s->p[1] == '/' && strncasecmp(s->p + 2, name, n) == 0)
            return true;
    return wellformed_fail(s, "an open script or style");
}

static inline void wellformed_count(struct wellformed *w, const char *name) {
    w->tags++;
    w->scripts += strcasecmp(name, "script") == 0;
    w->styles += strcasecmp(name, "style") == 0;
    w->images += strcasecmp(name, "img") == 0 || strcasecmp(name, "image") == 0;
    w->frames += strcasecmp(name, "iframe") == 0 || strcasecmp(name, "object") == 0 ||
                 strcasecmp(name, "embed") == 0 || strcasecmp(name, "foreignObject") == 0;
}

static inline bool wellformed_open(struct wellformed_scan *s) {
    char name[WELLFORMED_NAME];
    bool alone = false;
    s->p++;
    if (!wellformed_name(s, name))
        return false;
    wellformed_count(&s->result, name);
    for (;;) {
        while (s->p < s->end && isspace((unsigned char)*s->p))
            s->p++;
        if (s->p == s->end)
            return wellformed_fail(s, "an open tag");
        alone = *s->p == '/';
        if (alone || *s->p == '>')
            break;
        if (!wellformed_attribute(s))
            return false;
    }
    s->p += alone;
    if (s->p == s->end || *s->p++ != '>')
        return wellformed_fail(s, "an open tag");
    if (alone || wellformed_is_void(name))
        return true;
    if (s->depth == WELLFORMED_DEPTH)
        return wellformed_fail(s, "too deep");
    strcpy(s->open[s->depth++], name);
    bool raw = strcasecmp(name, "script") == 0 || strcasecmp(name, "style") == 0;
    return !raw || wellformed_raw(s, name);
}

static inline bool wellformed_skip(struct wellformed_scan *s, const char *end) {
    const char *stop = memmem(s->p, (size_t)(s->end - s->p), end, strlen(end));
    if (!stop)
        return wellformed_fail(s, "an open comment or declaration");
    s->p = stop + strlen(end);
    return true;
}

static inline bool wellformed_step(struct wellformed_scan *s) {
    size_t left = (size_t)(s->end - s->p);
    if (*s->p == '&')
        return wellformed_reference(s) && (s->p++, true);
    if (*s->p == '\0')
        return wellformed_fail(s, "a NUL");
    if (*s->p != '<')
        return (s->p++, true);
    if (left > 3 && memcmp(s->p, "<!--", 4) == 0)
        return wellformed_skip(s, "-->");
    if (left > 1 && (s->p[1] == '!' || s->p[1] == '?'))
        return wellformed_skip(s, ">");
    return left > 1 && s->p[1] == '/' ? wellformed_close(s) : wellformed_open(s);
}

/* Elements that HTML lets one leave open must be closed here too. */
static inline struct wellformed wellformed(const char *text, size_t n) {
    struct wellformed_scan s = {.p = text, .end = text + n};
    while (s.p < s.end)
        if (!wellformed_step(&s))
            return s.result;
    s.result.good = s.depth == 0 || wellformed_fail(&s, "an element that is not closed");
    return s.result;
}

#endif
