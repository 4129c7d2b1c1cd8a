/* A list of refused system calls as a BPF program. Threads may be started, processes not; a refused
   call fails with EPERM, so that a library that asks for something odd goes on without. */
#include "base/sandbox_calls.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE
static const int refused[] = {
#ifdef SYS_fork
    SYS_fork,
    SYS_vfork,
#endif
    SYS_execve,
    SYS_execveat,
#ifdef SYS_mknod
    SYS_mknod,
#endif
    SYS_mknodat,
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_sendto,
    SYS_sendmsg,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_pidfd_getfd,
    SYS_kcmp,
    SYS_mount,
    SYS_umount2,
    SYS_move_mount,
    SYS_open_tree,
    SYS_fsopen,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_io_uring_setup,
    SYS_init_module,
    SYS_finit_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_open_by_handle_at,
};

enum { REFUSED = sizeof refused / sizeof *refused, BEFORE = 13 };

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UNLESS_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define FIRST_OF_X32 0x40000000 /* the same calls under other numbers */

/* All threads at once: the one that waits for signals runs already. */
static bool install(const struct sock_fprog *program) {
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, program) == 0;
}

bool sandbox_confine_calls(const char **why) {
    struct sock_filter code[BEFORE + 2 * REFUSED + 1] = {
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
    for (size_t i = 0; i < REFUSED; i++) {
        code[BEFORE + 2 * i] = (struct sock_filter)UNLESS_EQUAL((unsigned)refused[i], 1);
        code[BEFORE + 2 * i + 1] = (struct sock_filter)REFUSE(EPERM);
    }
    code[BEFORE + 2 * REFUSED] = (struct sock_filter)ALLOW;
    struct sock_fprog program = {BEFORE + 2 * REFUSED + 1, code};
    *why = "the kernel has no seccomp filters";
    return install(&program);
}
#else
bool sandbox_confine_calls(const char **why) {
    *why = "no list of system calls is known for this processor";
    return false;
}
#endif
