/* init: the starter project is written whole, reads without error, never over other files. */
#include "base/fs.h"
#include "command/command.h"
#include "command/project.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static int init_quietly(const char *directory) {
    char *argv[] = {(char *)"init", (char *)directory, NULL};
    int out = dup(1), err = dup(2), null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    int status = command_init(2, argv);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    close(null);
    return status;
}

static void the_starter_reads_without_error(void **state) {
    (void)state;
    char dir[] = "/tmp/tallypress-init-XXXXXX";
    assert_non_null(mkdtemp(dir));
    assert_int_equal(init_quietly(dir), EXIT_DONE);
    struct project project = project_begin();
    assert_true(project_read(&project, dir, NULL));
    assert_int_equal(diags_errors(project.diags), 0);
    assert_int_equal(project.catalog.model_count, 1);
    assert_int_equal(project.catalog.gpu_count, 2);
    assert_true(project.catalog.offer_count >= 5);
    assert_true(fs_is_file(fs_join(project.arena, dir, ".github/workflows/site.yml"), NULL));
    assert_int_equal(init_quietly(dir), EXIT_IO);
    assert_true(fs_remove_tree(dir, project.diags));
    project_end(&project, NULL, EXIT_DONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_starter_reads_without_error)};
    return cmocka_run_group_tests_name("command/init", tests, NULL, NULL);
}
