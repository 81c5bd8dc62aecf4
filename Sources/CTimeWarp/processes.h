// The session's processes, and which launched program each descends from.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct process {
    int32_t pid;
    /// The launched program it descends from; equal to `pid` for that program itself.
    int32_t root;
    /// The session of processes (getsid) it was in when it was found.
    int32_t sid;
    /// The program is the JVM, whose runtime's own ticks are not jumped to.
    bool is_java;
    /// For the engine's own use; 0 at first.
    uint32_t flags;
    struct process *next_in_bucket;
};

/// By process id; also remembers the root of every process that ever was in the session, for orphans.
struct process_table {
    struct process **buckets;
    size_t bucket_count;
    size_t count;
    /// Root by process id, 0 for a process that never was in the session. A sparse mapping, one word for each possible
    /// id.
    int32_t *history;
    size_t history_size;
};

bool processes_open(struct process_table *table);
void processes_close(struct process_table *table);

struct process *process_find(const struct process_table *table, int32_t pid);

/// The process with this id, added when it is new. NULL when memory is short.
struct process *process_add(struct process_table *table, int32_t pid, int32_t root);

void process_remove(struct process_table *table, int32_t pid);

/// The root of a process that is or was in the session; 0 for any other.
int32_t process_root(const struct process_table *table, int32_t pid);

/// Calls `visit` for each process; it must neither add nor remove any.
void processes_each(const struct process_table *table, void (*visit)(struct process *process, void *context),
                    void *context);

/// The ids of the processes with this root (0: of all), allocated here, `*count` of them. NULL when memory is short.
int32_t *processes_of(const struct process_table *table, int32_t root, size_t *count);
