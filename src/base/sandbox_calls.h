/* seccomp: no new process, no program, no network, no rights over others. Private to sandbox.c. */
#ifndef BASE_SANDBOX_CALLS_H
#define BASE_SANDBOX_CALLS_H

#include <stdbool.h>

bool sandbox_confine_calls(const char **why);

#endif
