/// One session: processes, their threads and their timed waits, under one virtual clock.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct warp_page;
typedef struct warp_engine warp_engine;

enum warp_engine_kind {
    /// seccomp and ptrace at the kernel's boundary, the vDSO's clock replaced.
    WARP_TRACE = 1,
    /// A library that the dynamic loader puts before libc (LD_PRELOAD).
    WARP_PRELOAD = 2,
};

struct warp_options {
    enum warp_engine_kind kind;
    /// The preload engine's library; unused by the trace engine.
    const char *library;
    /// How far each reading of the clock moves it, in nanoseconds (50): clocks stay strictly increasing.
    int32_t creep;
    /// What virtual CLOCK_REALTIME says when the session begins, ns since 1970; 0 takes the host's present time.
    int64_t realtime;
};

/// Opens a session without processes. On failure returns NULL and writes one sentence to `why`.
///
/// SIGCHLD must be blocked in every thread of the calling process; `warp_engine_signal_fd` tells of it.
warp_engine *warp_engine_open(const struct warp_options *options, char *why, size_t why_size);

/// Kills every process of the session (SIGKILL) and reaps it; the page stays readable. On the controller's thread.
void warp_engine_stop(warp_engine *engine);

/// Stops the session if that has not been done, removes the shared page, frees everything. After a stop, any thread may.
void warp_engine_close(warp_engine *engine);

/// Where the clock stands. Valid until the session is closed.
struct warp_page *warp_engine_page(const warp_engine *engine);

/// A signalfd that becomes readable when a process or thread of the session stopped or ended. To be polled, not read.
int warp_engine_signal_fd(const warp_engine *engine);

struct warp_command {
    /// A path, or a name that is looked up in the PATH of `environment`.
    const char *program;
    char *const *arguments;
    char *const *environment;
    /// NULL: the folder of this process.
    const char *folder;
    /// Become the program's standard input, and its standard output and error. Not closed here.
    int input;
    int output;
};

/// Starts a program in a session (setsid) and process group of its own, with SIGCHLD and SIGPIPE as by default.
///
/// Returns its process id, or minus an errno: that of execve when the program cannot be started.
int32_t warp_engine_launch(warp_engine *engine, const struct warp_command *command);

/// Signals the program and every process descended from it, also those that have become daemons.
void warp_engine_signal(warp_engine *engine, int32_t root, int32_t signal);

struct warp_end {
    int32_t pid;
    /// The program this process descends from: what `warp_engine_launch` returned. Equal to `pid` for the program itself.
    int32_t root;
    /// As waitpid gives it.
    int32_t status;
};

/// Handles, without waiting, every stop that is pending, and tells which processes ended.
///
/// Returns how many stops and ends there were; `ended` is the number of entries written to `ends`. When `capacity` is
/// reached the rest comes with the next call.
size_t warp_engine_pump(warp_engine *engine, struct warp_end *ends, size_t capacity, size_t *ended);

/// What one look at the session's tasks, and at the other threads of this process, came to.
struct warp_look {
    /// A thread that runs, is stopped by the engine or waits for a disk; 0 when every one sleeps.
    int32_t busy_tid;
    int32_t busy_pid;
    char busy_name[16];
    /// CPU time that all of them have used so far, ns; equal sums of two looks say that nobody ran in between. 0 when a
    /// thread was seen running at once.
    int64_t cpu;
    int32_t tasks;
};

/// Looks at every thread of the session and of this process, but for the calling thread.
///
/// Threads stopped by SIGSTOP count as asleep. Threads that the engine has woken and that have not left their wait yet
/// count as busy.
void warp_engine_look(warp_engine *engine, struct warp_look *look);

/// CPU time that the session's processes have used so far, ns; those that have ended no longer count.
int64_t warp_engine_cpu_time(const warp_engine *engine);

/// TCP connections, of this process or of the session's, with bytes that left one end and have not been acknowledged by
/// the other: Nagle, delayed acknowledgements. 0 when nothing is on its way.
int32_t warp_engine_bytes_on_their_way(warp_engine *engine);

enum warp_wait_kind {
    WARP_WAIT_NONE,
    WARP_WAIT_SLEEP,
    WARP_WAIT_POLL,
    WARP_WAIT_FUTEX,
    WARP_WAIT_SIGNAL,
    WARP_WAIT_SOCKET,
    WARP_WAIT_TIMERFD,
    WARP_WAIT_TIMER,
    WARP_WAIT_OTHER,
};

struct warp_wait {
    int32_t pid;
    int32_t tid;
    enum warp_wait_kind kind;
    /// The thread's name, NUL-terminated.
    char name[16];
    /// Virtual CLOCK_MONOTONIC ns; INT64_MAX for a wait without a deadline.
    int64_t deadline;
    /// A runtime's own tick (the JVM's, by thread name), which is not jumped to.
    int32_t is_housekeeping;
};

/// The earliest deadline that is worth a jump. Returns 1 and fills `wait`, or 0 when nobody waits for a time.
///
/// To be called when everything sleeps: limits of blocking socket calls (SO_RCVTIMEO) are found here. `skipped` gets the
/// number of housekeeping waits that are due earlier.
int warp_engine_next(warp_engine *engine, struct warp_wait *wait, int32_t *skipped);

/// Ends every wait whose deadline has come by the page's clock. Returns how many.
int32_t warp_engine_fire(warp_engine *engine);

/// Who waits for what, with and without deadlines, for the report of a session that neither works nor ends.
size_t warp_engine_waits(warp_engine *engine, struct warp_wait *waits, size_t capacity);

/// What a thread does: its state and system call from /proc, such as "S futex". For messages.
void warp_task_doing(int32_t pid, int32_t tid, char *text, size_t size);

struct warp_peer {
    int32_t pid;
    int32_t fd;
    /// `127.0.0.1:5432`, `[::1]:53`, or the path of a unix socket.
    char address[108];
    /// It was sent something since it last answered. Cannot be known of unix sockets, for which it is 0.
    int32_t owes;
};

/// Connections of the session to servers that are neither in the session nor this process, which live on the real clock.
///
/// The preload engine sees those that are made through libc.
size_t warp_engine_outside_peers(warp_engine *engine, struct warp_peer *peers, size_t capacity);

struct warp_refusal {
    int32_t pid;
    char program[256];
    /// One clause: "is a static program", "is set-uid", "is a 32-bit program".
    char reason[128];
};

/// A program that came up in the session and that the engine cannot see. Returns 1 and fills `refusal`, or 0.
int warp_engine_refusal(warp_engine *engine, struct warp_refusal *refusal);

/// Milestones since the session began, for the report.
struct warp_counts {
    /// Stops of the trace engine.
    uint64_t stops;
    /// Readings of the virtual clock.
    uint64_t readings;
};

struct warp_counts warp_engine_counts(const warp_engine *engine);
