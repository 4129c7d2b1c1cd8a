/* The processor time of a test: what else the machine does must not fail it. */
#ifndef TESTS_CPU_TIME_H
#define TESTS_CPU_TIME_H

#include <stdlib.h>
#include <time.h>

/* Seconds of this process; where SLOWED says how many times a tool slows it down, as many less. */
static inline double cpu_seconds(void) {
    const char *slowed = getenv("SLOWED");
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return ((double)t.tv_sec + (double)t.tv_nsec * 1e-9) / (slowed ? atof(slowed) : 1);
}

#endif
