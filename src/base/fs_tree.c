/* Removes a directory tree without ever following a symbolic link. */
#include "base/diag.h"
#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void complain(struct diags *diags, const char *path, int error) {
    char text[128];
    const char *reason = strerror_r(error, text, sizeof text);
    if (diags)
        diag_add(diags, DIAG_IO, "io-remove", (struct place){path, 0, 0}, "%s", reason);
}

static bool remove_at(int parent, const char *name);

static bool remove_children(DIR *directory) {
    bool ok = true;
    struct dirent *entry;
    while ((entry = readdir(directory))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        ok = remove_at(dirfd(directory), entry->d_name) && ok;
    }
    return ok;
}

static bool remove_at(int parent, const char *name) {
    if (unlinkat(parent, name, 0) == 0)
        return true;
    int error = errno; /* EACCES: in the sandbox no file may be removed beside the site */
    if (error != EISDIR && error != EPERM && error != EACCES)
        return error == ENOENT;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        errno = error;
        return false;
    }
    DIR *directory = fdopendir(fd);
    if (!directory) {
        close(fd);
        return false;
    }
    bool ok = remove_children(directory);
    closedir(directory);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 && ok;
}

bool fs_remove_tree(const char *path, struct diags *diags) {
    if (remove_at(AT_FDCWD, path))
        return true;
    complain(diags, path, errno);
    return false;
}
