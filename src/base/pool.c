/* Thread pool: workers take the next index from a shared counter until none is left. */
#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { JOBS_MAX = 64 };

struct shared {
    atomic_size_t next;
    size_t count;
    pool_job *job;
    void *context;
};

struct worker {
    struct shared *shared;
    unsigned number;
    pthread_t thread;
};

unsigned pool_default_jobs(void) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    if (online < 1)
        return 1;
    return online > JOBS_MAX ? JOBS_MAX : (unsigned)online;
}

static void *work(void *argument) {
    struct worker *worker = argument;
    struct shared *shared = worker->shared;
    for (;;) {
        size_t index = atomic_fetch_add(&shared->next, 1);
        if (index >= shared->count)
            return NULL;
        shared->job(shared->context, index, worker->number);
    }
}

void pool_run(unsigned jobs, size_t count, pool_job *job, void *context) {
    struct shared shared = {.count = count, .job = job, .context = context};
    struct worker workers[JOBS_MAX];
    if (jobs > JOBS_MAX)
        jobs = JOBS_MAX;
    if (jobs > count)
        jobs = count ? (unsigned)count : 1;
    unsigned started = 1; /* the caller is worker 0; a thread that cannot start is not missed */
    workers[0] = (struct worker){.shared = &shared, .number = 0};
    for (unsigned i = 1; i < jobs; i++) {
        workers[i] = (struct worker){.shared = &shared, .number = i};
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            break;
        started++;
    }
    work(&workers[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}
