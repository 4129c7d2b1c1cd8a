/* Whether every page has an address of its own. */
#include "page/plan.h"

#include "base/hash.h"

#include <ctype.h>
#include <string.h>

/* Pages by path: open addressing, at most half full. */
struct paths {
    const struct page_plan *plan;
    uint32_t *slots; /* entry + 1; 0: free */
    size_t mask;
};

static uint32_t *slot_of(const struct paths *paths, const char *path, size_t n) {
    size_t at = (size_t)hash_bytes(path, n, 0) & paths->mask;
    for (; paths->slots[at]; at = (at + 1) & paths->mask) {
        const char *taken = paths->plan->entries[paths->slots[at] - 1].path;
        if (strlen(taken) == n && memcmp(taken, path, n) == 0)
            break;
    }
    return &paths->slots[at];
}

/* What a page below a model's folder is, for a message; *place is where that was read. */
static const char *owner(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena, struct place *place) {
    if (entry->kind == PAGE_COMBINATION) {
        const struct gpu *gpu = &plan->catalog->gpus[entry->gpu];
        *place = gpu->place;
        return arena_printf(arena, "the page of GPU \"%s\"", gpu->id);
    }
    const struct model *model = &plan->catalog->models[entry->model];
    *place = model->place;
    return arena_printf(arena, "a page of model \"%s\"", model->id);
}

static void clash(const struct page_plan *plan, const struct page_entry *entry,
                  const struct page_entry *other, struct arena *arena, struct diags *diags) {
    struct place place, other_place;
    const char *mine = owner(plan, entry, arena, &place);
    const char *theirs = owner(plan, other, arena, &other_place);
    diag_add(diags, DIAG_ERROR, "page-address", place,
             "%s would be written over %s (%s): give one of them another id", mine, theirs,
             other->path);
}

/* The same firm is written in many ways; beyond blanks, dots, dashes and case it is another. */
static bool same_name(const char *a, const char *b) {
    static const char between[] = " .-_";
    do {
        a += strspn(a, between);
        b += strspn(b, between);
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
    } while (*a++ && *b++);
    return true;
}

static void check_platforms(const struct page_plan *plan, struct diags *diags) {
    const struct catalog *catalog = plan->catalog;
    for (size_t i = 0; i < catalog->offer_count; i++) {
        const struct offer *offer = &catalog->offers[i];
        const struct platform *platform = plan_platform(plan, offer->platform_id);
        if (platform && platform->name != offer->platform &&
            strcmp(platform->name, offer->platform) != 0 &&
            !same_name(platform->name, offer->platform))
            diag_add(diags, DIAG_ERROR, "page-address", offer->place,
                     "platforms \"%s\" and \"%s\" have one address (platforms/%s/): rename one",
                     offer->platform, platform->name, platform->id);
    }
}

bool page_plan_check(const struct page_plan *plan, struct diags *diags) {
    struct arena *arena = arena_new();
    size_t before = diags_errors(diags);
    struct paths paths = {.plan = plan, .mask = 1};
    while (paths.mask < 2 * plan->count)
        paths.mask = 2 * paths.mask + 1;
    paths.slots = ARENA_ARRAY(arena, paths.mask + 1, uint32_t);
    for (size_t i = 0; i < plan->count && diags_errors(diags) < before + 20; i++) {
        const struct page_entry *entry = &plan->entries[i];
        uint32_t *slot = slot_of(&paths, entry->path, strlen(entry->path));
        if (*slot)
            clash(plan, entry, &plan->entries[*slot - 1], arena, diags);
        else
            *slot = (uint32_t)i + 1;
    }
    check_platforms(plan, diags);
    arena_free(arena);
    return diags_errors(diags) == before;
}

bool page_addresses_check(const struct catalog *catalog, struct diags *diags) {
    struct arena *arena = arena_new();
    struct page_plan plan = {.catalog = catalog};
    market_find_platforms(arena, &plan);
    plan_list_pages(arena, &plan);
    bool good = page_plan_check(&plan, diags);
    arena_free(arena);
    return good;
}
