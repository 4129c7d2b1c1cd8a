/* Files: whole reads with a limit, checked writes, sorted listings. */
#include "base/fs.h"

#include "base/arena.h"
#include "base/diag.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void complain(struct diags *diags, const char *code, const char *path, int error) {
    char text[128];
    const char *reason = error == ELOOP ? "is a symbolic link, or leads through too many"
                                        : strerror_r(error, text, sizeof text);
    diag_add(diags, DIAG_IO, code, (struct place){path, 0, 0}, "%s", reason);
}

/* Reads to the end of file; the file may grow or shrink meanwhile. */
static bool read_all(int fd, char *text, size_t n, size_t *got) {
    size_t done = 0;
    while (done < n) {
        ssize_t step = read(fd, text + done, n - done);
        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0)
            return false;
        if (step == 0)
            break;
        done += (size_t)step;
    }
    *got = done;
    return true;
}

static bool read_open(struct arena *arena, int fd, const char *path, size_t max_bytes,
                      struct diags *diags, const char **text, size_t *n) {
    struct stat info;
    if (fstat(fd, &info) != 0) {
        complain(diags, "io-read", path, errno);
        return false;
    }
    if (!S_ISREG(info.st_mode)) {
        complain(diags, "io-open", path, S_ISDIR(info.st_mode) ? EISDIR : EINVAL);
        return false;
    }
    if ((unsigned long long)info.st_size > max_bytes) {
        diag_add(diags, DIAG_ERROR, "too-large", (struct place){path, 0, 0},
                 "%lld bytes, the limit is %zu", (long long)info.st_size, max_bytes);
        return false;
    }
    char *data = arena_room(arena, (size_t)info.st_size + 1, 1);
    if (!read_all(fd, data, (size_t)info.st_size, n)) {
        complain(diags, "io-read", path, errno);
        return false;
    }
    data[*n] = '\0';
    *text = data;
    return true;
}

bool fs_read(struct arena *arena, const char *path, size_t max_bytes, struct diags *diags,
             const char **text, size_t *n) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        complain(diags, "io-open", path, errno);
        return false;
    }
    bool ok = read_open(arena, fd, path, max_bytes, diags, text, n);
    close(fd);
    return ok;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool fs_list(struct arena *arena, const char *path, bool missing_ok, struct diags *diags,
             const char ***names, size_t *count) {
    *names = NULL;
    *count = 0;
    DIR *directory = opendir(path);
    if (!directory) {
        if (missing_ok && errno == ENOENT)
            return true;
        complain(diags, "io-open", path, errno);
        return false;
    }
    size_t capacity = 0;
    struct dirent *entry;
    errno = 0;
    while ((entry = readdir(directory))) {
        if (entry->d_name[0] == '.')
            continue;
        *names = arena_grow(arena, *names, *count, &capacity, sizeof **names);
        (*names)[(*count)++] = arena_strdup(arena, entry->d_name);
        errno = 0;
    }
    bool ok = errno == 0;
    if (!ok)
        complain(diags, "io-read", path, errno);
    closedir(directory);
    if (*count)
        qsort(*names, *count, sizeof **names, by_bytes);
    return ok;
}

/* The type bits of what is at the path; 0 when nothing is or no path of that name can be. */
static mode_t type_of(const char *path, struct diags *diags) {
    struct stat info;
    if (stat(path, &info) == 0)
        return info.st_mode & S_IFMT;
    if (diags && errno != ENOENT && errno != ENOTDIR && errno != ENAMETOOLONG)
        complain(diags, "io-open", path, errno);
    return 0;
}

bool fs_is_dir(const char *path, struct diags *diags) {
    return type_of(path, diags) == S_IFDIR;
}

bool fs_is_file(const char *path, struct diags *diags) {
    return type_of(path, diags) == S_IFREG;
}

const char *fs_no_file(const char *path) {
    mode_t type = type_of(path, NULL);
    return type == S_IFDIR ? "is a directory, not a file"
           : type          ? "is no regular file"
                           : "no such file";
}

bool fs_mkdirs(const char *path, struct diags *diags) {
    char *copy = strdup(path);
    if (!copy) {
        complain(diags, "io-write", path, ENOMEM);
        return false;
    }
    bool ok = true;
    for (char *p = copy + 1; ok && copy[0]; p++) {
        if (*p && *p != '/')
            continue;
        char kept = *p;
        *p = '\0';
        if (mkdir(copy, 0777) != 0 && (errno != EEXIST || (!kept && !fs_is_dir(copy, NULL)))) {
            complain(diags, "io-write", copy, errno == EEXIST ? ENOTDIR : errno);
            ok = false;
        }
        *p = kept;
        if (!kept)
            break;
    }
    free(copy);
    return ok;
}

static bool write_all(int fd, const char *bytes, size_t n) {
    while (n) {
        ssize_t step = write(fd, bytes, n);
        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0)
            return false;
        bytes += step;
        n -= (size_t)step;
    }
    return true;
}

bool fs_write(const char *path, const char *bytes, size_t n, struct diags *diags) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        complain(diags, "io-write", path, errno);
        return false;
    }
    bool ok = write_all(fd, bytes, n);
    int error = errno;
    if (close(fd) != 0 && ok) {
        error = errno;
        ok = false;
    }
    if (!ok)
        complain(diags, "io-write", path, error);
    return ok;
}

bool fs_put_stdout(const char *bytes, size_t n, struct diags *diags) {
    bool ok = write_all(STDOUT_FILENO, bytes, n);
    if (!ok)
        complain(diags, "io-stdout", "<stdout>", errno);
    return ok;
}

char *fs_join(struct arena *arena, const char *directory, const char *name) {
    size_t n = strlen(directory);
    bool slash = n > 0 && directory[n - 1] == '/';
    return arena_printf(arena, "%s%s%s", directory, slash ? "" : "/", name);
}
