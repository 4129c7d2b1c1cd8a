/* LD_PRELOAD: makes the FAULT_AT-th call of FAULT_CALL fail with FAULT_ERRNO, or kills the process
   there when FAULT_ERRNO is "kill". Counts calls of all threads, with FAULT_FROM from the first
   open of a path that ends so. A byte in the file FAULT_MARK says that the fault was reached;
   FAULT_AT=0 makes none fail, and how often each was called stands there at the end. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int calls;
static atomic_int waits; /* for the file of FAULT_FROM */
static int mark = -1;    /* opened before anything is confined */

__attribute__((constructor)) static void open_mark(void) {
    const char *path = getenv("FAULT_MARK");
    if (path)
        mark = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    waits = getenv("FAULT_FROM") != NULL;
}

static struct {
    const char *_Atomic name;
    atomic_int count;
} counts[64];

static void count(const char *name) {
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const char *none = NULL;
        if (atomic_compare_exchange_strong(&counts[i].name, &none, name) ||
            strcmp(none, name) == 0) {
            counts[i].count++;
            return;
        }
    }
}

__attribute__((destructor)) static void say_counts(void) {
    char text[64];
    for (size_t i = 0; i < sizeof counts / sizeof *counts && counts[i].name; i++)
        syscall(SYS_write, mark, text,
                snprintf(text, sizeof text, "%s %d\n", counts[i].name, counts[i].count));
}

static void opened(const char *path) {
    const char *from = getenv("FAULT_FROM");
    size_t n = from ? strlen(from) : 0, length = strlen(path);
    if (from && length >= n && strcmp(path + length - n, from) == 0)
        waits = 0;
}

static int fails(const char *name) {
    const char *wanted = getenv("FAULT_CALL"), *at = getenv("FAULT_AT");
    const char *code = getenv("FAULT_ERRNO");
    if (!wanted || !at || waits)
        return 0;
    if (atoi(at) == 0)
        count(name);
    if (strcmp(wanted, name) != 0)
        return 0;
    if (atomic_fetch_add(&calls, 1) + 1 != atoi(at))
        return 0;
    syscall(SYS_write, mark, "!", 1);
    if (code && strcmp(code, "kill") == 0)
        kill(getpid(), SIGKILL);
    errno = code ? atoi(code) : EIO;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t n) {
    return fails("write") ? -1 : REAL(write)(fd, bytes, n);
}
ssize_t read(int fd, void *bytes, size_t n) {
    return fails("read") ? -1 : REAL(read)(fd, bytes, n);
}
int close(int fd) {
    int failed = fails("close"), error = errno, status = REAL(close)(fd);
    errno = error;
    return failed ? -1 : status;
}
int openat(int fd, const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    opened(path);
    return fails(flags & O_CREAT ? "create" : "openat") ? -1 : REAL(openat)(fd, path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    opened(path);
    return fails(flags & O_CREAT ? "create" : "open") ? -1 : REAL(open)(path, flags, mode);
}
void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
    return fails("mmap") ? MAP_FAILED : REAL(mmap)(at, n, protection, flags, fd, offset);
}
int flock(int fd, int operation) {
    return fails("flock") ? -1 : REAL(flock)(fd, operation);
}
int syncfs(int fd) {
    return fails("syncfs") ? -1 : REAL(syncfs)(fd);
}
int fstat(int fd, struct stat *info) {
    return fails("fstat") ? -1 : REAL(fstat)(fd, info);
}
int stat(const char *path, struct stat *info) {
    return fails("stat") ? -1 : REAL(stat)(path, info);
}
DIR *opendir(const char *path) {
    return fails("opendir") ? NULL : REAL(opendir)(path);
}
DIR *fdopendir(int fd) {
    return fails("fdopendir") ? NULL : REAL(fdopendir)(fd);
}
struct dirent *readdir(DIR *directory) {
    return fails("readdir") ? NULL : REAL(readdir)(directory);
}
char *realpath(const char *path, char *resolved) {
    return fails("realpath") ? NULL : REAL(realpath)(path, resolved);
}
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *argument) {
    return fails("pthread_create") ? EAGAIN
                                   : REAL(pthread_create)(thread, attributes, run, argument);
}
int mkdir(const char *path, mode_t mode) {
    return fails("mkdir") ? -1 : REAL(mkdir)(path, mode);
}
int mkdirat(int fd, const char *path, mode_t mode) {
    return fails("mkdirat") ? -1 : REAL(mkdirat)(fd, path, mode);
}
int linkat(int from, const char *old, int to, const char *new, int flags) {
    return fails("linkat") ? -1 : REAL(linkat)(from, old, to, new, flags);
}
int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    return fails("renameat2") ? -1 : REAL(renameat2)(from, old, to, new, flags);
}
int renameat(int from, const char *old, int to, const char *new) {
    return fails("renameat") ? -1 : REAL(renameat)(from, old, to, new);
}
int rename(const char *old, const char *new) {
    return fails("rename") ? -1 : REAL(rename)(old, new);
}
int unlinkat(int fd, const char *path, int flags) {
    return fails("unlinkat") ? -1 : REAL(unlinkat)(fd, path, flags);
}
void *malloc(size_t n) {
    return fails("malloc") ? NULL : REAL(malloc)(n);
}
void *calloc(size_t count, size_t n) {
    return fails("calloc") ? NULL : REAL(calloc)(count, n);
}
void *realloc(void *old, size_t n) {
    return fails("realloc") ? NULL : REAL(realloc)(old, n);
}
