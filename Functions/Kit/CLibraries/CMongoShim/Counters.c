#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/types.h>

// The driver counts what it does in shared memory named after the process, from the moment it is loaded. A process that
// is killed would leave the name behind, and the next one with its number complain of it on standard error. Nobody reads
// the counters here, so they lie in memory without a name: the driver calls this function, since a program's symbols
// stand before those of its libraries, and nothing else does.
int shm_open(const char *name, int flags, mode_t mode) {
    (void)flags;
    (void)mode;
    return memfd_create(name, MFD_CLOEXEC);
}
