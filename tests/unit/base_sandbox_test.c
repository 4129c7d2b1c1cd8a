/* The sandbox bites: in a child that entered it, what is not allowed fails and what is allowed
   works; where the kernel lacks a part, it says so. */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define OK(condition)                                                                              \
    if (!(condition))                                                                              \
    return fprintf(stderr, "line %d: %s: %s\n", __LINE__, #condition, strerror(errno)), 1

enum { SKIPPED = 77 };

/* What child says about itself. */
static int in_child(int (*child)(void)) {
    int status;
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(child());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static bool reads(const char *path) {
    int fd = open(path, O_RDONLY);
    return fd >= 0 && close(fd) == 0;
}

static bool writes(const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    return fd >= 0 && close(fd) == 0;
}

static bool opens_directory(const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY);
    return fd >= 0 && close(fd) == 0;
}

static void *thread(void *argument) {
    return argument;
}

static bool threads_work(void) {
    pthread_t id;
    void *back = NULL;
    int mark;
    return pthread_create(&id, NULL, thread, &mark) == 0 && pthread_join(id, &back) == 0 &&
           back == &mark;
}

/* No program, process or socket, nothing done to others. */
static int calls_are_refused(void) {
    char *argv[] = {(char *)"true", NULL};
    struct rlimit limit;
    OK(execv("/bin/true", argv) == -1 && errno == EPERM);
    OK(fork() == -1 && errno == EPERM);
    OK(syscall(SYS_clone, 0, NULL, NULL, NULL, NULL) == -1 && errno == EPERM);
    OK(system("true") != 0);
    OK(socket(AF_INET, SOCK_STREAM, 0) == -1 && errno == EPERM);
    OK(syscall(SYS_ptrace, 0, 0, 0, 0) == -1 && errno == EPERM);
    OK(kill(getpid(), 0) == -1 && errno == EPERM);
    OK(pthread_kill(pthread_self(), 0) == 0);
    OK(syscall(SYS_tgkill, getppid(), getppid(), 0) == -1 && errno == EPERM);
    OK(chmod("in/file", 0777) == -1 && errno == EPERM);
    OK(utimensat(AT_FDCWD, "in/file", NULL, 0) == -1 && errno == EPERM);
    OK(ioctl(STDIN_FILENO, TIOCSTI, "x") == -1 && errno == EPERM);
    OK(fcntl(STDERR_FILENO, F_SETOWN, getppid()) == -1 && errno == EPERM);
    OK(fcntl(STDERR_FILENO, F_GETFD) != -1 && getrlimit(RLIMIT_CPU, &limit) == 0);
    OK(prlimit(getppid(), RLIMIT_CPU, NULL, &limit) == -1 && errno == EPERM);
    OK(threads_work());
    return 0;
}

static char top[] = "/tmp/sandbox-XXXXXX";

static int confined(void) {
    static const char *const files[] = {"in/file"}, *const listed[] = {"listed"},
                             *const readable[] = {"in/dir", "missing"},
                             *const writable[] = {"out", "stage"}, *const parents[] = {"."};
    const struct sandbox sandbox = {.files = {files, 1},
                                    .readable = {readable, 2},
                                    .listed = {listed, 1},
                                    .writable = {writable, 2},
                                    .parents = {parents, 1}};
    const char *why = "";
    int opened = open("in/other", O_RDONLY);
    if (!sandbox_enter(&sandbox, &why))
        return fprintf(stderr, "skipped: %s\n", why), SKIPPED;
    OK(reads("in/file") && reads("in/dir/below") && reads("out/page") && opened >= 0);
    OK(!reads("in/other") && errno == EACCES);
    OK(opens_directory("listed") && opens_directory("in/dir") && !opens_directory("in"));
    OK(!reads("listed/file") && errno == EACCES);
    OK(!reads("/etc/passwd") && errno == EACCES);
    OK(!writes("in/file") && !writes("in/dir/new") && !writes("in/new") && !writes("/tmp/new"));
    OK(writes("out/page") && writes("stage/new") && mkdir("out/more", 0700) == 0);
    OK(link("out/page", "stage/page") == 0 && rename("stage/page", "out/more/page") == 0);
    OK(link("in/other", "out/other") == -1); /* would make it readable */
    OK(symlink("/etc/passwd", "out/link") == 0 && !reads("out/link") && errno == EACCES);
    OK(symlink("../in", "out/away") == 0 && !writes("out/away/new") && errno == EACCES);
    OK(mknod("out/device", S_IFCHR | 0600, 0) == -1);
    OK(!writes("beside") && unlink("in/other") == -1 && truncate("in/file", 0) == -1);
    OK(syscall(SYS_renameat2, AT_FDCWD, "stage", AT_FDCWD, "out", 2 /* exchange */) == 0);
    OK(reads("out/new") && writes("out/new") && mkdir("next", 0700) == 0 && !writes("next/x"));
    return calls_are_refused();
}

static int read_only(void) {
    const char *why = "";
    if (!sandbox_read_only(&why))
        return fprintf(stderr, "skipped: %s\n", why), SKIPPED;
    OK(reads("in/other") && reads("/etc/passwd"));
    OK(!writes("out/page") && !writes("new") && mkdir("dir", 0700) == -1 &&
       unlink("in/file") == -1);
    OK(write(STDERR_FILENO, "", 0) == 0);
    return calls_are_refused();
}

/* As on a kernel that does not know the call. */
static bool forget_call(unsigned number) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {4, code};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static int without_landlock(void) {
    const char *why = "";
    if (!forget_call(SYS_landlock_create_ruleset))
        return SKIPPED;
    OK(!sandbox_read_only(&why) && strcmp(why, "the kernel has no Landlock") == 0);
    return calls_are_refused(); /* what the kernel has holds */
}

static int without_seccomp(void) {
    const char *why = "";
    if (!forget_call(SYS_seccomp))
        return SKIPPED;
    bool entered = sandbox_read_only(&why);
    OK(!entered);
    OK(strstr(why, "seccomp") || strstr(why, "Landlock"));
    return 0;
}

static void check(int (*child)(void)) {
    int status = in_child(child);
    if (status == SKIPPED)
        skip();
    assert_int_equal(status, 0);
}

static void confines_files_and_calls(void **state) {
    (void)state;
    check(confined);
}
static void keeps_from_writing(void **state) {
    (void)state;
    check(read_only);
}
static void says_what_the_kernel_lacks(void **state) {
    (void)state;
    check(without_landlock);
    check(without_seccomp);
}

static int make_tree(void **state) {
    (void)state;
    return mkdtemp(top) && chdir(top) == 0 && mkdir("in", 0700) == 0 &&
                   mkdir("in/dir", 0700) == 0 && mkdir("out", 0700) == 0 &&
                   mkdir("stage", 0700) == 0 && mkdir("listed", 0700) == 0 &&
                   writes("listed/file") && writes("in/file") && writes("in/other") &&
                   writes("in/dir/below") && writes("out/page")
               ? 0
               : -1;
}

static int drop_tree(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", top);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(confines_files_and_calls),
                                       cmocka_unit_test(keeps_from_writing),
                                       cmocka_unit_test(says_what_the_kernel_lacks)};
    return cmocka_run_group_tests(tests, make_tree, drop_tree);
}
