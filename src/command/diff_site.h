/* What changed between two built sites, or two manifests of sites. */
#ifndef COMMAND_DIFF_SITE_H
#define COMMAND_DIFF_SITE_H

#include "command/diff_compare.h"

/* What a side of the diff is: a file is a manifest, a directory with one a site, else a project. */
enum diff_kind { DIFF_OF_PROJECTS, DIFF_OF_SITES, DIFF_OF_MANIFESTS };
enum diff_kind diff_kind_of(struct arena *arena, const char *path, struct diags *diags);

/* Sites are compared by the JSON beside their pages and by their lists of pages; a manifest on
   either side leaves the lists. False with diagnostics. */
bool diff_sites(struct arena *arena, const char *old, const char *new, struct diags *diags,
                struct diff *diff);

#endif
