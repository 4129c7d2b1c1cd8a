/* Renders a planned site into a stage: pages, data twins, reports, the files that make it findable.
 */
#ifndef COMMAND_BUILD_SITE_H
#define COMMAND_BUILD_SITE_H

#include "command/project.h"
#include "publish/publish.h"
#include "render/render.h"

enum build_pdf { BUILD_PDF_NONE, BUILD_PDF_MODELS, BUILD_PDF_ALL };

/* Part `index` of `of`, from 1; of 0: the whole site. Every eighth page and its neighbours go to
   the next part, so that the parts take about as long as each other. */
struct build_part {
    uint32_t index, of;
};

struct build_site {
    struct project *project;
    const struct page_plan *plan;
    const struct theme *theme;
    struct site_context context;
    struct stage *stage;
    uint64_t rest_hash; /* of all that decides the bytes but price files (page_plan_key); or 0 */
    enum build_pdf pdf;
    struct build_part part;
    unsigned jobs;
    bool progress; /* say on stderr how far it is */
    size_t page_count;
    /* What the lists say of a page that has no outline, by page. */
    const struct listed_page **noted;
    const struct str *lines; /* of a merge: what the parts' lists say, by page; else NULL */
};

/* Renders every page of the part in parallel and puts it, with the reports that site->pdf asks.
   False when one could not be rendered or written; the diagnostics say why. */
bool build_pages(struct build_site *site);
/* The whole catalog on paper, where site->pdf asks it. */
bool build_guide(const struct build_site *site);
/* Says that the file of this path could not be rendered to its end. */
void build_incomplete(const struct build_site *site, const char *path);
/* Whether the page is one of the part. */
bool build_has_page(const struct build_site *site, size_t index);
/* What the lists say of a page of the part, with texts in the arena. */
struct listed_page build_listed_page(const struct build_site *site, size_t index,
                                     struct arena *arena);
/* sitemap.xml, robots.txt, llms.txt, pages.json, 404.html. */
bool build_listings(const struct build_site *site);

#endif
