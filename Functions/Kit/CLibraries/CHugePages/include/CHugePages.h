#pragma once

#include <stdint.h>

/// From here to `chugepages_end`, large anonymous mappings that libraries ask for on this thread come in huge pages
/// where the system has them: a library that maps its memory anew for each use otherwise pays for every small page.
void chugepages_begin(void);
void chugepages_end(void);

/// How many mappings were made so on this thread.
uint64_t chugepages_count(void);
