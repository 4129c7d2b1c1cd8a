/* Measured energy of a token on the energy page. Private to page/. */
#ifndef PAGE_ENERGY_MEASURED_H
#define PAGE_ENERGY_MEASURED_H

#include "page/draft.h"
#include "page/plan.h"

/* Published runs that state energy or power, and benchmark rows with power, beside what the power
   model says; nothing where there are none. */
void energy_measured(struct draft *draft, const struct page_plan *plan);

#endif
