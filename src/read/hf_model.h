/* From a parsed config, index or model file to a model. Private to read/. */
#ifndef READ_HF_MODEL_H
#define READ_HF_MODEL_H

#include "base/arena.h"
#include "catalog/model.h"
#include "read/json.h"

/* Fills the shape of the model from a Hugging Face config object. */
bool hf_read_model(struct arena *arena, const struct json *root, struct diags *diags,
                   struct model *model);
/* A model.safetensors.index.json: the size only. */
bool hf_read_index(struct arena *arena, const struct json *root, struct diags *diags,
                   struct model *model);

#endif
