/* Landlock (linux/landlock.h, ABI 2 and later) for files; seccomp in sandbox_calls.c. */
#include "base/sandbox.h"

#include "base/sandbox_calls.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of later kernels than the headers may know. */
#define ACCESS_REFER (UINT64_C(1) << 13)
#define ACCESS_TRUNCATE (UINT64_C(1) << 14)
#define ACCESS_IOCTL_DEVICE (UINT64_C(1) << 15)
#define NET_BIND_AND_CONNECT UINT64_C(3)

#define READ_FILE ((uint64_t)LANDLOCK_ACCESS_FS_READ_FILE)
#define READ_BOTH ((uint64_t)(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR))
#define MOVE_DIRECTORIES ((uint64_t)(LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR))
/* Everything but devices: the owner's links and pipes in a site are carried over. */
#define CHANGE                                                                                     \
    ((uint64_t)(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |                      \
                LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_MAKE_FIFO |                       \
                LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REMOVE_FILE) |                   \
     MOVE_DIRECTORIES | ACCESS_REFER | ACCESS_TRUNCATE)

struct ruleset { /* of the newest ABI; the kernel is given as much of it as it knows */
    uint64_t files, net, scoped;
};

static uint64_t known_file_rights(long abi) {
    uint64_t rights = (UINT64_C(1) << 14) - 1; /* ABI 2 */
    if (abi >= 3)
        rights |= ACCESS_TRUNCATE;
    if (abi >= 5)
        rights |= ACCESS_IOCTL_DEVICE;
    return rights;
}

static void allow(int rules, uint64_t known, struct sandbox_paths paths, uint64_t rights) {
    for (size_t i = 0; i < paths.count; i++) {
        struct stat info;
        struct landlock_path_beneath_attr rule = {.allowed_access = rights & known};
        rule.parent_fd = open(paths.items[i], O_PATH | O_CLOEXEC);
        if (rule.parent_fd < 0)
            continue;
        if (fstat(rule.parent_fd, &info) == 0 && !S_ISDIR(info.st_mode))
            rule.allowed_access &= READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE;
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(rule.parent_fd);
    }
}

/* Of a link from one directory to another the kernel asks at each directory above them what is
   allowed, up to one where everything is: that is what a site is made to be, where calls are
   confined, which refuse to make devices and to run what lies there. */
static bool confine_files(const struct sandbox *s, bool reading, bool calls, const char **why) {
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    *why = "the kernel has no Landlock";
    if (abi < 2) /* the first one could not link files between directories */
        return false;
    uint64_t known = known_file_rights(abi);
    struct ruleset ruleset = {.files = reading ? known : known & ~READ_BOTH,
                              .net = NET_BIND_AND_CONNECT};
    size_t bytes = abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &ruleset, bytes, 0);
    *why = "Landlock refuses";
    if (rules < 0)
        return false;
    allow(rules, ruleset.files, s->files, READ_FILE);
    allow(rules, ruleset.files, s->readable, READ_BOTH);
    allow(rules, ruleset.files, s->listed, LANDLOCK_ACCESS_FS_READ_DIR);
    allow(rules, ruleset.files, s->writable, calls ? ruleset.files : READ_BOTH | CHANGE);
    allow(rules, ruleset.files, s->parents, MOVE_DIRECTORIES);
    bool ok = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return ok;
}

static bool enter(const struct sandbox *sandbox, bool reading, const char **why) {
    const char *no_files, *no_calls;
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); /* else both refuse, and say so */
    bool calls = sandbox_confine_calls(&no_calls);
    bool files = confine_files(sandbox, reading, calls, &no_files);
    *why = files ? no_calls : no_files;
    return files && calls;
}

bool sandbox_enter(const struct sandbox *sandbox, const char **why) {
    return enter(sandbox, true, why);
}

bool sandbox_read_only(const char **why) {
    static const struct sandbox nothing;
    return enter(&nothing, false, why);
}

bool sandbox_no_programs(const char **why) {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return sandbox_confine_calls(why);
}
