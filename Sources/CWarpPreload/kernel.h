/// System calls without libc, whose `syscall` is itself replaced by this library.
#pragma once
#include "headers.h"
#include <linux/futex.h>

/// The number of futex_waitv, which headers before Linux 5.16 lack.
enum { SYS_futex_waitv_call = 449 };

static inline long kernel_call(
    long number, long first, long second, long third, long fourth, long fifth, long sixth)
{
    long result;
    register long r10 __asm__("r10") = fourth;
    register long r8 __asm__("r8") = fifth;
    register long r9 __asm__("r9") = sixth;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(first), "S"(second), "d"(third), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

/// Turns the kernel's answer into libc's: -1 and errno for a failure.
static inline long libc_result(long result)
{
    if (result < 0 && result > -4096) {
        errno = (int)-result;
        return -1;
    }
    return result;
}

static inline int32_t kernel_pid(void)
{
    return (int32_t)kernel_call(SYS_getpid, 0, 0, 0, 0, 0, 0);
}

static inline int32_t kernel_tid(void)
{
    return (int32_t)kernel_call(SYS_gettid, 0, 0, 0, 0, 0, 0);
}

/// Waits on a word of the shared page. A signal's handler ends the wait with -EINTR even if it was installed with
/// SA_RESTART, as it does with nanosleep: the kernel only restarts futex waits that have no limit (kernel/futex,
/// futex_wait and its restart block), so a limit of 68 years is given.
static inline long kernel_futex_wait(_Atomic uint32_t *word, uint32_t expected)
{
    struct timespec limit = {.tv_sec = INT32_MAX, .tv_nsec = 0};
    return kernel_call(SYS_futex, (long)word, FUTEX_WAIT, expected, (long)&limit, 0, 0);
}
