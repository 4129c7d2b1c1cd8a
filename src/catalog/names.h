/* Names people use for models and GPUs: compared without case, separators and vendor words. */
#ifndef CATALOG_NAMES_H
#define CATALOG_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#define NAME_KEY_MAX 160

/* "NVIDIA H100-SXM" -> "h100sxm"; "meta-llama/Llama-3.3-70B" -> "metallama/llama3.370b". Letters,
   digits, '.', '+', '/' and ':' are kept in lower case; the words nvidia, amd, geforce and instinct
   go. Returns the length; longer names are cut. */
size_t name_key(char key[NAME_KEY_MAX], const char *name);
bool name_same(const char *a, const char *b);

#endif
