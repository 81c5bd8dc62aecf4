#define _GNU_SOURCE
#include "instants.h"
#include "preload_engine.h"
#include "preload_ways.h"

#include <linux/futex.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

// Ending the waits that programs have armed. What a slot says was written by a program: signals only ever go to
// processes of the session.

/// How long a wait that was ended may take to be left, before it no longer counts: its thread is held up by something
/// else, such as a mutex that it has to take again. And how often its thread is woken again meanwhile. ns.
static const int64_t release_patience = 20 * 1000 * 1000;
static const int64_t release_retry = 1000 * 1000;

static void wake_word(_Atomic uint32_t *word) {
    syscall(SYS_futex, word, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

static void wake_agent(struct warp_engine *engine, int32_t pid) {
    uint32_t used = preload_used_slots(engine);
    for (uint32_t i = 0; i < used; i++) {
        struct warp_slot *slot = &engine->page->slots[i];
        if (atomic_load(&slot->pid) != pid) continue;
        if (preload_way_of(atomic_load(&slot->kind)) != PRELOAD_WAY_AGENT_ITSELF) continue;
        atomic_store(&slot->touched, real_now());
        atomic_store(&slot->state, WARP_SLOT_FIRED);
        wake_word(&slot->state);
    }
}

static void wake(struct warp_engine *engine, struct warp_slot *slot) {
    int32_t pid = atomic_load(&slot->pid), tid = atomic_load(&slot->tid);
    if (process_find(&engine->processes, pid) == NULL) return;
    switch (preload_way_of(atomic_load(&slot->kind))) {
    case PRELOAD_WAY_FUTEX:
    case PRELOAD_WAY_AGENT_ITSELF:
        wake_word(&slot->state);
        break;
    case PRELOAD_WAY_RESTARTING_SIGNAL:
        syscall(SYS_tgkill, pid, tid, preload_state_of(engine)->restarting_signal);
        break;
    case PRELOAD_WAY_INTERRUPTING_SIGNAL:
        syscall(SYS_tgkill, pid, tid, preload_state_of(engine)->interrupting_signal);
        break;
    case PRELOAD_WAY_AGENT:
        wake_agent(engine, pid);
        break;
    case PRELOAD_WAY_ALARM:
    case PRELOAD_WAY_CONNECTION:
        break;
    }
}

/// Sends SIGALRM and arms the timer for its next period.
static bool ring(struct warp_engine *engine, struct warp_slot *slot, int64_t now) {
    uint32_t armed = WARP_SLOT_ARMED;
    if (!atomic_compare_exchange_strong(&slot->state, &armed, preload_slot_in_change)) return false;
    int32_t pid = atomic_load(&slot->pid);
    int64_t interval = atomic_load(&slot->interval), deadline = atomic_load(&slot->deadline);
    if (interval > 0) {
        int64_t late = now > deadline ? (now - deadline) / interval : 0;
        atomic_store(&slot->deadline, saturating_add(deadline + late * interval, interval));
    }
    atomic_store(&slot->state, interval > 0 ? WARP_SLOT_ARMED : WARP_SLOT_FREE);
    if (process_find(&engine->processes, pid) != NULL) kill(pid, SIGALRM);
    return true;
}

int32_t preload_fire(struct warp_engine *engine) {
    int64_t now = atomic_load(&engine->page->now);
    uint32_t used = preload_used_slots(engine);
    int32_t fired = 0;
    for (uint32_t i = 0; i < used; i++) {
        struct warp_slot *slot = &engine->page->slots[i];
        uint32_t armed = WARP_SLOT_ARMED;
        if (atomic_load(&slot->state) != armed || atomic_load(&slot->pid) == 0) continue;
        if (atomic_load(&slot->deadline) > now) continue;
        if (preload_way_of(atomic_load(&slot->kind)) == PRELOAD_WAY_ALARM) {
            fired += ring(engine, slot, now);
            continue;
        }
        atomic_store(&slot->touched, real_now());
        if (!atomic_compare_exchange_strong(&slot->state, &armed, WARP_SLOT_FIRED)) continue;
        wake(engine, slot);
        fired++;
    }
    atomic_fetch_add(&engine->page->generation, 1);
    return fired;
}

int32_t preload_unsettled(struct warp_engine *engine) {
    struct preload_state *state = preload_state_of(engine);
    uint32_t used = preload_used_slots(engine);
    int64_t now = real_now();
    bool is_retry = now - state->woken_again > release_retry;
    int32_t held = 0;
    for (uint32_t i = 0; i < used; i++) {
        struct warp_slot *slot = &engine->page->slots[i];
        if (atomic_load(&slot->state) != WARP_SLOT_FIRED) continue;
        int64_t age = now - atomic_load(&slot->touched);
        if (age > release_patience || age < 0) continue;
        int32_t pid = atomic_load(&slot->pid), tid = atomic_load(&slot->tid);
        held = tid != 0 ? tid : pid;
        if (is_retry && age > release_retry) wake(engine, slot);
    }
    if (is_retry) state->woken_again = now;
    if (held != 0 || preload_undecided(engine) == 0) return held;
    // A look ends here while somebody is not settled, so whoever comes up has to be looked at here too.
    preload_look_at_programs(engine);
    return preload_undecided(engine);
}
