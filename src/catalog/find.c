/* Models and GPUs by any of their names, and the nearest ones to a name nobody has. */
#include "base/str.h"
#include "catalog/catalog.h"
#include "catalog/names.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* The names of one thing; hf may be NULL. */
struct names {
    const char *id, *hf, *name, *short_name;
    const char *const *aliases;
    size_t alias_count;
};

static struct names model_names(const struct model *m) {
    return (struct names){m->id, m->hf_id, m->name, NULL, m->aliases, m->alias_count};
}

static struct names gpu_names(const struct gpu *g) {
    return (struct names){g->id, NULL, g->name, g->short_name, g->aliases, g->alias_count};
}

static bool answers_to(const struct names *n, const char *name) {
    const char *const own[] = {n->id, n->hf, n->name, n->short_name};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (own[i] && name_same(own[i], name)) {
            return true;
        }
    }
    for (size_t i = 0; i < n->alias_count; i++) {
        if (name_same(n->aliases[i], name)) {
            return true;
        }
    }
    return false;
}

/* The name of the file a model was read from, without its ending; of its directory for
   NAME/config.json. */
static bool is_file_of(const struct model *model, const char *name) {
    struct str path = str_of(model->place.file);
    size_t n = strlen(name);
    static const struct str endings[] = {{"/config.json", 12}, {".json", 5}};
    for (size_t i = 0; i < 2; i++) {
        size_t m = endings[i].n;
        if (path.n < n + m || memcmp(path.p + path.n - m, endings[i].p, m) != 0)
            continue;
        const char *stem = path.p + path.n - m - n;
        if (memcmp(stem, name, n) == 0 && (stem == path.p || stem[-1] == '/'))
            return true;
    }
    return false;
}

/* The row of the owner after *at others, which is counted up; SIZE_MAX when there is none. */
static size_t next_row(const struct rows_by_owner *by, size_t owner, size_t *at) {
    size_t row = by->starts[owner] + *at;
    return row < by->starts[owner + 1] ? (++*at, by->rows[row]) : SIZE_MAX;
}

static bool is_ours(const struct catalog *catalog, const struct gpu *gpu) {
    return gpu >= catalog->gpus && gpu < catalog->gpus + catalog->gpu_count;
}

const struct offer *catalog_next_offer(const struct catalog *catalog, const struct gpu *gpu,
                                       size_t *at) {
    if (catalog->gpu_offers.starts && is_ours(catalog, gpu)) {
        size_t row = next_row(&catalog->gpu_offers, (size_t)(gpu - catalog->gpus), at);
        return row == SIZE_MAX ? NULL : &catalog->offers[row];
    }
    while (*at < catalog->offer_count) {
        const struct offer *offer = &catalog->offers[(*at)++];
        if (offer->gpu == gpu)
            return offer;
    }
    return NULL;
}

const struct offer *catalog_next_current(const struct catalog *catalog, const struct gpu *gpu,
                                         size_t *at) {
    if (catalog->gpu_offers.starts && catalog->gpu_current.starts && is_ours(catalog, gpu)) {
        size_t row = next_row(&catalog->gpu_current, (size_t)(gpu - catalog->gpus), at);
        return row == SIZE_MAX ? NULL : &catalog->offers[row];
    }
    const struct offer *offer;
    while ((offer = catalog_next_offer(catalog, gpu, at)) && !offer->current)
        continue;
    return offer;
}

const struct api_price *catalog_next_api_price(const struct catalog *catalog,
                                               const struct model *model, size_t *at) {
    bool ours = model >= catalog->models && model < catalog->models + catalog->model_count;
    if (catalog->model_prices.starts && ours) {
        size_t row = next_row(&catalog->model_prices, (size_t)(model - catalog->models), at);
        return row == SIZE_MAX ? NULL : &catalog->api_prices[row];
    }
    while (*at < catalog->api_price_count) {
        const struct api_price *price = &catalog->api_prices[(*at)++];
        if (price->model == model)
            return price;
    }
    return NULL;
}

const struct model *catalog_find_model(const struct catalog *catalog, const char *name) {
    const struct model *found = NULL;
    for (size_t i = 0; i < catalog->model_count; i++) {
        if (strcmp(catalog->models[i].id, name) == 0) {
            return &catalog->models[i];
        }
    }
    for (size_t i = 0; i < catalog->model_count; i++) {
        const struct model *model = &catalog->models[i];
        struct names names = model_names(model);
        if (answers_to(&names, name) || is_file_of(model, name)) {
            if (found) {
                return NULL;
            }
            found = model;
        }
    }
    return found;
}

const struct gpu *catalog_find_gpu(const struct catalog *catalog, const char *name) {
    const struct gpu *found = NULL;
    for (size_t i = 0; i < catalog->gpu_count; i++) {
        if (strcmp(catalog->gpus[i].id, name) == 0) {
            return &catalog->gpus[i];
        }
    }
    for (size_t i = 0; i < catalog->gpu_count; i++) {
        const struct gpu *gpu = &catalog->gpus[i];
        struct names names = gpu_names(gpu);
        if (answers_to(&names, name)) {
            if (found) {
                return NULL;
            }
            found = gpu;
        }
    }
    return found;
}

/* Smaller is nearer: the best over the thing's names; a name that contains the other is near. */
static unsigned distance_to(const struct names *n, const char *name) {
    unsigned best = 2 * str_distance(n->id, name);
    if (n->name) {
        unsigned distance = 2 * str_distance(n->name, name);
        best = distance < best ? distance : best;
    }
    for (size_t i = 0; i < n->alias_count; i++) {
        unsigned distance = 2 * str_distance(n->aliases[i], name);
        best = distance < best ? distance : best;
    }
    if (name[0] &&
        (str_contains_nocase(n->id, name) || (n->name && str_contains_nocase(n->name, name)))) {
        bool begins = strncasecmp(n->id, name, strlen(name)) == 0;
        unsigned extra = (begins ? 0 : 1) + (unsigned)(strlen(n->id) / 16);
        best = extra < best ? extra : best;
    }
    return best;
}

/* Keeps the `max` smallest, earlier entries first among equals. */
static size_t insert(const char **ids, unsigned *distances, size_t count, size_t max,
                     const char *id, unsigned distance) {
    size_t at = count;
    while (at > 0 && distances[at - 1] > distance) {
        at--;
    }
    if (at == max) {
        return count;
    }
    size_t kept = count < max ? count : max - 1;
    memmove(ids + at + 1, ids + at, (kept - at) * sizeof *ids);
    memmove(distances + at + 1, distances + at, (kept - at) * sizeof *distances);
    ids[at] = id;
    distances[at] = distance;
    return kept + 1;
}

enum { MAX_NEAREST = 32 };

size_t catalog_nearest_models(const struct catalog *catalog, const char *name, const char **ids,
                              size_t max) {
    unsigned distances[MAX_NEAREST];
    size_t count = 0, most = max < MAX_NEAREST ? max : MAX_NEAREST;
    for (size_t i = 0; most > 0 && i < catalog->model_count; i++) {
        struct names names = model_names(&catalog->models[i]);
        count = insert(ids, distances, count, most, names.id, distance_to(&names, name));
    }
    return count;
}

size_t catalog_nearest_gpus(const struct catalog *catalog, const char *name, const char **ids,
                            size_t max) {
    unsigned distances[MAX_NEAREST];
    size_t count = 0, most = max < MAX_NEAREST ? max : MAX_NEAREST;
    for (size_t i = 0; most > 0 && i < catalog->gpu_count; i++) {
        struct names names = gpu_names(&catalog->gpus[i]);
        count = insert(ids, distances, count, most, names.id, distance_to(&names, name));
    }
    return count;
}
