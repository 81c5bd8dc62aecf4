/// Reading the clock.
#include "kernel.h"
#include "libc.h"
#include "session.h"

REPLACES_LIBC int clock_gettime(clockid_t clock, struct timespec *time)
{
    struct warp_page *page = session();
    enum clock_base base = page == NULL ? CLOCK_BASE_REAL : clock_base_of(clock);
    if (base == CLOCK_BASE_REAL || time == NULL) {
        // A vDSO answers in a tenth of the time, but before libc was searched there is only the kernel.
        if (libc.clock_gettime != NULL) {
            return libc.clock_gettime(clock, time);
        }
        return (int)libc_result(kernel_call(SYS_clock_gettime, clock, (long)time, 0, 0, 0, 0));
    }
    int64_t now = session_reading(page);
    *time = timespec_of(base == CLOCK_BASE_REALTIME ? now + page->realtime_offset : now);
    return 0;
}

REPLACES_LIBC int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct warp_page *page = session();
    if (page == NULL) {
        if (libc.gettimeofday != NULL) {
            return libc.gettimeofday(time, zone);
        }
        return (int)libc_result(kernel_call(SYS_gettimeofday, (long)time, (long)zone, 0, 0, 0, 0));
    }
    if (time != NULL) {
        *time = timeval_of(session_reading(page) + page->realtime_offset);
    }
    if (zone != NULL) {
        memset(zone, 0, sizeof(struct timezone));
    }
    return 0;
}

REPLACES_LIBC time_t time(time_t *stored)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    if (stored != NULL) {
        *stored = now.tv_sec;
    }
    return now.tv_sec;
}

REPLACES_LIBC int timespec_get(struct timespec *time, int base)
{
    if (base != TIME_UTC) {
        return 0;
    }
    return clock_gettime(CLOCK_REALTIME, time) == 0 ? base : 0;
}

/// What it answers is elapsed time; what it stores is CPU time, which stays real.
REPLACES_LIBC clock_t times(struct tms *stored)
{
    struct warp_page *page = session();
    clock_t ticks = libc.times(stored);
    if (page == NULL || ticks == (clock_t)-1) {
        return ticks;
    }
    return session_reading(page) / (nanoseconds_per_second / sysconf(_SC_CLK_TCK));
}
