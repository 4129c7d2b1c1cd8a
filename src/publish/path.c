/* Which paths may be written below a site. */
#include "base/str.h"
#include "publish/publish.h"

#include <stdint.h>
#include <string.h>

enum { PATH_MAX_BYTES = 1024, PART_MAX_BYTES = 200 };

/* By table: a site has a million of them. */
static const bool plain[UINT8_MAX + 1] = {
    ['.'] = 1, ['_'] = 1, ['-'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1,
    ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1,
    ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1,
    ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1,
    ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['A'] = 1,
    ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1,
    ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1,
    ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1,
    ['Z'] = 1};

static const char *part_fault(const char *part, size_t n, bool all_plain) {
    if (n == 0)
        return "it is absolute or has an empty part";
    if (n > PART_MAX_BYTES)
        return "a part of it is too long";
    if ((n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.'))
        return "it has a '.' or '..' part";
    if (n >= 11 && memcmp(part, ".tallypress", 11) == 0)
        return "the tool keeps this name for itself";
    return all_plain ? NULL : "it has a character other than letters, digits, '.', '_' and '-'";
}

bool publish_path_ok(const char *path, const char **why) {
    *why = strlen(path) > PATH_MAX_BYTES ? "it is too long" : NULL;
    for (const char *part = path; !*why;) {
        size_t good = 0;
        while (plain[(unsigned char)part[good]])
            good++;
        size_t n = part[good] && part[good] != '/' ? good + strcspn(part + good, "/") : good;
        *why = part_fault(part, n, good == n);
        if (!part[n])
            break;
        part += n + 1;
    }
    return !*why;
}

bool publish_is_index(const char *path) {
    return str_ends(path, "/index.html");
}
