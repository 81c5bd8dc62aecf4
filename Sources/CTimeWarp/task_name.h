// The name of a thread.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Writes a thread's name as /proc has it, or nothing when the thread is gone.
void task_name(int32_t pid, int32_t tid, char *name, size_t size);
