#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include "instants.h"
#include "warp_page.h"
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>

#ifndef SYS_futex_wait
#define SYS_futex_wait 455
#endif

// What each call with a limit waits for. Not here, because their limits are not of a wait: recvmmsg (the kernel looks
// at its limit only between two datagrams, with the host's clock), and CPU clocks.

/// A reader of one call's arguments.
struct plan {
    int32_t tid;
    int64_t now;
    int64_t realtime_offset;
    struct user_regs_struct *registers;
    struct timed_wait *wait;
};

/// `deadline` of a limit in milliseconds, an int argument above zero.
static bool plan_milliseconds(const struct plan *plan, int argument) {
    int32_t limit = (int32_t)*call_argument(plan->registers, argument);
    if (limit <= 0) return false;
    plan->wait->deadline = saturating_add(plan->now, (int64_t)limit * 1000000);
    plan->wait->limit_argument = argument;
    plan->wait->endless = UINT32_MAX;
    return true;
}

static bool read_limit(const struct plan *plan, int argument, int64_t *nanoseconds) {
    struct timespec limit;
    if (!memory_read(plan->tid, *call_argument(plan->registers, argument), &limit, sizeof limit)) return false;
    if (!is_valid_timespec(&limit)) return false;
    *nanoseconds = timespec_nanoseconds(&limit);
    return true;
}

/// A limit from now on; one of zero does not wait.
static bool plan_relative(const struct plan *plan, int argument) {
    int64_t limit;
    if (!read_limit(plan, argument, &limit) || limit == 0) return false;
    plan->wait->deadline = saturating_add(plan->now, limit);
    plan->wait->limit_argument = argument;
    return true;
}

/// An instant of virtual CLOCK_MONOTONIC or CLOCK_REALTIME.
static bool plan_absolute(const struct plan *plan, int argument, enum clock_kind clock) {
    int64_t instant;
    if (clock == CLOCK_IS_REAL || !read_limit(plan, argument, &instant)) return false;
    if (clock == CLOCK_IS_REALTIME && instant != NEVER) instant = saturating_subtract(instant, plan->realtime_offset);
    plan->wait->deadline = instant;
    plan->wait->limit_argument = argument;
    return true;
}

static bool plan_remainder(const struct plan *plan, enum remainder remainder) {
    plan->wait->remainder = remainder;
    plan->wait->remainder_address = *call_argument(plan->registers, plan->wait->limit_argument);
    return true;
}

/// The kernel takes more than a second of microseconds here, and no negative ones.
static bool plan_select(const struct plan *plan) {
    struct timeval limit;
    if (!memory_read(plan->tid, plan->registers->r8, &limit, sizeof limit)) return false;
    if (limit.tv_sec < 0 || limit.tv_usec < 0) return false;
    struct timespec seconds = {.tv_sec = limit.tv_sec};
    int64_t fraction = limit.tv_usec > INT64_MAX / 1000 ? NEVER : limit.tv_usec * 1000;
    int64_t span = saturating_add(timespec_nanoseconds(&seconds), fraction);
    if (span == 0) return false;
    plan->wait->deadline = saturating_add(plan->now, span);
    plan->wait->limit_argument = 4;
    return plan_remainder(plan, REMAINDER_TIMEVAL);
}

static bool plan_nanosleep(const struct plan *plan) {
    plan->wait->kind = WARP_WAIT_SLEEP;
    plan->wait->is_sleep = true;
    if (!plan_relative(plan, 0)) return false;
    plan->wait->remainder = REMAINDER_OF_SLEEP;
    plan->wait->remainder_address = plan->registers->rsi;
    return true;
}

static bool plan_clock_nanosleep(const struct plan *plan) {
    int clock = (int)plan->registers->rdi;
    // The kernel does not sleep on these and says so.
    if (clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_REALTIME_COARSE) return false;
    plan->wait->kind = WARP_WAIT_SLEEP;
    plan->wait->is_sleep = true;
    if (plan->registers->rsi & TIMER_ABSTIME) return plan_absolute(plan, 2, clock_kind_of(clock));
    if (clock_kind_of(clock) == CLOCK_IS_REAL || !plan_relative(plan, 2)) return false;
    plan->wait->remainder = REMAINDER_OF_SLEEP;
    plan->wait->remainder_address = plan->registers->r10;
    return true;
}

static bool plan_futex(const struct plan *plan) {
    uint64_t operation = plan->registers->rsi;
    enum clock_kind clock = operation & FUTEX_CLOCK_REALTIME ? CLOCK_IS_REALTIME : CLOCK_IS_MONOTONIC;
    plan->wait->kind = WARP_WAIT_FUTEX;
    plan->wait->timeout_result = -ETIMEDOUT;
    switch (operation & (uint64_t)FUTEX_CMD_MASK) {
    // Relative by either clock; a limit of zero is the kernel's to answer.
    case FUTEX_WAIT: return plan_relative(plan, 3);
    case FUTEX_LOCK_PI: return plan_absolute(plan, 3, CLOCK_IS_REALTIME);
    case FUTEX_WAIT_BITSET:
    case FUTEX_WAIT_REQUEUE_PI:
    case FUTEX_LOCK_PI2: return plan_absolute(plan, 3, clock);
    default: return false;
    }
}

/// The calls of the second futex interface name their clock.
static bool plan_second_futex(const struct plan *plan, int limit_argument, int clock_argument) {
    plan->wait->kind = WARP_WAIT_FUTEX;
    plan->wait->timeout_result = -ETIMEDOUT;
    int clock = (int)*call_argument(plan->registers, clock_argument);
    if (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME) return false;
    return plan_absolute(plan, limit_argument, clock_kind_of(clock));
}

static bool plan_other(const struct plan *plan, enum warp_wait_kind kind, int argument, int64_t timeout_result) {
    plan->wait->kind = kind;
    plan->wait->timeout_result = timeout_result;
    return plan_relative(plan, argument);
}

static bool plan_message_queue(const struct plan *plan) {
    plan->wait->kind = WARP_WAIT_OTHER;
    plan->wait->timeout_result = -ETIMEDOUT;
    return plan_absolute(plan, 4, CLOCK_IS_REALTIME);
}

bool trace_wait_plan(const struct warp_engine *engine, const struct thread *thread, struct user_regs_struct *registers,
                     struct timed_wait *wait) {
    *wait = (struct timed_wait){.kind = WARP_WAIT_POLL};
    struct plan plan = {
        .tid = thread->tid,
        .now = warp_page_now(engine->page),
        .realtime_offset = engine->realtime_offset,
        .registers = registers,
        .wait = wait,
    };
    switch (registers->orig_rax) {
    case SYS_poll: return plan_milliseconds(&plan, 2);
    case SYS_epoll_wait:
    case SYS_epoll_pwait: return plan_milliseconds(&plan, 3);
    case SYS_epoll_pwait2: return plan_relative(&plan, 3);
    case SYS_ppoll: return plan_relative(&plan, 2) && plan_remainder(&plan, REMAINDER_TIMESPEC);
    case SYS_pselect6: return plan_relative(&plan, 4) && plan_remainder(&plan, REMAINDER_TIMESPEC);
    case SYS_select: return plan_select(&plan);
    case SYS_nanosleep: return plan_nanosleep(&plan);
    case SYS_clock_nanosleep: return plan_clock_nanosleep(&plan);
    case SYS_futex: return plan_futex(&plan);
    case SYS_futex_waitv: return plan_second_futex(&plan, 3, 4);
    case SYS_futex_wait: return plan_second_futex(&plan, 4, 5);
    case SYS_rt_sigtimedwait: return plan_other(&plan, WARP_WAIT_SIGNAL, 2, -EAGAIN);
    case SYS_semtimedop: return plan_other(&plan, WARP_WAIT_OTHER, 3, -EAGAIN);
    case SYS_io_getevents:
    case SYS_io_pgetevents: return plan_other(&plan, WARP_WAIT_OTHER, 4, 0);
    case SYS_mq_timedsend:
    case SYS_mq_timedreceive: return plan_message_queue(&plan);
    default: return false;
    }
}
#endif
