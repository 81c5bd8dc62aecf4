// Timers of a process that end in a signal: POSIX timers, and the one of alarm and setitimer.
#pragma once
#include "warp_engine.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/user.h>

struct thread;

/// What stands for a POSIX timer's id in the one timer that alarm and setitimer share.
enum { ALARM_TIMER = -1 };

struct timer {
    int32_t pid;
    int32_t id;
    bool is_realtime;
    /// As struct sigevent: SIGEV_SIGNAL, SIGEV_NONE or SIGEV_THREAD_ID, with the thread.
    int32_t notify;
    int32_t signal;
    int32_t notified_tid;
    uint64_t value;
    /// Virtual CLOCK_MONOTONIC; `NEVER` when it is not armed.
    int64_t deadline;
    /// 0 for one that fires once.
    int64_t interval;
    /// Periods that passed beyond the one that was signalled last.
    int32_t overrun;
    struct timer *next_in_bucket;
};

struct timer_table {
    struct timer **buckets;
};

bool timers_open(struct timer_table *table);
void timers_close(struct timer_table *table);

/// Handles timer_create, timer_settime, timer_gettime, timer_getoverrun, timer_delete, setitimer, getitimer and alarm,
/// and resumes the thread.
void timer_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers);

/// timer_create returns.
void timer_created(struct warp_engine *engine, struct thread *thread, const struct user_regs_struct *registers);

/// The process runs a new program, which keeps only its alarm, or has ended.
void timers_forget(struct timer_table *table, int32_t pid, bool keep_alarm);

void timers_each(const struct timer_table *table, void (*visit)(struct timer *timer, void *context), void *context);

/// Sends the signal of a timer that is due, and sets its next deadline.
void timer_fire(struct timer *timer, int64_t now);
