/// The session that this process takes part in: its page, and the virtual clock on it.
#pragma once
#include "headers.h"
#include "instants.h"
#include "../CTimeWarp/page_layout.h"

/// NULL when the program runs without a session: everything is then passed on to libc.
extern PRIVATE struct warp_page *session_page;
/// Whether `session_join` has come to an end.
extern PRIVATE atomic_bool session_is_known;

/// Maps the page that the environment names. Called by whatever function of this library comes first, which may be
/// before the constructor: other libraries' constructors read clocks and start threads.
PRIVATE void session_join(void);

static inline struct warp_page *session(void)
{
    if (!atomic_load_explicit(&session_is_known, memory_order_acquire)) {
        session_join();
    }
    return session_page;
}

enum clock_base {
    /// CPU time and what else is not warped.
    CLOCK_BASE_REAL,
    CLOCK_BASE_MONOTONIC,
    CLOCK_BASE_REALTIME,
};

static inline enum clock_base clock_base_of(clockid_t clock)
{
    switch (clock) {
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM:
        return CLOCK_BASE_MONOTONIC;
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_TAI:
        return CLOCK_BASE_REALTIME;
    default:
        return CLOCK_BASE_REAL;
    }
}

/// Virtual CLOCK_MONOTONIC, ns, without moving it.
static inline int64_t session_now(struct warp_page *page)
{
    return atomic_load(&page->now);
}

/// A program's reading of the clock, which moves it by the page's creep: no two readings are equal, and a program that
/// spins until an instant gets there.
static inline int64_t session_reading(struct warp_page *page)
{
    atomic_fetch_add_explicit(&page->readings, 1, memory_order_relaxed);
    return atomic_fetch_add(&page->now, page->creep) + page->creep;
}

/// The virtual CLOCK_MONOTONIC instant of an absolute time on `clock`.
static inline int64_t session_instant(struct warp_page *page, clockid_t clock, const struct timespec *time)
{
    int64_t instant = nanoseconds(time);
    if (instant >= never || clock_base_of(clock) != CLOCK_BASE_REALTIME) {
        return instant;
    }
    return instant - page->realtime_offset;
}

/// A duration from now.
static inline int64_t session_deadline(struct warp_page *page, int64_t duration)
{
    return later(session_now(page), duration);
}
