/* Command lines that say nothing anybody could do: status 2, and the words that say what is wrong.
 */
#include "own_directory.h"

#include "command_run.h"

static const struct {
    const char *words, *said;
} wrong[] = {
    {"build --shard 1", "--shard: '1' is not I/N"},
    {"build --shard 3/2", "--shard: '3/2' is not I/N"},
    {"build --shard 0/2", "--shard: '0/2' is not I/N"},
    {"build --shard 1/2 --merge a b", "give one"},
    {"build --merge", "--merge"},
    {"init a b", "give one directory"},
    {"init", "give one directory"},
    {"diff a", "two"},
    {"diff a b c", "two"},
    {"diff . . --fail-on price", "is none of price:X%, best:X%, coverage"},
    {"diff . . --fail-on price:-5%", "is none of"},
    {"diff . . --fail-on coverage:5%", "is none of"},
    {"estimate --model llama-3.1-8b --gpu h100-sxm --price cheap", "'cheap' is not a number"},
    {"estimate --model llama-3.1-8b --gpu h100-sxm --price -1", "--price"},
    {"estimate --model llama-3.1-8b --gpu h100-sxm --count 1.5", "--count"},
    {"estimate --gpu h100-sxm", "--model"},
    {"params", "a FILE is missing"},
    {"report --model llama-3.1-8b", "-o"},
    {"calibrate --engine vllm", "-o"},
    {"sweep --format xml", "--format"},
    {"check --max-age 1e9", "--max-age"},
    {"biuld", "did you mean 'build'?"},
};

static void each_is_refused_in_words(void **state) {
    struct fixture *f = *state;
    size_t failed = 0;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct ran ran = ran_command(f->arena, wrong[i].words);
        bool right = ran.status == EXIT_USAGE && ran.out_length == 0 &&
                     strstr(ran.err, wrong[i].said) && strstr(ran.err, "error: [usage] ") &&
                     strstr(ran.err, "--help");
        if (!right)
            print_error("%s: status %d: %s", wrong[i].words, ran.status, ran.err);
        failed += !right;
    }
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_is_refused_in_words, set_up, tear_down)};
    return cmocka_run_group_tests_name("command/usage", tests, NULL, NULL);
}
