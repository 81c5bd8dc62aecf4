/// Timers of the process, told to the controller through slots of the page. The kernel's own timer stays disarmed until
/// the virtual deadline comes; then it is made to expire at once.
#pragma once
#include "waits.h"

struct timer {
    enum warp_wait_kind kind;
    enum preload_way way;
    /// The file descriptor, or the timer's id.
    uint64_t object;
};

/// The timer's slot, or NULL.
PRIVATE struct warp_slot *timer_find(struct warp_page *page, struct timer timer);

/// The timer's slot, disarmed; taken when there is none. NULL when no slot is left.
PRIVATE struct warp_slot *timer_make(struct warp_page *page, struct timer timer, enum clock_base base);

PRIVATE void timer_forget(struct warp_page *page, struct timer timer);

/// Arms or disarms the timer, and tells how it stood before (`old` may be NULL).
PRIVATE void timer_set(
    struct warp_page *page, struct warp_slot *slot, bool is_absolute, const struct itimerspec *new,
    struct itimerspec *old);

PRIVATE void timer_read(struct warp_page *page, struct warp_slot *slot, struct itimerspec *stored);

/// The agent's part: lets a timer expire that the controller has fired.
PRIVATE void timer_expire_fired(struct warp_page *page, struct warp_slot *slot);
