/* Errors of many rows, summed up by engine, GPU, model, source and class. */
#include "engine/accuracy.h"

#include "catalog/gpu.h"
#include "catalog/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *accuracy_key_of(const struct accuracy_row *row, enum accuracy_key key) {
    const struct benchmark *b = row->row;
    const char *name = NULL;
    switch (key) {
    case ACCURACY_BY_ALL:
        return "all";
    case ACCURACY_BY_CLASS:
        return row->skipped ? "skipped" : accuracy_class_name(row->kind);
    case ACCURACY_BY_ENGINE:
        name = b->engine ? calibration_engine_id(b->engine) : NULL;
        break;
    case ACCURACY_BY_GPU:
        name = b->gpu ? b->gpu->id : b->gpu_as_stated;
        break;
    case ACCURACY_BY_MODEL:
        name = b->model ? b->model->id : b->model_as_stated;
        break;
    case ACCURACY_BY_SOURCE:
        name = b->source;
        break;
    }
    return name ? name : "unknown";
}

struct entry {
    const char *key;
    double error, log_ratio;
    bool predicted;
};

static int by_key_and_error(const void *left, const void *right) {
    const struct entry *a = left, *b = right;
    int order = a->key == b->key ? 0 : strcmp(a->key, b->key);
    if (order)
        return order;
    if (a->predicted != b->predicted)
        return a->predicted ? -1 : 1;
    return (a->error > b->error) - (a->error < b->error);
}

/* Entries of one key, the predicted ones first and in order of their error. */
static struct accuracy_summary sum_up(const struct entry *entries, size_t count) {
    struct accuracy_summary s = {.key = entries[0].key, .rows = count};
    double sum = 0, logs = 0, within = 0;
    for (size_t i = 0; i < count && entries[i].predicted; i++) {
        s.predicted++;
        sum += entries[i].error;
        logs += entries[i].log_ratio;
        within += entries[i].error <= 0.25;
    }
    s.skipped = count - s.predicted;
    double n = (double)s.predicted;
    s.mean = s.median = s.within_25 = s.bias = NAN;
    if (s.predicted == 0)
        return s;
    size_t middle = s.predicted / 2;
    s.median = s.predicted % 2 ? entries[middle].error
                               : (entries[middle - 1].error + entries[middle].error) / 2;
    s.mean = sum / n;
    s.within_25 = within / n;
    s.bias = exp(logs / n) - 1;
    return s;
}

struct accuracy_summary *accuracy_summarise(struct arena *arena, const struct accuracy_row *rows,
                                            size_t count, enum accuracy_key key, size_t *found) {
    struct entry *entries = ARENA_ARRAY(arena, count ? count : 1, struct entry);
    struct accuracy_summary *out = ARENA_ARRAY(arena, count ? count : 1, struct accuracy_summary);
    *found = 0;
    for (size_t i = 0; i < count; i++)
        entries[i] = (struct entry){accuracy_key_of(&rows[i], key), fabs(rows[i].ratio - 1),
                                    log(rows[i].ratio), !rows[i].skipped};
    if (count)
        qsort(entries, count, sizeof *entries, by_key_and_error);
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && strcmp(entries[end].key, entries[i].key) == 0)
            end++;
        out[(*found)++] = sum_up(entries + i, end - i);
        i = end;
    }
    return out;
}

struct distance {
    size_t row;
    double size;
};

static int farthest_first(const void *left, const void *right) {
    const struct distance *a = left, *b = right;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

size_t accuracy_worst(struct arena *arena, const struct accuracy_row *rows, size_t count,
                      size_t most, size_t *worst) {
    struct distance *all = ARENA_ARRAY(arena, count + 1, struct distance);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (!rows[i].skipped && rows[i].ratio > 0)
            all[n++] = (struct distance){i, fabs(log(rows[i].ratio))};
    qsort(all, n, sizeof *all, farthest_first);
    for (size_t i = 0; i < n && i < most; i++)
        worst[i] = all[i].row;
    return n < most ? n : most;
}
