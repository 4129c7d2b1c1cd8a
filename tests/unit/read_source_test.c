/* Source: the project lies over the embedded files; its data/ replaces theirs whole. */
#include "base/fs.h"
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void project_overlays_embedded(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    char dir[] = "/tmp/tallypress-source-XXXXXX";
    assert_non_null(mkdtemp(dir));
    const char *assets = fs_join(arena, dir, "assets");
    assert_true(fs_mkdirs(assets, diags));
    assert_true(fs_write(fs_join(arena, assets, "own.css"), "p{}", 3, diags));
    struct source *source = source_open(arena, dir, diags);
    assert_non_null(source);
    const char *text, **names;
    size_t n, count;
    assert_true(source_read(source, "assets/own.css", false, 100, &text, &n));
    assert_string_equal(text, "p{}");
    /* What was read once is what is read: hashes and pages speak of the same bytes. */
    assert_true(fs_write(fs_join(arena, assets, "own.css"), "changed{}", 9, diags));
    assert_true(source_read(source, "assets/own.css", false, 100, &text, &n));
    assert_int_equal(n, 3);
    assert_string_equal(text, "p{}");
    assert_string_equal(source_display(source, "assets/own.css"),
                        fs_join(arena, dir, "assets/own.css"));
    assert_true(source_list(source, "assets", &names, &count));
    assert_true(count >= 1);
    for (size_t i = 1; i < count; i++)
        assert_true(strcmp(names[i - 1], names[i]) < 0);
    assert_false(source_read(source, "assets/none", true, 100, &text, &n));
    assert_int_equal(diags_count(diags), 0);
    assert_false(source_read(source, "assets/none", false, 100, &text, &n));
    assert_string_equal(diags_get(diags, 0)->place.file, "<embedded>/assets/none");
    /* What may be missing must not seem so when it cannot be looked at. */
    size_t said = diags_count(diags);
    assert_int_equal(symlink("loop", fs_join(arena, assets, "loop")), 0);
    assert_false(source_read(source, "assets/loop", true, 100, &text, &n));
    assert_int_equal(diags_count(diags), said + 1);
    assert_int_equal(diags_exit_status(diags), 3);
    assert_true(fs_mkdirs(fs_join(arena, dir, "data"), diags));
    source = source_open(arena, dir, diags);
    assert_true(source_list(source, "data", &names, &count));
    assert_int_equal(count, 0);
    assert_null(source_open(arena, "/nonexistent", diags));
    assert_true(fs_remove_tree(dir, diags));
    diags_free(diags);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(project_overlays_embedded)};
    return cmocka_run_group_tests_name("read/source", tests, NULL, NULL);
}
