/* The glossary: each metric's definition, unit and formula. */
#include "page/draft.h"
#include "page/plan.h"

#include <string.h>

struct term {
    const char *name, *meaning, *unit, *formula;
};

static const struct term terms[] = {
    {"Active parameters",
     "Parameters a token passes: of a mixture of experts only the chosen ones.", "parameters",
     "attention + dense + k experts + shared + norms + embedding + head"},
    {"All-in price",
     "What an API asks for input and output together, per output token as own GPUs are.",
     "$ per 1M output tokens",
     "(in \xC2\xB7 input price + out \xC2\xB7 output price) / (\xCE\xB3 \xC2\xB7 in + out)"},
    {"Always busy", "Every paid second serves tokens: the least a token can cost on these GPUs.",
     "$ per 1M tokens",
     "price at 100"
     "\xE2\x80\x89"
     "% use"},
    {"API median", "Middle of the current paid API prices of the model for the same requests.",
     "$ per 1M output tokens", "median of the all-in prices"},
    {"Arithmetic intensity", "Operations per byte that is read from memory.", "FLOP per byte",
     "FLOP of a step / bytes of a step"},
    {"Batch", "Requests that are decoded together in one step.", "sequences", ""},
    {"Bias", "Whether predictions lean high (+) or low (\xE2\x88\x92).", "%",
     "geometric mean of predicted / measured, less 1"},
    {"Blended price", "Price of a mix of three input tokens and one output token.",
     "$ per 1M tokens", "(3 \xC2\xB7 input + output) / 4"},
    {"Break-even use", "Share of the paid hours from which own GPUs cost less than the API.", "%",
     "price always busy / API price"},
    {"Calibrated",
     "Predicted by a step-time equation whose parameters were fitted to measurements.", "", ""},
    {"Critical batch", "Batch at which decoding turns from memory-bound to compute-bound.",
     "sequences",
     "F \xC2\xB7 bytes per weight / (2 \xC2\xB7 B); mixtures of experts \xC2\xB7 E / k"},
    {"Decoding", "Writing the answer: each step one token of every request.", "", ""},
    {"Each", "Output tokens per second that one request gets, waiting included.", "tokens/s",
     "output tokens / request time"},
    {"Effective bandwidth", "Weights and KV cache of a step over the time it takes.", "GB/s",
     "(W + batch \xC2\xB7 KV) / step time"},
    {"Extrapolated", "Calibrated, but outside the measurements the fit has seen.", "", ""},
    {"First principles", "From sizes and peak figures alone; nothing is fitted, nothing is lost.",
     "", "step = max(FLOP / F, bytes / B)"},
    {"Frontier", "What nothing else beats both in speed and in price.", "", ""},
    {"Gamma (\xCE\xB3)", "Price of an input token over that of an output token.", "",
     "input price = \xCE\xB3 \xC2\xB7 output price"},
    {"Input", "Taken over from a price list, a data sheet or a configuration, with its source.", "",
     ""},
    {"KV cache", "Keys and values of every token in context, kept so that they are computed once.",
     "bytes", "2 \xC2\xB7 layers \xC2\xB7 KV heads \xC2\xB7 head size \xC2\xB7 bytes, per token"},
    {"LoRA", "Fine-tuning of small added matrices of a low rank; the weights beside them stay.", "",
     "trained = rank \xC2\xB7 (in + out) of each matrix"},
    {"Measured", "A result that somebody published, with its source and date.", "", ""},
    {"MFU", "Share of the GPU's peak that the model's own operations use.", "%",
     "model FLOP / (time \xC2\xB7 peak)"},
    {"Mixture of experts",
     "A model of many feed-forward parts, the experts, of which a token passes a few: all are "
     "stored, a batch reads those it touches.",
     "", "E \xC2\xB7 (1 \xE2\x88\x92 (1 \xE2\x88\x92 k / E)^batch) experts read, at even use"},
    {"Output tokens / $",
     "Tokens that a dollar of GPU rent generates, the input processed with them.", "tokens",
     "tokens/s \xC2\xB7 3600 / ($ per hour)"},
    {"P10, P50, P90", "A tenth, half and nine tenths of all draws lie below.", "", ""},
    {"Precision",
     "Bits a weight is stored in: BF16 and FP16 16, FP8 and INT8 8, AWQ, GPTQ, INT4, NF4, MXFP4 "
     "and NVFP4 about 4; g128: a scale for each 128 weights.",
     "bits", "bits of a weight + bits of a scale / weights it is for"},
    {"Prefill", "Reading the prompt: all its tokens at once, before the first is written.", "", ""},
    {"Price age", "Days between a price's date and the date of the site.", "days", ""},
    {"PUE", "Power of the whole facility over that of its servers.", "", "facility / IT power"},
    {"QLoRA", "LoRA beside weights that are stored at 4 bit.", "", ""},
    {"Ridge point", "Arithmetic intensity at which memory and compute take equally long.",
     "FLOP per byte", "F / B"},
    {"Spot", "Rented for less, and taken back when the platform wants it: shown, not ranked.",
     "$ per GPU-hour", ""},
    {"Tensor parallel",
     "Every layer is split over that many GPUs, which exchange results twice a "
     "layer.",
     "GPUs", ""},
    {"Tokens/s per MW", "Output tokens per second of a megawatt at the facility's meter.",
     "tokens/s", "1e6 / (J per token)"},
    {"TPOT", "Time per output token after the first.", "s",
     "(request time \xE2\x88\x92 TTFT) / (out "
     "\xE2\x88\x92 1)"},
    {"TTFT", "Time to the first token: waiting and reading the prompt.", "s", "queue + prefill"},
    {"Use", "Share of the paid hours in which tokens are served.", "%",
     "price = always busy / use"},
};

/* The terms that heads and labels lead to, and their anchors. */
enum named {
    TO_API_MEDIAN,
    TO_ACTIVE_PARAMETERS,
    TO_ALL_IN_PRICE,
    TO_ALWAYS_BUSY,
    TO_BATCH,
    TO_BIAS,
    TO_BREAK_EVEN_USE,
    TO_CALIBRATED,
    TO_EACH,
    TO_FIRST_PRINCIPLES,
    TO_TTFT,
    TO_KV_CACHE,
    TO_LORA,
    TO_MFU,
    TO_OUTPUT_TOKENS,
    TO_PERCENTILES,
    TO_PUE,
    TO_TPOT,
    TO_PRICE_AGE,
    TO_USE,
    TO_COUNT
};
static const char *const anchors[] = {
    [TO_API_MEDIAN] = "api-median",
    [TO_ACTIVE_PARAMETERS] = "active-parameters",
    [TO_ALL_IN_PRICE] = "all-in-price",
    [TO_ALWAYS_BUSY] = "always-busy",
    [TO_BATCH] = "batch",
    [TO_BIAS] = "bias",
    [TO_BREAK_EVEN_USE] = "break-even-use",
    [TO_CALIBRATED] = "calibrated",
    [TO_EACH] = "each",
    [TO_FIRST_PRINCIPLES] = "first-principles",
    [TO_TTFT] = "ttft",
    [TO_KV_CACHE] = "kv-cache",
    [TO_LORA] = "lora",
    [TO_MFU] = "mfu",
    [TO_OUTPUT_TOKENS] = "output-tokens",
    [TO_PERCENTILES] = "p10-p50-p90",
    [TO_PUE] = "pue",
    [TO_TPOT] = "tpot",
    [TO_PRICE_AGE] = "price-age",
    [TO_USE] = "use",
};

/* What they call them; in the order of strcmp. */
static const struct {
    const char *words;
    enum named named;
} names[] = {
    {"API median", TO_API_MEDIAN},
    {"Active per token", TO_ACTIVE_PARAMETERS},
    {"All in", TO_ALL_IN_PRICE},
    {"Always busy", TO_ALWAYS_BUSY},
    {"At once", TO_BATCH},
    {"Batch", TO_BATCH},
    {"Bias", TO_BIAS},
    {"Break-even use", TO_BREAK_EVEN_USE},
    {"Calibrated", TO_CALIBRATED},
    {"Each request", TO_EACH},
    {"First principles", TO_FIRST_PRINCIPLES},
    {"First token", TO_TTFT},
    {"KV cache", TO_KV_CACHE},
    {"KV per 1,000 tokens", TO_KV_CACHE},
    {"Longest context", TO_KV_CACHE},
    {"MFU", TO_MFU},
    {"Output tokens / $", TO_OUTPUT_TOKENS},
    {"P10", TO_PERCENTILES},
    {"PUE", TO_PUE},
    {"Parameters", TO_ACTIVE_PARAMETERS},
    {"Per token", TO_TPOT},
    {"Price age", TO_PRICE_AGE},
    {"Trained by LoRA", TO_LORA},
    {"Use", TO_USE},
};

/* What the names above begin with, a bit a letter: most words begin with another. */
#define LETTER(c) (UINT32_C(1) << ((c) - 'A'))
static const uint32_t openings = LETTER('A') | LETTER('B') | LETTER('C') | LETTER('E') |
                                 LETTER('F') | LETTER('K') | LETTER('L') | LETTER('M') |
                                 LETTER('O') | LETTER('P') | LETTER('T') | LETTER('U');

static bool may_be_named(const char *words) {
    unsigned letter = (unsigned)words[0] - 'A';
    return letter < 26 && (openings >> letter & 1);
}

/* Most differ in their first two letters, which asks for no call. */
static unsigned first_two(const char *words) {
    return words[0] ? (unsigned)(unsigned char)words[0] << 8 | (unsigned char)words[1] : 0;
}

static size_t find_name(const char *words) {
    size_t low = 0, high = COUNT_OF(names);
    unsigned wanted = first_two(words);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (first_two(names[middle].words) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < COUNT_OF(names) && first_two(names[low].words) == wanted) {
        if (strcmp(names[low].words, words) == 0)
            return low;
        low++;
    }
    return COUNT_OF(names);
}

const char *page_term(const char *words, size_t *index) {
    *index = TO_COUNT;
    if (!words || !may_be_named(words))
        return NULL;
    size_t name = find_name(words);
    if (name < COUNT_OF(names)) {
        *index = names[name].named;
        return anchors[*index];
    }
    bool is_use = strncmp(words, "At ", 3) == 0 && strlen(words) > 6;
    return is_use && str_ends(words, " use") ? anchors[TO_USE] : NULL;
}

const char *page_anchor(const char *name, struct arena *arena) {
    char *out = arena_alloc(arena, strlen(name) + 1);
    size_t n = 0;
    for (bool gap = false; *name; name++) {
        char c = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain && gap && n > 0)
            out[n++] = '-';
        if (plain)
            out[n++] = c;
        gap = !plain;
    }
    out[n] = '\0';
    return out;
}

struct page *page_glossary(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena) {
    static const struct column columns[] = {
        {"term", "Term", NULL, false, false},
        {"meaning", "Meaning", NULL, false, false},
        {"unit", "Unit", NULL, false, false},
        {"formula", "Formula", NULL, false, false},
    };
    struct draft draft = draft_begin(arena, entry->path, "glossary");
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {"Glossary", NULL, NULL}};
    struct link links[] = {{"How each number is made", "method/", NULL}};
    draft_crumbs(&draft, crumbs, COUNT_OF(crumbs));
    draft.page->title = "Glossary";
    draft.page->description = "Every metric on this site: what it means, its unit and its formula.";
    draft_answer(&draft, "Every metric on these pages: what it means, its unit and its formula.");
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), COUNT_OF(terms));
    for (size_t i = 0; i < COUNT_OF(terms); i++) {
        rows_put(&rows, value_text(terms[i].name));
        rows_put(&rows, value_text(terms[i].meaning));
        rows_put(&rows, value_text(terms[i].unit));
        rows_put(&rows, value_text(terms[i].formula));
    }
    struct table *table =
        draft_table(&draft, "terms", "Terms", &rows,
                    "F: dense peak of the GPU; B: its memory bandwidth; W: bytes of the weights; E "
                    "experts of which k serve a token");
    if (table)
        table->anchors = true;
    draft_links(&draft, "links", "See also", links, COUNT_OF(links));
    return draft_end(&draft);
}
