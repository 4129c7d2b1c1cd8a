/* Gathers templates and assets of a project for the renderer. */
#ifndef COMMAND_THEME_SOURCES_H
#define COMMAND_THEME_SOURCES_H

#include "command/project.h"
#include "render/render.h"

/* Every file below templates/ and assets/, the project's over the embedded ones, sorted by name.
   Adds their names and contents to *fingerprint. False when one cannot be read. */
bool theme_sources(struct project *project, struct render_sources *sources, uint64_t *fingerprint);

#endif
