/* Ends the process when memory is exhausted: says so on stderr without allocating. */
#include "base/die.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void die_no_memory(size_t bytes) {
    char line[96];
    int n = snprintf(line, sizeof line,
                     "tallypress: error: [no-memory] cannot allocate %zu bytes\n", bytes);
    ssize_t ignored = write(STDERR_FILENO, line, (size_t)n);
    (void)ignored;
    exit(3); /* atexit hooks remove staging trees */
}
