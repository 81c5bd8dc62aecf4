#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "engine.h"

#include "instants.h"
#include "launch.h"
#include "page.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    /// A program that stops without an end must not keep the controller from its other work.
    most_stops_per_pump = 512,
    /// How long `close` waits for killed processes to be gone, in milliseconds.
    close_patience = 5000,
};

static const struct engine_operations *operations_of(enum warp_engine_kind kind) {
    if (kind == WARP_TRACE) return &trace_operations;
    if (kind == WARP_PRELOAD) return &preload_operations;
    return NULL;
}

static int open_signal_fd(void) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    return signalfd(-1, &ends, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void free_engine(struct warp_engine *engine) {
    setrlimit(RLIMIT_NOFILE, &engine->file_limit);
    if (engine->signal_fd >= 0) close(engine->signal_fd);
    if (engine->page != NULL) page_destroy(engine->page, engine->page_path, engine->page_lock);
    processes_close(&engine->processes);
    census_close(&engine->census);
    census_close(&engine->own);
    id_list_close(&engine->orphans);
    id_list_close(&engine->killed_roots);
    free(engine);
}

/// A look holds a file for each thread. Those are this process's own affair: programs get the limit that was.
static void raise_file_limit(struct warp_engine *engine) {
    enum { wanted = 16384 };
    if (getrlimit(RLIMIT_NOFILE, &engine->file_limit) != 0) engine->file_limit = (struct rlimit){1024, 1024};
    struct rlimit raised = engine->file_limit;
    if (raised.rlim_cur < wanted) raised.rlim_cur = raised.rlim_max < wanted ? raised.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &raised) != 0) raised = engine->file_limit;
    size_t room = raised.rlim_cur > CENSUS_FIRST_FILE ? raised.rlim_cur - CENSUS_FIRST_FILE : 0;
    engine->census.most_open_files = engine->own.most_open_files = room / 2;
}

warp_engine *warp_engine_open(const struct warp_options *options, char *why, size_t why_size) {
    struct warp_engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL || !processes_open(&engine->processes)) {
        snprintf(why, why_size, "there is no memory for the warped clock");
        free(engine);
        return NULL;
    }
    raise_file_limit(engine);
    engine->operations = operations_of(options->kind);
    engine->signal_fd = open_signal_fd();
    engine->page = page_create(options, engine->page_path, sizeof engine->page_path, &engine->page_lock, why, why_size);
    if (engine->page != NULL) engine->realtime_offset = engine->page->realtime_offset;
    // What a program leaves behind as a daemon comes to this process.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (engine->signal_fd < 0) snprintf(why, why_size, "signalfd: %s", strerror(errno));
    else if (engine->operations == NULL) snprintf(why, why_size, "the warped clock has no such engine");
    else if (engine->page != NULL && engine->operations->open(engine, options, why, why_size)) return engine;
    free_engine(engine);
    return NULL;
}

struct warp_page *warp_engine_page(const warp_engine *engine) {
    return engine->page;
}

int warp_engine_signal_fd(const warp_engine *engine) {
    return engine->signal_fd;
}

int32_t warp_engine_launch(warp_engine *engine, const struct warp_command *command) {
    return launch(engine, command);
}

struct process *engine_adopt(struct warp_engine *engine, int32_t pid, int32_t root) {
    if (id_list_has(&engine->killed_roots, root)) kill(pid, SIGKILL);
    return process_add(&engine->processes, pid, root);
}

void warp_engine_signal(warp_engine *engine, int32_t root, int32_t signal) {
    if (signal == SIGKILL && !id_list_has(&engine->killed_roots, root)) id_list_add(&engine->killed_roots, root);
    size_t count = 0;
    int32_t *pids = processes_of(&engine->processes, root, &count);
    for (size_t i = 0; pids != NULL && i < count; i++) kill(pids[i], signal);
    free(pids);
}

static void drain_signals(struct warp_engine *engine) {
    struct signalfd_siginfo infos[16];
    for (int i = 0; i < 64 && read(engine->signal_fd, infos, sizeof infos) == (ssize_t)sizeof infos; i++) {
    }
}

/// Takes in what waitpid reported. Returns true, with `end` filled, when it was the end of a process.
static bool take_report(struct warp_engine *engine, int32_t tid, int status, struct warp_end *end) {
    if (WIFSTOPPED(status)) {
        engine->stops++;
        engine->operations->stopped(engine, tid, status);
        return false;
    }
    engine->operations->ended(engine, tid, status);
    struct process *process = process_find(&engine->processes, tid);
    if (process == NULL) return false;
    *end = (struct warp_end){.pid = tid, .root = process->root, .status = status};
    // Its parent, when that lives, has still to reap it; when the parent dies first, this process has.
    if (process->root != tid) id_list_add(&engine->orphans, tid);
    process_remove(&engine->processes, tid);
    return true;
}

/// Reaps ended processes that became this process's because their parents died.
static void reap_orphans(struct warp_engine *engine) {
    for (size_t i = 0; i < engine->orphans.count;) {
        int32_t pid = engine->orphans.ids[i];
        int status;
        bool is_gone = waitpid(pid, &status, WNOHANG | __WALL) == pid || (kill(pid, 0) != 0 && errno == ESRCH);
        // A new process of the session may have got the number already.
        if (is_gone || process_find(&engine->processes, pid) != NULL) id_list_remove_at(&engine->orphans, i);
        else i++;
    }
}

/// Processes that this process became the parent of while they ran are not in the waits of this thread (`__WNOTHREAD`):
/// the kernel gives orphans to the main thread. So they are asked for one by one.
struct adoption_check {
    int32_t pid;
    int status;
};

static void check_adopted(struct process *process, void *context) {
    struct adoption_check *check = context;
    if (check->pid != 0 || process->root == process->pid) return;
    int status;
    if (waitpid(process->pid, &status, WNOHANG | __WALL) != process->pid) return;
    check->pid = process->pid;
    check->status = status;
}

size_t warp_engine_pump(warp_engine *engine, struct warp_end *ends, size_t capacity, size_t *ended) {
    size_t handled = 0;
    *ended = 0;
    drain_signals(engine);
    while (handled < most_stops_per_pump && *ended < capacity) {
        int status;
        // Without the children of other threads: those are not the session's.
        pid_t tid = waitpid(-1, &status, WNOHANG | __WALL | __WNOTHREAD);
        if (tid <= 0) break;
        handled++;
        if (take_report(engine, tid, status, &ends[*ended])) ++*ended;
    }
    while (!engine->operations->sees_every_end && handled < most_stops_per_pump && *ended < capacity) {
        struct adoption_check check = {0};
        processes_each(&engine->processes, check_adopted, &check);
        if (check.pid == 0) break;
        handled++;
        if (take_report(engine, check.pid, check.status, &ends[*ended])) ++*ended;
    }
    if (engine->orphans.count > 0) reap_orphans(engine);
    return handled;
}

int warp_engine_next(warp_engine *engine, struct warp_wait *wait, int32_t *skipped) {
    *wait = (struct warp_wait){.deadline = NEVER};
    *skipped = 0;
    return engine->operations->next(engine, wait, skipped) ? 1 : 0;
}

int32_t warp_engine_fire(warp_engine *engine) {
    return engine->operations->fire(engine);
}

size_t warp_engine_waits(warp_engine *engine, struct warp_wait *waits, size_t capacity) {
    return engine->operations->waits(engine, waits, capacity);
}

size_t warp_engine_outside_peers(warp_engine *engine, struct warp_peer *peers, size_t capacity) {
    return engine->operations->outside_peers(engine, peers, capacity);
}

int warp_engine_refusal(warp_engine *engine, struct warp_refusal *refusal) {
    *refusal = (struct warp_refusal){0};
    return engine->operations->refusal(engine, refusal) ? 1 : 0;
}

struct warp_counts warp_engine_counts(const warp_engine *engine) {
    return (struct warp_counts){.stops = engine->stops, .readings = atomic_load(&engine->page->readings)};
}

void warp_engine_stop(warp_engine *engine) {
    // New processes may still come up while their parents die, so everybody is killed again each time.
    for (int waited = 0; engine->processes.count > 0 && waited < close_patience; waited++) {
        size_t count = 0, ended = 0;
        int32_t *pids = processes_of(&engine->processes, 0, &count);
        for (size_t i = 0; pids != NULL && i < count; i++) kill(pids[i], SIGKILL);
        free(pids);
        struct warp_end ends[64];
        engine->operations->take_census(engine);
        while (warp_engine_pump(engine, ends, sizeof ends / sizeof *ends, &ended) > 0) {
        }
        if (engine->processes.count > 0) usleep(1000);
    }
}

void warp_engine_close(warp_engine *engine) {
    warp_engine_stop(engine);
    engine->operations->close(engine);
    free_engine(engine);
}
#endif
