/* What any page can answer about itself: its depth. */
#include "page/page.h"

unsigned page_depth(const struct page *page) {
    unsigned depth = 0;
    for (const char *p = page->path; *p; p++)
        depth += *p == '/';
    return depth;
}
