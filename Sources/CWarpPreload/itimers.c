/// setitimer(ITIMER_REAL) and alarm. The controller sends SIGALRM itself: these timers outlive exec, an agent does not.
#include "libc.h"
#include "timers.h"

static const struct timer alarm_timer = {.kind = WARP_WAIT_TIMER, .way = PRELOAD_WAY_ALARM, .object = 0};

static struct itimerspec finer(const struct itimerval *coarse)
{
    return (struct itimerspec){
        .it_interval = {coarse->it_interval.tv_sec, coarse->it_interval.tv_usec * 1000},
        .it_value = {coarse->it_value.tv_sec, coarse->it_value.tv_usec * 1000},
    };
}

static struct itimerval coarser(const struct itimerspec *fine)
{
    return (struct itimerval){
        .it_interval = timeval_of(nanoseconds(&fine->it_interval)),
        .it_value = timeval_of(nanoseconds(&fine->it_value)),
    };
}

static bool is_valid_interval(const struct timeval *interval)
{
    return interval->tv_sec >= 0 && interval->tv_usec >= 0 && interval->tv_usec < 1000000;
}

REPLACES_LIBC int setitimer(
    __itimer_which_t which, const struct itimerval *restrict new, struct itimerval *restrict old)
{
    struct warp_page *page = session();
    if (page == NULL || which != ITIMER_REAL || (new != NULL && !is_valid_interval(&new->it_value)) ||
        (new != NULL && !is_valid_interval(&new->it_interval))) {
        return libc.setitimer(which, new, old);
    }
    struct warp_slot *slot = timer_find(page, alarm_timer);
    if (slot == NULL) {
        slot = timer_make(page, alarm_timer, CLOCK_BASE_MONOTONIC);
    }
    if (slot == NULL) {
        return libc.setitimer(which, new, old);
    }
    // Linux takes no new value for one of zero.
    struct itimerval none;
    memset(&none, 0, sizeof none);
    struct itimerspec fine = finer(new == NULL ? &none : new);
    struct itimerspec before;
    timer_set(page, slot, false, &fine, &before);
    if (old != NULL) {
        *old = coarser(&before);
    }
    return 0;
}

REPLACES_LIBC int getitimer(__itimer_which_t which, struct itimerval *stored)
{
    struct warp_page *page = session();
    struct warp_slot *slot = page == NULL || which != ITIMER_REAL ? NULL : timer_find(page, alarm_timer);
    if (slot == NULL || stored == NULL) {
        return libc.getitimer(which, stored);
    }
    struct itimerspec fine;
    timer_read(page, slot, &fine);
    *stored = coarser(&fine);
    return 0;
}

/// Seconds as the kernel rounds them: to the nearest, but never an armed alarm to 0.
REPLACES_LIBC unsigned alarm(unsigned seconds)
{
    struct itimerval new = {.it_interval = {0, 0}, .it_value = {seconds, 0}};
    struct itimerval old;
    memset(&old, 0, sizeof old);
    if (setitimer(ITIMER_REAL, &new, &old) != 0) {
        return 0;
    }
    bool rounds_up = old.it_value.tv_usec >= 500000 || (old.it_value.tv_sec == 0 && old.it_value.tv_usec > 0);
    return (unsigned)old.it_value.tv_sec + (rounds_up ? 1 : 0);
}

REPLACES_LIBC useconds_t ualarm(useconds_t microseconds, useconds_t interval)
{
    struct itimerval new = {
        .it_interval = {interval / 1000000, interval % 1000000},
        .it_value = {microseconds / 1000000, microseconds % 1000000},
    };
    struct itimerval old;
    memset(&old, 0, sizeof old);
    if (setitimer(ITIMER_REAL, &new, &old) != 0) {
        return (useconds_t)-1;
    }
    return (useconds_t)(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}
