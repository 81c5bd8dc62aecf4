/// Condition variables: an untimed wait, which the agent ends with a broadcast. The other waiters see a spurious
/// wake-up, which POSIX allows.
#include "agent.h"
#include "libc.h"
#include "waits.h"

static int wait_in_real_time(
    struct warp_page *page, pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t deadline)
{
    struct timespec now = {0, 0};
    libc.clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t rest = deadline - session_now(page);
    struct timespec limit = timespec_of(rest <= 0 ? 0 : later(nanoseconds(&now), rest));
    if (libc.cond_clockwait != NULL) {
        return libc.cond_clockwait(condition, mutex, CLOCK_MONOTONIC, &limit);
    }
    limit = timespec_of(0);
    return libc.cond_timedwait(condition, mutex, &limit);
}

static int wait_until(struct warp_page *page, pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t deadline)
{
    struct timed_wait wait;
    if (session_now(page) >= deadline || !agent_start(page) ||
        !wait_begin(
            &wait, page, WARP_WAIT_FUTEX, PRELOAD_WAY_AGENT, deadline, (uint64_t)(uintptr_t)condition)) {
        return wait_in_real_time(page, condition, mutex, deadline);
    }
    int result = libc.cond_wait(condition, mutex);
    // Once this thread goes on the program may destroy the variable, which the agent must then not touch.
    agent_lock();
    bool fired = wait_end(&wait);
    agent_unlock();
    return fired && result == 0 ? ETIMEDOUT : result;
}

/// The clock that `pthread_condattr_setclock` chose, which glibc since 2.25 keeps in bit 1 of __wrefs.
static clockid_t clock_of(const pthread_cond_t *condition)
{
    return condition->__data.__wrefs & 2 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

REPLACES_LIBC int pthread_cond_timedwait(
    pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit)) {
        return libc.cond_timedwait(condition, mutex, limit);
    }
    return wait_until(page, condition, mutex, session_instant(page, clock_of(condition), limit));
}

REPLACES_LIBC int pthread_cond_clockwait(
    pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex, clockid_t clock,
    const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit) || (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME)) {
        return libc.cond_clockwait(condition, mutex, clock, limit);
    }
    return wait_until(page, condition, mutex, session_instant(page, clock, limit));
}

REPLACES_LIBC int cnd_timedwait(
    cnd_t *restrict condition, mtx_t *restrict mutex, const struct timespec *restrict limit)
{
    int error = pthread_cond_timedwait((pthread_cond_t *)condition, (pthread_mutex_t *)mutex, limit);
    if (error == 0) {
        return thrd_success;
    }
    return error == ETIMEDOUT ? thrd_timedout : thrd_error;
}
