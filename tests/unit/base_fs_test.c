/* Files: limits, missing and odd files, sorted lists, trees with links, full devices. */
#include "base/hash.h"

#include "own_directory.h"

static const char *last_code(struct fixture *f) {
    return diags_get(f->diags, diags_count(f->diags) - 1)->code;
}

static void reads_what_was_written(void **state) {
    struct fixture *f = *state;
    const char *path = fs_join(f->arena, f->dir, "a");
    assert_true(fs_write(path, "x\0y", 3, f->diags));
    const char *text;
    size_t n;
    assert_true(fs_read(f->arena, path, 3, f->diags, &text, &n));
    assert_int_equal(n, 3);
    assert_memory_equal(text, "x\0y", 4);
    assert_false(fs_read(f->arena, path, 2, f->diags, &text, &n));
    assert_string_equal(last_code(f), "too-large");
    uint64_t hash;
    assert_true(fs_hash(path, 7, &hash));
    assert_int_equal(hash, hash_bytes("x\0y", 3, 7));
    assert_true(fs_write(path, "", 0, f->diags));
    assert_true(fs_hash(path, 7, &hash));
    assert_int_equal(hash, hash_bytes("", 0, 7));
    assert_false(fs_hash(f->dir, 7, &hash));
    assert_false(fs_hash(fs_join(f->arena, f->dir, "none"), 7, &hash));
    assert_int_equal(diags_exit_status(f->diags), 1);
}

static void names_what_cannot_be_read(void **state) {
    struct fixture *f = *state;
    const char *text;
    size_t n;
    assert_false(fs_read(f->arena, f->dir, 100, f->diags, &text, &n));
    assert_string_equal(last_code(f), "io-open");
    const char *fifo = fs_join(f->arena, f->dir, "fifo");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_false(fs_read(f->arena, fifo, 100, f->diags, &text, &n));
    assert_false(fs_read(f->arena, "/nonexistent/x", 100, f->diags, &text, &n));
    assert_string_equal(diags_get(f->diags, 2)->text, "No such file or directory");
    assert_int_equal(diags_exit_status(f->diags), 3);
}

static void lists_are_sorted_without_dot_files(void **state) {
    struct fixture *f = *state;
    static const char *const made[] = {"b", "a", ".hidden", "B", "a.json"};
    for (size_t i = 0; i < 5; i++)
        assert_true(fs_write(fs_join(f->arena, f->dir, made[i]), "", 0, f->diags));
    const char **names;
    size_t count;
    assert_true(fs_list(f->arena, f->dir, false, f->diags, &names, &count));
    assert_int_equal(count, 4);
    assert_string_equal(names[0], "B");
    assert_string_equal(names[2], "a.json");
    assert_true(fs_list(f->arena, "/nonexistent", true, f->diags, &names, &count));
    assert_int_equal(count, 0);
    assert_false(fs_list(f->arena, "/nonexistent", false, f->diags, &names, &count));
}

static void trees_go_without_following_links(void **state) {
    struct fixture *f = *state;
    const char *tree = fs_join(f->arena, f->dir, "t/u/v");
    assert_true(fs_mkdirs(tree, f->diags));
    const char *kept = fs_join(f->arena, f->dir, "kept");
    assert_true(fs_write(kept, "k", 1, f->diags));
    assert_true(fs_write(fs_join(f->arena, tree, "file"), "k", 1, f->diags));
    assert_int_equal(symlink(f->dir, fs_join(f->arena, tree, "link")), 0);
    assert_true(fs_remove_tree(fs_join(f->arena, f->dir, "t"), f->diags));
    assert_false(fs_is_dir(fs_join(f->arena, f->dir, "t"), NULL));
    assert_true(fs_is_file(kept, NULL));
    /* By several threads: links at every depth, and more folders than are open at once. */
    for (size_t i = 0; i < 40; i++)
        assert_true(
            fs_mkdirs(fs_join(f->arena, f->dir, arena_printf(f->arena, "t/%zu/u/v", i)), f->diags));
    assert_int_equal(symlink(f->dir, fs_join(f->arena, f->dir, "t/link")), 0);
    assert_int_equal(symlink(f->dir, fs_join(f->arena, f->dir, "t/1/link")), 0);
    assert_int_equal(symlink(f->dir, fs_join(f->arena, f->dir, "t/1/u/link")), 0);
    assert_true(fs_write(fs_join(f->arena, f->dir, "t/2/file"), "k", 1, f->diags));
    assert_true(fs_remove_tree_by(fs_join(f->arena, f->dir, "t"), 3, f->diags));
    assert_false(fs_is_dir(fs_join(f->arena, f->dir, "t"), NULL));
    assert_true(fs_is_file(kept, NULL));
    assert_true(fs_remove_tree_by(fs_join(f->arena, f->dir, "t"), 3, f->diags));
    assert_false(fs_mkdirs(fs_join(f->arena, kept, "below"), f->diags));
    if (access("/proc/self/comm", F_OK) == 0) { /* nobody may */
        assert_false(fs_remove_tree("/proc/self/comm", f->diags));
        assert_string_equal(last_code(f), "io-remove");
    }
}

/* A link to itself can neither be there nor be missing. */
static void what_cannot_be_looked_at_is_said(void **state) {
    struct fixture *f = *state;
    const char *loop = fs_join(f->arena, f->dir, "loop");
    char *long_name = arena_alloc(f->arena, 401);
    memset(long_name, 'n', 400);
    long_name[400] = '\0';
    assert_false(fs_is_file(fs_join(f->arena, f->dir, "missing"), f->diags));
    assert_false(fs_is_file(fs_join(f->arena, f->dir, long_name), f->diags));
    assert_int_equal(diags_count(f->diags), 0);
    assert_int_equal(symlink("loop", loop), 0);
    assert_false(fs_is_file(loop, NULL) || fs_is_dir(loop, NULL));
    assert_int_equal(diags_count(f->diags), 0);
    assert_false(fs_is_file(loop, f->diags));
    assert_false(fs_is_dir(loop, f->diags));
    assert_int_equal(diags_count(f->diags), 2);
    assert_int_equal(diags_exit_status(f->diags), 3);
}

static void a_full_device_is_noticed(void **state) {
    struct fixture *f = *state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    assert_false(fs_write("/dev/full", "x", 1, f->diags));
    assert_string_equal(last_code(f), "io-write");
    assert_string_equal(diags_get(f->diags, 0)->text, "No space left on device");
    const char *link = fs_join(f->arena, f->dir, "link");
    assert_int_equal(symlink("/dev/null", link), 0);
    assert_false(fs_write(link, "x", 1, f->diags));
    assert_string_equal(diags_get(f->diags, 1)->text,
                        "is a symbolic link, or leads through too many");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_what_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_what_cannot_be_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_are_sorted_without_dot_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trees_go_without_following_links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_looked_at_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_device_is_noticed, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("base/fs", tests, NULL, NULL);
}
