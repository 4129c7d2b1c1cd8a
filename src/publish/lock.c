/* One build at a time for a site: the lock lies on the directory itself, so no lock file is left.
 */
#include "publish/stage_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* True when fd is still what the path names: a build that finished has swapped it away. */
static bool still_named(int fd, const char *path) {
    struct stat held, named;
    return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

static bool wait_for_lock(int fd, const char *path, bool *said) {
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno != EWOULDBLOCK)
        return false;
    if (!*said)
        fprintf(stderr, "tallypress: another build of %s is running; waiting for it\n", path);
    *said = true;
    int status;
    while ((status = flock(fd, LOCK_EX)) != 0 && errno == EINTR)
        continue;
    return status == 0;
}

int lock_directory(const char *path) {
    bool said = false;
    for (;;) {
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
            return -1;
        if (!wait_for_lock(fd, path, &said)) {
            int error = errno;
            close(fd);
            errno = error;
            return -1;
        }
        if (still_named(fd, path))
            return fd;
        close(fd);
    }
}
