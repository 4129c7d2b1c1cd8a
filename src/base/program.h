/* Which build of the program runs. */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include <stdint.h>

/* Other for another build: of the identity that the linker computed from all that it wrote, or of
   the program's file where it has none. 0 when that cannot be read. */
uint64_t program_fingerprint(void);

#endif
