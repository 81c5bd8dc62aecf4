/// The beginning and the end of a timed wait.
#include "waits.h"
#include "kernel.h"
#include "libc.h"

/// The slot of this thread. After fork and vfork it may be the parent's, which its thread id tells.
static __thread struct warp_slot *own_slot __attribute__((tls_model("initial-exec")));
static pthread_key_t thread_end;

static void end_waits_of_thread(void *slot)
{
    own_slot = NULL;
    struct warp_slot *last = slot;
    if (atomic_load(&last->tid) == kernel_tid()) {
        slot_give_back(last);
    }
}

static void do_nothing(int signal)
{
    (void)signal;
}

static bool is_timer_that_outlives_exec(const struct warp_slot *slot)
{
    return preload_way_of(atomic_load(&slot->kind)) == PRELOAD_WAY_ALARM;
}

static void forget_earlier_program(struct warp_page *page)
{
    int32_t pid = kernel_pid();
    uint32_t used = atomic_load(&page->slots_used);
    for (uint32_t i = 0; i < used && i < WARP_PAGE_SLOTS; i++) {
        struct warp_slot *slot = &page->slots[i];
        if (atomic_load(&slot->pid) == pid && !is_timer_that_outlives_exec(slot)) {
            slot_give_back(slot);
        }
    }
}

bool waits_prepare(struct warp_page *page)
{
    if (libc.sigaction == NULL || pthread_key_create(&thread_end, end_waits_of_thread) != 0) {
        return false;
    }
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = do_nothing;
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    if (libc.sigaction(page->restarting_signal, &action, NULL) != 0) {
        return false;
    }
    action.sa_flags = SA_ONSTACK;
    if (libc.sigaction(page->interrupting_signal, &action, NULL) != 0) {
        return false;
    }
    forget_earlier_program(page);
    return true;
}

uint64_t controller_signals(const struct warp_page *page)
{
    return UINT64_C(1) << (page->restarting_signal - 1) | UINT64_C(1) << (page->interrupting_signal - 1);
}

const sigset_t *mask_without_controller(const struct warp_page *page, const sigset_t *mask, sigset_t *copy)
{
    if (mask == NULL) {
        return NULL;
    }
    // The kernel reads 8 bytes; a caller that made its own mask may not have more.
    uint64_t signals;
    memcpy(&signals, mask, sizeof signals);
    signals &= ~controller_signals(page);
    memset(copy, 0, sizeof *copy);
    memcpy(copy, &signals, sizeof signals);
    return copy;
}

static uint64_t change_mask(int how, uint64_t signals)
{
    uint64_t before = 0;
    kernel_call(SYS_rt_sigprocmask, how, (long)&signals, (long)&before, sizeof before, 0, 0);
    return before;
}

/// A thread that ran a child by vfork finds the child's slot in its place, and takes its own up again.
static struct warp_slot *find_slot(struct warp_page *page, int32_t tid)
{
    uint32_t used = atomic_load(&page->slots_used);
    for (uint32_t i = 0; i < used && i < WARP_PAGE_SLOTS; i++) {
        struct warp_slot *slot = &page->slots[i];
        bool is_timer = (atomic_load(&slot->kind) & preload_flag_timer) != 0;
        if (atomic_load(&slot->tid) == tid && !is_timer && atomic_load(&slot->pid) == kernel_pid()) {
            return slot;
        }
    }
    return NULL;
}

static struct warp_slot *slot_of_thread(struct warp_page *page, int32_t tid)
{
    struct warp_slot *slot = own_slot;
    if (slot != NULL && atomic_load(&slot->tid) == tid) {
        return slot;
    }
    slot = slot == NULL ? NULL : find_slot(page, tid);
    if (slot == NULL) {
        slot = slot_take(page, tid);
    }
    own_slot = slot;
    if (slot != NULL) {
        pthread_setspecific(thread_end, slot);
    }
    return slot;
}

bool wait_begin(
    struct timed_wait *wait, struct warp_page *page, enum warp_wait_kind kind, enum preload_way way, int64_t deadline,
    uint64_t object)
{
    int before = errno;
    wait->tid = kernel_tid();
    struct warp_slot *slot = slot_of_thread(page, wait->tid);
    errno = before;
    if (slot == NULL) {
        return false;
    }
    wait->slot = slot;
    wait->outer_state = atomic_exchange(&slot->state, WARP_SLOT_FREE);
    wait->outer_kind = atomic_load(&slot->kind);
    wait->outer_deadline = atomic_load(&slot->deadline);
    wait->outer_object = atomic_load(&slot->object);
    wait->blocked_signals = 0;
    if (way == PRELOAD_WAY_RESTARTING_SIGNAL || way == PRELOAD_WAY_INTERRUPTING_SIGNAL) {
        uint64_t signals = controller_signals(page);
        wait->blocked_signals = change_mask(SIG_UNBLOCK, signals) & signals;
    }
    atomic_store(&slot->kind, preload_kind(kind, way, 0));
    atomic_store(&slot->object, object);
    atomic_store(&slot->deadline, deadline);
    atomic_store(&slot->state, WARP_SLOT_ARMED);
    return true;
}

bool wait_end(struct timed_wait *wait)
{
    struct warp_slot *slot = wait->slot;
    // A child forked in a signal handler returns from the parent's wait, which is not its own to end.
    if (wait->tid != kernel_tid()) {
        return false;
    }
    bool fired = atomic_exchange(&slot->state, WARP_SLOT_FREE) == WARP_SLOT_FIRED;
    atomic_store(&slot->deadline, wait->outer_deadline);
    atomic_store(&slot->object, wait->outer_object);
    atomic_store(&slot->kind, wait->outer_kind);
    if (wait->blocked_signals != 0) {
        change_mask(SIG_BLOCK, wait->blocked_signals);
    }
    if (wait->outer_state != WARP_SLOT_FREE) {
        atomic_store(&slot->state, wait->outer_state);
    }
    return fired;
}
