/// libc's `syscall`, by which programs reach the kernel past the functions of libc.
#include "futexes.h"
#include "kernel.h"
#include "libc.h"
#include "waits.h"
#include <stdarg.h>

static long sleep_call(const long *arguments, bool has_clock)
{
    clockid_t clock = has_clock ? (clockid_t)arguments[0] : CLOCK_MONOTONIC;
    int flags = has_clock ? (int)arguments[1] : 0;
    const long *times = has_clock ? arguments + 2 : arguments;
    int error = clock_nanosleep(clock, flags, (const struct timespec *)times[0], (struct timespec *)times[1]);
    return libc_result(-error);
}

/// Asynchronous input and output (libaio) has no functions in libc.
static bool get_events(struct warp_page *page, const long *arguments, long *result)
{
    const struct timespec *limit = (const struct timespec *)arguments[4];
    struct timed_wait wait;
    if (limit == NULL || !is_valid_time(limit) || nanoseconds(limit) == 0 ||
        !wait_begin(
            &wait, page, WARP_WAIT_OTHER, PRELOAD_WAY_INTERRUPTING_SIGNAL,
            session_deadline(page, nanoseconds(limit)), 0)) {
        return false;
    }
    long count = libc_result(
        kernel_call(SYS_io_getevents, arguments[0], arguments[1], arguments[2], arguments[3], 0, 0));
    *result = wait_end_call(&wait, count, 0);
    return true;
}

/// True when the call is one of those that this library answers.
static bool answer(struct warp_page *page, long number, const long *arguments, long *result)
{
    void *first = (void *)arguments[0];
    void *second = (void *)arguments[1];
    void *fourth = (void *)arguments[3];
    switch (number) {
    case SYS_clock_gettime:
        *result = clock_gettime((clockid_t)arguments[0], second);
        return true;
    case SYS_gettimeofday:
        *result = gettimeofday(first, second);
        return true;
    case SYS_time:
        *result = time(first);
        return true;
    case SYS_nanosleep:
        *result = sleep_call(arguments, false);
        return true;
    case SYS_clock_nanosleep:
        *result = sleep_call(arguments, true);
        return true;
    case SYS_futex:
        return futex_call(
            page, first, (int)arguments[1], (uint32_t)arguments[2], fourth, (uint32_t)arguments[5], result);
    case SYS_futex_waitv_call:
        return futex_wait_any_call(
            page, first, (uint32_t)arguments[1], (uint32_t)arguments[2], fourth, (clockid_t)arguments[4], result);
    case SYS_io_getevents:
        return get_events(page, arguments, result);
    case SYS_poll:
        *result = poll(first, (nfds_t)arguments[1], (int)arguments[2]);
        return true;
    case SYS_ppoll:
        *result = ppoll(first, (nfds_t)arguments[1], (void *)arguments[2], fourth);
        return true;
    case SYS_select:
        *result = select((int)arguments[0], second, (void *)arguments[2], fourth, (void *)arguments[4]);
        return true;
    case SYS_epoll_wait:
        *result = epoll_wait((int)arguments[0], second, (int)arguments[2], (int)arguments[3]);
        return true;
    case SYS_epoll_pwait:
        *result = epoll_pwait(
            (int)arguments[0], second, (int)arguments[2], (int)arguments[3], (const sigset_t *)arguments[4]);
        return true;
    case SYS_epoll_pwait2:
        *result = epoll_pwait2(
            (int)arguments[0], second, (int)arguments[2], fourth, (const sigset_t *)arguments[4]);
        return true;
    case SYS_timerfd_settime:
        *result = timerfd_settime((int)arguments[0], (int)arguments[1], (void *)arguments[2], fourth);
        return true;
    case SYS_io_uring_setup:
        // Its limits lie in memory that only the kernel reads. Libraries fall back to epoll on kernels without it.
        errno = ENOSYS;
        *result = -1;
        return true;
    default:
        return false;
    }
}

REPLACES_LIBC long syscall(long number, ...)
{
    // How many arguments there are only the kernel knows; those that were not passed are read and not used.
    va_list list;
    va_start(list, number);
    long arguments[6];
    for (int i = 0; i < 6; i++) {
        arguments[i] = va_arg(list, long);
    }
    va_end(list);
    struct warp_page *page = session();
    long result;
    if (page != NULL && answer(page, number, arguments, &result)) {
        return result;
    }
    return libc_result(kernel_call(
        number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]));
}
