/* Renders a planned site into a stage: pages, data twins, reports, the files that make it findable.
 */
#ifndef COMMAND_BUILD_SITE_H
#define COMMAND_BUILD_SITE_H

#include "command/project.h"
#include "publish/publish.h"
#include "render/render.h"

enum build_pdf { BUILD_PDF_NONE, BUILD_PDF_MODELS };

struct build_site {
    struct project *project;
    const struct page_plan *plan;
    const struct theme *theme;
    struct site_context context;
    struct stage *stage;
    enum build_pdf pdf;
    unsigned jobs;
    bool progress;              /* say on stderr how far it is */
    struct page_entry *entries; /* per page, filled by build_pages for build_listings */
};

/* Renders every page in parallel and puts it. False when one could not be rendered or written; the
   diagnostics say why. */
bool build_pages(struct build_site *site);
/* PDF reports, as site->pdf asks. */
bool build_reports(const struct build_site *site);
/* sitemap.xml, robots.txt, llms.txt, pages.json, 404.html. After build_pages. */
bool build_listings(const struct build_site *site);

#endif
