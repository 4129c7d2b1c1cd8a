/* One data file a job; the largest are begun first. */
#include "read/files.h"

#include "base/pool.h"

#include <stdlib.h>

enum { THREADS_MAX = 8 }; /* a project has few large files */

void file_read_gpus(struct data_file *file) {
    read_gpus(&file->in, file->catalog);
}

void file_read_model(struct data_file *file) {
    const struct input *in = &file->in;
    file->has_model = read_model(in->arena, in->display, in->text, in->n, in->diags, &file->model);
}

void file_read_offers(struct data_file *file) {
    read_offers(&file->in, &file->offers);
}

void file_read_api_prices(struct data_file *file) {
    read_api_prices(&file->in, &file->api_prices);
}

void file_read_benchmarks(struct data_file *file) {
    read_benchmarks(&file->in, &file->benchmarks);
}

struct work {
    struct data_file **order;
    struct arena *arenas[THREADS_MAX], *lists[THREADS_MAX];
};

static void read_one(void *context, size_t index, unsigned worker) {
    struct work *work = context;
    struct data_file *file = work->order[index];
    file->in.arena = work->arenas[worker];
    file->offers.arena = file->api_prices.arena = file->benchmarks.arena = work->lists[worker];
    if (file->read)
        file->read(file);
}

static int largest_first(const void *a, const void *b) {
    const struct data_file *p = *(struct data_file *const *)a, *q = *(struct data_file *const *)b;
    if (p->in.n != q->in.n)
        return p->in.n > q->in.n ? -1 : 1;
    return (p > q) - (p < q);
}

void files_read(struct arena *arena, struct arena *lists, struct data_file *files, size_t count,
                unsigned jobs) {
    struct work work = {.order = ARENA_ARRAY(arena, count + 1, struct data_file *)};
    if (jobs > THREADS_MAX)
        jobs = THREADS_MAX;
    for (size_t i = 0; i < count; i++)
        work.order[i] = &files[i];
    if (count > 1)
        qsort(work.order, count, sizeof *work.order, largest_first);
    work.arenas[0] = arena; /* the caller is the first worker */
    work.lists[0] = lists;
    for (unsigned i = 1; i < jobs; i++) {
        work.arenas[i] = arena_new();
        work.lists[i] = arena_new();
    }
    pool_run(jobs, count, read_one, &work);
    for (unsigned i = 1; i < jobs; i++) {
        arena_adopt(arena, work.arenas[i]);
        arena_adopt(lists, work.lists[i]);
    }
}
