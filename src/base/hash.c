/* XXH64 through the xxHash header (https://github.com/Cyan4973/xxHash). */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_bytes(const void *bytes, size_t n, uint64_t seed) {
    return bytes && n ? XXH64(bytes, n, seed) : XXH64("", 0, seed);
}

void hash_hex(char out[HASH_HEX], uint64_t hash) {
    for (int i = 15; i >= 0; i--, hash >>= 4)
        out[i] = "0123456789abcdef"[hash & 15];
    out[16] = '\0';
}
