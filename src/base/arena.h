/* Arena: everything that is read or computed lives here and is freed at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* A new arena. Running out of memory anywhere in base/ ends the process with exit status 3
   (see die.h), so no allocation below returns NULL. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Makes all that `other` holds part of `arena`, and frees `other` itself. */
void arena_adopt(struct arena *arena, struct arena *other);
/* Forget everything allocated, keep the blocks for reuse (page lifetime). */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned to 16. The arena owns it. */
void *arena_alloc(struct arena *arena, size_t bytes);
/* count x bytes_each, checked for overflow. */
void *arena_array(struct arena *arena, size_t count, size_t bytes_each);
/* The same with whatever lies there, for a caller that writes what it reads. */
void *arena_room(struct arena *arena, size_t count, size_t bytes_each);
/* Copies of n bytes, NUL-terminated. */
char *arena_copy(struct arena *arena, const char *text, size_t n);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A text written where it is to lie: room for at most `most` bytes and a NUL, and the text of the n
   bytes that it became. Nothing else is asked of the arena in between. */
char *arena_text_begin(struct arena *arena, size_t most);
char *arena_text_end(struct arena *arena, size_t most, size_t n);
/* Bytes handed out so far. */
size_t arena_used_bytes(const struct arena *arena);

/* Grow an arena array for one more element: returns the array to use (old one while it fits).
   capacity doubles; elements are copied. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity,
                 size_t bytes_each);
/* The same of an array from arena_room: what is new is not zeroed. */
void *arena_grow_room(struct arena *arena, void *array, size_t count, size_t *capacity,
                      size_t bytes_each);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
