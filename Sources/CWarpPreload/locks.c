/// Locks with a limit: mutexes, read-write locks, joining a thread.
#include "futexes.h"
#include "kernel.h"
#include "libc.h"
#include "waits.h"

enum {
    /// Bits of glibc's __kind: what is neither robust nor heeds priorities has none of the first.
    special_bits = 0x70,
    type_bits = 3,
    shared_bit = 0x80,
};

/// glibc's mutex word: 0 free, 1 locked, 2 locked and somebody waits (nptl, lowlevellock.h).
static _Atomic uint32_t *word_of(pthread_mutex_t *mutex)
{
    return (_Atomic uint32_t *)&mutex->__data.__lock;
}

/// What is tried again and again in short virtual sleeps, for locks whose waiters nobody else can wake. The sleeps
/// grow, so that a limit of minutes does not cost thousands of jumps.
static int try_until(
    struct warp_page *page, int64_t deadline, int (*attempt)(void *, void *), void *object, void *more)
{
    int64_t pause = 50000;
    static const int64_t longest_pause = 5000000;
    for (;;) {
        int error = attempt(object, more);
        if (error != EBUSY) {
            return error;
        }
        int64_t now = session_now(page);
        if (now >= deadline) {
            return ETIMEDOUT;
        }
        int64_t until = later(now, pause);
        sleep_until(page, until < deadline ? until : deadline);
        pause = pause < longest_pause ? pause * 2 : pause;
    }
}

static int attempt_mutex(void *mutex, void *unused)
{
    (void)unused;
    return pthread_mutex_trylock(mutex);
}

static int attempt_reading(void *lock, void *unused)
{
    (void)unused;
    return pthread_rwlock_tryrdlock(lock);
}

static int attempt_writing(void *lock, void *unused)
{
    (void)unused;
    return pthread_rwlock_trywrlock(lock);
}

static int attempt_join(void *thread, void *result)
{
    return pthread_tryjoin_np(*(pthread_t *)thread, result);
}

static int lock_until(struct warp_page *page, pthread_mutex_t *mutex, int64_t deadline)
{
    int kind = mutex->__data.__kind;
    if ((kind & type_bits) == PTHREAD_MUTEX_ERRORCHECK_NP && mutex->__data.__owner == kernel_tid()) {
        return EDEADLK;
    }
    if (kind & special_bits) {
        return try_until(page, deadline, attempt_mutex, mutex, NULL);
    }
    bool has_waited = false;
    for (;;) {
        int error = pthread_mutex_trylock(mutex);
        uint32_t locked = 1;
        if (error != EBUSY) {
            // Others may still wait, of which a mutex that was taken by trylock knows nothing.
            if (error == 0 && has_waited) {
                atomic_compare_exchange_strong(word_of(mutex), &locked, 2);
            }
            return error;
        }
        if (session_now(page) >= deadline) {
            return ETIMEDOUT;
        }
        if (!atomic_compare_exchange_strong(word_of(mutex), &locked, 2) && locked == 0) {
            continue;
        }
        has_waited = true;
        if (futex_wait_until(page, (uint32_t *)word_of(mutex), 2, (kind & shared_bit) == 0, deadline) == -ENOSYS) {
            return try_until(page, deadline, attempt_mutex, mutex, NULL);
        }
    }
}

static bool is_clock_of_locks(clockid_t clock)
{
    return clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME;
}

REPLACES_LIBC int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit)) {
        return libc.mutex_timedlock(mutex, limit);
    }
    return lock_until(page, mutex, session_instant(page, CLOCK_REALTIME, limit));
}

REPLACES_LIBC int pthread_mutex_clocklock(
    pthread_mutex_t *restrict mutex, clockid_t clock, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit) || !is_clock_of_locks(clock)) {
        return libc.mutex_clocklock(mutex, clock, limit);
    }
    return lock_until(page, mutex, session_instant(page, clock, limit));
}

REPLACES_LIBC int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict limit)
{
    int error = pthread_mutex_timedlock((pthread_mutex_t *)mutex, limit);
    if (error == 0) {
        return thrd_success;
    }
    return error == ETIMEDOUT ? thrd_timedout : thrd_error;
}

REPLACES_LIBC int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict lock, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit)) {
        return libc.rwlock_timedrdlock(lock, limit);
    }
    return try_until(page, session_instant(page, CLOCK_REALTIME, limit), attempt_reading, lock, NULL);
}

REPLACES_LIBC int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict lock, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit)) {
        return libc.rwlock_timedwrlock(lock, limit);
    }
    return try_until(page, session_instant(page, CLOCK_REALTIME, limit), attempt_writing, lock, NULL);
}

REPLACES_LIBC int pthread_rwlock_clockrdlock(
    pthread_rwlock_t *restrict lock, clockid_t clock, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit) || !is_clock_of_locks(clock)) {
        return libc.rwlock_clockrdlock(lock, clock, limit);
    }
    return try_until(page, session_instant(page, clock, limit), attempt_reading, lock, NULL);
}

REPLACES_LIBC int pthread_rwlock_clockwrlock(
    pthread_rwlock_t *restrict lock, clockid_t clock, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    if (page == NULL || !is_valid_time(limit) || !is_clock_of_locks(clock)) {
        return libc.rwlock_clockwrlock(lock, clock, limit);
    }
    return try_until(page, session_instant(page, clock, limit), attempt_writing, lock, NULL);
}

REPLACES_LIBC int pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *limit)
{
    struct warp_page *page = session();
    if (page == NULL || limit == NULL || !is_valid_time(limit)) {
        return libc.timedjoin(thread, result, limit);
    }
    return try_until(page, session_instant(page, CLOCK_REALTIME, limit), attempt_join, &thread, result);
}

REPLACES_LIBC int pthread_clockjoin_np(
    pthread_t thread, void **result, clockid_t clock, const struct timespec *limit)
{
    struct warp_page *page = session();
    if (page == NULL || limit == NULL || !is_valid_time(limit) || !is_clock_of_locks(clock)) {
        return libc.clockjoin(thread, result, clock, limit);
    }
    return try_until(page, session_instant(page, clock, limit), attempt_join, &thread, result);
}
