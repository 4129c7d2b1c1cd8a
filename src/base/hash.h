/* Fingerprints: XXH64 and XXH3, the same on every machine. Not for secrets. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_HEX 17 /* bytes that hold 16 hexadecimal digits with their NUL */

/* XXH64 of the bytes. Chains: pass the hash of what came before as seed, else 0. */
uint64_t hash_bytes(const void *bytes, size_t n, uint64_t seed);
/* XXH3 of the bytes: of what is long, quicker. */
uint64_t hash_content(const void *bytes, size_t n);
/* The same of bytes that come in parts. */
struct hash_parts {
    _Alignas(64) uint64_t state[72];
};
void hash_begin(struct hash_parts *parts);
void hash_part(struct hash_parts *parts, const void *bytes, size_t n);
uint64_t hash_end(const struct hash_parts *parts);
/* Sixteen lower-case hexadecimal digits. */
void hash_hex(char out[HASH_HEX], uint64_t hash);

#endif
