/* Sellers of tokens under one name each: lists write "vercel", "vercel-ai-gateway" and
   "vercel_ai_gateway" of one of them. */
#ifndef READ_SELLERS_H
#define READ_SELLERS_H

#include "base/arena.h"

/* As its owner spells it, in the arena or `name` itself: "huggingface_novita" is "Novita AI via
   Hugging Face". A name that is not known loses its hyphens and gains capitals; one with a capital,
   a dot or a blank is left as it is. */
const char *seller_name(struct arena *arena, const char *name);

#endif
