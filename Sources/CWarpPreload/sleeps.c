/// Sleeping: a wait on the futex word of the thread's slot.
#include "kernel.h"
#include "libc.h"
#include "waits.h"

int sleep_until(struct warp_page *page, int64_t deadline)
{
    if (session_now(page) >= deadline) {
        return 0;
    }
    struct timed_wait wait;
    if (!wait_begin(&wait, page, WARP_WAIT_SLEEP, PRELOAD_WAY_FUTEX, deadline, 0)) {
        struct timespec rest = timespec_of(deadline - session_now(page));
        return libc.clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, NULL);
    }
    // Sleeping is a cancellation point. libc marks its own system calls; a call past libc has to be marked here.
    int type;
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &type);
    bool interrupted = false;
    while (!interrupted && !wait_has_fired(&wait)) {
        interrupted = kernel_futex_wait(&wait.slot->state, WARP_SLOT_ARMED) == -EINTR;
    }
    pthread_setcanceltype(type, NULL);
    return wait_end(&wait) || !interrupted ? 0 : EINTR;
}

REPLACES_LIBC int clock_nanosleep(
    clockid_t clock, int flags, const struct timespec *requested, struct timespec *remaining)
{
    struct warp_page *page = session();
    bool is_ours = page != NULL && requested != NULL && clock_base_of(clock) != CLOCK_BASE_REAL;
    // An absolute time before 1970 is over and not an error; libc and the kernel know best what is.
    if (!is_ours || !is_valid_time(requested)) {
        return libc.clock_nanosleep(clock, flags, requested, remaining);
    }
    bool is_absolute = (flags & TIMER_ABSTIME) != 0;
    int64_t deadline = is_absolute ? session_instant(page, clock, requested)
                                   : session_deadline(page, nanoseconds(requested));
    int error = sleep_until(page, deadline);
    if (error == EINTR && remaining != NULL && !is_absolute) {
        *remaining = timespec_of(deadline - session_now(page));
    }
    return error;
}

REPLACES_LIBC int nanosleep(const struct timespec *requested, struct timespec *remaining)
{
    int error = clock_nanosleep(CLOCK_MONOTONIC, 0, requested, remaining);
    if (error != 0) {
        errno = error;
        return -1;
    }
    return 0;
}

/// What libraries that are linked with libc's inner name call.
REPLACES_LIBC int __nanosleep(const struct timespec *requested, struct timespec *remaining)
{
    return nanosleep(requested, remaining);
}

REPLACES_LIBC int usleep(useconds_t microseconds)
{
    struct timespec duration = {.tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000};
    return nanosleep(&duration, NULL);
}

REPLACES_LIBC unsigned sleep(unsigned seconds)
{
    struct timespec duration = {.tv_sec = seconds, .tv_nsec = 0};
    struct timespec remaining = {0, 0};
    return nanosleep(&duration, &remaining) == 0 ? 0 : (unsigned)remaining.tv_sec;
}

REPLACES_LIBC int thrd_sleep(const struct timespec *duration, struct timespec *remaining)
{
    int error = clock_nanosleep(CLOCK_REALTIME, 0, duration, remaining);
    if (error == 0) {
        return 0;
    }
    return error == EINTR ? -1 : -2;
}
