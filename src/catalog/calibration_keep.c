/* Finds the families of a catalog's GPUs once for all who ask, after both were read. */
#include "base/arena.h"
#include "catalog/calibration.h"

void calibration_set_keep(struct arena *arena, struct calibration_set *set, const struct gpu *gpus,
                          size_t gpu_count) {
    struct calibration *items = ARENA_ARRAY(arena, set->count + 1, struct calibration);
    for (size_t i = 0; i < set->count; i++) {
        struct calibration_kept *kept = ARENA_NEW(arena, struct calibration_kept);
        struct calibration_family *families =
            ARENA_ARRAY(arena, gpu_count + 1, struct calibration_family);
        for (size_t g = 0; g < gpu_count; g++)
            families[g] = calibration_family_of(&set->items[i], &gpus[g]);
        *kept = (struct calibration_kept){&items[i], gpus, gpu_count, families};
        items[i] = set->items[i];
        items[i].kept = kept;
    }
    set->items = items;
}
