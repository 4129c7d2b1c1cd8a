/* model.safetensors.index.json: a size in bytes, and a count where the writer adds one. */
#include "read/hf_model.h"

#include <string.h>

/* Scale tensors beside the weights: the bytes are then no count of parameters. */
static bool quantised(const struct json *map) {
    static const char *const marks[] = {"scale", "_blocks", "qweight", "qzeros", "absmax"};
    for (size_t i = 0; map && map->kind == JSON_OBJECT && i < map->count; i++)
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            if (strstr(map->keys[i], marks[k]))
                return true;
    return false;
}

bool hf_read_index(struct arena *arena, const struct json *root, struct diags *diags,
                   struct model *model) {
    const struct json *metadata = json_get(root, "metadata");
    const struct json *count =
        metadata && metadata->kind == JSON_OBJECT ? json_get(metadata, "total_parameters") : NULL;
    if (!count || !count->is_integer || count->integer == 0 || count->integer > (uint64_t)1e16) {
        bool packed = quantised(json_get(root, "weight_map"));
        diag_add(diags, DIAG_ERROR, packed ? "index-quantised" : "index-no-count",
                 metadata ? metadata->place : root->place, "%s",
                 packed ? "the index sums bytes of packed weights and scales, which is no count of "
                          "parameters; read the config.json beside it"
                        : "the index gives the size in bytes only; how many parameters that are "
                          "depends on their width, which it does not say: give the config.json of "
                          "the same repository (newer indexes have \"total_parameters\")");
        return false;
    }
    model->weights_only = true;
    model->model_type = arena_strdup(arena, "safetensors-index");
    model->extra_other_parameters = count->integer;
    model->native_precision = model->native_rest = PRECISION_BF16;
    return true;
}
