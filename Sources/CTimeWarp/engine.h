// What the two engines share: the session, its processes, and the table of operations each of them fills in.
#pragma once
#include "census.h"
#include "id_list.h"
#include "page_layout.h"
#include "processes.h"
#include "warp_engine.h"
#include "warp_page.h"
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

/// What an engine does in its own way. Every function is called by the controller's thread.
struct engine_operations {
    /// Every end of a process of the session is reported to the controller's thread, also of those it is not the parent
    /// of.
    bool sees_every_end;

    /// Prepares `engine->state`. Returns false and writes one sentence to `why` when the engine cannot work here.
    bool (*open)(struct warp_engine *engine, const struct warp_options *options, char *why, size_t why_size);

    /// Frees `engine->state`. Every process of the session has ended.
    void (*close)(struct warp_engine *engine);

    /// Gives the environment for a new program, allocated here (one block: `free` of the result frees everything), or
    /// NULL to take the command's as it is. Called in the parent, before the fork.
    char **(*environment)(struct warp_engine *engine, char *const *environment);

    /// Called in the forked child, just before execve: async-signal-safe calls only. Returns 0 or minus an errno.
    int (*prepare_child)(struct warp_engine *engine);

    /// Called in the parent while the child waits before `prepare_child`. Returns 0 or minus an errno. The process is
    /// in `engine->processes` already.
    int (*launched)(struct warp_engine *engine, int32_t pid);

    /// A stop that waitpid reported (WIFSTOPPED).
    void (*stopped)(struct warp_engine *engine, int32_t tid, int status);

    /// A thread or process that waitpid reaped. Called before the process leaves `engine->processes`.
    void (*ended)(struct warp_engine *engine, int32_t tid, int status);

    /// Brings `engine->processes` and `engine->census` up to date. Returns false when a task may be missing: not idle
    /// then.
    bool (*take_census)(struct warp_engine *engine);

    /// The thread that was woken and has not left its wait yet, or that has a stop to be handled; 0 when there is none.
    int32_t (*unsettled)(struct warp_engine *engine);

    /// As `warp_engine_next`, `_fire`, `_waits`, `_outside_peers`, `_refusal`.
    bool (*next)(struct warp_engine *engine, struct warp_wait *wait, int32_t *skipped);
    int32_t (*fire)(struct warp_engine *engine);
    size_t (*waits)(struct warp_engine *engine, struct warp_wait *waits, size_t capacity);
    size_t (*outside_peers)(struct warp_engine *engine, struct warp_peer *peers, size_t capacity);
    bool (*refusal)(struct warp_engine *engine, struct warp_refusal *refusal);

    /// Processes outside the session whose work the session waits for (unix sockets); `look` includes them. May be
    /// NULL.
    size_t (*neighbours)(struct warp_engine *engine, int32_t *pids, size_t capacity);

    /// Bytes on their way between two processes of the session, which this process has no end of. May be NULL.
    int32_t (*inner_bytes)(struct warp_engine *engine);
};

extern const struct engine_operations trace_operations;
extern const struct engine_operations preload_operations;

struct warp_engine {
    const struct engine_operations *operations;
    /// The engine's own.
    void *state;
    struct warp_page *page;
    /// The page's, kept here because programs can write the page.
    int64_t realtime_offset;
    char page_path[PATH_MAX];
    /// Holds the lock of the page's file.
    int page_lock;
    int signal_fd;
    /// This process's limit of open files as it was; programs get it back.
    struct rlimit file_limit;
    /// Stops of the trace engine.
    uint64_t stops;
    struct process_table processes;
    /// The session's threads.
    struct census census;
    /// The other threads of this process.
    struct census own;
    /// Processes whose end was seen through ptrace while their parent lived: they become this process's to reap when
    /// the parent dies first.
    struct id_list orphans;
    /// Roots that were sent SIGKILL: what they still fork dies too.
    struct id_list killed_roots;
};

/// Adds a process that came up in a root's tree, and kills it at once when the root was killed meanwhile.
struct process *engine_adopt(struct warp_engine *engine, int32_t pid, int32_t root);
