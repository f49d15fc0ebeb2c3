#pragma once

#include <stdint.h>

/// From here to `chugepages_end`, a large anonymous mapping that a library asks for on this thread comes in huge pages
/// where the system has them, and is kept for the next use when the library gives it back: a library that maps its
/// memory anew for each use otherwise pays for every small page, and for zeros that nobody reads.
void chugepages_begin(void);
void chugepages_end(void);

/// How many mappings were made so on this thread.
uint64_t chugepages_count(void);
