/// Timed waits of threads, told to the controller through slots of the page.
#pragma once
#include "headers.h"
#include "session.h"
#include "../CTimeWarp/include/warp_engine.h"
#include "../CTimeWarp/preload_ways.h"

/// One wait. A signal handler may begin another inside it, on the same slot; the outer one is put back at its end.
struct timed_wait {
    struct warp_slot *slot;
    int32_t tid;
    uint32_t outer_state;
    uint32_t outer_kind;
    int64_t outer_deadline;
    uint64_t outer_object;
    /// Signals of the controller that were blocked before and are to be blocked again.
    uint64_t blocked_signals;
};

/// Installs the handlers that end waits, and forgets what an earlier program of this process left in the page. False
/// when the session cannot be taken part in.
PRIVATE bool waits_prepare(struct warp_page *page);

/// Tells the controller that this thread is about to wait until `deadline`. False when no slot is left: the wait then
/// has to happen in real time.
PRIVATE bool wait_begin(
    struct timed_wait *wait, struct warp_page *page, enum warp_wait_kind kind, enum preload_way way, int64_t deadline,
    uint64_t object);

/// Whether the controller has ended the wait that is under way.
static inline bool wait_has_fired(const struct timed_wait *wait)
{
    return atomic_load(&wait->slot->state) == WARP_SLOT_FIRED;
}

/// Takes the wait back. True when the controller ended it, false when something else did. Keeps errno.
PRIVATE bool wait_end(struct timed_wait *wait);

/// Ends a wait in a system call that answered `result`: a call that the controller interrupted answers `at_timeout`,
/// anything else stays as it is, so that no event that came first is lost.
static inline long wait_end_call(struct timed_wait *wait, long result, long at_timeout)
{
    bool fired = wait_end(wait);
    return fired && result == -1 && errno == EINTR ? at_timeout : result;
}

/// The signals of the controller, as the kernel's mask.
PRIVATE uint64_t controller_signals(const struct warp_page *page);

/// `mask` without the controller's signals; NULL stays NULL.
PRIVATE const sigset_t *mask_without_controller(
    const struct warp_page *page, const sigset_t *mask, sigset_t *copy);

/// Takes a free slot for this process.
PRIVATE struct warp_slot *slot_take(struct warp_page *page, int32_t tid);

PRIVATE void slot_give_back(struct warp_slot *slot);

/// Sleeps until `deadline`: 0, or EINTR when a signal was handled first.
PRIVATE int sleep_until(struct warp_page *page, int64_t deadline);
