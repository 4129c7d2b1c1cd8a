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

static int init_quietly(const char *directory, const char *option) {
    char *argv[] = {(char *)"init", (char *)directory, (char *)option, NULL};
    int out = dup(1), err = dup(2), null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    int status = command_init(option ? 3 : 2, argv);
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
    assert_int_equal(init_quietly(dir, NULL), EXIT_DONE);
    struct project project = project_begin();
    assert_true(project_read(&project, dir, NULL));
    assert_int_equal(diags_errors(project.diags), 0);
    assert_int_equal(project.catalog.model_count, 1);
    assert_int_equal(project.catalog.gpu_count, 2);
    assert_true(project.catalog.offer_count >= 5);
    assert_true(fs_is_file(fs_join(project.arena, dir, ".github/workflows/site.yml"), NULL));
    assert_int_equal(init_quietly(dir, NULL), EXIT_IO);
    assert_true(fs_remove_tree(dir, project.diags));
    project_end(&project, NULL, EXIT_DONE);
}

/* All that a theme is made of, but not what belongs to this program. */
static void the_theme_is_written_where_asked_for(void **state) {
    (void)state;
    static const struct {
        const char *path;
        bool theme;
    } files[] = {{"templates/model.mustache", true}, {"templates/prose/method.md", true},
                 {"templates/README.md", true},      {"assets/style.css", true},
                 {"assets/palette.css", false},      {"data/site.json", false}};
    struct project project = project_begin();
    for (int theme = 0; theme < 2; theme++) {
        char dir[] = "/tmp/tallypress-init-XXXXXX";
        assert_non_null(mkdtemp(dir));
        assert_int_equal(init_quietly(dir, theme ? "--theme" : NULL), EXIT_DONE);
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
            assert_int_equal(fs_is_file(fs_join(project.arena, dir, files[i].path), NULL),
                             theme || !files[i].theme);
        assert_false(fs_is_file(fs_join(project.arena, dir, "assets/calculator.wasm"), NULL));
        assert_false(fs_is_file(fs_join(project.arena, dir, "assets/fonts/LICENCE.txt"), NULL));
        assert_true(fs_remove_tree(dir, project.diags));
    }
    project_end(&project, NULL, EXIT_DONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_starter_reads_without_error),
                                       cmocka_unit_test(the_theme_is_written_where_asked_for)};
    return cmocka_run_group_tests_name("command/init", tests, NULL, NULL);
}
