/// The controller's wait, finer than the milliseconds of poll.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Waits until a descriptor of `readable` can be read or one of `writable` written, or `nanoseconds` have passed.
///
/// Returns 1 in the first case, else 0. The end of a pipe's writer does not count as readable: the end of the program is
/// told otherwise, and such a descriptor would be readable for ever. At most 1024 descriptors are looked at.
int warp_rest(const int32_t *readable, size_t readable_count, const int32_t *writable, size_t writable_count,
              int64_t nanoseconds);
