/// Timers that are file descriptors: libdispatch, and so Swift's Task.sleep, lives on them.
#include "agent.h"
#include "libc.h"
#include "timers.h"

static struct timer timer_of(int descriptor)
{
    return (struct timer){
        .kind = WARP_WAIT_TIMERFD, .way = PRELOAD_WAY_AGENT, .object = (uint64_t)(uint32_t)descriptor};
}

REPLACES_LIBC int timerfd_create(int clock, int flags)
{
    struct warp_page *page = session();
    int descriptor = libc.timerfd_create(clock, flags);
    if (page != NULL && descriptor >= 0 && agent_start(page)) {
        int before = errno;
        timer_make(page, timer_of(descriptor), clock_base_of(clock));
        errno = before;
    }
    return descriptor;
}

/// A descriptor that came by fork, dup or a message says nothing about its clock; an absolute time far beyond the
/// monotonic clock can only be meant on the other one.
static enum clock_base guess_base(struct warp_page *page, bool is_absolute, const struct itimerspec *new)
{
    bool is_far = nanoseconds(&new->it_value) - session_now(page) > page->realtime_offset / 2;
    return is_absolute && is_far && page->realtime_offset > 0 ? CLOCK_BASE_REALTIME : CLOCK_BASE_MONOTONIC;
}

REPLACES_LIBC int timerfd_settime(int descriptor, int flags, const struct itimerspec *new, struct itimerspec *old)
{
    struct warp_page *page = session();
    if (page == NULL || new == NULL || !is_valid_time(&new->it_value) || !is_valid_time(&new->it_interval) ||
        (flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) != 0 || !agent_start(page)) {
        return libc.timerfd_settime(descriptor, flags, new, old);
    }
    // Says whether this is a timer at all.
    struct itimerspec present;
    int result = libc.timerfd_gettime(descriptor, &present);
    if (result != 0) {
        return result;
    }
    bool is_absolute = (flags & TFD_TIMER_ABSTIME) != 0;
    struct warp_slot *slot = timer_find(page, timer_of(descriptor));
    if (slot == NULL) {
        slot = timer_make(page, timer_of(descriptor), guess_base(page, is_absolute, new));
    }
    if (slot == NULL) {
        return libc.timerfd_settime(descriptor, flags, new, old);
    }
    timer_set(page, slot, is_absolute, new, old);
    return 0;
}

REPLACES_LIBC int timerfd_gettime(int descriptor, struct itimerspec *stored)
{
    struct warp_page *page = session();
    struct warp_slot *slot = page == NULL ? NULL : timer_find(page, timer_of(descriptor));
    int result = libc.timerfd_gettime(descriptor, stored);
    if (slot != NULL && result == 0) {
        timer_read(page, slot, stored);
    }
    return result;
}
