#pragma once

// Linux system calls that Swift's Glibc module leaves out.
#include <sched.h>
#include <signal.h>
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
#include <sys/wait.h>

// The header declares it for GNU sources alone.
int accept4(int socket, struct sockaddr *restrict address, socklen_t *restrict length, int flags);
