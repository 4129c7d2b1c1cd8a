/* Runs a command in a child process and keeps what it wrote to stdout and stderr. */
#ifndef TESTS_COMMAND_RUN_H
#define TESTS_COMMAND_RUN_H

#include "golden.h"

#include "base/arena.h"
#include "command/command.h"

#include <sys/wait.h>
#include <unistd.h>

#ifdef COVERAGE
void __gcov_dump(void);
#endif

/* Ends a child at once, nothing of its parent's done twice; what it covered is kept. */
static inline void end_child(int status) {
#ifdef COVERAGE
    __gcov_dump();
#endif
    _exit(status);
}

struct ran {
    int status;
    const char *out, *err;
    size_t out_length;
};

static inline char *ran_text(struct arena *arena, FILE *file, size_t *length) {
    long n = (fseek(file, 0, SEEK_END), ftell(file));
    char *text = arena_alloc(arena, (size_t)n + 1);
    rewind(file);
    *length = fread(text, 1, (size_t)n, file);
    fclose(file);
    return text;
}

/* words: the command line without "tallypress", words parted by single spaces. */
static inline struct ran ran_command(struct arena *arena, const char *words) {
    char *line = arena_strdup(arena, words), *argv[64] = {(char *)"tallypress"};
    int argc = 1;
    for (char *word = strtok(line, " "); word && argc < 63; word = strtok(NULL, " "))
        argv[argc++] = word;
    FILE *out = tmpfile(), *err = tmpfile();
    assert_true(out && err);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(fileno(out), 1);
        dup2(fileno(err), 2);
        int status = command_main(argc, argv);
        fflush(NULL);
        end_child(status);
    }
    int status;
    size_t n;
    assert_true(waitpid(child, &status, 0) == child && WIFEXITED(status));
    struct ran ran = {.status = WEXITSTATUS(status)};
    ran.out = ran_text(arena, out, &ran.out_length);
    ran.err = ran_text(arena, err, &n);
    return ran;
}

#endif
