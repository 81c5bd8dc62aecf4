#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "census.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { bucket_count = 1024 };

static int32_t *bucket_of(const struct census *census, int32_t tid) {
    return &census->buckets[(uint32_t)tid % bucket_count];
}

void census_close(struct census *census) {
    for (size_t i = 0; i < census->count; i++)
        if (census->tasks[i].call_fd >= 0) close(census->tasks[i].call_fd);
    free(census->tasks);
    free(census->buckets);
    *census = (struct census){0};
}

struct census_task *census_find(const struct census *census, int32_t tid) {
    if (census->buckets == NULL) return NULL;
    int32_t index = *bucket_of(census, tid);
    while (index >= 0 && census->tasks[index].tid != tid) index = census->tasks[index].next_in_bucket;
    return index >= 0 ? &census->tasks[index] : NULL;
}

static bool make_room(struct census *census) {
    if (census->buckets == NULL) {
        census->buckets = malloc(bucket_count * sizeof *census->buckets);
        if (census->buckets == NULL) return false;
        memset(census->buckets, 0xff, bucket_count * sizeof *census->buckets);
    }
    if (census->count < census->capacity) return true;
    size_t capacity = census->capacity == 0 ? 64 : census->capacity * 2;
    struct census_task *tasks = realloc(census->tasks, capacity * sizeof *tasks);
    if (tasks == NULL) return false;
    census->tasks = tasks;
    census->capacity = capacity;
    return true;
}

struct census_task *census_add(struct census *census, int32_t pid, int32_t tid) {
    struct census_task *task = census_find(census, tid);
    if (task == NULL) {
        if (!make_room(census)) return NULL;
        int32_t *bucket = bucket_of(census, tid);
        task = &census->tasks[census->count];
        *task = (struct census_task){.pid = pid, .tid = tid, .call_fd = -1, .next_in_bucket = *bucket};
        *bucket = (int32_t)census->count++;
    }
    task->pid = pid;
    task->listing = census->listing;
    return task;
}

/// The link that leads to a task: its bucket, or the task before it in the bucket.
static int32_t *link_to(struct census *census, int32_t index) {
    int32_t *link = bucket_of(census, census->tasks[index].tid);
    while (*link != index) link = &census->tasks[*link].next_in_bucket;
    return link;
}

static void remove_at(struct census *census, int32_t index) {
    struct census_task *task = &census->tasks[index];
    if (task->call_fd >= 0) {
        close(task->call_fd);
        census->open_files--;
    }
    *link_to(census, index) = task->next_in_bucket;
    int32_t last = (int32_t)--census->count;
    if (last == index) return;
    *link_to(census, last) = index;
    *task = census->tasks[last];
}

void census_remove(struct census *census, int32_t tid) {
    struct census_task *task = census_find(census, tid);
    if (task != NULL) remove_at(census, (int32_t)(task - census->tasks));
}

void census_begin_listing(struct census *census) {
    census->listing++;
}

void census_end_listing(struct census *census) {
    for (size_t i = 0; i < census->count;) {
        if (census->tasks[i].listing == census->listing) i++;
        else remove_at(census, (int32_t)i);
    }
}

bool census_list_process(struct census *census, int32_t pid, int32_t but) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *folder = opendir(path);
    if (folder == NULL) return false;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        int32_t tid = (int32_t)strtol(entry->d_name, NULL, 10);
        if (tid > 0 && tid != but) census_add(census, pid, tid);
    }
    closedir(folder);
    return true;
}

static int open_file(const struct census_task *task, const char *name) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/%s", task->pid, task->tid, name);
    return open(path, O_RDONLY | O_CLOEXEC);
}

/// Calls that a thread can only be asleep in, never waiting for a disk.
static bool is_mere_wait(long call) {
    switch (call) {
    case SYS_futex:
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
    case SYS_poll:
    case SYS_ppoll:
    case SYS_select:
    case SYS_pselect6:
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
    case SYS_pause:
    case SYS_wait4:
    case SYS_waitid:
    case SYS_rt_sigsuspend:
    case SYS_rt_sigtimedwait:
    case SYS_accept:
    case SYS_accept4:
    case SYS_recvfrom:
    case SYS_recvmsg: return true;
    default: return false;
    }
}

/// Keeps a file for the next look, or closes it when there are too many.
static void hold(struct census *census, struct census_task *task, int file) {
    if (census->open_files < census->most_open_files) {
        task->call_fd = fcntl(file, F_DUPFD_CLOEXEC, CENSUS_FIRST_FILE);
        if (task->call_fd >= 0) census->open_files++;
    }
    close(file);
}

enum call_state {
    /// In one of the calls above.
    IN_MERE_WAIT,
    RUNNING,
    /// In another call, or it cannot be told: its full state has to be read.
    IN_DOUBT,
};

/// What a file says that costs a fifth of a thread's full state: the number of the call it is in, or "running".
///
/// A thread that ptrace has stopped shows its call too: the engine makes sure before that there is none.
static enum call_state call_state_of(struct census *census, struct census_task *task) {
    bool is_held = task->call_fd >= 0;
    int file = is_held ? task->call_fd : open_file(task, "syscall");
    if (file < 0) return IN_DOUBT;
    char text[256];
    ssize_t length = pread(file, text, sizeof text - 1, 0);
    if (!is_held) hold(census, task, file);
    if (length <= 0) return IN_DOUBT;
    text[length] = 0;
    if (text[0] == 'r') return RUNNING;
    return text[0] >= '0' && text[0] <= '9' && is_mere_wait(strtol(text, NULL, 10)) ? IN_MERE_WAIT : IN_DOUBT;
}

/// A thread's state, one letter; 'X' when it is gone.
static char state_of(const struct census_task *task) {
    int file = open_file(task, "stat");
    if (file < 0) return 'X';
    // "1234 (name) S ...": the state stands after the last bracket, as a name may hold brackets too.
    char text[128];
    ssize_t length = pread(file, text, sizeof text - 1, 0);
    close(file);
    if (length <= 0) return 'X';
    text[length] = 0;
    const char *bracket = strrchr(text, ')');
    return bracket != NULL && bracket[1] == ' ' ? bracket[2] : 'R';
}

/// S sleeps, I is an idle kernel thread, T is stopped by a signal, Z and X have ended. R runs, D waits for a disk (or
/// for a vfork child), t is stopped by ptrace.
static bool is_busy(struct census *census, struct census_task *task) {
    enum call_state call = task->is_parked ? IN_DOUBT : call_state_of(census, task);
    if (call != IN_DOUBT) return call == RUNNING;
    char state = state_of(task);
    if (state == 't') return !task->is_parked;
    if (state == 'D') return !task->is_in_vfork;
    return strchr("SITZX", state) == NULL;
}

struct census_task *census_last_busy(struct census *census) {
    struct census_task *last = census->last_busy != 0 ? census_find(census, census->last_busy) : NULL;
    return last != NULL && is_busy(census, last) ? last : NULL;
}

struct census_task *census_busy(struct census *census) {
    for (size_t i = 0; i < census->count; i++) {
        if (!is_busy(census, &census->tasks[i])) continue;
        census->last_busy = census->tasks[i].tid;
        return &census->tasks[i];
    }
    return NULL;
}
#endif
