// The children of a process.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Writes the ids of a process's children, of all its threads, and returns how many were written.
size_t children_of(int32_t pid, int32_t *children, size_t capacity);
