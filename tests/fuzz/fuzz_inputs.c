/* The project's own files besides rows: GPUs, electricity, aliases, calibrations. The file's name,
   in the input's first line ("#gpus.json"), says which; without one all read it. */
#include "shipped.h"

#include "read/calibration.h"
#include "read/join.h"

static bool is(const struct input *in, const char *name) {
    return strstr(in->path, name) || strstr(in->path, "x.csv");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin_named(bytes, n, "");
    struct input *in = &fuzz.in;
    struct catalog catalog = {0}, known = shipped()->catalog;
    struct calibration_set set = {0};
    if (is(in, "gpus.json"))
        read_gpus(in, &catalog);
    if (is(in, "power"))
        read_power(in, &known);
    if (is(in, "aliases"))
        join_read_gpu_aliases(join_new(in->arena, &known, in->diags), in);
    if (is(in, "models"))
        join_read_model_aliases(join_new(in->arena, &known, in->diags), in);
    if (is(in, "calibration"))
        read_calibration(in->arena, in->display, in->text, in->n, in->diags, &set);
    if (is(in, "left-out"))
        read_left_out(in->arena, in->display, in->text, in->n, in->diags, &set);
    for (size_t i = 0; i < catalog.gpu_count; i++)
        PROMISE(catalog.gpus[i].id && catalog.gpus[i].memory_bytes > 0, "GPU %zu", i);
    fuzz_end(&fuzz);
    return 0;
}
