/* A Hugging Face config, index or model file: refused with a code, or a model whose parameters,
   memory and speed on a GPU are numbers. */
#include "fuzz.h"

#include "engine/first_principles.h"
#include "engine/training.h"

#include <math.h>

static const struct gpu gpu = {.id = "g",
                               .name = "G",
                               .memory_bytes = 80e9,
                               .memory_bytes_per_s = 3.35e12,
                               .tdp_w = 700,
                               .max_per_node = 8,
                               .link_bytes_per_s = 450e9,
                               .flop_per_s = {67e12, 989e12, 1979e12, 1979e12, 0}};

static void weigh(const struct model *model) {
    struct scenario s = scenario_default(model, &gpu);
    s.gpu_count = 8;
    s.input_tokens = 1000;
    s.output_tokens = 100;
    s.batch = 4;
    struct parameters p = parameters_count(model);
    PROMISE(p.active <= p.total || model->vision, "more active than there are");
    struct outcome a = estimate(&s), b = first_principles_loop(&s);
    PROMISE(a.feasible == b.feasible && a.reason == b.reason, "closed form and loop differ");
    if (a.feasible) {
        PROMISE(isfinite(a.request_s) && a.request_s > 0, "a request takes %g s", a.request_s);
        PROMISE(fabs(a.request_s / b.request_s - 1) < 1e-9, "%g and %g", a.request_s, b.request_s);
    }
    s.batch = 0;
    a = estimate(&s);
    PROMISE(!a.feasible || a.batch >= 1, "the largest batch is %g", a.batch);
    struct training t = training_default(model, &gpu);
    training_estimate(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "config.json");
    struct input *in = &fuzz.in;
    struct model model = {0};
    bool ok = read_model(in->arena, in->path, in->text, in->n, in->diags, &model);
    PROMISE(ok == (diags_errors(in->diags) == 0), "refused without a word, or the reverse");
    if (ok && !model.weights_only)
        weigh(&model);
    fuzz_end(&fuzz);
    return 0;
}
