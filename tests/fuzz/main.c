/* Runs a fuzz target over files and folders of inputs, without a fuzzing engine: what `make check`
   does with the corpus, and what a finding is looked at with. Built by AFL++ it is AFL++'s own
   loop. usage: fuzz_NAME FILE|DIRECTORY... */
#include "fuzz.h"

#include "base/fs.h"

#include <time.h>

#ifdef __AFL_FUZZ_TESTCASE_LEN
#include <unistd.h>
__AFL_FUZZ_INIT();

int main(void) {
    __AFL_INIT();
    const unsigned char *bytes = __AFL_FUZZ_TESTCASE_BUF;
    while (__AFL_LOOP(10000))
        LLVMFuzzerTestOneInput(bytes, (size_t)__AFL_FUZZ_TESTCASE_LEN);
    return 0;
}
#else
static size_t run_file(const char *path) {
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const char *text;
    size_t n;
    bool ok = fs_read(arena, path, (size_t)1 << 26, diags, &text, &n);
    fprintf(stderr, "%s\n", path); /* the last line names what broke it */
    if (ok)
        LLVMFuzzerTestOneInput((const uint8_t *)text, n);
    diags_free(diags);
    arena_free(arena);
    return ok;
}

static size_t run_directory(const char *path) {
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const char **names;
    size_t count, run = 0;
    if (fs_list(arena, path, true, diags, &names, &count))
        for (size_t i = 0; i < count; i++)
            run += run_file(fs_join(arena, path, names[i]));
    diags_free(diags);
    arena_free(arena);
    return run;
}

int main(int argc, char **argv) {
    size_t run = 0;
    for (int i = 1; i < argc; i++)
        run += fs_is_dir(argv[i], NULL) ? run_directory(argv[i]) : run_file(argv[i]);
    printf("%zu inputs, %.2f CPU seconds\n", run, (double)clock() / CLOCKS_PER_SEC);
    return run ? 0 : 1;
}
#endif
