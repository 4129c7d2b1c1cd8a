/* XXH64 and XXH3 through the xxHash header. */
#include "base/hash_inside.h"

uint64_t hash_bytes(const void *bytes, size_t n, uint64_t seed) {
    return bytes && n ? XXH64(bytes, n, seed) : XXH64("", 0, seed);
}

uint64_t hash_content(const void *bytes, size_t n) {
    if (!bytes || !n)
        return XXH3_64bits("", 0);
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2"))
        return hash_content_avx2(bytes, n);
#endif
    return XXH3_64bits(bytes, n);
}

_Static_assert(sizeof(struct hash_parts) == sizeof(XXH3_state_t), "room for its state");
_Static_assert(_Alignof(struct hash_parts) == _Alignof(XXH3_state_t), "aligned as its state");

void hash_begin(struct hash_parts *parts) {
    XXH3_64bits_reset((XXH3_state_t *)(void *)parts);
}

void hash_part(struct hash_parts *parts, const void *bytes, size_t n) {
    if (n)
        XXH3_64bits_update((XXH3_state_t *)(void *)parts, bytes, n);
}

uint64_t hash_end(const struct hash_parts *parts) {
    return XXH3_64bits_digest((const XXH3_state_t *)(const void *)parts);
}

void hash_hex(char out[HASH_HEX], uint64_t hash) {
    for (int i = 15; i >= 0; i--, hash >>= 4)
        out[i] = "0123456789abcdef"[hash & 15];
    out[16] = '\0';
}
