// The trace engine: every timed wait of every thread is seen at the kernel's boundary, made endless, and ended at its
// virtual deadline.
//
// The life of a wait: the seccomp filter stops the thread as it enters the call; its deadline is noted and its limit
// replaced by "for ever"; the kernel blocks the thread as usual; at the deadline PTRACE_INTERRUPT ends the call, and as
// it leaves the kernel it gets the result of a call whose limit has passed. When data came first, the call leaves by
// itself with its own result: nothing can be lost.
#pragma once
#include "engine.h"
#include "trace_peers.h"
#include "trace_timerfds.h"
#include "trace_timers.h"
#include <sys/user.h>

/// What is to be done when a thread leaves the call it is in.
enum exit_task {
    EXIT_NOTHING,
    /// A timed wait.
    EXIT_WAIT,
    /// execve: the new program's clock is put in place.
    EXIT_PROGRAM,
    /// timer_create: the timer's id is known now.
    EXIT_TIMER,
    /// timerfd_create: the descriptor is known now.
    EXIT_TIMERFD,
};

/// How a call tells the time that was left.
enum remainder {
    REMAINDER_NONE,
    /// A timespec, whenever the call ends (ppoll, pselect6).
    REMAINDER_TIMESPEC,
    /// A timeval, whenever the call ends (select).
    REMAINDER_TIMEVAL,
    /// A timespec, only when a signal ended the call (nanosleep).
    REMAINDER_OF_SLEEP,
};

/// One timed wait as it was asked for.
struct timed_wait {
    enum warp_wait_kind kind;
    /// Virtual CLOCK_MONOTONIC, ns; `NEVER` for one without a limit that counts.
    int64_t deadline;
    /// What the call returns when its limit has passed.
    int64_t timeout_result;
    enum remainder remainder;
    uint64_t remainder_address;
    /// Which argument holds the limit, and what there means "for ever".
    int limit_argument;
    uint64_t endless;
    /// Not a call with a limit but a mere sleep: it is replaced altogether.
    bool is_sleep;
};

/// A call that a signal interrupted without a handler is made again by the kernel, with the arguments of old; its
/// deadline stays.
struct restart {
    bool is_possible;
    struct user_regs_struct registers;
    int64_t deadline;
};

/// A blocking socket call whose limit (SO_RCVTIMEO, SO_SNDTIMEO) was found when everything slept.
struct socket_wait {
    /// `NEVER` when there is none.
    int64_t deadline;
    long call;
    int fd;
    /// CPU time of the thread when it was found: the same later means that it is the same wait.
    int64_t cpu;
    bool is_fired;
};

struct thread {
    int32_t tid;
    int32_t pid;
    struct thread *next_in_bucket;
    enum exit_task exit_task;
    /// The registers at the entry of the call that `exit_task` is about.
    struct user_regs_struct entry;
    struct timed_wait wait;
    /// Interrupted at its deadline; has not left the call yet.
    bool is_fired;
    bool is_parked;
    /// Known to be one of the runtime's own ticks.
    bool is_housekeeping;
    struct restart restart;
    struct socket_wait socket_wait;
};

/// The limits of one socket; 0 for none.
struct socket_limit {
    uint64_t inode;
    int64_t receiving;
    int64_t sending;
};

enum { THREAD_BUCKETS = 512 };

struct trace {
    struct thread **threads;
    size_t thread_count;
    /// Threads that were interrupted and have not left their call.
    size_t fired_count;
    struct timer_table timers;
    struct timerfd_list timerfds;
    struct peer_table peers;
    struct socket_limit *limits;
    /// Whether any socket ever had a limit: most programs never set one, and need no search then.
    bool has_limits;
    struct warp_refusal refusal;
};

static inline struct trace *trace_of(const struct warp_engine *engine) {
    return engine->state;
}

// The table of threads.

struct thread *thread_find(const struct trace *trace, int32_t tid);
struct thread *thread_add(struct warp_engine *engine, int32_t tid, int32_t pid);
void thread_remove(struct warp_engine *engine, int32_t tid);
/// Forgets every thread of a process but `but`: they are dead, or the process is.
void threads_remove_process(struct warp_engine *engine, int32_t pid, int32_t but);
void threads_each(const struct trace *trace, void (*visit)(struct thread *thread, void *context), void *context);
void thread_set_fired(struct trace *trace, struct thread *thread, bool is_fired);

// Resuming a stopped thread. A thread that vanished meanwhile is no error: its end is reported separately.

void thread_resume(const struct thread *thread, int signal);
/// Lets the call pass as it is.
void thread_pass(struct thread *thread);
/// Skips the call that the thread is about to make: it returns `result` at once.
void thread_skip(struct thread *thread, const struct user_regs_struct *registers, int64_t result);
/// Lets the call pass, and stops again as it leaves the kernel.
void thread_follow(struct thread *thread, const struct user_regs_struct *registers, enum exit_task task);

/// An argument of a system call, from 0.
unsigned long long *call_argument(struct user_regs_struct *registers, int index);

/// Reads and writes a thread's memory. False when any of it is out of reach.
bool memory_read(int32_t tid, uint64_t address, void *bytes, size_t size);
bool memory_write(int32_t tid, uint64_t address, const void *bytes, size_t size);

// The calls, by what they are about. Each of these resumes the thread.

void trace_clock_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers);
void trace_wait_entered(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers);
void trace_wait_left(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers);
/// Says what a call waits for, or false when the kernel should have it as it is: an invalid limit, a CPU clock, no
/// limit.
bool trace_wait_plan(const struct warp_engine *engine, const struct thread *thread, struct user_regs_struct *registers,
                     struct timed_wait *wait);
void trace_socket_option(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers);

/// Finds the blocking socket calls that have a limit. To be called when everything sleeps.
void trace_find_socket_waits(struct warp_engine *engine);
/// The thread stopped after it was interrupted in a socket call.
void trace_socket_wait_left(struct warp_engine *engine, struct thread *thread);

/// A new program: is it one that the engine can see, and is it the JVM?
void trace_examine_program(struct warp_engine *engine, int32_t pid);

/// Whether this thread only runs one of a runtime's own ticks.
bool trace_is_housekeeping(struct warp_engine *engine, struct thread *thread);

/// Puts the virtual clock in place of the vDSO's in a program that is about to begin (stopped as execve returns).
void trace_replace_clock(struct warp_engine *engine, int32_t tid);

/// Installs the filter that stops a thread at the calls above. Async-signal-safe. Returns 0 or minus an errno.
int trace_install_filter(void);

/// As `stopped` and `ended` of the operations.
void trace_stopped(struct warp_engine *engine, int32_t tid, int status);
void trace_ended(struct warp_engine *engine, int32_t tid, int status);

enum clock_kind {
    /// A CPU clock, or none at all: the kernel's business.
    CLOCK_IS_REAL,
    CLOCK_IS_MONOTONIC,
    CLOCK_IS_REALTIME,
};

enum clock_kind clock_kind_of(int clock);

/// A copy of another process's descriptor, to be closed soon; or minus an errno.
int borrow_descriptor(int32_t pid, int fd);

/// The number in `socket:[12345]`, which names the socket behind a descriptor; 0 when it is no socket.
uint64_t socket_inode(int32_t pid, int fd);
