/* Confines the process once it knows what it will touch: files by Landlock, processes and network
   by seccomp. What parses foreign bytes can then neither read nor write anything else, nor run a
   program. Both hold for the calling thread and those it starts later; there is no way back. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

struct sandbox_paths {
    const char *const *items; /* missing ones are passed over */
    size_t count;
};

struct sandbox {
    struct sandbox_paths files;    /* may be read, each by itself */
    struct sandbox_paths readable; /* directories: listed and read with all below them */
    struct sandbox_paths listed;   /* directories: listed, nothing read */
    struct sandbox_paths writable; /* directories: all below them made, changed, linked, removed */
    struct sandbox_paths parents;  /* directories below which directories may be made, renamed and
                                      removed, but no file touched */
};

/* Nothing may be written but what is open already, nothing run; everything may be read. */
bool sandbox_read_only(const char **why);
/* No program, process or network; files as before. */
bool sandbox_no_programs(const char **why);
/* False with the reason where the kernel lacks it ("the kernel has no Landlock"); what could be
   confined then is. */
bool sandbox_enter(const struct sandbox *sandbox, const char **why);

#endif
