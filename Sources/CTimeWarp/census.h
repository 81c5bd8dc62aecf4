// The list of threads that a look goes through.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// Files that the census holds have numbers from here on, out of the way of a search among this process's sockets.
    CENSUS_FIRST_FILE = 8192,
};

struct census_task {
    int32_t pid;
    int32_t tid;
    /// /proc/PID/task/TID/syscall, held open while there are not too many; or -1.
    int call_fd;
    /// Held by SIGSTOP under ptrace: its state says "traced", and it counts as asleep.
    bool is_parked;
    /// Waits, as if for a disk, until its vfork child runs a program: the child is looked at, not this one.
    bool is_in_vfork;
    /// The listing that saw it last.
    uint32_t listing;
    /// Index of the next task in its bucket, or -1.
    int32_t next_in_bucket;
};

struct census {
    struct census_task *tasks;
    size_t count;
    size_t capacity;
    /// Index of the first task by its id, or -1; NULL until the first task.
    int32_t *buckets;
    size_t open_files;
    /// How many files may be held open.
    size_t most_open_files;
    uint32_t listing;
    /// Was busy at a look, and is likely to be at the next.
    int32_t last_busy;
};

void census_close(struct census *census);

struct census_task *census_find(const struct census *census, int32_t tid);

/// The task with this id, added when it is new, and marked as seen in this listing. NULL when memory is short. The
/// pointer holds until a task is added or removed.
struct census_task *census_add(struct census *census, int32_t pid, int32_t tid);

void census_remove(struct census *census, int32_t tid);

/// Mark and sweep, for engines that must list: begin, `census_add` every task, end. What was not added again is
/// removed.
void census_begin_listing(struct census *census);
void census_end_listing(struct census *census);

/// Adds every thread of a process, but for `but`. Returns false when the process is gone.
bool census_list_process(struct census *census, int32_t pid, int32_t but);

/// The task that was busy last, if it still is: a cheap look before a whole one.
struct census_task *census_last_busy(struct census *census);

/// The first task that runs, is stopped by ptrace or waits for a disk; NULL when all sleep.
struct census_task *census_busy(struct census *census);
