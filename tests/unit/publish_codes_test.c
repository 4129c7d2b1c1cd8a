/* What publishing remarks on or refuses, each with its code; and a file system that cannot exchange
   two directories, which the functions below play. */
#include "published.h"

#include "command_run.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>

/* In the place of the C library's own. */
struct machine {
    bool cannot_exchange, cannot_flush;
    unsigned renames_left; /* that succeed */
    bool dies;             /* at the one after them, else it fails */
};
static struct machine *machine(void) {
    static struct machine only = {.renames_left = 99};
    return &only;
}
int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    if (machine()->cannot_exchange) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from, old, to, new, flags);
}
int rename(const char *old, const char *new) {
    if (machine()->renames_left == 0 && machine()->dies)
        end_child(9);
    if (machine()->renames_left == 0) {
        errno = EIO;
        return -1;
    }
    machine()->renames_left--;
    return (int)syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
}
int syncfs(int fd) {
    (void)fd;
    errno = EIO;
    return machine()->cannot_flush ? -1 : 0;
}

static int as_new(void **state) {
    *machine() = (struct machine){.renames_left = 99};
    return set_up(state);
}

/* One page put to the site; whether the commit says it is done. */
static bool commits(struct fixture *f, const char *text, bool durable) {
    struct stage *stage = stage_begin(site_of(f), f->diags);
    struct stage_summary summary;
    assert_non_null(stage);
    stage_set_durable(stage, durable);
    assert_true(stage_put(stage, "a", text, strlen(text)));
    bool ok = stage_commit(stage, &summary);
    stage_free(stage);
    return ok;
}

/* Each collected, in this order, and no more. */
static void said(const struct fixture *f, const char *const *codes, size_t count) {
    assert_int_equal(diags_count(f->diags), count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(diags_get(f->diags, i)->code, codes[i]);
}
#define SAID(f, ...)                                                                               \
    said(f, (const char *const[]){__VA_ARGS__},                                                    \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void two_renames_do_as_well(void **state) {
    struct fixture *f = *state;
    machine()->cannot_exchange = true;
    publish(f, "a=one b=x");
    put_file(f, "mine", "mine");
    publish(f, "a=two");
    assert_string_equal(content(f, "a"), "two");
    assert_string_equal(content(f, "b"), "(none)");
    assert_string_equal(content(f, "mine"), "mine");
    assert_int_equal(names_beside(f), 0);
    assert_int_equal(diags_count(f->diags), 0);
}

static void a_rename_that_fails_is_undone(void **state) {
    struct fixture *f = *state;
    publish(f, "a=one");
    machine()->cannot_exchange = true;
    machine()->renames_left = 0;
    assert_false(commits(f, "two", false));
    assert_string_equal(content(f, "a"), "one");
    SAID(f, "io-write");
    assert_int_equal(names_beside(f), 0);
}

/* Neither undone: the next build puts the old site back, with what is not the tool's. */
static void what_was_put_aside_comes_back(void **state) {
    struct fixture *f = *state;
    publish(f, "a=one");
    put_file(f, "mine", "mine");
    machine()->cannot_exchange = true;
    machine()->renames_left = 1;
    assert_false(commits(f, "two", false));
    SAID(f, "publish-aside", "io-write");
    assert_int_equal(diags_exit_status(f->diags), 3);
    machine()->renames_left = 99;
    assert_true(commits(f, "two", false));
    SAID(f, "publish-aside", "io-write", "publish-aside");
    assert_string_equal(content(f, "a"), "two");
    assert_string_equal(content(f, "mine"), "mine");
    assert_int_equal(names_beside(f), 0);
}

static void killed_between_two_renames(void **state) {
    struct fixture *f = *state;
    publish(f, "a=one");
    put_file(f, "mine", "mine");
    pid_t child = fork();
    if (child == 0) {
        *machine() = (struct machine){.cannot_exchange = true, .renames_left = 1, .dies = true};
        commits(f, "two", false);
        end_child(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 9);
    assert_string_equal(content(f, "mine"), "(none)");
    assert_true(commits(f, "two", false));
    SAID(f, "publish-aside");
    assert_string_equal(content(f, "a"), "two");
    assert_string_equal(content(f, "mine"), "mine");
    assert_int_equal(names_beside(f), 0);
}

/* Before the swap the old site stands; after it the new one does, and the failure is said. */
static void a_disk_that_does_not_hold_is_said(void **state) {
    struct fixture *f = *state;
    assert_true(commits(f, "one", true));
    assert_int_equal(diags_count(f->diags), 0);
    machine()->cannot_flush = true;
    assert_true(commits(f, "two", false));
    assert_int_equal(diags_count(f->diags), 0);
    assert_false(commits(f, "three", true));
    SAID(f, "io-write");
    assert_string_equal(content(f, "a"), "two");
}

static void a_path_twice(void **state) {
    struct fixture *f = *state;
    publish(f, "a=one");
    struct stage *stage = stage_begin(site_of(f), f->diags);
    struct stage_summary summary;
    assert_true(stage_put(stage, "b", "two", 3) && stage_put(stage, "c", "three", 5));
    assert_true(stage_put_keyed(stage, "a", 1, "one", 3) && stage_put(stage, "a", "one", 3));
    assert_false(stage_commit(stage, &summary));
    stage_free(stage);
    SAID(f, "publish-duplicate");
    assert_string_equal(diags_get(f->diags, 0)->place.file, "a");
    assert_string_equal(content(f, "b"), "(none)");
    assert_int_equal(names_beside(f), 0);
}

/* Of another version, or cut off: what is there is compared, and what is ours no longer known. */
static void a_manifest_that_is_none(void **state) {
    struct fixture *f = *state;
    publish(f, "a=one b=two");
    put_file(f, STAGE_MANIFEST, "tallypress-manifest 9 0000000000000000\n");
    publish(f, "a=one");
    SAID(f, "publish-manifest");
    assert_int_equal(diags_exit_status(f->diags), 0);
    assert_string_equal(content(f, "b"), "two");
}

static void no_directory_for_a_site(void **state) {
    struct fixture *f = *state;
    assert_null(stage_begin(".", f->diags));
    assert_null(stage_begin("/", f->diags));
    SAID(f, "publish-out", "publish-out");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_renames_do_as_well, as_new, tear_down),
        cmocka_unit_test_setup_teardown(a_rename_that_fails_is_undone, as_new, tear_down),
        cmocka_unit_test_setup_teardown(what_was_put_aside_comes_back, as_new, tear_down),
        cmocka_unit_test_setup_teardown(killed_between_two_renames, as_new, tear_down),
        cmocka_unit_test_setup_teardown(a_disk_that_does_not_hold_is_said, as_new, tear_down),
        cmocka_unit_test_setup_teardown(a_path_twice, as_new, tear_down),
        cmocka_unit_test_setup_teardown(a_manifest_that_is_none, as_new, tear_down),
        cmocka_unit_test_setup_teardown(no_directory_for_a_site, as_new, tear_down),
    };
    return cmocka_run_group_tests_name("publish/codes", tests, NULL, NULL);
}
