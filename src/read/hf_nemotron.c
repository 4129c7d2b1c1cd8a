/* Families of the nemotron group. */
#include "read/hf.h"

const struct hf_family hf_nemotron_families[] = {
    {0},
};
