/* Which paths may be written below a site. */
#include "base/str.h"
#include "publish/publish.h"

#include <string.h>

enum { PATH_MAX_BYTES = 1024, PART_MAX_BYTES = 200 };

static bool plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

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
        while (plain(part[good]))
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
