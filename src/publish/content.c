/* Contents of files below a directory: compared, hashed, written with every close checked. */
#include "publish/stage_inside.h"

#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int content_open(int fd, const char *path, uint64_t *bytes) {
    struct stat info;
    int file = openat(fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return -1;
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(file);
        errno = EISDIR;
        return -1;
    }
    *bytes = (uint64_t)info.st_size;
    return file;
}

bool content_goes_on(int file, const char *bytes, size_t n) {
    char chunk[1 << 15];
    while (n) {
        ssize_t got = read(file, chunk, n < sizeof chunk ? n : sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || memcmp(chunk, bytes, (size_t)got) != 0)
            return false;
        bytes += got;
        n -= (size_t)got;
    }
    return true;
}

enum content content_compare(int fd, const char *path, const char *bytes, size_t n) {
    uint64_t size = 0;
    int file = content_open(fd, path, &size);
    if (file < 0)
        return errno == ENOENT || errno == ENOTDIR ? CONTENT_MISSING : CONTENT_DIFFERENT;
    bool same = size == n && content_goes_on(file, bytes, n);
    close(file);
    return same ? CONTENT_SAME : CONTENT_DIFFERENT;
}

bool content_has_hash(int fd, const char *path, const struct manifest_entry *entry) {
    uint64_t size = 0;
    int file = content_open(fd, path, &size);
    if (file < 0)
        return false;
    bool same = size == entry->bytes;
    if (same && size) {
        void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
        same = bytes != MAP_FAILED &&
               (hash_content(bytes, size) == entry->hash ||
                hash_bytes(bytes, size, 0) == entry->hash); /* what earlier programs noted */
        if (bytes != MAP_FAILED)
            munmap(bytes, size);
    }
    close(file);
    return same;
}

int content_create(int fd, const char *path) {
    return openat(fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
}

bool content_append(int file, const char *bytes, size_t n) {
    while (n) {
        ssize_t put = write(file, bytes, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        n -= (size_t)put;
    }
    return true;
}

bool content_end(int file, bool ok) {
    int error = errno;
    if (close(file) != 0 && ok)
        return false;
    errno = error;
    return ok;
}
