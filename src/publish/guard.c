/* Clean-up: the staging tree goes on exit and on SIGINT, SIGTERM and SIGHUP. No file-scope state: a
   thread of its own waits for the signals, and on_exit carries the pointer. */
#include "publish/stage_inside.h"

#include "base/die.h"
#include "base/fs.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct guard {
    pthread_mutex_t lock;
    struct stage *stage; /* NULL once released */
    sigset_t watched, before;
    pthread_t thread;
    bool started, released;
};

/* Other threads may be between two writes: they see `stopping` and cease. A commit under way is
   waited for, unless this is the exit of the one who commits: then the tree may be the old site,
   which was being removed. */
static void clean(struct guard *guard, bool wait) {
    pthread_mutex_lock(&guard->lock);
    struct stage *stage = guard->stage;
    if (stage) {
        atomic_store(&stage->stopping, true);
        if (wait)
            pthread_mutex_lock(&stage->lock);
        for (int tries = 0; tries < 50 && stage->tree; tries++) {
            if (fs_remove_tree(stage->tree, NULL))
                break;
            usleep(2000);
        }
        if (stage->created_out && !stage->committed)
            rmdir(stage->out);
    }
    guard->stage = NULL;
    pthread_mutex_unlock(&guard->lock);
}

static void at_exit(int status, void *argument) {
    struct guard *guard = argument;
    (void)status;
    clean(guard, false);
    if (guard->released) /* nobody waits on it any more */
        free(guard);
}

static void *watch(void *argument) {
    struct guard *guard = argument;
    int number = 0;
    while (sigwait(&guard->watched, &number) != 0)
        continue;
    if (number == SIGUSR1) /* guard_release */
        return NULL;
    clean(guard, true);
    _exit(128 + number);
}

struct guard *guard_new(struct stage *stage) {
    struct guard *guard = calloc(1, sizeof *guard);
    if (!guard)
        die_no_memory(sizeof *guard);
    guard->stage = stage;
    pthread_mutex_init(&guard->lock, NULL);
    sigemptyset(&guard->watched);
    sigaddset(&guard->watched, SIGINT);
    sigaddset(&guard->watched, SIGTERM);
    sigaddset(&guard->watched, SIGHUP);
    sigaddset(&guard->watched, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &guard->watched, &guard->before);
    guard->started = pthread_create(&guard->thread, NULL, watch, guard) == 0;
    if (!guard->started) /* nobody would take the signals */
        pthread_sigmask(SIG_SETMASK, &guard->before, NULL);
    on_exit(at_exit, guard); /* keeps the guard for the rest of the process */
    return guard;
}

void guard_release(struct guard *guard) {
    if (!guard)
        return;
    if (guard->started) {
        pthread_kill(guard->thread, SIGUSR1);
        pthread_join(guard->thread, NULL);
    }
    pthread_mutex_lock(&guard->lock);
    guard->stage = NULL;
    guard->released = true;
    pthread_mutex_unlock(&guard->lock);
    pthread_sigmask(SIG_SETMASK, &guard->before, NULL);
}
