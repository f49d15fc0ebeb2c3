#pragma once

// Linux system calls that Swift's Glibc module leaves out.
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/wait.h>

// The header declares it for GNU sources alone.
int accept4(int socket, struct sockaddr *restrict address, socklen_t *restrict length, int flags);

/// A program to start, and what its process is given.
struct clinux_launch {
    const char *path;
    char *const *arguments;
    char *const *environment;
    /// The working directory; null for the caller's.
    const char *directory;
    /// What become its descriptors 0, 1 and 2; all over 2, closed by the caller afterwards.
    int input;
    int output;
    int errors;
    /// What becomes its descriptor 3; -1 for none. It gets no others.
    int memory_file;
    /// Bytes of private memory (RLIMIT_DATA); 0 for no limit.
    uint64_t memory;
    /// Open descriptors (RLIMIT_NOFILE); 0 for the caller's limit.
    uint64_t descriptors;
    /// Seconds of processor time (RLIMIT_CPU), processes and threads of its user (RLIMIT_NPROC, which binds no root),
    /// bytes of a file that it writes (RLIMIT_FSIZE); 0 for the caller's limits.
    uint64_t processor_seconds;
    uint64_t processes;
    uint64_t file_size;
    /// Whom it runs as, with that group alone; 0 for the caller's user. For root alone.
    uint32_t user;
    uint32_t group;
    /// Whether it is refused system calls that no function needs (seccomp(2)), where the kernel can.
    bool filters_calls;
    /// With a user: the view of the file system that it has, as `clinux_view` makes one; -1 for the caller's.
    int view;
};

/// A view of the file system (mount_namespaces(7)) that shows, read-only, `own_folder` in the place of `shared_folder`:
/// a descriptor, or -1 with errno set. For root alone.
int clinux_view(const char *own_folder, const char *shared_folder);

/// Starts a program in a session of its own that dies with the calling thread and gains no privileges.
/// Gives its process id and a pidfd; returns 0, or the error number of the step that failed.
int clinux_spawn(const struct clinux_launch *launch, pid_t *pid, int *pidfd);

/// Waits for the process behind a pidfd without blocking. Returns 1 and its end (the exit status, or minus the
/// signal), 0 while it runs, -1 with errno set.
int clinux_reap(int pidfd, int *end);

/// Bytes written to a pipe that its reader has not taken yet; -1 with errno set.
int clinux_unread(int pipe);

/// A pipe whose two ends are not inherited, both numbered over 2; 0, or -1 with errno set.
int clinux_pipe(int *reader, int *writer);

/// Memory of that size without a name, all zero, which nobody can make shorter or longer: a descriptor that is not
/// inherited, or -1 with errno set.
int clinux_memory(const char *name, uint64_t size);

/// Whether a text stands in an open file: 1 or 0; -1 with errno set.
int clinux_holds(int file, const char *text);

/// Makes the calling process the parent of its descendants' orphans; 0, or -1 with errno set.
int clinux_adopt_orphans(void);

/// Two ends of a channel on which descriptors can travel, not inherited, both numbered over 2; 0, or -1 with errno set.
int clinux_channel(int *reader, int *writer);

/// Orders a copy of the process that reads the other end of a channel in `clinux_copy_on_order`: what becomes the copy's
/// descriptors 0, 1 and 2, its seconds of processor time and its user's processes, 0 for the limits of what is copied.
/// Does not wait; 0, or -1 with errno set.
int clinux_order_child(
    int socket, int input, int output, int errors, uint64_t processor_seconds, uint64_t processes);

/// A pidfd of a child of the calling process that was not waited for yet; -1 where there is none of that id.
int clinux_own_child(pid_t pid);

/// Copies the calling process, which must have one thread, for each order that comes on descriptor 0, and writes the
/// copy's id, or minus an error number, on descriptor 1 (4 bytes each). A copy is a child of the caller's parent, in a
/// session of its own that dies with the parent's thread, and has its three descriptors alone. Returns 1 in each copy;
/// in the caller 0 once the channel is closed, -1 with errno set where it cannot go on. The caller can no longer be
/// traced by its own user; its copies can.
int clinux_copy_on_order(void);
