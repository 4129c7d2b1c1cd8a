/* Ticks of axes that were laid out before: an open table from request to ticks. */
#include "chart/ticks_kept.h"

#include <stdint.h>
#include <string.h>

enum { SLOTS = 512, MOST = SLOTS / 2 };

struct slot {
    bool taken;
    struct tick_request request;
    struct ticks ticks;
};

struct ticks_kept {
    struct arena *arena;
    size_t count;
    struct slot slots[SLOTS];
};

struct ticks_kept *ticks_kept_new(struct arena *arena) {
    struct ticks_kept *kept = ARENA_NEW(arena, struct ticks_kept);
    kept->arena = arena;
    return kept;
}

static bool same(const struct tick_request *a, const struct tick_request *b) {
    return a->lo == b->lo && a->hi == b->hi && a->length == b->length && a->log == b->log &&
           a->date == b->date && a->keep == b->keep && a->vertical == b->vertical;
}

static uint64_t bits(double value) {
    uint64_t out;
    memcpy(&out, &value, sizeof out);
    return out;
}

static size_t place_of(const struct tick_request *request) {
    uint64_t mixed = bits(request->lo) * 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ bits(request->hi)) * 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ bits(request->length)) * 0x9e3779b97f4a7c15u;
    return (size_t)(mixed >> 55); /* nine bits: SLOTS */
}

static void keep(struct ticks_kept *kept, struct slot *slot, const struct tick_request *request,
                 const struct ticks *ticks) {
    *slot = (struct slot){true, *request, *ticks};
    for (size_t i = 0; i < ticks->count; i++)
        slot->ticks.labels[i] = arena_strdup(kept->arena, ticks->labels[i]);
    kept->count++;
}

struct ticks ticks_of(struct ticks_kept *kept, struct arena *arena,
                      const struct tick_request *request) {
    /* Upright logarithmic axes span what their page alone has. NaN is no key. */
    if (!kept || (request->vertical && request->log) || !(request->lo <= request->hi))
        return ticks_make(arena, request);
    size_t at = place_of(request);
    for (; kept->slots[at].taken; at = (at + 1) % SLOTS)
        if (same(&kept->slots[at].request, request))
            return kept->slots[at].ticks;
    struct ticks ticks = ticks_make(arena, request);
    if (kept->count < MOST)
        keep(kept, &kept->slots[at], request, &ticks);
    return ticks;
}
