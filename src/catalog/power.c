/* Look-ups in the table of grids and machines. */
#include "catalog/power.h"

#include "base/str.h"

const struct grid_region *power_find_region(const struct power *power, const char *id) {
    for (size_t i = 0; i < power->region_count; i++)
        if (str_equal_nocase(str_of(power->regions[i].id), str_of(id)))
            return &power->regions[i];
    return NULL;
}

const struct all_in_power *power_find_all_in(const struct power *power, const struct gpu *gpu) {
    for (size_t i = 0; i < power->all_in_count; i++)
        if (power->all_in[i].gpu == gpu)
            return &power->all_in[i];
    return NULL;
}
