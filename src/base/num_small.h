/* The whole numbers below a thousand as texts that lie ready. */
#ifndef BASE_NUM_SMALL_H
#define BASE_NUM_SMALL_H

#define NUM_SMALL_END 1000u

/* Of a value below NUM_SMALL_END; lives as long as the program. */
const char *num_small(unsigned value);

#endif
