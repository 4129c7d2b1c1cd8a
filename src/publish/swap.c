/* Makes the staging tree the site with one rename, or two where the file system cannot exchange. */
#include "publish/stage_inside.h"

#include "base/fs.h"
#include "base/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char *aside_of(const struct stage *stage) {
    return arena_printf(stage->arena, "%s-old", stage->tree);
}

void swap_undo(struct stage *stage) {
    const char *aside = aside_of(stage);
    int fd = stage->in_place ? -1 : open(aside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    /* A build that lives holds the lock; and only an empty directory can be renamed over. */
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && rename(aside, stage->out) == 0) {
        stage->created_out = false;
        diag_add(stage->diags, DIAG_NOTE, "publish-aside", (struct place){stage->out, 0, 0},
                 "a build was stopped between two renames: the site it had put aside is back");
    }
    if (fd >= 0)
        close(fd);
}

/* Two renames: for a moment there is no site. If the second fails the first is undone. */
static bool rename_twice(struct stage *stage) {
    const char *aside = aside_of(stage);
    fs_remove_tree(aside, NULL);
    if (rename(stage->out, aside) != 0)
        return false;
    if (rename(stage->tree, stage->out) == 0) {
        fs_remove_tree_by(aside, pool_default_jobs(), stage->diags);
        return true;
    }
    int error = errno;
    if (rename(aside, stage->out) != 0)
        diag_add(stage->diags, DIAG_IO, "publish-aside", (struct place){aside, 0, 0},
                 "the old site was left here, and the next build puts it back: %s",
                 strerror(errno));
    errno = error;
    return false;
}

static bool exchange(struct stage *stage) {
    if (renameat2(AT_FDCWD, stage->tree, AT_FDCWD, stage->out, RENAME_EXCHANGE) == 0) {
        stage->committed = true; /* from here on the tree is the old site */
        fs_remove_tree_by(stage->tree, pool_default_jobs(), stage->diags);
        return true;
    }
    if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return false;
    return rename_twice(stage);
}

/* One call for the file system instead of one a file and directory: a site is thousands. */
bool stage_flush(struct stage *stage, int fd) {
    if (!stage->durable || syncfs(fd) == 0)
        return true;
    stage_io_error(stage, stage->out, errno);
    return false;
}

bool swap_trees(struct stage *stage) {
    if (!stage_flush(stage, stage->tree_fd))
        return false;
    if (exchange(stage)) {
        stage_flush(stage, stage->tree_fd); /* the new site stands; what failed is said */
        return true;
    }
    stage_io_error(stage, stage->out, errno);
    return false;
}
