/* The program's fingerprint is that of the identity its linker wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/program.h"

/* As readelf shows it, in hexadecimal digits; the length in bytes. The program asks for its own
   path: to others, one that runs under valgrind is valgrind. */
static size_t stated(unsigned char *id, size_t most) {
    char path[1024], command[1100];
    unsigned byte;
    size_t n = 0;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    assert_in_range(length, 1, sizeof path - 1);
    snprintf(command, sizeof command, "readelf -n '%.*s' | sed -n 's/.*Build ID: //p'", (int)length,
             path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    while (n < most && fscanf(pipe, "%2x", &byte) == 1)
        id[n++] = (unsigned char)byte;
    pclose(pipe);
    return n;
}

static void as_the_linker_says(void **state) {
    (void)state;
    unsigned char id[64];
    size_t n = stated(id, sizeof id);
    assert_int_not_equal(program_fingerprint(), 0);
    assert_true(program_fingerprint() == program_fingerprint());
    if (n == 0)
        skip(); /* a linker that writes none: the file's own hash stands for it */
    assert_true(program_fingerprint() == hash_bytes(id, n, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_the_linker_says)};
    return cmocka_run_group_tests_name("base_program", tests, NULL, NULL);
}
