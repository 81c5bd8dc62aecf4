/// The agent thread.
#include "agent.h"
#include "kernel.h"
#include "libc.h"
#include "timers.h"
#include "waits.h"

/// A broadcast reaches a waiter that is on its way into its wait only when repeated: every 0.1 ms, for 20 ms.
enum { most_repetitions = 200, repetition_nanoseconds = 100000, stack_size = 256 * 1024 };

static _Atomic int32_t agent_pid;
static struct warp_slot *agent_slot;
static pthread_mutex_t objects = PTHREAD_MUTEX_INITIALIZER;

void agent_lock(void)
{
    pthread_mutex_lock(&objects);
}

void agent_unlock(void)
{
    pthread_mutex_unlock(&objects);
}

/// Does what is due. True while a waiter has not left its wait.
static bool serve(struct warp_page *page, int32_t pid)
{
    bool is_pending = false;
    uint32_t used = atomic_load(&page->slots_used);
    agent_lock();
    for (uint32_t i = 0; i < used && i < WARP_PAGE_SLOTS; i++) {
        struct warp_slot *slot = &page->slots[i];
        if (atomic_load(&slot->pid) != pid || atomic_load(&slot->state) != WARP_SLOT_FIRED) {
            continue;
        }
        uint32_t kind = atomic_load(&slot->kind);
        if (preload_way_of(kind) != PRELOAD_WAY_AGENT) {
            continue;
        }
        if (kind & preload_flag_timer) {
            timer_expire_fired(page, slot);
        } else {
            pthread_cond_broadcast((pthread_cond_t *)(uintptr_t)atomic_load(&slot->object));
            is_pending = true;
        }
    }
    agent_unlock();
    return is_pending;
}

static void *run(void *argument)
{
    struct warp_page *page = argument;
    struct warp_slot *slot = agent_slot;
    int32_t pid = kernel_pid();
    atomic_store(&slot->tid, kernel_tid());
    pthread_setname_np(pthread_self(), "hookassay-clock");
    for (;;) {
        atomic_store(&slot->state, WARP_SLOT_ARMED);
        for (int repetition = 0; serve(page, pid) && repetition < most_repetitions; repetition++) {
            struct timespec pause = {.tv_sec = 0, .tv_nsec = repetition_nanoseconds};
            kernel_call(SYS_nanosleep, (long)&pause, 0, 0, 0, 0, 0);
        }
        while (atomic_load(&slot->state) == WARP_SLOT_ARMED) {
            kernel_futex_wait(&slot->state, WARP_SLOT_ARMED);
        }
    }
    return NULL;
}

static bool create_thread(struct warp_page *page)
{
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (pthread_attr_init(&attributes) != 0) {
        return false;
    }
    pthread_attr_setstacksize(&attributes, stack_size);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    // The program's signals are none of the agent's business; a new thread inherits the mask.
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int error = libc.pthread_create(&thread, &attributes, run, page);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return error == 0;
}

/// The agent of the parent may have held the lock at the moment of the fork, and does not exist in the child.
static void unlock_in_child(void)
{
    pthread_mutex_init(&objects, NULL);
}

bool agent_start(struct warp_page *page)
{
    static atomic_flag is_fork_handled = ATOMIC_FLAG_INIT;
    int32_t pid = kernel_pid();
    int32_t before = atomic_load(&agent_pid);
    if (before == pid || !atomic_compare_exchange_strong(&agent_pid, &before, pid)) {
        return true;
    }
    if (!atomic_flag_test_and_set(&is_fork_handled)) {
        pthread_atfork(NULL, NULL, unlock_in_child);
    }
    struct warp_slot *slot = slot_take(page, 0);
    if (slot != NULL) {
        atomic_store(&slot->deadline, INT64_MAX);
        atomic_store(&slot->kind, preload_kind(WARP_WAIT_NONE, PRELOAD_WAY_AGENT_ITSELF, 0));
        agent_slot = slot;
        if (create_thread(page)) {
            return true;
        }
        slot_give_back(slot);
        atomic_fetch_add(&page->slots_missing, 1);
    }
    atomic_store(&agent_pid, 0);
    return false;
}
