/* The parts of the page about a model's prices: own GPUs, rented or bought, against APIs, how sure
   that is, and what would change it. Private to page/. Each adds its blocks to the draft, or none
   where there is nothing to say. */
#ifndef PAGE_ECONOMICS_H
#define PAGE_ECONOMICS_H

#include "engine/targets.h"
#include "page/model.h"

/* economics.c: rent, buy or API with break-even and margin; contracts; where own cost and API price
   differ, and why. */
void economics_supply(struct model_page *m);
void economics_contracts(struct model_page *m);
void economics_gap(struct model_page *m);
/* economics_doubt.c: Monte Carlo bands; what moves the price; when another GPU becomes cheaper. */
void economics_bands(struct model_page *m);
void economics_sensitivity(struct model_page *m);
void economics_flips(struct model_page *m);
/* economics_choice.c: the cheapest place under latency targets; the frontier of each precision. */
void economics_targets(struct model_page *m);
void economics_frontier(struct model_page *m);
/* economics_history.c: what a GPU has cost where. */
void economics_history(struct draft *draft, const struct page_plan *plan, uint32_t gpu);

/* The pick's scenario, and the search behind it. */
struct scenario economics_scenario(const struct model_page *m, uint32_t gpu);
struct target_search economics_search(const struct model_page *m);

#endif
