/* Reading a Hugging Face config.json: checked values by key, layers gathered into runs. Private to
   the hf_*.c files, one of which reads each group of families. */
#ifndef READ_HF_H
#define READ_HF_H

#include "base/arena.h"
#include "base/diag.h"
#include "catalog/model.h"
#include "read/json.h"

enum {
    HF_MAX_LAYERS = 1 << 12,
    HF_MAX_WIDTH = 1 << 22,
    HF_MAX_HEADS = 1 << 14,
    HF_MAX_VOCAB = 1 << 25,
    HF_MAX_EXPERTS = 1 << 14,
    HF_MAX_CONTEXT = 1 << 30,
    HF_MAX_ITEMS =
        2 * HF_MAX_LAYERS /* of a list: those of layers are gone through for each layer */
};

struct hf {
    struct arena *arena;
    struct diags *diags;
    const struct json *root; /* the file's object */
    const struct json *text; /* the decoder's object: text_config and the like, or root */
    struct model *model;
    struct layer_run *runs;
    size_t run_count, run_capacity;
    bool part;              /* text is a part's own object: keys are not taken from the file's */
    bool layer_count_known; /* model->layer_count is set; the config need not say it */
    bool failed;
};

/* What a family's class fixes or defaults where the config is silent. */
enum hf_flag {
    HF_TIED = 1 << 0,          /* tie_word_embeddings defaults to true */
    HF_QKV_BIAS = 1 << 1,      /* q, k, v always biased */
    HF_BIAS_KEY_QKVO = 1 << 2, /* attention_bias: q, k, v and output */
    HF_BIAS_KEY_QKV = 1 << 3,  /* attention_bias: q, k, v */
    HF_BIAS_DEFAULT = 1 << 4,  /* the attention bias key defaults to true */
    HF_O_BIAS = 1 << 5,        /* output projection always biased */
    HF_MLP_BIAS_KEY = 1 << 6,  /* mlp_bias */
    HF_MLP_BIAS = 1 << 7,      /* always */
    HF_UNGATED = 1 << 8,
    HF_QK_NORM = 1 << 9,       /* always, per head */
    HF_QK_NORM_FULL = 1 << 10, /* always, over all heads */
    HF_QK_NORM_KEY = 1 << 11,  /* use_qk_norm: per head */
    HF_USE_BIAS_KEY = 1 << 12, /* use_bias | bias: every linear map, default by HF_BIAS_DEFAULT */
    HF_HEAD_BIAS = 1 << 13,    /* lm_head biased */
    HF_ROUTER_BIAS = 1 << 14,  /* also a correction bias for routing */
    HF_EXPERT_BIAS = 1 << 15,
    HF_SHARED_GATE = 1 << 16,
    HF_EXPERT_IS_FFN = 1 << 17,    /* experts have intermediate_size, every layer is MoE */
    HF_QK_NORM_FULL_KEY = 1 << 18, /* use_qk_norm: over all heads */
    HF_SHARED_IS_EXPERT = 1 << 19, /* n_shared_experts x expert width */
    HF_MTP_EH = 1 << 20,           /* prediction heads: hf_add_mtp */
    HF_EXPERT_OR_FFN = 1 << 21,    /* moe_intermediate_size, else intermediate_size */
};

enum hf_window {
    HF_WINDOW_NONE,   /* layer_types only */
    HF_WINDOW_ALL,    /* sliding_window holds for every layer */
    HF_WINDOW_QWEN,   /* use_sliding_window, from max_window_layers on */
    HF_WINDOW_EVEN,   /* every other layer, the first one sliding */
    HF_WINDOW_PATTERN /* all but each n-th (sliding_window_pattern, or the family's default) */
};

struct hf_family {
    const char *type;
    void (*read)(struct hf *hf, const struct hf_family *family);
    unsigned flags;
    unsigned char norms;      /* norms of hidden size in a layer */
    unsigned char norm_parts; /* 1 weight, 2 weight and bias, 0 none */
    enum hf_window window;
    unsigned char pattern;   /* default of HF_WINDOW_PATTERN */
    unsigned short head_dim; /* class default; 0: hidden / heads */
    unsigned window_tokens;  /* class default of sliding_window */
    unsigned vocab_size;     /* class default; 0: the config must say */
    unsigned shared_width;   /* class default of shared_expert_intermediate_size */
};

/* NULL-type terminated tables, one a file. */
extern const struct hf_family hf_dense_families[];
extern const struct hf_family hf_moe_families[];
extern const struct hf_family hf_classic_families[];
extern const struct hf_family hf_gemma_families[];
extern const struct hf_family hf_latent_families[];
extern const struct hf_family hf_hybrid_families[];
extern const struct hf_family hf_nemotron_families[];
extern const struct hf_family hf_mixed_families[];
extern const struct hf_family hf_compressed_families[];
extern const struct hf_family hf_mamba_families[];

/* ---- values: `keys` is one key or synonyms "a|b", looked up in the decoder's object, then in the
   file's. A JSON null counts as absent. Errors: config-missing-key, config-type, config-range. */
const struct json *hf_value(const struct hf *hf, const char *keys);
uint32_t hf_u32(struct hf *hf, const char *keys, uint32_t min, uint32_t max);
uint32_t hf_u32_or(struct hf *hf, const char *keys, uint32_t fallback, uint32_t max);
bool hf_bool_or(struct hf *hf, const char *keys, bool fallback);
const char *hf_string_or(struct hf *hf, const char *keys, const char *fallback);
/* Looks keys up in `part` alone until hf_leave is given what this returned. */
const struct json *hf_enter(struct hf *hf, const struct json *part);
void hf_leave(struct hf *hf, const struct json *text);
/* An array of `count` (0: up to HF_MAX_ITEMS) elements or NULL when absent; else config-type or
   config-layers. */
const struct json *hf_list(struct hf *hf, const char *keys, size_t count);
/* Element as a small integer; booleans count as 0 and 1. */
uint32_t hf_item_u32(struct hf *hf, const struct json *list, size_t index, uint32_t max);
bool hf_item_is(const struct json *list, size_t index, const char *text);
void hf_refuse(struct hf *hf, const struct json *where, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- building blocks shared by the families */
/* hidden size, layers, vocabulary, tying, context; false when one of them is bad. */
bool hf_shape(struct hf *hf, const struct hf_family *family);
struct attention hf_softmax(struct hf *hf, const struct hf_family *family);
/* hf_latent.c: multi-head latent attention; default_value_dim 0: the config must state it. */
struct attention hf_latent(struct hf *hf, uint32_t default_value_dim);
uint32_t hf_window_of(struct hf *hf, const struct hf_family *family, uint32_t layer);
struct ffn hf_dense_ffn(struct hf *hf, const struct hf_family *family);
struct ffn hf_moe_ffn(struct hf *hf, const struct hf_family *family);
bool hf_layer_is_moe(struct hf *hf, const struct hf_family *family, uint32_t layer);
uint64_t hf_norms(const struct hf *hf, const struct hf_family *family);
void hf_add_layer(struct hf *hf, const struct layer_run *layer);
/* Equal layers with the family's norms, and the last norm. */
void hf_equal_layers(struct hf *hf, const struct hf_family *family, struct attention attention,
                     struct ffn ffn);
/* The prediction heads that the config states: layers equal to `layer`, each with a 2h x h map and
   three norms, as in DeepSeek-V3 (arXiv 2412.19437 section 2.2), and `extra` parameters besides. */
void hf_add_mtp(struct hf *hf, const struct layer_run *layer, uint64_t extra);
/* What the map and the norms of one prediction head count. */
uint64_t hf_mtp_map(const struct hf *hf);
/* The decoder of most families: softmax attention, dense FFN or experts, by flags. */
void hf_read_decoder(struct hf *hf, const struct hf_family *family);
/* Counts a known vision tower into the model; leaves it unknown (0) else. */
void hf_read_vision(struct hf *hf);
/* How the checkpoint stores its weights. */
void hf_read_storage(struct hf *hf);

#endif
