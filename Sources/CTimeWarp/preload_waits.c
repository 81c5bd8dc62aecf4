#define _GNU_SOURCE
#include "housekeeping.h"
#include "instants.h"
#include "preload_engine.h"
#include "preload_ways.h"
#include "task_name.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Reading the slots that programs have armed. A slot is copied before it is judged, since its program may change it.

/// Where the library's own time stops: later deadlines never come.
static const int64_t beyond = INT64_MAX / 2;

uint32_t preload_used_slots(const struct warp_engine *engine) {
    uint32_t used = atomic_load(&engine->page->slots_used);
    return used < WARP_PAGE_SLOTS ? used : WARP_PAGE_SLOTS;
}

void preload_free_slot(struct warp_slot *slot) {
    atomic_store(&slot->state, WARP_SLOT_FREE);
    atomic_store(&slot->kind, 0);
    atomic_store(&slot->tid, 0);
    atomic_store(&slot->pid, 0);
}

void preload_forget_waits(struct warp_engine *engine, int32_t pid) {
    uint32_t used = preload_used_slots(engine);
    for (uint32_t i = 0; i < used; i++)
        if (atomic_load(&engine->page->slots[i].pid) == pid) preload_free_slot(&engine->page->slots[i]);
}

/// The state of a thread, or of a process for tid 0; 'X' when it is gone.
static char task_state(int32_t pid, int32_t tid) {
    char path[80], text[256];
    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", pid, tid != 0 ? tid : pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 'X';
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    const char *bracket = strrchr(text, ')');
    return bracket != NULL && bracket[1] == ' ' ? bracket[2] : 'X';
}

/// Whether a thread has ended. A timer (tid 0) ends with its process, of which the first thread may have ended alone.
static bool has_ended(const struct warp_engine *engine, int32_t pid, int32_t tid) {
    char state = task_state(pid, tid);
    if (state != 'Z' || tid != 0) return state == 'X' || state == 'Z';
    for (size_t i = 0; i < engine->census.count; i++) {
        const struct census_task *task = &engine->census.tasks[i];
        if (task->pid == pid && task->tid != pid && strchr("XZ", task_state(pid, task->tid)) == NULL) return false;
    }
    return true;
}

static bool is_housekeeping(const struct warp_engine *engine, const struct warp_wait *wait) {
    const struct process *process = process_find(&engine->processes, wait->pid);
    return process != NULL && process->is_java && wait->tid != 0 && is_java_housekeeping(wait->name);
}

/// Takes over what an armed slot says; false for any other.
static bool read_wait(const struct warp_engine *engine, struct warp_slot *slot, struct warp_wait *wait) {
    uint32_t kind = atomic_load(&slot->kind);
    *wait = (struct warp_wait){
        .pid = atomic_load(&slot->pid), .tid = atomic_load(&slot->tid), .deadline = atomic_load(&slot->deadline)};
    if (atomic_load(&slot->state) != WARP_SLOT_ARMED || wait->pid == 0) return false;
    if (preload_way_of(kind) == PRELOAD_WAY_AGENT_ITSELF) return false;
    uint32_t wait_kind = preload_wait_kind(kind);
    wait->kind = wait_kind <= WARP_WAIT_OTHER ? (enum warp_wait_kind)wait_kind : WARP_WAIT_OTHER;
    return process_find(&engine->processes, wait->pid) != NULL;
}

/// The earliest wait that comes after `before` in the order of deadlines and, at the same one, of slots.
static int64_t find_after(struct warp_engine *engine, int64_t before, int64_t index, struct warp_wait *earliest) {
    uint32_t used = preload_used_slots(engine);
    int64_t found = -1;
    for (uint32_t i = 0; i < used; i++) {
        struct warp_slot *slot = &engine->page->slots[i];
        if (atomic_load(&slot->state) != WARP_SLOT_ARMED) continue;
        struct warp_wait wait;
        if (!read_wait(engine, slot, &wait)) continue;
        if (wait.deadline < before || (wait.deadline == before && i <= index)) continue;
        if (found >= 0 && wait.deadline >= earliest->deadline) continue;
        found = i;
        *earliest = wait;
    }
    return found;
}

bool preload_next(struct warp_engine *engine, struct warp_wait *wait, int32_t *skipped) {
    int64_t before = INT64_MIN, index = -1;
    struct warp_wait earliest;
    for (uint32_t i = 0; i < WARP_PAGE_SLOTS; i++) {
        index = find_after(engine, before, index, &earliest);
        if (index < 0 || earliest.deadline >= beyond) return false;
        before = earliest.deadline;
        if (has_ended(engine, earliest.pid, earliest.tid)) {
            preload_free_slot(&engine->page->slots[index]);
            continue;
        }
        task_name(earliest.pid, earliest.tid != 0 ? earliest.tid : earliest.pid, earliest.name, sizeof earliest.name);
        if (!is_housekeeping(engine, &earliest)) {
            *wait = earliest;
            return true;
        }
        ++*skipped;
    }
    return false;
}

size_t preload_waits(struct warp_engine *engine, struct warp_wait *waits, size_t capacity) {
    size_t count = 0;
    uint32_t used = preload_used_slots(engine);
    for (uint32_t i = 0; i < used && count < capacity; i++) {
        struct warp_wait wait;
        if (!read_wait(engine, &engine->page->slots[i], &wait)) continue;
        if (wait.deadline >= beyond) wait.deadline = NEVER;
        task_name(wait.pid, wait.tid != 0 ? wait.tid : wait.pid, wait.name, sizeof wait.name);
        wait.is_housekeeping = is_housekeeping(engine, &wait);
        waits[count++] = wait;
    }
    size_t timed = count;
    for (size_t i = 0; i < engine->census.count && count < capacity; i++) {
        const struct census_task *task = &engine->census.tasks[i];
        bool is_listed = false;
        for (size_t k = 0; k < timed && !is_listed; k++) is_listed = waits[k].tid == task->tid;
        if (is_listed || has_ended(engine, task->pid, task->tid)) continue;
        struct warp_wait wait = {
            .pid = task->pid, .tid = task->tid, .kind = WARP_WAIT_NONE, .deadline = NEVER};
        task_name(wait.pid, wait.tid != 0 ? wait.tid : wait.pid, wait.name, sizeof wait.name);
        waits[count++] = wait;
    }
    return count;
}
