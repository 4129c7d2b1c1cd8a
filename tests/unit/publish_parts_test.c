/* Files made in parts: hashed, compared and staged as they come, kept where they are the same. */
#include "published.h"

#include "base/hash.h"

enum { ROWS = 30000 }; /* some hundred kilobytes: several parts */

static void put_rows(void *context, struct buf *out) {
    const char *word = context;
    for (unsigned i = 0; i < ROWS; i++)
        buf_printf(out, "%s %u\n", word, i);
}

static struct stage_summary publish_rows(struct fixture *f, const char *word) {
    struct stage *stage = stage_begin(site_of(f), f->diags);
    assert_true(stage_put_parts(stage, "a/rows.txt", put_rows, (void *)(uintptr_t)word));
    struct stage_summary summary;
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    return summary;
}

static bool holds_rows(struct fixture *f, const char *word) {
    struct buf wanted = BUF_INIT;
    put_rows((void *)(uintptr_t)word, &wanted);
    const char *text;
    size_t n;
    bool same = fs_read(f->arena, fs_join(f->arena, site_of(f), "a/rows.txt"), 1 << 20, f->diags,
                        &text, &n) &&
                n == wanted.len && memcmp(text, wanted.data, n) == 0;
    buf_free(&wanted);
    return same;
}

static void parts_are_one_file(void **state) {
    struct fixture *f = *state;
    struct stage_summary s = publish_rows(f, "one");
    assert_true(holds_rows(f, "one"));
    assert_int_equal(s.written, 1);
    const struct stat first = stat_of(f, "a/rows.txt"), manifest = stat_of(f, STAGE_MANIFEST);
    s = publish_rows(f, "one");
    assert_int_equal(s.unchanged, 1);
    assert_int_equal(s.bytes, first.st_size);
    assert_int_equal(stat_of(f, "a/rows.txt").st_ino, first.st_ino);
    assert_int_equal(stat_of(f, STAGE_MANIFEST).st_ino, manifest.st_ino);
    s = publish_rows(f, "two");
    assert_int_equal(s.written, 1);
    assert_true(holds_rows(f, "two"));
    s = publish_rows(f, "tw"); /* shorter */
    assert_true(holds_rows(f, "tw"));
    assert_int_equal(names_beside(f), 0);
    assert_int_equal(diags_count(f->diags), 0);
}

/* The manifest says of it what it would say of a file put at once. */
static void parts_are_known_by_their_hash(void **state) {
    struct fixture *f = *state;
    publish_rows(f, "one");
    struct buf rows = BUF_INIT;
    put_rows((void *)(uintptr_t) "one", &rows);
    char hex[HASH_HEX];
    hash_hex(hex, hash_content(rows.data, rows.len));
    assert_non_null(strstr(content(f, STAGE_MANIFEST),
                           arena_printf(f->arena, "%s %zu a/rows.txt\n", hex, rows.len)));
    struct stage *stage = stage_begin(site_of(f), f->diags);
    assert_true(stage_put(stage, "a/rows.txt", rows.data, rows.len));
    struct stage_summary summary;
    assert_true(stage_commit(stage, &summary));
    assert_int_equal(summary.unchanged, 1);
    stage_free(stage);
    buf_free(&rows);
}

static void parts_overwrite_nothing_foreign(void **state) {
    struct fixture *f = *state;
    assert_true(fs_mkdirs(fs_join(f->arena, site_of(f), "a"), f->diags));
    put_file(f, "a/rows.txt", "mine");
    struct stage *stage = stage_begin(site_of(f), f->diags);
    char word[] = "one";
    assert_false(stage_put_parts(stage, "../rows.txt", put_rows, word));
    stage_free(stage);
    stage = stage_begin(site_of(f), f->diags);
    assert_false(stage_put_parts(stage, "a/rows.txt", put_rows, word));
    struct stage_summary summary;
    assert_false(stage_commit(stage, &summary));
    stage_free(stage);
    assert_string_equal(diags_get(f->diags, 0)->code, "publish-path");
    assert_string_equal(diags_get(f->diags, 1)->code, "publish-foreign");
    assert_string_equal(content(f, "a/rows.txt"), "mine");
    assert_int_equal(names_beside(f), 0);
}

/* The tree is made before it is known that nothing goes into it. */
static void no_tree_is_left_when_nothing_changed(void **state) {
    struct fixture *f = *state;
    publish(f, "index.html=one");
    struct stage *stage = stage_begin(site_of(f), f->diags);
    struct stage_places places;
    struct stage_summary summary;
    assert_true(stage_places(stage, &places));
    assert_true(stage_put(stage, "index.html", "one", 3));
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    assert_int_equal(names_beside(f), 0);
}

static bool refuse(void *context, const char *bytes, size_t n) {
    (void)bytes;
    *(size_t *)context += n;
    return false;
}

static void a_drain_that_fails_is_an_overflow(void **state) {
    (void)state;
    size_t offered = 0;
    struct buf buf = {.drain = refuse, .context = &offered};
    buf_puts(&buf, "some");
    assert_false(buf_drain(&buf));
    assert_true(buf.overflow);
    buf_puts(&buf, "more");
    assert_false(buf_drain(&buf));
    assert_int_equal(offered, 4);
    buf_free(&buf);
}

static void hashes_of_parts(void **state) {
    (void)state;
    static const char text[] = "one that is longer than the thirty-two bytes of a lane";
    for (size_t cut = 0; cut < sizeof text; cut++) {
        struct hash_parts parts;
        hash_begin(&parts);
        hash_part(&parts, text, cut);
        hash_part(&parts, text + cut, sizeof text - cut);
        assert_true(hash_end(&parts) == hash_content(text, sizeof text));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parts_are_one_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_are_known_by_their_hash, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_overwrite_nothing_foreign, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_tree_is_left_when_nothing_changed, set_up, tear_down),
        cmocka_unit_test(a_drain_that_fails_is_an_overflow),
        cmocka_unit_test(hashes_of_parts),
    };
    return cmocka_run_group_tests_name("publish/parts", tests, NULL, NULL);
}
