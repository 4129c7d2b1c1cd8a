/* LD_PRELOAD: as if a page had taken over the process. At the first file that a build writes it
   tries to read, write, run and send what it must not, and says on stderr what it could. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

static atomic_int opened;

static void say(const char *what, int could) {
    fprintf(stderr, "intruder: %s: %s\n", what, could ? "could" : "refused");
}

static void intrude(int (*open_at)(int, const char *, int, ...)) {
    const char *outside = getenv("INTRUDER_OUTSIDE"); /* a directory that holds "secret" */
    char path[4096];
    struct rlimit limit;
    snprintf(path, sizeof path, "%s/secret", outside);
    say("read outside", open_at(AT_FDCWD, path, O_RDONLY) >= 0);
    say("write a file outside", open_at(AT_FDCWD, path, O_WRONLY) >= 0);
    say("remove outside", unlink(path) == 0);
    say("change rights outside", chmod(path, 0777) == 0);
    say("change the owner outside", chown(path, getuid(), getgid()) == 0);
    say("change times outside", utimes(path, NULL) == 0);
    say("add an attribute outside", setxattr(path, "user.x", "x", 1, 0) == 0);
    snprintf(path, sizeof path, "%s/made", outside);
    say("make a file outside", open_at(AT_FDCWD, path, O_WRONLY | O_CREAT, 0600) >= 0);
    say("write an input", open_at(AT_FDCWD, getenv("INTRUDER_INPUT"), O_WRONLY) >= 0);
    say("read an input", open_at(AT_FDCWD, getenv("INTRUDER_INPUT"), O_RDONLY) >= 0);
    say("run a program", system("true") == 0);
    say("open a socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    say("signal another process", kill(getppid(), 0) == 0);
    say("queue a signal for another", sigqueue(getppid(), 0, (union sigval){0}) == 0);
    say("signal another's thread", syscall(SYS_tgkill, getppid(), getppid(), 0) == 0);
    say("signal by a full pipe", fcntl(STDERR_FILENO, F_SETOWN, getppid()) == 0);
    say("watch another process", syscall(SYS_pidfd_open, getppid(), 0) >= 0);
    say("slow another process", setpriority(PRIO_PROCESS, (id_t)getppid(), 19) == 0);
    say("limit another process", prlimit(getppid(), RLIMIT_CPU, NULL, &limit) == 0);
    say("type on the terminal", ioctl(STDIN_FILENO, TIOCSTI, "x") == 0 || errno != EPERM);
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    say("start a process", child > 0);
}

int openat(int fd, const char *path, int flags, ...) {
    int (*real)(int, const char *, int, ...) =
        (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    if (flags & O_CREAT && atomic_fetch_add(&opened, 1) == 0)
        intrude(real);
    return real(fd, path, flags, mode);
}
