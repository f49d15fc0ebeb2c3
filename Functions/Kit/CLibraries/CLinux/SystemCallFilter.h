#pragma once

/// Refuses, for this process and its descendants, system calls that no function needs; -1 with errno set where the kernel
/// has no filters. New privileges must have been given up before.
int clinux_filter_system_calls(void);
