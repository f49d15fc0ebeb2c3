#define _GNU_SOURCE
#include "CHugePages.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static const size_t huge_page = 2 << 20;
/// Every area has this length, of which the kernel backs what is used.
static const size_t area_length = 64 << 20;
static const int readable = PROT_READ | PROT_WRITE;

static _Thread_local bool wanted;
static _Thread_local uint64_t count;
/// The area that this thread's library has now, and how much of it the library asked for.
static _Thread_local char *lent;
static _Thread_local size_t lent_length;
/// An area that nobody uses, kept for the next use: in fresh memory the kernel would write zeros first.
static _Atomic(char *) spare;

void chugepages_begin(void) { wanted = true; }
void chugepages_end(void) { wanted = false; }
uint64_t chugepages_count(void) { return count; }

static void *map(void *address, size_t length, int protection, int flags, int file, off_t offset) {
    return (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}

static int unmap(void *address, size_t length) { return (int)syscall(SYS_munmap, address, length); }

// An area that begins where a huge page does; NULL where there is none to be had.
static char *new_area(void) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    char *start = map(NULL, area_length + huge_page, readable, flags, -1, 0);
    if (start == MAP_FAILED) return NULL;
    size_t before = (huge_page - (uintptr_t)start % huge_page) % huge_page;
    if (before > 0) unmap(start, before);
    unmap(start + before + area_length, huge_page - before);
    madvise(start + before, area_length, MADV_HUGEPAGE);
    madvise(start + before, area_length, MADV_DONTDUMP);
    return start + before;
}

static char *take_area(void) {
    char *start = atomic_exchange(&spare, NULL);
    if (start && mprotect(start, area_length, readable) == 0) return start;
    if (start) unmap(start, area_length);
    return new_area();
}

// Until its next use nothing here can read it, and the kernel may take its pages whenever it needs them.
static void keep_area(char *start) {
    char *none = NULL;
    madvise(start, area_length, MADV_FREE);
    bool is_closed = mprotect(start, area_length, PROT_NONE) == 0;
    if (!is_closed || !atomic_compare_exchange_strong(&spare, &none, start)) unmap(start, area_length);
}

// Stands before the C library's own, for shared libraries too: libsodium has no other way to be given memory.
void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset) {
    bool fits = wanted && !lent && !address && file == -1 && protection == readable && length % 4096 == 0
        && length >= huge_page && length <= area_length;
    bool is_plain = (flags & MAP_ANONYMOUS) && !(flags & (MAP_FIXED | MAP_SHARED | MAP_HUGETLB));
    char *start = fits && is_plain ? take_area() : NULL;
    if (!start) return map(address, length, protection, flags, file, offset);
    lent = start;
    lent_length = length;
    count++;
    return start;
}

void *mmap64(void *address, size_t length, int protection, int flags, int file, off64_t offset) {
    return mmap(address, length, protection, flags, file, offset);
}

int munmap(void *address, size_t length) {
    if (!lent || address != lent || length != lent_length) return unmap(address, length);
    lent = NULL;
    keep_area(address);
    return 0;
}
