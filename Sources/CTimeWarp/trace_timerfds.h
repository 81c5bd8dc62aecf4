// Timer descriptors: a virtual deadline for each, behind whatever descriptors of whatever processes it is open.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/user.h>

struct thread;
struct warp_engine;

/// A process that has the timer open.
struct timerfd_holder {
    int32_t pid;
    int fd;
};

struct timerfd {
    bool is_realtime;
    /// Virtual CLOCK_MONOTONIC; `NEVER` when it is not armed.
    int64_t deadline;
    /// 0 for one that fires once.
    int64_t interval;
    struct timerfd_holder *holders;
    size_t holder_count;
    struct timerfd *next;
};

struct timerfd_list {
    struct timerfd *first;
    /// The host does not let a tracer borrow descriptors (a container whose seccomp profile refuses pidfd_getfd), so
    /// timer descriptors cannot work.
    bool is_refused;
    int32_t refused_pid;
};

void timerfds_close(struct timerfd_list *list);

/// Handles timerfd_create, timerfd_settime and timerfd_gettime, and resumes the thread.
void timerfd_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers);

/// timerfd_create returns.
void timerfd_created(struct warp_engine *engine, struct thread *thread, const struct user_regs_struct *registers);

/// A new process has its parent's descriptors.
void timerfds_inherit(struct timerfd_list *list, int32_t parent, int32_t child);

/// The process has ended.
void timerfds_forget(struct timerfd_list *list, int32_t pid);

/// The armed timer that is due first and that somebody still has open, or NULL.
struct timerfd *timerfds_first(struct timerfd_list *list);

/// Makes every timer that is due readable. Returns how many.
int32_t timerfds_fire(struct timerfd_list *list, int64_t now);
