#define _GNU_SOURCE
#include "CLinux.h"

#include "SystemCallFilter.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

enum { stack_size = 32 * 1024 };

struct birth {
    const struct clinux_launch *launch;
    pid_t parent;
    volatile int error;
};

// The signals that do something else than usual here; asked for once, since 64 system calls are a tenth of a start.
static sigset_t unusual;
static pthread_once_t unusual_known = PTHREAD_ONCE_INIT;

static void find_unusual(void) {
    sigemptyset(&unusual);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL) sigaddset(&unusual, number);
    }
}

static void restore_signals(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) {
        if (sigismember(&unusual, number) == 1) sigaction(number, &standard, NULL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void limit(int resource, uint64_t value) {
    struct rlimit limit = {.rlim_cur = value, .rlim_max = value};
    setrlimit(resource, &limit);
}

static int place_descriptors(const struct clinux_launch *launch) {
    if (dup2(launch->input, 0) == -1 || dup2(launch->output, 1) == -1 || dup2(launch->errors, 2) == -1) return errno;
    // A descriptor that is 3 already would keep its mark to be closed.
    if (launch->memory_file == 3 && fcntl(3, F_SETFD, 0) == -1) return errno;
    if (launch->memory_file > 3 && dup2(launch->memory_file, 3) == -1) return errno;
    closefrom(launch->memory_file == -1 ? 3 : 4);
    return 0;
}

// Enters the view that was made for the process, which moves it to the root, and goes back to where it was.
static int enter_view(const struct clinux_launch *launch) {
    char here[PATH_MAX];
    if (launch->view == -1) return 0;
    if (launch->directory == NULL && getcwd(here, sizeof here) == NULL) return -1;
    if (setns(launch->view, CLONE_NEWNS) == -1) return -1;
    return launch->directory == NULL ? chdir(here) : 0;
}

// Keeps, of all that root may, the way to the program alone, which may lie in a folder that is closed to others; the
// exec drops that, too.
static int keep_the_way(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, sets) == -1) return -1;
    uint32_t way = CAP_TO_MASK(CAP_DAC_READ_SEARCH) | CAP_TO_MASK(CAP_DAC_OVERRIDE);
    sets[0].permitted &= way;
    sets[0].effective = sets[0].permitted;
    sets[0].inheritable = sets[1].permitted = sets[1].effective = sets[1].inheritable = 0;
    return (int)syscall(SYS_capset, &header, sets);
}

// Gives up root for good. System calls as such, since the C library's would ask the parent's threads, too, whose memory
// this process still shares.
static int become_user(const struct clinux_launch *launch) {
    if (launch->user == 0) return 0;
    if (enter_view(launch) == -1 || prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == -1) return -1;
    if (syscall(SYS_setgroups, 0, NULL) == -1) return -1;
    if (syscall(SYS_setresgid, launch->group, launch->group, launch->group) == -1) return -1;
    if (syscall(SYS_setresuid, launch->user, launch->user, launch->user) == -1) return -1;
    return keep_the_way();
}

// Runs in the new process on a stack of its own, in the parent's memory, while the parent waits for the exec.
static int begin(void *argument) {
    struct birth *birth = argument;
    const struct clinux_launch *launch = birth->launch;
    restore_signals();
    setsid();
    if (become_user(launch) == -1) goto failed;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1) goto failed;
    if (getppid() != birth->parent) _exit(127);
    if (launch->directory != NULL && chdir(launch->directory) == -1) goto failed;
    limit(RLIMIT_CORE, 0);
    if (launch->memory > 0) limit(RLIMIT_DATA, launch->memory);
    if (launch->descriptors > 0) limit(RLIMIT_NOFILE, launch->descriptors);
    if (launch->processor_seconds > 0) limit(RLIMIT_CPU, launch->processor_seconds);
    if (launch->processes > 0) limit(RLIMIT_NPROC, launch->processes);
    if (launch->file_size > 0) limit(RLIMIT_FSIZE, launch->file_size);
    if (place_descriptors(launch) != 0) goto failed;
    if (launch->filters_calls && clinux_filter_system_calls() == -1 && errno != EINVAL) goto failed;
    execve(launch->path, launch->arguments, launch->environment);
failed:
    birth->error = errno;
    _exit(127);
}

static int spawn_on(char *stack, struct birth *birth, pid_t *pid, int *pidfd) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD;
    *pid = clone(begin, stack + stack_size, flags, birth, pidfd);
    int error = *pid == -1 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

int clinux_spawn(const struct clinux_launch *launch, pid_t *pid, int *pidfd) {
    if (launch->input < 3 || launch->output < 3 || launch->errors < 3) return EBADF;
    if (launch->memory_file != -1 && launch->memory_file < 3) return EBADF;
    pthread_once(&unusual_known, find_unusual);
    // The new process runs on a piece of this stack until its exec, for which this thread waits.
    char stack[stack_size] __attribute__((aligned(16)));
    struct birth birth = {.launch = launch, .parent = getpid(), .error = 0};
    int error = spawn_on(stack, &birth, pid, pidfd);
    if (error != 0 || birth.error == 0) return error;
    waitpid(*pid, NULL, 0);
    close(*pidfd);
    return birth.error;
}

struct view {
    const char *own_folder;
    const char *shared_folder;
    volatile int descriptor;
    volatile int error;
};

// Runs in a mount namespace of its own, with the parent's memory and descriptors; what is mounted elsewhere later shows
// here as well, and nothing shows there.
static int show(void *argument) {
    struct view *view = argument;
    unsigned long flags = MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) == 0 &&
        mount(view->own_folder, view->shared_folder, NULL, MS_BIND, NULL) == 0 &&
        mount(NULL, view->shared_folder, NULL, flags, NULL) == 0)
        view->descriptor = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
    view->error = errno;
    _exit(0);
}

int clinux_view(const char *own_folder, const char *shared_folder) {
    char stack[stack_size] __attribute__((aligned(16)));
    struct view view = {.own_folder = own_folder, .shared_folder = shared_folder, .descriptor = -1, .error = 0};
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = clone(show, stack + stack_size, CLONE_VM | CLONE_VFORK | CLONE_FILES | CLONE_NEWNS | SIGCHLD, &view);
    int error = pid == -1 ? errno : view.error;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (pid != -1) waitpid(pid, NULL, 0);
    if (view.descriptor == -1) errno = error;
    return view.descriptor;
}

int clinux_reap(int pidfd, int *end) {
    siginfo_t info = {.si_pid = 0};
    if (waitid((idtype_t)P_PIDFD, (id_t)pidfd, &info, WEXITED | WNOHANG) == -1) return -1;
    if (info.si_pid == 0) return 0;
    *end = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
    return 1;
}

int clinux_unread(int pipe) {
    int count = 0;
    return ioctl(pipe, FIONREAD, &count) == -1 ? -1 : count;
}

int clinux_pipe(int *reader, int *writer) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1) return -1;
    *reader = ends[0];
    *writer = ends[1];
    return 0;
}

int clinux_memory(const char *name, uint64_t size) {
    int file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file == -1) return -1;
    int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    if (ftruncate(file, (off_t)size) == 0 && fcntl(file, F_ADD_SEALS, seals) == 0) return file;
    int error = errno;
    close(file);
    errno = error;
    return -1;
}

int clinux_holds(int file, const char *text) {
    struct stat status;
    if (fstat(file, &status) == -1) return -1;
    if (status.st_size == 0) return 0;
    size_t size = (size_t)status.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED) return -1;
    int found = memmem(bytes, size, text, strlen(text)) != NULL;
    munmap(bytes, size);
    return found;
}

int clinux_adopt_orphans(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}
