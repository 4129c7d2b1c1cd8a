/* What of prices is in the key of a pair's page. Private to page/ and its tests. */
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
/* Every member of struct offer and of struct api_price; after the last a name that is NULL. */
extern const struct key_field key_offer_fields[], key_api_price_fields[];

struct page_plan;
/* Fills gpu_keys and model_keys; the markets are known before. */
void key_build(struct arena *arena, struct page_plan *plan);

#endif
