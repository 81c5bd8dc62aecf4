#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include "instants.h"
#include <errno.h>
#include <stdatomic.h>
#include <sys/syscall.h>

// Readings of the clock that come as system calls: from programs without a vDSO, or with it hidden.

enum clock_kind clock_kind_of(int clock) {
    switch (clock) {
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM: return CLOCK_IS_MONOTONIC;
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_TAI: return CLOCK_IS_REALTIME;
    default: return CLOCK_IS_REAL;
    }
}

/// Reads the clock as the replacement of the vDSO's does: each reading moves it.
static int64_t reading(const struct warp_engine *engine, enum clock_kind kind) {
    struct warp_page *page = engine->page;
    atomic_fetch_add_explicit(&page->readings, 1, memory_order_relaxed);
    int64_t now = atomic_fetch_add(&page->now, page->creep);
    return kind == CLOCK_IS_REALTIME ? saturating_add(now, engine->realtime_offset) : now;
}

static void clock_gettime_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    enum clock_kind kind = clock_kind_of((int)registers->rdi);
    if (kind == CLOCK_IS_REAL) {
        thread_pass(thread);
        return;
    }
    struct timespec time = timespec_of(reading(engine, kind));
    thread_skip(thread, registers, memory_write(thread->tid, registers->rsi, &time, sizeof time) ? 0 : -EFAULT);
}

static void gettimeofday_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    struct timeval time = timeval_of(reading(engine, CLOCK_IS_REALTIME));
    struct timezone zone = {0};
    bool is_written = (registers->rdi == 0 || memory_write(thread->tid, registers->rdi, &time, sizeof time))
        && (registers->rsi == 0 || memory_write(thread->tid, registers->rsi, &zone, sizeof zone));
    thread_skip(thread, registers, is_written ? 0 : -EFAULT);
}

static void time_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    int64_t seconds = reading(engine, CLOCK_IS_REALTIME) / NANOSECONDS;
    bool is_written = registers->rdi == 0 || memory_write(thread->tid, registers->rdi, &seconds, sizeof seconds);
    thread_skip(thread, registers, is_written ? seconds : -EFAULT);
}

void trace_clock_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    switch (registers->orig_rax) {
    case SYS_clock_gettime: clock_gettime_call(engine, thread, registers); break;
    case SYS_gettimeofday: gettimeofday_call(engine, thread, registers); break;
    default: time_call(engine, thread, registers); break;
    }
}
#endif
