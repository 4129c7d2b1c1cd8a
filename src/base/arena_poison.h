/* Lets AddressSanitizer see the end of every arena allocation: what is not handed out is poisoned,
   with a gap behind each piece. Without the sanitizer nothing of it is compiled. */
#ifndef BASE_ARENA_POISON_H
#define BASE_ARENA_POISON_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#endif

#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
enum { ARENA_GAP_BYTES = 16 };
static inline void arena_poison(void *memory, size_t bytes) {
    ASAN_POISON_MEMORY_REGION(memory, bytes);
}
static inline void arena_unpoison(void *memory, size_t bytes) {
    ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
}
#else
enum { ARENA_GAP_BYTES = 0 };
static inline void arena_poison(void *memory, size_t bytes) {
    (void)memory;
    (void)bytes;
}
static inline void arena_unpoison(void *memory, size_t bytes) {
    (void)memory;
    (void)bytes;
}
#endif

#endif
