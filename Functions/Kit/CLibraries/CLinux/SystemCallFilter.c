#include "SystemCallFilter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define REFUSE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define REFUSED(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), REFUSE(EPERM)

// Through which processes get at each other, or at what of the kernel no function needs. A name that is missing on one
// of the two architectures is left out there.
static struct sock_filter filter[] = {
#ifdef OWN_ARCHITECTURE
    LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0), REFUSE(EPERM),
#endif
    LOAD(nr),
#ifdef __x86_64__
    // The other numbers for the same calls (x32).
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), REFUSE(ENOSYS),
    REFUSED(iopl), REFUSED(ioperm),
#endif
    REFUSED(ptrace), REFUSED(process_vm_readv), REFUSED(process_vm_writev), REFUSED(kcmp), REFUSED(perf_event_open),
    REFUSED(bpf), REFUSED(userfaultfd), REFUSED(io_uring_setup), REFUSED(io_uring_enter), REFUSED(io_uring_register),
    REFUSED(add_key), REFUSED(request_key), REFUSED(keyctl),
    REFUSED(mount), REFUSED(umount2), REFUSED(pivot_root), REFUSED(chroot), REFUSED(open_tree), REFUSED(move_mount),
    REFUSED(fsopen), REFUSED(fsconfig), REFUSED(fsmount), REFUSED(fspick), REFUSED(mount_setattr),
    REFUSED(unshare), REFUSED(setns), REFUSED(name_to_handle_at), REFUSED(open_by_handle_at), REFUSED(quotactl),
    REFUSED(init_module), REFUSED(finit_module), REFUSED(delete_module), REFUSED(kexec_load), REFUSED(reboot),
    REFUSED(swapon), REFUSED(swapoff), REFUSED(acct), REFUSED(syslog), REFUSED(settimeofday), REFUSED(clock_settime),
    REFUSED(adjtimex), REFUSED(clock_adjtime), REFUSED(sethostname), REFUSED(setdomainname),
#ifdef SYS_kexec_file_load
    REFUSED(kexec_file_load),
#endif
    // Its flags lie in memory, where no filter sees them; the C library takes clone(2) then.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1), REFUSE(ENOSYS),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
    LOAD(args[0]), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWUSER, 0, 1), REFUSE(EPERM),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

int clinux_filter_system_calls(void) {
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
