/* Families of the wide group. */
#include "read/hf.h"

const struct hf_family hf_wide_families[] = {
    {0},
};
