/// Slots of the page: taking one, giving it back when its thread ends.
#include "kernel.h"
#include "waits.h"

struct warp_slot *slot_take(struct warp_page *page, int32_t tid)
{
    int32_t pid = kernel_pid();
    for (uint32_t i = 0; i < WARP_PAGE_SLOTS; i++) {
        struct warp_slot *slot = &page->slots[i];
        int32_t nobody = 0;
        if (atomic_load(&slot->pid) != 0 || !atomic_compare_exchange_strong(&slot->pid, &nobody, pid)) {
            continue;
        }
        atomic_store(&slot->tid, tid);
        uint32_t used = atomic_load(&page->slots_used);
        while (used < i + 1 && !atomic_compare_exchange_weak(&page->slots_used, &used, i + 1)) {
        }
        return slot;
    }
    atomic_fetch_add(&page->slots_missing, 1);
    return NULL;
}

void slot_give_back(struct warp_slot *slot)
{
    atomic_store(&slot->state, WARP_SLOT_FREE);
    atomic_store(&slot->kind, 0);
    atomic_store(&slot->tid, 0);
    atomic_store(&slot->pid, 0);
}
