// The controller's side of the preload engine: what its parts know of each other.
#pragma once
#include "engine.h"
#include "trace_peers.h"

/// What is known of the program that a process runs.
struct preload_program {
    int32_t pid;
    enum preload_sight {
        /// Its library has not come up yet, and nothing says that it cannot.
        PRELOAD_SIGHT_UNKNOWN,
        PRELOAD_SIGHT_VISIBLE,
        PRELOAD_SIGHT_REFUSED,
    } sight;
    /// The file that it runs: another one after execve.
    uint64_t device;
    uint64_t inode;
    /// CPU time when it was last seen to move, and when that was (real CLOCK_MONOTONIC), ns.
    int64_t cpu;
    int64_t moved;
};

struct preload_state {
    char library[PATH_MAX];
    /// The page's, kept here because programs can write the page.
    int32_t restarting_signal;
    int32_t interrupting_signal;
    /// /proc/loadavg, which ends with the newest process id.
    int newest_file;
    int32_t newest;
    /// The program that was started last.
    int32_t last_root;
    /// The last listing may have missed somebody.
    bool is_stale;
    struct preload_program *programs;
    size_t program_count;
    size_t program_capacity;
    /// The first program that could not be followed.
    struct warp_refusal refusal;
    struct peer_table peers;
    /// When waits that were not left were last woken again, real ns.
    int64_t woken_again;
};

static inline struct preload_state *preload_state_of(const struct warp_engine *engine) {
    return engine->state;
}

/// As in `struct engine_operations`.
char **preload_environment(struct warp_engine *engine, char *const *environment);
bool preload_take_census(struct warp_engine *engine);
int32_t preload_unsettled(struct warp_engine *engine);
bool preload_next(struct warp_engine *engine, struct warp_wait *wait, int32_t *skipped);
int32_t preload_fire(struct warp_engine *engine);
size_t preload_waits(struct warp_engine *engine, struct warp_wait *waits, size_t capacity);
size_t preload_outside_peers(struct warp_engine *engine, struct warp_peer *peers, size_t capacity);
size_t preload_neighbours(struct warp_engine *engine, int32_t *pids, size_t capacity);
int32_t preload_inner_bytes(struct warp_engine *engine);

/// Takes over what programs have told of their connections.
void preload_take_connections(struct warp_engine *engine);

/// Finds out whether every process of the session has loaded the library; refuses those that cannot.
void preload_look_at_programs(struct warp_engine *engine);

/// A process that has neither loaded the library nor been refused yet; 0 when there is none.
int32_t preload_undecided(const struct warp_engine *engine);

void preload_refuse(struct preload_state *state, int32_t pid, const char *reason);

/// Why the program in this file cannot load the library; NULL when nothing speaks against it.
const char *preload_obstacle(int32_t pid);

/// Whether the program brings its own runtime, which calls the kernel past libc: a reason, or NULL.
const char *preload_bypass(int32_t pid);

/// Whether the process runs the JVM.
bool preload_is_java(int32_t pid);

/// How many slots were ever used; never more than there are.
uint32_t preload_used_slots(const struct warp_engine *engine);

void preload_free_slot(struct warp_slot *slot);

/// Frees the slots of a process that has ended.
void preload_forget_waits(struct warp_engine *engine, int32_t pid);
