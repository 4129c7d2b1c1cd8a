/* Half-sentences that several pages share. */
#include "page/phrases.h"

#include "base/num.h"
#include "catalog/calibration.h"
#include "catalog/weights.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *phrase_versus(struct arena *arena, double own, double other, const char *what) {
    double ratio = other / own;
    if (!isfinite(ratio) || ratio <= 0)
        return "";
    if (ratio > 0.95 && ratio < 1.05)
        return arena_printf(arena, "about %s", what);
    if (ratio > 1)
        return arena_printf(arena, "%s below %s", words_times(arena, ratio), what);
    return arena_printf(arena, "%s above %s", words_times(arena, 1 / ratio), what);
}

const char *phrase_offer(struct arena *arena, const struct page_plan *plan, const struct pick *pick,
                         const struct gpu *gpu) {
    const char *gpus = words_gpus(arena, pick->gpus, phrase_gpu(gpu));
    if (!pick->listing)
        return gpus;
    return arena_printf(arena, "%s at %s", gpus, plan->platforms[pick->listing->platform].name);
}

const char *phrase_price_source(struct arena *arena, const struct offer *offer) {
    /* "github:owner/list path/of/file @commit": the list is enough on a page; the data has it all.
     */
    const char *source = offer->source && offer->source[0] ? offer->source : "price list";
    size_t n = strcspn(source, " ");
    if (!strchr(source, '/') || n < 8)
        n = strlen(source);
    const char *date = offer->as_of ? offer->as_of : "no date";
    return WORDS_JOIN(arena, arena_copy(arena, source, n), ", ", date);
}

const char *phrase_api_source(struct arena *arena, const struct api_price *price) {
    return arena_printf(arena, "%s, %s", price->source ? price->source : "price list",
                        price->as_of ? price->as_of : "no date");
}

const char *phrase_measured_source(struct arena *arena, const char *source, const char *date) {
    return arena_printf(arena, "%s%s%s", source ? source : "", date ? ", " : "", date ? date : "");
}

const char *phrase_spec_source(struct arena *arena, const struct gpu *gpu) {
    if (!gpu->source)
        return NULL;
    return gpu->source_date ? arena_printf(arena, "%s, %s", gpu->source, gpu->source_date)
                            : gpu->source;
}

const char *phrase_workload(struct arena *arena, const struct workload *workload) {
    return arena_printf(arena, "%s: %s tokens in, %s out", workload->name,
                        words_exact(arena, workload->input_tokens),
                        words_exact(arena, workload->output_tokens));
}

const char *phrase_precision(enum precision precision) {
    return precision == PRECISION_NONE ? "not stated" : precision_info(precision)->name;
}

const char *phrase_weights(const struct model *model, enum precision weights,
                           const struct gpu *gpu) {
    return weights == PRECISION_NONE ? "not stated" : weights_name(model, weights, gpu);
}

const char *phrase_weights_among(struct arena *arena, const struct model *model,
                                 enum precision weights, const struct gpu *const *gpus,
                                 size_t count) {
    const char *own = phrase_weights(model, weights, NULL), *other = NULL;
    size_t as_own = 0;
    for (size_t i = 0; i < count; i++) {
        if (!gpus[i])
            continue;
        const char *here = phrase_weights(model, weights, gpus[i]);
        bool same = strcmp(here, own) == 0;
        as_own += same;
        other = same ? other : here;
    }
    if (!other)
        return own;
    return as_own ? WORDS_JOIN(arena, own, " or ", other) : other;
}

const char *phrase_list(struct arena *arena, const char *const *items, size_t count) {
    const char *text = count ? items[0] : "";
    for (size_t i = 1; i < count; i++)
        text = arena_printf(arena, "%s%s%s", text, i + 1 < count ? ", " : " and ", items[i]);
    return text;
}

const char *phrase_unranked(bool stale, bool doubtful) {
    return stale ? "too old to rank" : doubtful ? "ten times off the others" : NULL;
}

const char *phrase_reason(enum reason reason) {
    switch (reason) {
    case REASON_DOES_NOT_FIT:
        return "does not fit";
    case REASON_HEADS_NOT_DIVISIBLE:
        return "attention heads do not divide";
    case REASON_PRECISION_UNSUPPORTED:
        return "format not computed here";
    case REASON_CONTEXT_TOO_LONG:
        return "context too short";
    case REASON_NO_PRICE:
        return "no current price";
    case REASON_STALE_PRICE:
        return "price too old";
    case REASON_SPEC_MISSING:
        return "a specification is not known";
    default:
        return "";
    }
}

const char *phrase_unknown(const struct gpu *gpu) {
    bool peak = gpu->flop_per_s[COMPUTE_16] > 0;
    if (!(gpu->memory_bytes > 0))
        return "the GPU's memory is";
    if (!(gpu->memory_bytes_per_s > 0))
        return peak ? "the GPU's bandwidth is" : "the GPU's bandwidth and 16-bit peak are";
    return peak ? "a figure is" : "the GPU's 16-bit peak is";
}

/* Drops the zeros after the point, and the point with them; the length that is left. */
static size_t trim_zeros(const char *text, size_t n) {
    if (!memchr(text, '.', n))
        return n;
    while (text[n - 1] == '0')
        n--;
    return text[n - 1] == '.' ? n - 1 : n;
}

const char *phrase_formula_number(struct arena *arena, double value) {
    enum { ROOM = NUM_MAX + NUM_U64_MAX };
    double size = fabs(value);
    bool scientific = size != 0 && (size >= 1e6 || size < 1e-3);
    int exponent = scientific ? (int)floor(log10(size)) : 0;
    if (scientific && size / pow(10, exponent) >= 9.999995) /* six digits make a 10 of it */
        exponent++;
    char *text = arena_text_begin(arena, ROOM);
    size_t n = num_significant(text, scientific ? value / pow(10, exponent) : value, 6);
    n = trim_zeros(text, n);
    if (scientific) {
        text[n++] = 'e';
        if (exponent < 0)
            text[n++] = '-';
        n += num_u64(text + n, (uint64_t)abs(exponent));
    }
    return arena_text_end(arena, ROOM, n);
}

const char *phrase_gpu(const struct gpu *gpu) {
    return gpu->short_name ? gpu->short_name : gpu->name;
}

const char *phrase_engine(const struct page_plan *plan, const char *engine) {
    const struct calibration *calibration =
        engine && plan->calibrations ? calibration_set_find(plan->calibrations, engine) : NULL;
    return calibration && calibration->name ? calibration->name : engine;
}
