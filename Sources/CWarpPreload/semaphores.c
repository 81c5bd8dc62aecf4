/// Semaphores: untimed waits that the controller interrupts.
#include "libc.h"
#include "waits.h"

static int wait_until(struct warp_page *page, sem_t *semaphore, int64_t deadline)
{
    struct timed_wait wait;
    if (session_now(page) >= deadline) {
        errno = ETIMEDOUT;
        return -1;
    }
    if (!wait_begin(
            &wait, page, WARP_WAIT_FUTEX, PRELOAD_WAY_INTERRUPTING_SIGNAL, deadline,
            (uint64_t)(uintptr_t)semaphore)) {
        struct timespec now = {0, 0};
        libc.clock_gettime(CLOCK_REALTIME, &now);
        struct timespec limit = timespec_of(later(nanoseconds(&now), deadline - session_now(page)));
        return libc.sem_timedwait(semaphore, &limit);
    }
    static const long at_timeout = -2;
    long result = wait_end_call(&wait, libc.sem_wait(semaphore), at_timeout);
    if (result == at_timeout) {
        errno = ETIMEDOUT;
        return -1;
    }
    return (int)result;
}

static int take_until(sem_t *semaphore, clockid_t clock, const struct timespec *limit, struct warp_page *page)
{
    if (sem_trywait(semaphore) == 0) {
        return 0;
    }
    return wait_until(page, semaphore, session_instant(page, clock, limit));
}

REPLACES_LIBC int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit)) {
        return libc.sem_timedwait(semaphore, limit);
    }
    return take_until(semaphore, CLOCK_REALTIME, limit, page);
}

REPLACES_LIBC int sem_clockwait(
    sem_t *restrict semaphore, clockid_t clock, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit) || (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME)) {
        return libc.sem_clockwait(semaphore, clock, limit);
    }
    return take_until(semaphore, clock, limit, page);
}
