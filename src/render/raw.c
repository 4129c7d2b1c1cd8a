/* The figures of a table in full, worked out once for its twins. */
#include "render/raw.h"

#include <math.h>

const struct raw_figures *render_raw(struct arena *arena, const struct table *table) {
    size_t count = table->row_count * table->column_count;
    uint32_t *starts = arena_room(arena, count + 1, sizeof *starts);
    struct raw_figures *raw = ARENA_NEW(arena, struct raw_figures);
    struct buf text = {.max = UINT32_MAX};
    for (size_t i = 0; i < count; i++) {
        const struct value *value = &table->cells[i];
        starts[i] = (uint32_t)text.len;
        if (value->kind == VALUE_NUMBER && isfinite(value->number))
            buf_put_shortest(&text, value->number);
    }
    starts[count] = (uint32_t)text.len;
    buf_put(&text, (char[NUM_SHORTEST_MAX]){0}, NUM_SHORTEST_MAX); /* read with the last ones */
    *raw = (struct raw_figures){arena_copy(arena, buf_text(&text), text.len), starts};
    buf_free(&text);
    return raw;
}
