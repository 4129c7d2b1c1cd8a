/* xxHash (https://github.com/Cyan4973/xxHash) for hash*.c; private to them. */
#ifndef BASE_HASH_INSIDE_H
#define BASE_HASH_INSIDE_H

#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* hash_avx2.c: hash_content for processors that have AVX2. */
uint64_t hash_content_avx2(const void *bytes, size_t n);

#endif
