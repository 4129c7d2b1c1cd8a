/* A page of the shipped project for tests. */
#ifndef TESTS_SHIPPED_PAGE_H
#define TESTS_SHIPPED_PAGE_H

#include "page/plan.h"

#include "shipped.h"

/* The first of its kind, as planned from the whole project. */
static inline const struct page *shipped_page(enum page_kind kind) {
    struct page_plan *plan =
        page_plan_new(shipped.arena, &shipped.catalog, &shipped.calibrations, 2);
    for (size_t i = 0; i < page_plan_count(plan); i++)
        if (plan->entries[i].kind == kind)
            return page_make(plan, i, shipped.arena);
    fail_msg("no page of this kind");
    return NULL;
}

#endif
