#define _GNU_SOURCE
#include "CHugePages.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static const size_t huge_page = 2 << 20;

static _Thread_local bool wanted;
static _Thread_local uint64_t count;

void chugepages_begin(void) { wanted = true; }
void chugepages_end(void) { wanted = false; }
uint64_t chugepages_count(void) { return count; }

static void *map(void *address, size_t length, int protection, int flags, int file, off_t offset) {
    return (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}

// A mapping that begins where a huge page does and is not filled ahead; munmap(2) ends it as any other.
static void *map_aligned(size_t length, int protection) {
    char *start = map(NULL, length + huge_page, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return MAP_FAILED;
    size_t before = (huge_page - (uintptr_t)start % huge_page) % huge_page;
    if (before > 0) munmap(start, before);
    munmap(start + before + length, huge_page - before);
    madvise(start + before, length, MADV_HUGEPAGE);
    madvise(start + before, length, MADV_DONTDUMP);
    count++;
    return start + before;
}

// Stands before the C library's own, for shared libraries too: libsodium has no other way to be given memory.
void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset) {
    bool fits = wanted && address == NULL && file == -1 && length >= huge_page && length % 4096 == 0;
    if (fits && (flags & MAP_ANONYMOUS) && !(flags & (MAP_FIXED | MAP_SHARED | MAP_HUGETLB))) {
        return map_aligned(length, protection);
    }
    return map(address, length, protection, flags, file, offset);
}

void *mmap64(void *address, size_t length, int protection, int flags, int file, off64_t offset) {
    return mmap(address, length, protection, flags, file, offset);
}
