/* What a command may touch from when on. Off under sanitizers and in coverage builds, which write
   and run what they need. */
#ifndef COMMAND_CONFINE_H
#define COMMAND_CONFINE_H

#include "command/inputs.h"
#include "command/options.h"
#include "publish/publish.h"

/* Before a command runs: no program, process or network; no file written where it only reads. */
void confine_command(bool reads_only);
/* A build that has gathered its inputs reads them, the parts it joins and the site, and writes the
   site; a note says so where the kernel cannot hold it to that. False with a diagnostic when
   nothing can be staged. */
bool confine_build(struct project *project, const struct inputs *inputs,
                   const struct option_list *parts, struct stage *stage);

#endif
