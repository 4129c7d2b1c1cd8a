/* Makes the staging tree the site with one rename, or two where the file system cannot exchange. */
#include "publish/stage_inside.h"

#include "base/fs.h"
#include "base/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Two renames: for a moment there is no site. If the second fails the first is undone. */
static bool rename_twice(struct stage *stage) {
    const char *aside = arena_printf(stage->arena, "%s-old", stage->tree);
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
                 "the old site was left here: %s", strerror(errno));
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
bool stage_flush(const struct stage *stage, int fd) {
    return !stage->durable || syncfs(fd) == 0;
}

bool swap_trees(struct stage *stage) {
    if (stage_flush(stage, stage->tree_fd) && exchange(stage)) {
        stage_flush(stage, stage->tree_fd);
        return true;
    }
    stage_io_error(stage, stage->out, errno);
    return false;
}
