#pragma once

#include <sys/types.h>

/// A program to start and watch over.
struct csupervision_program {
    const char *path;
    char *const *arguments;
    char *const *environment;
    /// What becomes its standard output and error; -1 leaves ours.
    int output;
    /// What becomes its descriptor 3; -1 for nothing. It gets no others.
    int third;
};

/// Starts a program in a session of its own, with standard signals, and with SIGTERM sent to it once the calling
/// thread has died. Gives its process id; returns 0, or the error number of the step that failed.
int csupervision_start(const struct csupervision_program *program, pid_t *pid);
