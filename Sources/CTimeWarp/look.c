#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "engine.h"

#include "instants.h"
#include "task_name.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Two looks prove that nobody ran in between: each first sums up CPU time and then looks at every state. Who ran
// between the sums has used CPU time; who was woken and has not run yet is seen as running by the second look.

enum { most_neighbours = 64 };

/// CPU time of a process or thread, ns; 0 when it is gone. The clock's id is made of the process id as the kernel's
/// include/linux/posix-timers.h has it; 2 means the scheduler's exact count, 4 a thread's own.
static int64_t cpu_time(int32_t id, bool is_thread) {
    struct timespec used;
    clockid_t clock = (clockid_t)((~(uint32_t)id << 3) | (is_thread ? 6 : 2));
    return clock_gettime(clock, &used) == 0 ? timespec_nanoseconds(&used) : 0;
}

static void add_cpu_time(struct process *process, void *context) {
    *(int64_t *)context += cpu_time(process->pid, false);
}

/// Lists the other threads of this process. They must all be there: one that is being made shows by its maker, which
/// runs.
static void list_own(struct warp_engine *engine) {
    census_begin_listing(&engine->own);
    census_list_process(&engine->own, getpid(), gettid());
    census_end_listing(&engine->own);
}

static int64_t own_cpu_time(const struct warp_engine *engine) {
    int64_t sum = 0;
    for (size_t i = 0; i < engine->own.count; i++) sum += cpu_time(engine->own.tasks[i].tid, true);
    return sum;
}

static void report_busy(struct warp_look *look, int32_t pid, int32_t tid) {
    look->busy_pid = pid;
    look->busy_tid = tid;
    task_name(pid, tid, look->busy_name, sizeof look->busy_name);
}

/// The threads of processes outside the session that work for it: CPU time, and whether one is busy.
static void look_at_neighbours(struct warp_engine *engine, struct warp_look *look) {
    int32_t pids[most_neighbours];
    if (engine->operations->neighbours == NULL) return;
    size_t count = engine->operations->neighbours(engine, pids, most_neighbours);
    struct census census = {0};
    // Short-lived: nothing is held.
    for (size_t i = 0; i < count; i++) {
        look->cpu += cpu_time(pids[i], false);
        census_list_process(&census, pids[i], 0);
    }
    const struct census_task *busy = census_busy(&census);
    if (busy != NULL && look->busy_tid == 0) report_busy(look, busy->pid, busy->tid);
    census_close(&census);
}

int64_t warp_engine_cpu_time(const warp_engine *engine) {
    int64_t sum = 0;
    processes_each(&engine->processes, add_cpu_time, &sum);
    return sum;
}

/// CPU time of the session and of this process's other threads.
static int64_t all_cpu_time(const struct warp_engine *engine) {
    return own_cpu_time(engine) + warp_engine_cpu_time(engine);
}

/// What is seen at once: a thread that was woken, or that was busy at the last look and still is.
static bool is_plainly_busy(struct warp_engine *engine, struct warp_look *look) {
    int32_t unsettled = engine->operations->unsettled(engine);
    const struct census_task *busy = census_find(&engine->census, unsettled);
    if (unsettled == 0) busy = census_last_busy(&engine->census);
    if (unsettled == 0 && busy == NULL) return false;
    report_busy(look, busy != NULL ? busy->pid : unsettled, busy != NULL ? busy->tid : unsettled);
    return true;
}

void warp_engine_look(warp_engine *engine, struct warp_look *look) {
    *look = (struct warp_look){0};
    if (is_plainly_busy(engine, look)) return;
    list_own(engine);
    look->cpu = all_cpu_time(engine);
    int64_t before = look->cpu;
    bool is_complete = engine->operations->take_census(engine);
    look->tasks = (int32_t)(engine->census.count + engine->own.count);

    const struct census_task *busy = census_busy(&engine->census);
    if (busy == NULL) busy = census_busy(&engine->own);
    if (busy != NULL) report_busy(look, busy->pid, busy->tid);
    look_at_neighbours(engine, look);
    if (look->busy_tid != 0) return;
    // A stop may have come while the states were read, and somebody may have run and sleep again. A process may be half
    // listed. Whoever it is, that is as good as busy.
    int32_t unsettled = engine->operations->unsettled(engine);
    if (unsettled != 0 || !is_complete || all_cpu_time(engine) != before) {
        look->busy_tid = unsettled != 0 ? unsettled : -1;
        snprintf(look->busy_name, sizeof look->busy_name, "just now");
    }
}
#endif
