/* Numbers: parsing agrees with strtod on what both take, formatting with printf, and the shortest
   text reads back as the same double. The input's text is parsed; its first 8 bytes are a double.
 */
#include "fuzz.h"

#include "base/num.h"

#include <math.h>

static bool is_plain(const char *text, size_t n) {
    return n > 0 && strspn(text, "0123456789+-.eE") == n;
}

static void parse(const char *text, size_t n) {
    double value = 0;
    uint64_t whole = 0;
    bool parsed = num_parse(text, n, &value);
    PROMISE(!parsed || is_plain(text, n), "takes '%s'", text);
    if (parsed) {
        char *end;
        double other = strtod(text, &end);
        PROMISE(*end == '\0' && other == value, "'%s' is %a, not %a", text, other, value);
    }
    if (num_parse_u64(text, n, &whole)) {
        char back[NUM_MAX];
        size_t length = num_u64(back, whole), zeros = strspn(text, "0");
        zeros -= zeros == n;
        PROMISE(length == n - zeros && memcmp(back, text + zeros, length) == 0, "'%s'", text);
    }
}

static void format(double value, int digits) {
    char ours[NUM_MAX], theirs[2 * NUM_MAX];
    size_t n = num_shortest(ours, value);
    PROMISE(n < NUM_MAX && n == strlen(ours), "%a has %zu bytes", value, n);
    double back = 0;
    if (isfinite(value))
        PROMISE(num_parse(ours, n, &back) && back == value, "%a comes back as '%s'", value, ours);
    n = num_fixed(ours, value, digits % 18);
    snprintf(theirs, sizeof theirs, "%.*f", digits % 18, value);
    const char *expected = theirs;
    if (theirs[0] == '-' && theirs[strspn(theirs, "-0.")] == '\0')
        expected++; /* -0 is written as 0 */
    if (isfinite(value))
        PROMISE(strcmp(ours, expected) == 0, "%a: '%s', not '%s'", value, ours, expected);
    n = num_significant(ours, value, 1 + digits % 17);
    PROMISE(n == strlen(ours), "%a", value);
    n = num_grouped(ours, value, 1 + digits % 17);
    PROMISE(n == strlen(ours), "%a", value);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "fuzz.txt");
    parse(fuzz.copy, n);
    if (n >= sizeof(double)) {
        double value;
        uint64_t whole;
        memcpy(&value, bytes, sizeof value);
        memcpy(&whole, bytes, sizeof whole);
        format(value, bytes[n - 1]);
        format((double)whole, bytes[n - 1]);
        char text[NUM_MAX];
        PROMISE(num_u64_grouped(text, whole) == strlen(text), "%s", text);
    }
    fuzz_end(&fuzz);
    return 0;
}
