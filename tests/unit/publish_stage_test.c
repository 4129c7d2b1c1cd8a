/* Publishing: what is written, kept, removed and never touched; bad paths; two builds at once. */
#include "base/hash.h"
#include "publish/manifest.h"

#include "published.h"

#include <signal.h>
#include <sys/wait.h>

#include "command_run.h"

static void writes_keeps_and_removes(void **state) {
    struct fixture *f = *state;
    struct stage_summary s = publish(f, "index.html=one a/b/c.html=two gone/x=y");
    assert_int_equal(s.written, 3);
    assert_int_equal(s.bytes, 7);
    ino_t kept = stat_of(f, "a/b/c.html").st_ino;
    s = publish(f, "index.html=uno a/b/c.html=two new=n");
    assert_int_equal(s.files, 3);
    assert_int_equal(s.written, 2);
    assert_int_equal(s.unchanged, 1);
    assert_int_equal(s.removed, 1);
    assert_string_equal(content(f, "index.html"), "uno");
    assert_string_equal(content(f, "gone/x"), "(none)");
    assert_false(fs_is_dir(fs_join(f->arena, site_of(f), "gone"), NULL));
    assert_int_equal(stat_of(f, "a/b/c.html").st_ino, kept);
    assert_int_equal(names_beside(f), 0);
    assert_int_equal(diags_count(f->diags), 0);
}

/* Without rights to the directory above, so that the site is filled in place: first a site, then
   one with a link in the place of a directory of its own. As nobody, where the test is root. */
static int fill_in_place(struct fixture *f, const char *outside) {
    const char *const link = fs_join(f->arena, site_of(f), "a");
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 1;
    publish(f, "index.html=one a/b/page=two a/b/old=three");
    if (diags_count(f->diags) != 1 ||
        strcmp(diags_get(f->diags, 0)->code, "publish-in-place") != 0 ||
        strcmp(content(f, "a/b/old"), "three") != 0)
        return 2;
    publish(f, "index.html=one a/b/page=two c/d=four");
    if (strcmp(content(f, "a/b/old"), "(none)") != 0 || strcmp(content(f, "c/d"), "four") != 0)
        return 3;
    if (rename(link, arena_printf(f->arena, "%s/b", outside)) != 0 || symlink(outside, link) != 0)
        return 4;
    struct stage *stage = stage_begin(site_of(f), f->diags);
    struct stage_summary summary;
    if (!stage || !stage_put(stage, "a/new/page", "x", 1) || stage_commit(stage, &summary))
        return 5;
    stage_free(stage);
    return 0;
}

static void links_do_not_lead_out_in_place(void **state) {
    struct fixture *f = *state;
    const char *outside = fs_join(f->arena, f->dir, "outside");
    assert_int_equal(mkdir(site_of(f), 0777) + mkdir(outside, 0777), 0);
    assert_int_equal(chmod(site_of(f), 0777) + chmod(outside, 0777) + chmod(f->dir, 0555), 0);
    pid_t child = fork();
    if (child == 0)
        end_child(fill_in_place(f, outside));
    int status;
    assert_true(waitpid(child, &status, 0) == child && WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    /* What was moved there, and nothing more or less. */
    assert_true(fs_is_file(fs_join(f->arena, outside, "b/b/page"), NULL));
    assert_false(fs_is_dir(fs_join(f->arena, outside, "new"), NULL));
    assert_int_equal(chmod(f->dir, 0755), 0);
}

static void nothing_changed_writes_nothing(void **state) {
    struct fixture *f = *state;
    publish(f, "index.html=one a/b=two");
    ino_t directory = stat_of(f, ".").st_ino;
    struct stat manifest = stat_of(f, STAGE_MANIFEST);
    struct stage_summary s = publish(f, "a/b=two index.html=one");
    assert_int_equal(s.written, 0);
    assert_int_equal(s.unchanged, 2);
    assert_int_equal(stat_of(f, ".").st_ino, directory);
    assert_int_equal(stat_of(f, STAGE_MANIFEST).st_ino, manifest.st_ino);
}

static void foreign_files_stay(void **state) {
    struct fixture *f = *state;
    assert_true(fs_mkdirs(fs_join(f->arena, site_of(f), "mine/empty"), f->diags));
    put_file(f, ".gitignore", "*");
    put_file(f, "mine/notes", "keep");
    assert_int_equal(symlink("nowhere", fs_join(f->arena, site_of(f), "link")), 0);
    chmod(fs_join(f->arena, site_of(f), "mine"), 0750);
    ino_t kept = stat_of(f, "mine/notes").st_ino;
    publish(f, "index.html=one a/x=1");
    put_file(f, "a/own", "beside a page");
    publish(f, "index.html=two");
    assert_string_equal(content(f, ".gitignore"), "*");
    assert_int_equal(stat_of(f, "mine/notes").st_ino, kept);
    assert_int_equal(stat_of(f, "mine").st_mode & 07777, 0750);
    assert_true(S_ISDIR(stat_of(f, "mine/empty").st_mode));
    assert_true(S_ISLNK(stat_of(f, "link").st_mode));
    assert_string_equal(content(f, "a/own"), "beside a page");
    assert_string_equal(content(f, "a/x"), "(none)");
}

static void a_foreign_file_is_never_overwritten(void **state) {
    struct fixture *f = *state;
    assert_true(fs_mkdirs(site_of(f), f->diags));
    put_file(f, "index.html", "mine");
    struct stage *stage = stage_begin(site_of(f), f->diags);
    assert_false(stage_put(stage, "index.html", "theirs", 6));
    struct stage_summary summary;
    assert_false(stage_commit(stage, &summary));
    stage_free(stage);
    assert_string_equal(diags_get(f->diags, 0)->code, "publish-foreign");
    assert_string_equal(content(f, "index.html"), "mine");
    assert_int_equal(names_beside(f), 0);
}

static void edited_pages_are_repaired_or_kept(void **state) {
    struct fixture *f = *state;
    publish(f, "a=one b=two");
    put_file(f, "a", "edited");
    put_file(f, "b", "edited");
    struct stage_summary s = publish(f, "a=one");
    assert_int_equal(s.written, 1);
    assert_string_equal(content(f, "a"), "one");
    assert_string_equal(content(f, "b"), "edited");
    assert_string_equal(diags_get(f->diags, 0)->code, "publish-edited");
    put_file(f, "a", "edited");
    s = publish(f, "a=one"); /* a manifest of the same words */
    assert_int_equal(s.written, 1);
    assert_string_equal(content(f, "a"), "one");
}

static void bad_paths_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "/a",
                                      "a/",
                                      "a//b",
                                      "..",
                                      "a/../b",
                                      "./a",
                                      "a\nb",
                                      "a b",
                                      "a\\b",
                                      "%2e",
                                      STAGE_MANIFEST,
                                      "x/.tallypress-stage",
                                      "\xc3\xa4"};
    const char *why;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (publish_path_ok(bad[i], &why))
            fail_msg("'%s' was taken", bad[i]);
    char longest[300];
    memset(longest, 'a', sizeof longest);
    longest[299] = '\0';
    assert_false(publish_path_ok(longest, &why));
    assert_true(publish_path_ok("models/llama-3.3-70b/index.html", &why));
    assert_true(publish_path_ok(".nojekyll", &why));
}

static void a_bad_build_leaves_the_old_site(void **state) {
    struct fixture *f = *state;
    publish(f, "a=one");
    struct stage *stage = stage_begin(site_of(f), f->diags);
    struct stage_summary summary;
    assert_true(stage_put(stage, "a", "two", 3));
    assert_true(stage_put(stage, "a", "three", 5) == false); /* already staged */
    assert_false(stage_commit(stage, &summary));
    stage_free(stage);
    stage = stage_begin(site_of(f), f->diags);
    assert_true(stage_put(stage, "a", "two", 3));
    assert_false(stage_put(stage, "../b", "x", 1));
    assert_false(stage_commit(stage, &summary));
    stage_free(stage);
    assert_string_equal(content(f, "a"), "one");
    assert_int_equal(names_beside(f), 0);
    assert_int_equal(diags_exit_status(f->diags), 3);
    assert_null(stage_begin(".", f->diags));
    assert_null(stage_begin("/", f->diags));
    assert_null(stage_begin("/dev/null", f->diags));
}

static void the_same_inputs_are_recognised(void **state) {
    struct fixture *f = *state;
    struct stage *stage = stage_begin(site_of(f), f->diags);
    struct stage_summary summary;
    assert_true(stage_put(stage, "a", "one", 3));
    stage_set_fingerprint(stage, 77);
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    stage = stage_begin(site_of(f), f->diags);
    assert_true(stage_is_current(stage, 77, &summary));
    assert_int_equal(summary.unchanged, 1);
    assert_false(stage_is_current(stage, 78, &summary));
    put_file(f, "a", "two");
    assert_false(stage_is_current(stage, 77, &summary));
    stage_free(stage);
}

/* What is kept by its key is as it was put; all else has to be put again. */
static void a_key_keeps_what_is_untouched(void **state) {
    struct fixture *f = *state;
    struct stage_summary summary;
    struct stage *stage = stage_begin(site_of(f), f->diags);
    assert_false(stage_keep(stage, "a/b", 5));
    assert_true(stage_put_keyed(stage, "a/b", 5, "one", 3));
    assert_true(stage_put(stage, "c", "two", 3));
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    ino_t kept = stat_of(f, "a/b").st_ino;

    stage = stage_begin(site_of(f), f->diags);
    assert_false(stage_keep(stage, "c", 0));
    assert_false(stage_keep(stage, "c", 5));
    assert_false(stage_keep(stage, "a/b", 6));
    assert_false(stage_keep(stage, "a/b", 0));
    assert_true(stage_keep(stage, "a/b", 5));
    assert_true(stage_put(stage, "c", "new", 3));
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    assert_int_equal(summary.files, 2);
    assert_int_equal(summary.unchanged, 1);
    assert_int_equal(stat_of(f, "a/b").st_ino, kept);
    assert_string_equal(content(f, "c"), "new");

    put_file(f, "a/b", "One"); /* edited, of the same size */
    stage = stage_begin(site_of(f), f->diags);
    assert_false(stage_keep(stage, "a/b", 5));
    assert_true(stage_put_keyed(stage, "a/b", 5, "one", 3));
    assert_true(stage_put(stage, "c", "new", 3));
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    assert_string_equal(content(f, "a/b"), "one");

    put_file(f, "a/b", "one"); /* touched: read to be sure */
    stage = stage_begin(site_of(f), f->diags);
    assert_true(stage_keep(stage, "a/b", 5));
    stage_free(stage);

    const char *text, *manifest = fs_join(f->arena, site_of(f), STAGE_MANIFEST);
    size_t n;
    assert_true(fs_read(f->arena, manifest, 1000, f->diags, &text, &n));
    char *mixed = arena_copy(f->arena, text, n);
    memset(strchr(mixed, '\n') - 16, 'f', 16);
    assert_true(fs_write(manifest, mixed, n, f->diags));
    stage = stage_begin(site_of(f), f->diags);
    assert_false(stage_keep(stage, "a/b", 5)); /* old and new stand side by side */
    stage_free(stage);
}

/* A page's key keeps its folder, but not what lies below it: all of it or nothing. */
static void a_key_keeps_a_folder(void **state) {
    struct fixture *f = *state;
    struct stage_summary summary;
    struct stage *stage = stage_begin(site_of(f), f->diags);
    static const char *const others[] = {"p/a.csv", "p/z.json", "p/below/c", "p-/a", "pa", "q/a"};
    assert_true(stage_put_keyed(stage, "p/index.html", 5, "one", 3));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_true(stage_put(stage, others[i], "two", 3));
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);

    stage = stage_begin(site_of(f), f->diags);
    assert_false(stage_keep_folder(stage, "p/index.html", 6));
    assert_false(stage_keep_folder(stage, "p/index.html", 0));
    assert_true(stage_keep_folder(stage, "p/index.html", 5));
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    assert_int_equal(summary.files, 3);
    assert_int_equal(summary.removed, 4);
    assert_string_equal(content(f, "p/z.json"), "two");

    put_file(f, "p/z.json", "Two");
    stage = stage_begin(site_of(f), f->diags);
    assert_false(stage_keep_folder(stage, "p/index.html", 5));
    assert_true(stage_put_keyed(stage, "p/index.html", 5, "one", 3));
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    assert_int_equal(summary.files, 1); /* the edited one stays as somebody's */
}

static void the_second_build_waits(void **state) {
    struct fixture *f = *state;
    int go[2];
    char byte = 0;
    assert_int_equal(pipe(go), 0);
    pid_t child = fork(); /* before the lock is taken: a fork would share it */
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr) || read(go[0], &byte, 1) != 1)
            _exit(9);
        publish(f, "a=second");
        end_child(0);
    }
    struct stage *stage = stage_begin(site_of(f), f->diags);
    assert_true(stage_put(stage, "a", "first", 5));
    assert_int_equal(write(go[1], &byte, 1), 1);
    usleep(50000);
    assert_int_equal(waitpid(child, NULL, WNOHANG), 0);
    struct stage_summary summary;
    assert_true(stage_commit(stage, &summary));
    assert_string_equal(content(f, "a"), "first");
    stage_free(stage);
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_string_equal(content(f, "a"), "second");
    assert_int_equal(names_beside(f), 0);
}

static void a_signal_cleans_up(void **state) {
    struct fixture *f = *state;
    publish(f, "a=one");
    pid_t child = fork();
    if (child == 0) {
        struct stage *volatile stage = stage_begin(site_of(f), f->diags); /* lest it seem lost */
        stage_put(stage, "a", "two", 3);
        kill(getpid(), SIGTERM);
        for (;;)
            pause();
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
    assert_string_equal(content(f, "a"), "one");
    assert_int_equal(names_beside(f), 0);
}

/* Earlier programs noted XXH64 of what they wrote. */
static void a_site_of_old_is_known(void **state) {
    struct fixture *f = *state;
    char one[HASH_HEX], two[HASH_HEX];
    hash_hex(one, hash_bytes("one", 3, 0));
    hash_hex(two, hash_bytes("two", 3, 0));
    const char *manifest = arena_printf(
        f->arena, "tallypress-manifest 1 0000000000000000\n%s 3 a\n%s 3 gone\n", one, two);
    publish(f, "a=one gone=two");
    put_file(f, STAGE_MANIFEST, manifest);
    publish(f, "a=new");
    assert_string_equal(content(f, "a"), "new");
    assert_string_equal(content(f, "gone"), "(none)");
}

static void manifests_are_checked(void **state) {
    struct fixture *f = *state;
    struct manifest manifest;
    static const char *const bad[] = {
        "",
        "tallypress-manifest 2 0000000000000000\n",
        "tallypress-manifest 1 000000000000000g\n",
        "tallypress-manifest 1 0000000000000000\n0123456789abcdef 3 ../x\n",
        "tallypress-manifest 1 0000000000000000\n0123456789abcdef x a\n",
        "tallypress-manifest 1 0000000000000000\n0123456789abcdef 3 a 0000000000000000\n",
        "tallypress-manifest 1 0000000000000000\n0123456789abcdef 3 a 0123456789abcdeg\n",
        "tallypress-manifest 1 0000000000000000\n0123456789abcdef 3 a 123\n",
        "tallypress-manifest 1 0000000000000000\n012345 3 a\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(manifest_parse(f->arena, bad[i], strlen(bad[i]), &manifest));
    const char *good = "tallypress-manifest 1 00000000000000ff\n"
                       "0123456789abcdef 3 a-b\n"
                       "0123456789abcdef 3 a/c fedcba9876543210\n";
    assert_true(manifest_parse(f->arena, good, strlen(good), &manifest));
    assert_int_equal(manifest_below(&manifest, "").count, 2);
    struct manifest_span below = manifest_below(&manifest, "a");
    assert_int_equal(below.count, 1);
    assert_string_equal(manifest_name(below, 2, "c")->path, "a/c");
    assert_null(manifest_name(below, 2, "d"));
    assert_int_equal(manifest_below(&manifest, "b").count, 0);
    assert_non_null(manifest_find(&manifest, "a-b"));
    struct buf text = BUF_INIT;
    manifest_print(&manifest, &text);
    assert_string_equal(buf_text(&text), good);
    buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_keeps_and_removes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_do_not_lead_out_in_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_changed_writes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(foreign_files_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_foreign_file_is_never_overwritten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(edited_pages_are_repaired_or_kept, set_up, tear_down),
        cmocka_unit_test(bad_paths_are_refused),
        cmocka_unit_test_setup_teardown(a_bad_build_leaves_the_old_site, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_inputs_are_recognised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_key_keeps_what_is_untouched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_key_keeps_a_folder, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_second_build_waits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_signal_cleans_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_site_of_old_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(manifests_are_checked, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("publish/stage", tests, NULL, NULL);
}
