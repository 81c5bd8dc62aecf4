/// timer_create and what belongs to it. Signals, threads and overrun counts stay libc's and the kernel's business.
#include "agent.h"
#include "libc.h"
#include "timers.h"

static struct timer timer_of(timer_t id)
{
    return (struct timer){
        .kind = WARP_WAIT_TIMER, .way = PRELOAD_WAY_AGENT, .object = (uint64_t)(uintptr_t)id};
}

REPLACES_LIBC int timer_create(clockid_t clock, struct sigevent *restrict event, timer_t *restrict id)
{
    struct warp_page *page = session();
    int result = libc.timer_create(clock, event, id);
    if (page != NULL && result == 0 && clock_base_of(clock) != CLOCK_BASE_REAL && agent_start(page)) {
        timer_make(page, timer_of(*id), clock_base_of(clock));
    }
    return result;
}

REPLACES_LIBC int timer_settime(
    timer_t id, int flags, const struct itimerspec *restrict new, struct itimerspec *restrict old)
{
    struct warp_page *page = session();
    struct warp_slot *slot = page == NULL ? NULL : timer_find(page, timer_of(id));
    if (slot == NULL || new == NULL || !is_valid_time(&new->it_value) || !is_valid_time(&new->it_interval)) {
        return libc.timer_settime(id, flags, new, old);
    }
    timer_set(page, slot, (flags & TIMER_ABSTIME) != 0, new, old);
    return 0;
}

REPLACES_LIBC int timer_gettime(timer_t id, struct itimerspec *stored)
{
    struct warp_page *page = session();
    struct warp_slot *slot = page == NULL ? NULL : timer_find(page, timer_of(id));
    int result = libc.timer_gettime(id, stored);
    if (slot != NULL && result == 0) {
        timer_read(page, slot, stored);
    }
    return result;
}

REPLACES_LIBC int timer_delete(timer_t id)
{
    struct warp_page *page = session();
    if (page != NULL) {
        timer_forget(page, timer_of(id));
    }
    return libc.timer_delete(id);
}
