/// Waiting on a futex of the program, and on the thread's slot, at once.
#pragma once
#include "session.h"

/// 0 when woken, or minus an errno: -ETIMEDOUT at the deadline, -EAGAIN when the word is not as expected, -EINTR,
/// -ENOSYS when this kernel (before 5.16) cannot or no slot is left.
PRIVATE long futex_wait_until(
    struct warp_page *page, const uint32_t *word, uint32_t expected, bool is_private, int64_t deadline);

/// futex_waitv with a limit, as the system call has it.
PRIVATE bool futex_wait_any_call(
    struct warp_page *page, const void *words, uint32_t count, uint32_t flags, const struct timespec *limit,
    clockid_t clock, long *result);

/// The futex system call with a limit. `*result` gets libc's answer; false when it has none to make of it.
PRIVATE bool futex_call(
    struct warp_page *page, uint32_t *word, int operation, uint32_t value, const struct timespec *limit, uint32_t bits,
    long *result);
