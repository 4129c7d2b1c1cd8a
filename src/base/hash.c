/* XXH64 through the xxHash header (https://github.com/Cyan4973/xxHash). */
#include "base/hash.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_bytes(const void *bytes, size_t n, uint64_t seed) {
    return bytes && n ? XXH64(bytes, n, seed) : XXH64("", 0, seed);
}

_Static_assert(sizeof(struct hash_parts) == sizeof(XXH64_state_t), "room for its state");

void hash_begin(struct hash_parts *parts) {
    XXH64_state_t state;
    XXH64_reset(&state, 0);
    memcpy(parts, &state, sizeof state);
}

void hash_part(struct hash_parts *parts, const void *bytes, size_t n) {
    XXH64_state_t state;
    memcpy(&state, parts, sizeof state);
    if (n)
        XXH64_update(&state, bytes, n);
    memcpy(parts, &state, sizeof state);
}

uint64_t hash_end(const struct hash_parts *parts) {
    XXH64_state_t state;
    memcpy(&state, parts, sizeof state);
    return XXH64_digest(&state);
}

void hash_hex(char out[HASH_HEX], uint64_t hash) {
    for (int i = 15; i >= 0; i--, hash >>= 4)
        out[i] = "0123456789abcdef"[hash & 15];
    out[16] = '\0';
}
