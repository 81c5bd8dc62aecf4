// Threads of runtimes that only keep house: their periodic waits are not worth a jump.
#pragma once
#include <stdbool.h>

/// Whether a thread of this name (15 letters, as the kernel cuts them) of a JVM only runs the runtime's own ticks.
bool is_java_housekeeping(const char *name);
