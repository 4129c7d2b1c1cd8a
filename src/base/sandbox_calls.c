/* A list of refused system calls as a BPF program. Threads may be started, processes not; a refused
   call fails with EPERM, so that a library that asks for something odd goes on without. */
#include "base/sandbox_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE
static const int refused[] = {
#ifdef SYS_fork /* calls that newer processors never had */
    SYS_fork,
    SYS_vfork,
    SYS_mknod,
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_futimesat,
#endif
    SYS_execve,
    SYS_execveat,
    SYS_mknodat,
    /* What Landlock lets by: rights, owners, times and attributes of any file by its path. */
    SYS_fchmodat,
    452, /* fchmodat2 */
    SYS_fchownat,
    SYS_utimensat,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_fremovexattr,
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_sendto,
    SYS_sendmsg,
    SYS_sendmmsg,
    /* Other processes: to signal, to slow, to look into, to talk to. */
    SYS_kill,
    SYS_tkill,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_pidfd_open,
    SYS_pidfd_send_signal,
    SYS_pidfd_getfd,
    SYS_setpriority,
    SYS_ioprio_set,
    SYS_sched_setscheduler,
    SYS_sched_setparam,
    SYS_sched_setattr,
    SYS_sched_setaffinity,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_process_madvise,
    SYS_migrate_pages,
    SYS_move_pages,
    SYS_kcmp,
    SYS_shmget,
    SYS_shmat,
    SYS_shmctl,
    SYS_semget,
    SYS_semctl,
    SYS_msgget,
    SYS_msgsnd,
    SYS_msgctl,
    SYS_mq_open,
    SYS_mq_unlink,
    /* The machine, where root builds. */
    SYS_mount,
    SYS_umount2,
    SYS_move_mount,
    SYS_open_tree,
    SYS_fsopen,
    SYS_fspick,
    SYS_mount_setattr,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_fanotify_init,
    SYS_io_uring_setup,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_acct,
    SYS_swapon,
    SYS_swapoff,
    SYS_quotactl,
    SYS_syslog,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_adjtimex,
    SYS_clock_adjtime,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_open_by_handle_at,
};

/* Calls that one argument makes dangerous, and some that only one value of it makes harmless. */
struct refused_value {
    int call;
    unsigned argument;
    unsigned value;
    bool others;
};

static const struct refused_value refused_values[] = {
    {SYS_ioctl, 1, TIOCSTI, false}, /* types on the terminal what its shell then runs */
    {SYS_ioctl, 1, TIOCLINUX, false},
    {SYS_fcntl, 1, F_SETOWN, false}, /* a signal to whom it names, when a pipe fills */
    {SYS_fcntl, 1, F_SETOWN_EX, false},
    {SYS_prlimit64, 0, 0, true}, /* of itself */
    {SYS_tgkill, 0, 0, true},    /* its own threads: the value is the process */
};

enum {
    REFUSED = sizeof refused / sizeof *refused,
    REFUSED_VALUES = sizeof refused_values / sizeof *refused_values,
    BEFORE = 13,
    MOST = BEFORE + 5 * REFUSED_VALUES + 2 * REFUSED + 1
};

#define LOAD_AT(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)(offset))
#define LOAD(field) LOAD_AT(offsetof(struct seccomp_data, field))
#define LOAD_ARGUMENT(i) LOAD_AT(offsetof(struct seccomp_data, args) + (i) * sizeof(uint64_t))
#define UNLESS_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define FIRST_OF_X32 0x40000000 /* the same calls under other numbers */

/* All threads at once: the one that waits for signals runs already. */
static bool install(const struct sock_fprog *program) {
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, program) == 0;
}

/* Of a call of which one argument decides; the others go on at the number again. */
static size_t add_refused_value(struct sock_filter *code, size_t n, struct refused_value v) {
    const struct sock_filter five[] = {
        UNLESS_EQUAL((unsigned)v.call, 4),
        LOAD_ARGUMENT(v.argument),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, v.value, v.others, !v.others),
        REFUSE(EPERM),
        LOAD(nr),
    };
    memcpy(code + n, five, sizeof five);
    return n + 5;
}

bool sandbox_confine_calls(const char **why) {
    struct sock_filter code[MOST] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        REFUSE(EPERM),
        LOAD(nr),
        /* clone3's flags lie in memory, where no filter sees them: the C library then uses clone.
         */
        UNLESS_EQUAL(SYS_clone3, 1),
        REFUSE(ENOSYS),
        UNLESS_EQUAL(SYS_clone, 4),
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),
        ALLOW,
        REFUSE(EPERM),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FIRST_OF_X32, 0, 1),
        REFUSE(EPERM),
    };
    size_t n = BEFORE;
    for (size_t i = 0; i < REFUSED_VALUES; i++) {
        struct refused_value v = refused_values[i];
        if (v.call == SYS_tgkill)
            v.value = (unsigned)getpid();
        n = add_refused_value(code, n, v);
    }
    for (size_t i = 0; i < REFUSED; i++) {
        code[n++] = (struct sock_filter)UNLESS_EQUAL((unsigned)refused[i], 1);
        code[n++] = (struct sock_filter)REFUSE(EPERM);
    }
    code[n++] = (struct sock_filter)ALLOW;
    struct sock_fprog program = {(unsigned short)n, code};
    *why = "the kernel has no seccomp filters";
    return install(&program);
}
#else
bool sandbox_confine_calls(const char **why) {
    *why = "no list of system calls is known for this processor";
    return false;
}
#endif
