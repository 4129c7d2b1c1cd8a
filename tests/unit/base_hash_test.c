/* Fingerprints: known answers of XXH64 and XXH3. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void known_answers(void **state) {
    (void)state;
    assert_true(hash_bytes("", 0, 0) == UINT64_C(0xef46db3751d8e999));
    assert_true(hash_bytes("a", 1, 0) == UINT64_C(0xd24ec4f1a98c6e5b));
    assert_true(hash_bytes("abc", 3, 0) == UINT64_C(0x44bc2cf5ad770999));
    assert_true(hash_bytes("abc", 3, 1) != hash_bytes("abc", 3, 0));
    char hex[HASH_HEX];
    hash_hex(hex, UINT64_C(0x0123456789abcdef));
    assert_string_equal(hex, "0123456789abcdef");
}

/* The long one from the library's code without vectors. */
static void known_contents(void **state) {
    (void)state;
    unsigned char bytes[5000];
    for (unsigned i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 7 + i / 256);
    assert_true(hash_content("", 0) == UINT64_C(0x2d06800538d394c2));
    assert_true(hash_content("abc", 3) == UINT64_C(0x78af5f94892f3950));
    assert_true(hash_content(bytes, sizeof bytes) == UINT64_C(0xed0146266d138bd8));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_answers),
                                       cmocka_unit_test(known_contents)};
    return cmocka_run_group_tests_name("base/hash", tests, NULL, NULL);
}
