#define _GNU_SOURCE
#include "CSupervision.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { last_words = 4 };

static void restore_signals(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static int place(int from, int to) {
    if (from == -1) return 0;
    if (from != to) return dup2(from, to) == -1 ? -1 : 0;
    return fcntl(to, F_SETFD, 0);
}

// The pipe's end is moved out of the way first; the exec closes it.
static int arrange_descriptors(const struct csupervision_program *program, int errors) {
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing == -1 || place(nothing, 0) == -1) return -1;
    if (place(program->output, 1) == -1 || place(program->output, 2) == -1 || place(program->third, 3) == -1) return -1;
    if (program->third == -1) close(3);
    if (errors != last_words) dup3(errors, last_words, O_CLOEXEC);
    closefrom(last_words + 1);
    return 0;
}

// Between fork and exec: nothing but calls that are safe after a fork.
static void begin(const struct csupervision_program *program, pid_t parent, int errors) {
    restore_signals();
    setsid();
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) == -1) goto failed;
    if (getppid() != parent) _exit(127);
    int moved = fcntl(errors, F_DUPFD_CLOEXEC, 64);
    if (moved == -1) goto failed;
    errors = moved;
    if (arrange_descriptors(program, errors) == -1) goto failed;
    errors = last_words;
    execve(program->path, program->arguments, program->environment);
failed:;
    int number = errno;
    if (write(errors, &number, sizeof number) == -1) _exit(126);
    _exit(127);
}

int csupervision_start(const struct csupervision_program *program, pid_t *pid) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1) return errno;
    pid_t parent = getpid();
    *pid = fork();
    if (*pid == 0) begin(program, parent, ends[1]);
    int number = *pid == -1 ? errno : 0;
    close(ends[1]);
    if (number == 0 && read(ends[0], &number, sizeof number) == (ssize_t)sizeof number) waitpid(*pid, NULL, 0);
    close(ends[0]);
    return number;
}
