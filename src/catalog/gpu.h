/* An accelerator: memory, bandwidth, dense peaks per compute unit, links, power. */
#ifndef CATALOG_GPU_H
#define CATALOG_GPU_H

#include "base/diag.h"
#include "catalog/precision.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum gpu_link { LINK_NONE, LINK_PCIE, LINK_NVLINK, LINK_INFINITY_FABRIC, LINK_OTHER };

/* Where the figures of one field come from. */
struct gpu_source {
    const char *field; /* "memory", "bandwidth", "compute", "link", "tdp" ... */
    const char *text, *date;
};

struct gpu {
    const char *id;           /* "h100-sxm" */
    const char *name;         /* "NVIDIA H100 SXM5 80GB" */
    const char *short_name;   /* "H100 SXM" */
    const char *vendor;       /* "NVIDIA" */
    const char *architecture; /* "Hopper", "CDNA3": the calibration family */
    const char *family;       /* calibration_family_name() where it was found; or NULL */
    const char *form_factor;  /* "SXM5", "PCIe", "OAM", "SoC" */
    const char *release_date; /* or NULL */
    const char *const *aliases;
    size_t alias_count;
    struct place place;

    double memory_bytes;         /* as the vendor states it: "80 GB" is 80e9 */
    double visible_memory_bytes; /* what the driver shows to programs; 0 = not known */
    double memory_bytes_per_s;
    double flop_per_s[COMPUTE_COUNT]; /* dense; 0 = not supported */
    enum gpu_link link;
    const char *link_name;        /* "NVLink 4", or NULL */
    double link_bytes_per_s;      /* per direction and GPU within a node; 0 = none */
    uint32_t max_per_node;        /* GPUs that share `link`; 0 = not known, take 8 */
    double node_link_bytes_per_s; /* per GPU across nodes; 0 = not known */
    double tdp_w, idle_w;         /* 0 = not known */
    double list_price_usd;        /* 0 = not known */
    bool unified_memory;          /* SoC: GPU and host share it */
    bool announced;               /* not shipping: shown, never ranked */
    const char *source, *source_date, *note;
    const struct gpu_source *sources; /* one a field */
    size_t source_count;
};

/* What programs can use: the visible memory where it is known, else the stated one. */
double gpu_capacity_bytes(const struct gpu *gpu);

/* GPUs of one machine that are let and linked together: at most 8; 1 where the host shares memory.
 */
uint32_t gpu_per_node(const struct gpu *gpu);

/* Peak of the unit a precision uses on this GPU; falls back to 16 bit for weight-only formats
   when the unit is missing (fp4 on Hopper computes at 16 bit). *used says which unit. */
double gpu_flop_per_s(const struct gpu *gpu, enum precision precision, enum compute *used);

#endif
