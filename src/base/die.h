/* The one way out when memory is exhausted: run the clean-up hooks, say so, exit status 3. */
#ifndef BASE_DIE_H
#define BASE_DIE_H

#include <stddef.h>

_Noreturn void die_no_memory(size_t bytes) __attribute__((noreturn));

#endif
