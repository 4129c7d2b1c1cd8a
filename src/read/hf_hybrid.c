/* Families of the hybrid group. */
#include "read/hf.h"

const struct hf_family hf_hybrid_families[] = {
    {0},
};
