/* The whole numbers below a thousand as texts that lie ready: most figures that are written are
   these (batches, counts, ticks), and each is written thousands of times. */
#include "base/num_small.h"

/* clang-format off */
#define ONES "0\0\0\0" "1\0\0\0" "2\0\0\0" "3\0\0\0" "4\0\0\0" \
             "5\0\0\0" "6\0\0\0" "7\0\0\0" "8\0\0\0" "9\0\0\0"
#define TENS(t) t "0\0\0" t "1\0\0" t "2\0\0" t "3\0\0" t "4\0\0" \
                t "5\0\0" t "6\0\0" t "7\0\0" t "8\0\0" t "9\0\0"
#define TEN(t) t "0\0" t "1\0" t "2\0" t "3\0" t "4\0" t "5\0" t "6\0" t "7\0" t "8\0" t "9\0"
#define HUNDRED(h) TEN(h "0") TEN(h "1") TEN(h "2") TEN(h "3") TEN(h "4") \
                   TEN(h "5") TEN(h "6") TEN(h "7") TEN(h "8") TEN(h "9")

const char num_small_texts[NUM_SMALL_ROOM * NUM_SMALL_END + 1] =
    ONES
    TENS("1") TENS("2") TENS("3") TENS("4") TENS("5") TENS("6") TENS("7") TENS("8") TENS("9")
    HUNDRED("1") HUNDRED("2") HUNDRED("3") HUNDRED("4") HUNDRED("5")
    HUNDRED("6") HUNDRED("7") HUNDRED("8") HUNDRED("9");
/* clang-format on */
