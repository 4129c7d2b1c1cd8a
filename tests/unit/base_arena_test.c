/* Arena and buffer: alignment, zeroing, growth, reset, the sticky maximum. */
#include "base/arena.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void gives_aligned_zeroed_memory(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 1; i < 3000; i++) {
        unsigned char *p = arena_alloc(arena, i);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(p[k], 0);
        memset(p, 0xff, i);
    }
    arena_reset(arena);
    assert_int_equal(arena_used_bytes(arena), 0);
    unsigned char *again = arena_alloc(arena, 100);
    for (size_t k = 0; k < 100; k++)
        assert_int_equal(again[k], 0);
    unsigned char *big = arena_alloc(arena, (size_t)20 << 20);
    big[((size_t)20 << 20) - 1] = 1;
    arena_free(arena);
}

/* What another arena held lives on, and both go together. */
static void adopts_another(void **state) {
    (void)state;
    struct arena *arena = arena_new(), *empty = arena_new();
    for (int round = 0; round < 3; round++) {
        struct arena *other = arena_new();
        char *text = arena_strdup(other, "kept"), *large = arena_alloc(other, 300000);
        large[299999] = 'x';
        size_t used = arena_used_bytes(arena) + arena_used_bytes(other);
        arena_adopt(arena, other);
        assert_int_equal(arena_used_bytes(arena), used);
        for (int i = 0; i < 2000; i++)
            memset(arena_alloc(arena, 1000), 0xff, 1000);
        assert_string_equal(text, "kept");
        assert_int_equal(large[299999], 'x');
    }
    arena_adopt(arena, empty);
    arena_free(arena);
}

static void grows_without_zeroing(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    size_t capacity = 4;
    int *numbers = arena_room(arena, capacity, sizeof *numbers);
    for (int i = 0; i < 1000; i++) {
        numbers = arena_grow_room(arena, numbers, (size_t)i, &capacity, sizeof *numbers);
        numbers[i] = i;
        if (i % 3 == 0) /* sometimes something lies behind it */
            arena_alloc(arena, 1);
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    arena_free(arena);
}

static void grows_arrays_and_copies_text(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    int *numbers = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        numbers = arena_grow(arena, numbers, (size_t)i, &capacity, sizeof *numbers);
        numbers[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    size_t used = arena_used_bytes(arena), room = 0;
    int *last = arena_grow(arena, NULL, 0, &room, sizeof *last), *grown = last;
    for (size_t i = 0; i < 32; i++) { /* nothing was handed out since: it grows where it lies */
        grown = arena_grow(arena, grown, i, &room, sizeof *grown);
        assert_int_equal(grown[i], 0);
        grown[i] = -1;
    }
    assert_ptr_equal(grown, last);
    assert_in_range(arena_used_bytes(arena) - used, 32 * sizeof *grown, 40 * sizeof *grown);
    assert_string_equal(arena_copy(arena, "abcdef", 3), "abc");
    char long_text[1000];
    memset(long_text, 'x', 999);
    long_text[999] = '\0';
    assert_string_equal(arena_printf(arena, "%s", long_text), long_text);
    assert_string_equal(arena_printf(arena, "%d-%s", 7, "b"), "7-b");
    arena_free(arena);
}

static void buffer_stops_at_its_maximum(void **state) {
    (void)state;
    struct buf buf = {.max = 10};
    buf_puts(&buf, "12345");
    buf_puts(&buf, "67890");
    assert_false(buf.overflow);
    assert_string_equal(buf_text(&buf), "1234567890");
    buf_putc(&buf, 'x');
    assert_true(buf.overflow);
    buf_puts(&buf, "");
    assert_int_equal(buf.len, 10);
    assert_string_equal(buf_text(&buf), "1234567890"); /* full, and its end has room still */
    buf_free(&buf);
    buf_put(&buf, "1234567890", 10); /* all of it at once, and one more */
    assert_string_equal(buf_text(&buf), "1234567890");
    assert_false(buf.overflow);
    buf_reset(&buf);
    buf_put(&buf, "1234567890x", 11);
    assert_true(buf.overflow && buf.len == 0);
    assert_null(buf_space(&buf, 1));
    buf_reset(&buf);
    assert_non_null(buf_space(&buf, 10));
    assert_null(buf_space(&buf, 11));
    buf_reset(&buf);
    buf_printf(&buf, "%s-%d", "ab", 12);
    assert_string_equal(buf_text(&buf), "ab-12");
    buf_put_str(&buf, STR(", 3"));
    assert_string_equal(buf_text(&buf), "ab-12, 3");
    buf_reset(&buf);
    assert_string_equal(buf_text(&buf), "");
    buf_free(&buf);
    struct buf empty = BUF_INIT;
    assert_string_equal(buf_text(&empty), "");
    for (int i = 0; i < 100000; i++)
        buf_putc(&empty, (char)('a' + i % 26));
    assert_int_equal(strlen(buf_text(&empty)), 100000);
    buf_free(&empty);
}

/* A text takes what it became, not the room it had, wherever a block ends. */
static void texts_are_written_in_place(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    char *first = arena_text_begin(arena, 100);
    memcpy(first, "one", 3);
    assert_ptr_equal(arena_text_end(arena, 100, 3), first);
    size_t used = arena_used_bytes(arena);
    assert_true(used < 100);
    for (int i = 0; i < 5000; i++) {
        char *text = arena_text_begin(arena, 400);
        memset(text, 'x', 400);
        assert_int_equal(strlen(arena_text_end(arena, 400, 400)), 400);
        assert_string_equal(arena_strdup(arena, "y"), "y");
    }
    assert_string_equal(first, "one");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_aligned_zeroed_memory),
        cmocka_unit_test(adopts_another),
        cmocka_unit_test(grows_without_zeroing),
        cmocka_unit_test(grows_arrays_and_copies_text),
        cmocka_unit_test(texts_are_written_in_place),
        cmocka_unit_test(buffer_stops_at_its_maximum),
    };
    return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}
