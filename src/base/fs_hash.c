/* The fingerprint of a file, without a copy of its bytes. */
#include "base/fs.h"

#include "base/hash.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool hash_open(int fd, uint64_t seed, uint64_t *hash) {
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    size_t n = (size_t)info.st_size;
    void *bytes = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0) : NULL;
    if (bytes == MAP_FAILED)
        return false;
    *hash = hash_bytes(bytes, n, seed);
    return !bytes || munmap(bytes, n) == 0;
}

bool fs_hash(const char *path, uint64_t seed, uint64_t *hash) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool ok = fd >= 0 && hash_open(fd, seed, hash);
    if (fd >= 0)
        close(fd);
    return ok;
}
