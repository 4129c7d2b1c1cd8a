/* What of prices is in the key of a page that need not be made. Private to page/ and its tests. */
#ifndef PAGE_KEY_H
#define PAGE_KEY_H

#include "base/arena.h"

#include <stddef.h>

/* How a member is put into a key: its bytes; the text it points to; not at all, since it is what
   the rows were grouped by; by the order of the rows. */
enum key_how { KEY_BYTES, KEY_TEXT, KEY_OWNER, KEY_ORDER };
struct key_field {
    const char *name;
    size_t offset, size;
    enum key_how how;
};
/* Every member of struct offer, of struct api_price and of struct pick; after the last a name that
   is NULL. */
extern const struct key_field key_offer_fields[], key_api_price_fields[], key_pick_fields[];

struct page_plan;
/* Fills the keys of the plan; markets, quotes and picks are known before. */
void key_build(struct arena *arena, struct page_plan *plan);

#endif
