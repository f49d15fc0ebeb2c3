#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

enum { channel = 0, answers = 1, streams = 3 };

// What travels with the three descriptors.
struct order {
    uint64_t processor_seconds;
    uint64_t processes;
};

union room {
    char bytes[CMSG_SPACE(streams * sizeof(int))];
    struct cmsghdr aligned;
};

// What a process that was copied must set anew, since no C library's fork(3) does it.
struct self {
    pid_t *thread_id;
    void *locks;
    size_t locks_size;
    pid_t parent;
    int dumpable;
};

int clinux_channel(int *reader, int *writer) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == -1) return -1;
    *reader = ends[0];
    *writer = ends[1];
    return 0;
}

int clinux_order_child(
    int socket, int input, int output, int errors, uint64_t processor_seconds, uint64_t processes) {
    struct order order = {.processor_seconds = processor_seconds, .processes = processes};
    struct iovec part = {.iov_base = &order, .iov_len = sizeof order};
    union room room = {.bytes = {0}};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes};
    int descriptors[streams] = {input, output, errors};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptors);
    memcpy(CMSG_DATA(head), descriptors, sizeof descriptors);
    return sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == sizeof order ? 0 : -1;
}

int clinux_own_child(pid_t pid) {
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd == -1) return -1;
    siginfo_t info;
    if (waitid((idtype_t)P_PIDFD, (id_t)pidfd, &info, WEXITED | WNOHANG | WNOWAIT) == 0) return pidfd;
    close(pidfd);
    return -1;
}

// Takes the next order: 1; 0 where the gateway has hung up; -1 where it is not understood.
static int take(struct order *order, int descriptors[streams]) {
    struct iovec part = {.iov_base = order, .iov_len = sizeof *order};
    union room room;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes};
    ssize_t count;
    do count = recvmsg(channel, &message, 0);
    while (count == -1 && errno == EINTR);
    if (count <= 0) return (int)count;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    size_t length = CMSG_LEN(streams * sizeof(int));
    if (count != sizeof *order || head == NULL || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != length) {
        errno = EPROTO;
        return -1;
    }
    memcpy(descriptors, CMSG_DATA(head), streams * sizeof(int));
    return 1;
}

static int know(struct self *self) {
    if (prctl(PR_GET_TID_ADDRESS, &self->thread_id, 0, 0, 0) == -1) return -1;
    if (syscall(SYS_get_robust_list, 0, &self->locks, &self->locks_size) == -1) return -1;
    self->parent = getppid();
    self->dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
    // Its children, which are of the same user, must not get at it: they would get at the calls that come after theirs.
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// Copies this process, whose one thread holds no lock; the copy is a child of this process's parent.
static pid_t copy(const struct self *self) {
    unsigned long flags = CLONE_PARENT | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;
    // The fourth and the fifth argument change places from one architecture to the other; the other one is not read.
    return (pid_t)syscall(SYS_clone, flags, NULL, NULL, self->thread_id, self->thread_id);
}

static int limit(int resource, uint64_t value) {
    struct rlimit limit = {.rlim_cur = value, .rlim_max = value};
    return value > 0 ? setrlimit(resource, &limit) : 0;
}

// What spawning gives every process of a function and copying does not.
static int set_out(const struct self *self, const struct order *order, const int descriptors[streams]) {
    syscall(SYS_set_robust_list, self->locks, self->locks_size);
    setsid();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 || getppid() != self->parent) return -1;
    if (self->dumpable == 1) prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    if (limit(RLIMIT_CPU, order->processor_seconds) == -1 || limit(RLIMIT_NPROC, order->processes) == -1) return -1;
    for (int number = 0; number < streams; number++) {
        if (dup2(descriptors[number], number) == -1) return -1;
    }
    for (int number = 0; number < streams; number++) close(descriptors[number]);
    return 0;
}

int clinux_copy_on_order(void) {
    struct self self;
    if (know(&self) == -1) return -1;
    while (true) {
        struct order order;
        int descriptors[streams];
        int taken = take(&order, descriptors);
        if (taken != 1) return taken;
        int32_t answer = copy(&self);
        if (answer == 0) {
            if (set_out(&self, &order, descriptors) == -1) _exit(127);
            return 1;
        }
        if (answer == -1) answer = -errno;
        for (int number = 0; number < streams; number++) close(descriptors[number]);
        if (write(answers, &answer, sizeof answer) != sizeof answer) return -1;
    }
}
