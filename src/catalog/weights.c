/* What weights are called. */
#include "catalog/weights.h"

#include "base/str.h"

static bool older_than_bfloat16(const struct gpu *gpu) {
    static const char *const chips[] = {"Kepler", "Maxwell", "Pascal", "Volta", "Turing"};
    for (size_t i = 0; gpu->architecture && i < sizeof chips / sizeof *chips; i++)
        if (str_equal_nocase(str_of(gpu->architecture), str_of(chips[i])))
            return true;
    return false;
}

enum precision weights_on(enum precision precision, const struct gpu *gpu) {
    return precision == PRECISION_BF16 && older_than_bfloat16(gpu) ? PRECISION_FP16 : precision;
}

const char *weights_name(const struct model *model, enum precision weights, const struct gpu *gpu) {
    if (model && model->native_name && model->native_precision == weights)
        return model->native_name;
    return precision_info(gpu ? weights_on(weights, gpu) : weights)->name;
}
