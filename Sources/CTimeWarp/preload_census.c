#define _GNU_SOURCE
#include "preload_engine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Nobody reports new threads and processes to this engine. /proc/loadavg ends with the newest process id of the pid
// namespace, which also counts threads: while it stays the same nobody was made, anywhere. When it has moved, the
// session's processes are listed again with their children.

enum { most_bytes = 4096 };

static int32_t newest_id(const struct preload_state *state) {
    char text[128];
    ssize_t length = pread(state->newest_file, text, sizeof text - 1, 0);
    if (length <= 0) return -1;
    text[length] = 0;
    const char *last = strrchr(text, ' ');
    return last == NULL ? -1 : (int32_t)strtol(last + 1, NULL, 10);
}

/// Whether a process was started with this session's page in its environment, which programs hand on.
static bool names_page(const struct warp_engine *engine, int32_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/environ", pid);
    FILE *environment = fopen(path, "re");
    if (environment == NULL) return false;
    bool is_named = false;
    char *variable = NULL;
    size_t size = 0;
    while (!is_named && getdelim(&variable, &size, 0, environment) > 0)
        is_named = strstr(variable, engine->page_path) != NULL;
    free(variable);
    fclose(environment);
    return is_named;
}

/// A daemon has become a child of this process. Which program it descends from its session (getsid) tells, unless it
/// made one of its own before it was first seen: then the program that was started last is as good as any.
static int32_t root_of_orphan(const struct warp_engine *engine, int32_t pid) {
    pid_t session = getsid(pid);
    int32_t root = session > 0 ? process_root(&engine->processes, session) : 0;
    if (root != 0) return root;
    return names_page(engine, pid) ? preload_state_of(engine)->last_root : 0;
}

static void adopt_children(struct warp_engine *engine, int32_t pid, int32_t tid, int32_t root) {
    char path[80], text[most_bytes + 1];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, tid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    // Read in pieces that end between two numbers: a number that is cut off is read again with the next piece.
    off_t offset = 0;
    for (;;) {
        ssize_t length = pread(file, text, most_bytes, offset);
        if (length <= 0) break;
        while (length > 0 && text[length - 1] != ' ') length--;
        if (length == 0) break;
        text[length] = 0;
        offset += length;
        char *rest = text;
        for (;;) {
            char *start = rest;
            int32_t child = (int32_t)strtol(start, &rest, 10);
            if (rest == start) break;
            if (child <= 0 || process_find(&engine->processes, child) != NULL) continue;
            int32_t adopter = root != 0 ? root : root_of_orphan(engine, child);
            if (adopter != 0) engine_adopt(engine, child, adopter);
        }
    }
    close(file);
}

/// Adds the children of every thread. Returns false when the process is gone.
static bool visit_threads(struct warp_engine *engine, int32_t pid, int32_t root, bool are_listed) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *folder = opendir(path);
    if (folder == NULL) return false;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        int32_t tid = (int32_t)strtol(entry->d_name, NULL, 10);
        if (tid <= 0) continue;
        if (are_listed) census_add(&engine->census, pid, tid);
        adopt_children(engine, pid, tid, root);
    }
    closedir(folder);
    return true;
}

static void forget(struct warp_engine *engine, int32_t pid) {
    preload_forget_waits(engine, pid);
    process_remove(&engine->processes, pid);
}

/// Lists every process once. Returns whether that were all; one that was found on the way waits for the next round.
static bool list_processes(struct warp_engine *engine) {
    size_t count = 0, gone = 0;
    int32_t *pids = processes_of(&engine->processes, 0, &count);
    for (size_t i = 0; pids != NULL && i < count; i++) {
        const struct process *process = process_find(&engine->processes, pids[i]);
        if (process == NULL || visit_threads(engine, pids[i], process->root, true)) continue;
        // A child of this process stays until it is reaped, which tells its end.
        if (process->root == pids[i]) continue;
        forget(engine, pids[i]);
        gone++;
    }
    free(pids);
    // One that has gone must not make up for one that was found, whose children nobody has looked for yet.
    return pids != NULL && count - gone == engine->processes.count;
}

static bool list(struct warp_engine *engine) {
    enum { most_rounds = 64 };
    census_begin_listing(&engine->census);
    // Daemons have become children of this process.
    visit_threads(engine, getpid(), 0, false);
    bool is_complete = false;
    for (int round = 0; round < most_rounds && !is_complete; round++)
        is_complete = list_processes(engine);
    census_end_listing(&engine->census);
    return is_complete;
}

bool preload_take_census(struct warp_engine *engine) {
    struct preload_state *state = preload_state_of(engine);
    int32_t newest = newest_id(state);
    if (state->is_stale || newest != state->newest || newest < 0) {
        state->is_stale = !list(engine) || newest_id(state) != newest;
        state->newest = newest;
    }
    preload_look_at_programs(engine);
    preload_take_connections(engine);
    return !state->is_stale;
}
