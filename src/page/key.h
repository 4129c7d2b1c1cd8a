/* What of prices is in the key of a page that need not be made. Private to page/ and its tests. */
#ifndef PAGE_KEY_H
#define PAGE_KEY_H

#include "base/arena.h"
#include "base/buf.h"

#include <stddef.h>

/* How a member is put into a key: its bytes; the text it points to; not at all, since it is what
   the rows were grouped by; by the order of the rows; not at all, since no page shows it. */
enum key_how { KEY_BYTES, KEY_TEXT, KEY_OWNER, KEY_ORDER, KEY_NOT };
struct key_field {
    const char *name;
    size_t offset, size;
    enum key_how how;
};
/* Every member of the struct; after the last a name that is NULL. */
extern const struct key_field key_offer_fields[], key_api_price_fields[], key_pick_fields[],
    key_gpu_fields[], key_benchmark_fields[];
void key_put_row(struct buf *out, const struct key_field *fields, const void *row);
/* NULL is another text than "". */
void key_put_text(struct buf *out, const char *text);

struct page_plan;
/* Fills the keys of the plan; markets, quotes and picks are known before. */
void key_build(struct arena *arena, struct page_plan *plan);

#endif
