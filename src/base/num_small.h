/* The whole numbers below a thousand as texts that lie ready. */
#ifndef BASE_NUM_SMALL_H
#define BASE_NUM_SMALL_H

#define NUM_SMALL_END 1000u

enum { NUM_SMALL_ROOM = 4 }; /* three digits and a NUL */
extern const char num_small_texts[NUM_SMALL_ROOM * NUM_SMALL_END + 1];

/* Of a value below NUM_SMALL_END; lives as long as the program. NUM_SMALL_ROOM bytes of it may be
   copied, of which the first num_small_length are digits and the others 0. */
static inline const char *num_small(unsigned value) {
    return num_small_texts + NUM_SMALL_ROOM * value;
}
static inline unsigned num_small_length(unsigned value) {
    return 1u + (value > 9) + (value > 99);
}

#endif
