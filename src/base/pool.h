/* Thread pool: run a function over 0..count-1. Results go to slots by index, so order of finishing
   never shows. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

typedef void pool_job(void *context, size_t index, unsigned worker);

/* Threads to use for jobs = 0: the online processors, at most 64. */
unsigned pool_default_jobs(void);
/* Calls job(context, i, worker) for each i, worker in 0..jobs-1; returns when all are done.
   jobs <= 1 runs in the caller. */
void pool_run(unsigned jobs, size_t count, pool_job *job, void *context);

#endif
