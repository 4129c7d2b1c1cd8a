/* Gemma 1 to 3: wide heads, tied embeddings, local and global layers. */
#include "read/hf.h"

const struct hf_family hf_gemma_families[] = {
    {"gemma", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO, 2, 1, HF_WINDOW_NONE, .head_dim = 256},
    {"gemma2", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO, 4, 1, HF_WINDOW_EVEN, .head_dim = 256,
     .window_tokens = 4096},
    {"gemma3_text", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO | HF_QK_NORM, 4, 1,
     HF_WINDOW_PATTERN, 6, .head_dim = 256, .window_tokens = 4096, .vocab_size = 262208},
    {0},
};
