/* What a GPU computes with, and how much its programs can hold. */
#include "catalog/gpu.h"

double gpu_capacity_bytes(const struct gpu *gpu) {
    return gpu->visible_memory_bytes > 0 ? gpu->visible_memory_bytes : gpu->memory_bytes;
}

double gpu_flop_per_s(const struct gpu *gpu, enum precision precision, enum compute *used) {
    enum compute unit =
        precision == PRECISION_NONE ? COMPUTE_16 : precision_info(precision)->compute;
    if (gpu->flop_per_s[unit] <= 0 && unit != COMPUTE_FP32) {
        unit = COMPUTE_16;
    }
    if (used) {
        *used = unit;
    }
    return gpu->flop_per_s[unit];
}

uint32_t gpu_per_node(const struct gpu *gpu) {
    if (gpu->unified_memory)
        return 1;
    uint32_t node = gpu->max_per_node ? gpu->max_per_node : 8;
    return node > 8 ? 8 : node;
}
