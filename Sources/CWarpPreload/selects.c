/// select and pselect.
#include "libc.h"
#include "waits.h"

static void clear(fd_set *set, int count)
{
    if (set != NULL && count > 0) {
        memset(set, 0, (size_t)((count + 63) / 64) * 8);
    }
}

/// At the limit the kernel leaves no descriptor set, which an interrupted call would.
static int end_select(
    struct timed_wait *wait, int result, int count, fd_set *readable, fd_set *writable, fd_set *exceptional)
{
    static const long at_timeout = -2;
    long ended = wait_end_call(wait, result, at_timeout);
    if (ended != at_timeout) {
        return (int)ended;
    }
    clear(readable, count);
    clear(writable, count);
    clear(exceptional, count);
    return 0;
}

REPLACES_LIBC int pselect(
    int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional,
    const struct timespec *restrict limit, const sigset_t *restrict mask)
{
    struct warp_page *page = session();
    struct timed_wait wait;
    if (page == NULL || limit == NULL || !is_valid_time(limit) || nanoseconds(limit) == 0 ||
        !wait_begin(
            &wait, page, WARP_WAIT_POLL, PRELOAD_WAY_RESTARTING_SIGNAL,
            session_deadline(page, nanoseconds(limit)), 0)) {
        return libc.pselect(count, readable, writable, exceptional, limit, mask);
    }
    sigset_t copy;
    int result = libc.pselect(
        count, readable, writable, exceptional, NULL, mask_without_controller(page, mask, &copy));
    return end_select(&wait, result, count, readable, writable, exceptional);
}

/// The duration that the kernel makes of a limit: more than a second's worth of microseconds is carried over.
static bool duration_of(const struct timeval *limit, int64_t *duration)
{
    if (limit->tv_sec < 0 || limit->tv_usec < 0) {
        return false;
    }
    struct timespec seconds = {.tv_sec = limit->tv_sec, .tv_nsec = 0};
    int64_t fraction = limit->tv_usec < never / 1000 ? limit->tv_usec * 1000 : never;
    *duration = later(nanoseconds(&seconds), fraction);
    return true;
}

REPLACES_LIBC int select(
    int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional,
    struct timeval *restrict limit)
{
    struct warp_page *page = session();
    int64_t duration = 0;
    if (page == NULL || limit == NULL || !duration_of(limit, &duration) || duration == 0) {
        return libc.select(count, readable, writable, exceptional, limit);
    }
    int64_t deadline = session_deadline(page, duration);
    struct timed_wait wait;
    if (!wait_begin(&wait, page, WARP_WAIT_POLL, PRELOAD_WAY_RESTARTING_SIGNAL, deadline, 0)) {
        return libc.select(count, readable, writable, exceptional, limit);
    }
    int result = libc.pselect(count, readable, writable, exceptional, NULL, NULL);
    result = end_select(&wait, result, count, readable, writable, exceptional);
    // Linux writes the remaining time back.
    *limit = timeval_of(deadline - session_now(page));
    return result;
}

REPLACES_LIBC int __select(
    int count, fd_set *readable, fd_set *writable, fd_set *exceptional, struct timeval *limit)
{
    return select(count, readable, writable, exceptional, limit);
}
