/* Measurements whose model or GPU is not in the catalog: they would be missing without a word. */
#include "engine/audit.h"
#include "engine/audit_table.h"

void audit_benchmarks(struct arena *arena, const struct catalog *catalog, struct diags *diags) {
    struct audit_names unknown = audit_names_new(arena);
    for (size_t i = 0; i < catalog->benchmark_count; i++) {
        const struct benchmark *b = &catalog->benchmarks[i];
        if (!b->model)
            audit_names_add(&unknown, b->model_as_stated, "model", b->place, true);
        else if (!b->gpu)
            audit_names_add(&unknown, b->gpu_as_stated, "GPU", b->place, true);
    }
    for (size_t i = 0; i < unknown.count; i++) {
        const struct audit_name *n = &unknown.items[i];
        diag_add(diags, DIAG_WARNING, "benchmark-not-joined", n->place,
                 "\"%s\" is no %s of the catalog (%u measurements): they stand on no page", n->name,
                 n->why, n->count);
    }
}
