/* A sample report page and a theme with just the assets a PDF needs. */
#ifndef DEMO_REPORT_H
#define DEMO_REPORT_H

#include "render/theme.h"

const struct theme *demo_theme(struct arena *arena, struct diags *diags);
/* rows: of its long table. */
const struct page *demo_page(struct arena *arena, size_t rows);

#endif
