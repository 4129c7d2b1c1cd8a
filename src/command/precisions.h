/* Precisions by name, as options give them. */
#ifndef COMMAND_PRECISIONS_H
#define COMMAND_PRECISIONS_H

#include "catalog/precision.h"

/* Says that --weights or --kv of the command named no format of that use, and which there are;
   returns EXIT_USAGE. */
int precisions_error(const char *command, const char *name, bool for_kv);

#endif
