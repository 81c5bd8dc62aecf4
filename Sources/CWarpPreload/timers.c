/// Slots of timers.
#include "timers.h"
#include "kernel.h"
#include "libc.h"

struct warp_slot *timer_find(struct warp_page *page, struct timer timer)
{
    int32_t pid = kernel_pid();
    uint32_t used = atomic_load(&page->slots_used);
    for (uint32_t i = 0; i < used && i < WARP_PAGE_SLOTS; i++) {
        struct warp_slot *slot = &page->slots[i];
        uint32_t kind = atomic_load(&slot->kind);
        if (atomic_load(&slot->pid) == pid && (kind & preload_flag_timer) != 0 &&
            preload_wait_kind(kind) == timer.kind && preload_way_of(kind) == timer.way &&
            atomic_load(&slot->object) == timer.object) {
            return slot;
        }
    }
    return NULL;
}

/// The slot that this thread is changing: a signal handler that comes between finds its own thread here, for whose end
/// of the change it must not wait.
static __thread struct warp_slot *in_own_change __attribute__((tls_model("initial-exec")));

/// Takes the slot out of the hands of the agent and of other threads, and returns its state.
static uint32_t begin_change(struct warp_slot *slot)
{
    // Who changes a slot is done in microseconds, unless the host gives it no time: 2 s are more than enough.
    enum { pause_nanoseconds = 50000, most_pauses = 40000 };
    for (int attempt = 0; attempt < most_pauses && in_own_change != slot; attempt++) {
        uint32_t state = atomic_load(&slot->state);
        if (state != preload_slot_in_change &&
            atomic_compare_exchange_strong(&slot->state, &state, preload_slot_in_change)) {
            in_own_change = slot;
            return state;
        }
        struct timespec pause = {.tv_sec = 0, .tv_nsec = pause_nanoseconds};
        kernel_call(SYS_nanosleep, (long)&pause, 0, 0, 0, 0, 0);
    }
    return WARP_SLOT_FREE;
}

static void end_change(struct warp_slot *slot, uint32_t state)
{
    in_own_change = NULL;
    atomic_store(&slot->state, state);
}

struct warp_slot *timer_make(struct warp_page *page, struct timer timer, enum clock_base base)
{
    struct warp_slot *slot = timer_find(page, timer);
    if (slot == NULL) {
        slot = slot_take(page, 0);
    }
    if (slot == NULL) {
        return NULL;
    }
    begin_change(slot);
    uint32_t flags = preload_flag_timer | (base == CLOCK_BASE_REALTIME ? preload_flag_realtime : 0);
    atomic_store(&slot->object, timer.object);
    atomic_store(&slot->interval, 0);
    atomic_store(&slot->kind, preload_kind(timer.kind, timer.way, flags));
    end_change(slot, WARP_SLOT_FREE);
    return slot;
}

void timer_forget(struct warp_page *page, struct timer timer)
{
    struct warp_slot *slot = timer_find(page, timer);
    if (slot != NULL) {
        begin_change(slot);
        end_change(slot, WARP_SLOT_FREE);
        slot_give_back(slot);
    }
}

/// Makes the kernel's timer expire after `nanoseconds`, or never for 0, which also takes back what nobody has read yet.
/// False when there is no such timer any more.
static bool set_in_kernel(struct warp_slot *slot, long nanoseconds)
{
    struct itimerspec time = {.it_interval = {0, 0}, .it_value = {0, nanoseconds}};
    uint32_t kind = atomic_load(&slot->kind);
    uint64_t object = atomic_load(&slot->object);
    if (preload_way_of(kind) != PRELOAD_WAY_AGENT) {
        return true;
    }
    if (preload_wait_kind(kind) == WARP_WAIT_TIMERFD) {
        return libc.timerfd_settime((int)object, 0, &time, NULL) == 0;
    }
    return libc.timer_settime((timer_t)(uintptr_t)object, 0, &time, NULL) == 0;
}

/// The end of a change by which the timer expires.
static void expire(struct warp_page *page, struct warp_slot *slot)
{
    int64_t interval = atomic_load(&slot->interval);
    bool exists = set_in_kernel(slot, 1);
    if (!exists || interval <= 0) {
        end_change(slot, WARP_SLOT_FREE);
        return;
    }
    int64_t deadline = atomic_load(&slot->deadline);
    int64_t late = session_now(page) - deadline;
    int64_t periods = late > 0 ? late / interval : 0;
    atomic_store(&slot->deadline, later(deadline + periods * interval, interval));
    end_change(slot, WARP_SLOT_ARMED);
}

void timer_expire_fired(struct warp_page *page, struct warp_slot *slot)
{
    // A program that sets the timer anew meanwhile takes it out of this state, and its new time counts.
    uint32_t fired = WARP_SLOT_FIRED;
    if (atomic_compare_exchange_strong(&slot->state, &fired, preload_slot_in_change)) {
        in_own_change = slot;
        int before = errno;
        expire(page, slot);
        errno = before;
    }
}

static void describe(struct warp_page *page, struct warp_slot *slot, uint32_t state, struct itimerspec *stored)
{
    memset(stored, 0, sizeof *stored);
    stored->it_interval = timespec_of(atomic_load(&slot->interval));
    if (state == WARP_SLOT_ARMED || state == WARP_SLOT_FIRED) {
        int64_t rest = atomic_load(&slot->deadline) - session_now(page);
        stored->it_value = timespec_of(rest > 0 ? rest : 1);
    }
}

void timer_read(struct warp_page *page, struct warp_slot *slot, struct itimerspec *stored)
{
    uint32_t state = begin_change(slot);
    describe(page, slot, state, stored);
    end_change(slot, state);
}

void timer_set(
    struct warp_page *page, struct warp_slot *slot, bool is_absolute, const struct itimerspec *new,
    struct itimerspec *old)
{
    int64_t value = nanoseconds(&new->it_value);
    int64_t interval = nanoseconds(&new->it_interval);
    uint32_t state = begin_change(slot);
    if (old != NULL) {
        describe(page, slot, state, old);
    }
    set_in_kernel(slot, 0);
    atomic_store(&slot->interval, value == 0 ? 0 : interval);
    if (value == 0) {
        end_change(slot, WARP_SLOT_FREE);
        return;
    }
    uint32_t kind = atomic_load(&slot->kind);
    clockid_t clock = kind & preload_flag_realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    int64_t now = session_now(page);
    int64_t deadline = is_absolute ? session_instant(page, clock, &new->it_value) : later(now, value);
    atomic_store(&slot->deadline, deadline);
    // A time that is over already needs no jump of the clock, and its program may not go to sleep before it looks.
    if (deadline <= now && preload_way_of(kind) == PRELOAD_WAY_AGENT) {
        expire(page, slot);
    } else {
        end_change(slot, WARP_SLOT_ARMED);
    }
}
