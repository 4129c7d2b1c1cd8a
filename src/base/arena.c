/* Arena: bump allocation in blocks that are freed, or forgotten, all at once. */
#include "base/arena.h"

#include "base/arena_poison.h"
#include "base/die.h"
#include "base/format.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, FIRST_BLOCK_BYTES = 1 << 16 };
#define LARGEST_STEP_BYTES ((size_t)1 << 22)

struct block {
    struct block *next;
    size_t capacity, used;
    size_t pad; /* keeps data aligned to 16 */
    unsigned char data[];
};

_Static_assert(sizeof(struct block) % ALIGNMENT == 0, "block data must stay aligned");

struct arena {
    struct block *first, *current;
};

struct arena *arena_new(void) {
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        die_no_memory(sizeof *arena);
    return arena;
}

void arena_free(struct arena *arena) {
    if (!arena)
        return;
    struct block *block = arena->first;
    while (block) {
        struct block *next = block->next;
        arena_unpoison(block->data, block->capacity);
        free(block);
        block = next;
    }
    free(arena);
}

void arena_adopt(struct arena *arena, struct arena *other) {
    struct block **end = &arena->first;
    while (*end)
        end = &(*end)->next;
    *end = other->first;
    if (!arena->current)
        arena->current = other->current;
    free(other);
}

void arena_reset(struct arena *arena) {
    for (struct block *block = arena->first; block; block = block->next) {
        block->used = 0;
        arena_poison(block->data, block->capacity);
    }
    arena->current = arena->first;
}

static struct block *add_block(struct arena *arena, size_t bytes) {
    size_t capacity = arena->current ? arena->current->capacity * 2 : FIRST_BLOCK_BYTES;
    if (capacity > LARGEST_STEP_BYTES)
        capacity = LARGEST_STEP_BYTES;
    if (capacity < bytes)
        capacity = bytes;
    struct block *block = malloc(sizeof *block + capacity);
    if (!block)
        die_no_memory(capacity);
    block->capacity = capacity;
    block->used = 0;
    arena_poison(block->data, capacity);
    if (arena->current) { /* keep kept blocks that were too small behind the new one */
        block->next = arena->current->next;
        arena->current->next = block;
    } else {
        block->next = NULL;
        arena->first = block;
    }
    arena->current = block;
    return block;
}

static struct block *next_block(struct arena *arena, size_t bytes) {
    while (arena->current && arena->current->next) {
        arena->current = arena->current->next;
        if (bytes <= arena->current->capacity - arena->current->used)
            return arena->current;
    }
    return add_block(arena, bytes);
}

static inline struct block *block_for(struct arena *arena, size_t bytes) {
    struct block *block = arena->current;
    if (block && bytes <= block->capacity - block->used)
        return block;
    return next_block(arena, bytes);
}

/* What an allocation takes of its block. */
static size_t footprint(size_t bytes) {
    return (bytes + ARENA_GAP_BYTES + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* Whatever lies there: the caller writes all of it. */
static void *take(struct arena *arena, size_t bytes) {
    if (bytes > SIZE_MAX / 4)
        die_no_memory(bytes);
    size_t rounded = footprint(bytes);
    struct block *block = block_for(arena, rounded);
    void *memory = block->data + block->used;
    arena_unpoison(memory, bytes);
    block->used += rounded;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t bytes) {
    return memset(take(arena, bytes), 0, bytes);
}

static size_t product(size_t count, size_t bytes_each) {
    size_t bytes;
    if (__builtin_mul_overflow(count, bytes_each, &bytes))
        die_no_memory(SIZE_MAX);
    return bytes;
}

void *arena_array(struct arena *arena, size_t count, size_t bytes_each) {
    return arena_alloc(arena, product(count, bytes_each));
}

void *arena_room(struct arena *arena, size_t count, size_t bytes_each) {
    return take(arena, product(count, bytes_each));
}

char *arena_copy(struct arena *arena, const char *text, size_t n) {
    if (n >= SIZE_MAX / 4)
        die_no_memory(n);
    char *copy = take(arena, n + 1);
    if (n)
        memcpy(copy, text, n);
    copy[n] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text) {
    return arena_copy(arena, text, strlen(text));
}

char *arena_text_begin(struct arena *arena, size_t most) {
    struct block *block = block_for(arena, footprint(most + 1));
    char *room = (char *)block->data + block->used;
    arena_unpoison(room, most + 1);
    return room;
}

char *arena_text_end(struct arena *arena, size_t most, size_t n) {
    struct block *block = arena->current; /* which has the room that was begun */
    char *text = (char *)block->data + block->used;
    arena_poison(text, most + 1);
    arena_unpoison(text, n + 1);
    block->used += footprint(n + 1);
    text[n] = '\0';
    return text;
}

/* Most texts are short: written where they are to lie. */
enum { SHORT_TEXT_BYTES = 239 };

char *arena_printf(struct arena *arena, const char *format, ...) {
    char *room = arena_text_begin(arena, SHORT_TEXT_BYTES);
    va_list args;
    va_start(args, format);
    size_t n = format_text(room, SHORT_TEXT_BYTES + 1, format, args);
    va_end(args);
    if (n <= SHORT_TEXT_BYTES)
        return arena_text_end(arena, SHORT_TEXT_BYTES, n);
    arena_poison(room, SHORT_TEXT_BYTES + 1);
    char *text = take(arena, n + 1);
    va_start(args, format);
    format_text(text, n + 1, format, args);
    va_end(args);
    return text;
}

size_t arena_used_bytes(const struct arena *arena) {
    size_t bytes = 0;
    for (const struct block *block = arena->first; block; block = block->next)
        bytes += block->used;
    return bytes;
}

/* The array handed out last grows where it lies, when its block has the room. */
static bool stretch(struct arena *arena, void *array, size_t held, size_t bytes) {
    struct block *block = arena->current;
    size_t before = footprint(held), after = footprint(bytes);
    if (!block || block->used < before || block->data + block->used - before != array ||
        after - before > block->capacity - block->used)
        return false;
    arena_unpoison(array, bytes);
    block->used += after - before;
    return true;
}

void *arena_grow_room(struct arena *arena, void *array, size_t count, size_t *capacity,
                      size_t bytes_each) {
    if (count < *capacity)
        return array;
    size_t larger = *capacity ? *capacity * 2 : 8, bytes = product(larger, bytes_each);
    size_t kept = count * bytes_each, held = *capacity * bytes_each;
    *capacity = larger;
    if (array && stretch(arena, array, held, bytes))
        return array;
    char *grown = take(arena, bytes);
    if (array && kept)
        memcpy(grown, array, kept);
    return grown;
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity,
                 size_t bytes_each) {
    if (count < *capacity)
        return array;
    char *grown = arena_grow_room(arena, array, count, capacity, bytes_each);
    memset(grown + count * bytes_each, 0, (*capacity - count) * bytes_each);
    return grown;
}
