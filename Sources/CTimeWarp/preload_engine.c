#define _GNU_SOURCE
#include "preload_engine.h"
#include "task_name.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool check_library(const char *library, char *why, size_t why_size) {
    if (library == NULL || library[0] == 0) {
        snprintf(why, why_size, "the preload engine was not told where its library is");
        return false;
    }
    // ld.so(8): the names in LD_PRELOAD are separated by spaces or colons, and nothing can be quoted.
    if (strlen(library) >= PATH_MAX || strpbrk(library, " :") != NULL) {
        snprintf(why, why_size, "the dynamic loader cannot load %s, because its path has a space or a colon", library);
        return false;
    }
    if (access(library, R_OK) == 0) return true;
    snprintf(why, why_size, "the preload engine's library %s cannot be read: %s", library, strerror(errno));
    return false;
}

static bool preload_open(struct warp_engine *engine, const struct warp_options *options, char *why, size_t why_size) {
    if (!check_library(options->library, why, why_size)) return false;
    struct preload_state *state = calloc(1, sizeof *state);
    if (state == NULL) {
        snprintf(why, why_size, "there is no memory for the preload engine");
        return false;
    }
    state->newest_file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
    if (state->newest_file < 0 || realpath(options->library, state->library) == NULL) {
        snprintf(why, why_size, "the preload engine cannot read /proc/loadavg: %s", strerror(errno));
        if (state->newest_file >= 0) close(state->newest_file);
        free(state);
        return false;
    }
    state->is_stale = true;
    state->restarting_signal = engine->page->restarting_signal;
    state->interrupting_signal = engine->page->interrupting_signal;
    engine->state = state;
    // A server that root starts and that drops to a user of its own (PostgreSQL) has to open the page as that user.
    if (geteuid() == 0) chmod(engine->page_path, 0666);
    return true;
}

static void preload_close(struct warp_engine *engine) {
    struct preload_state *state = preload_state_of(engine);
    if (state == NULL) return;
    close(state->newest_file);
    free(state->programs);
    peers_close(&state->peers);
    free(state);
    engine->state = NULL;
}

static int prepare_nothing(struct warp_engine *engine) {
    (void)engine;
    return 0;
}

static int launch_nothing(struct warp_engine *engine, int32_t pid) {
    preload_state_of(engine)->last_root = pid;
    preload_state_of(engine)->is_stale = true;
    return 0;
}

static void ignore_stop(struct warp_engine *engine, int32_t tid, int status) {
    (void)engine;
    (void)tid;
    (void)status;
}

static void take_end(struct warp_engine *engine, int32_t tid, int status) {
    (void)status;
    preload_forget_waits(engine, tid);
    // Its children have just become this process's. Nobody would look for them once no process is known.
    preload_state_of(engine)->is_stale = true;
    preload_take_census(engine);
    preload_state_of(engine)->is_stale = true;
}

void preload_refuse(struct preload_state *state, int32_t pid, const char *reason) {
    if (state->refusal.reason[0] != 0) return;
    char link[64];
    snprintf(link, sizeof link, "/proc/%d/exe", pid);
    ssize_t length = readlink(link, state->refusal.program, sizeof state->refusal.program - 1);
    // Of a program with other rights only the name may be read.
    if (length < 0) task_name(pid, pid, state->refusal.program, sizeof state->refusal.program);
    else state->refusal.program[length] = 0;
    state->refusal.pid = pid;
    snprintf(state->refusal.reason, sizeof state->refusal.reason, "%s", reason);
}

static void find_any(struct process *process, void *context) {
    int32_t *pid = context;
    if (*pid == 0 || process->pid == process->root) *pid = process->pid;
}

static bool preload_refusal(struct warp_engine *engine, struct warp_refusal *refusal) {
    struct preload_state *state = preload_state_of(engine);
    if (atomic_load(&engine->page->slots_missing) > 0 && state->refusal.reason[0] == 0) {
        int32_t pid = 0;
        processes_each(&engine->processes, find_any, &pid);
        preload_refuse(state, pid, "has more threads than the preload engine can follow");
    }
    if (state->refusal.reason[0] == 0) return false;
    *refusal = state->refusal;
    return true;
}

const struct engine_operations preload_operations = {
    .open = preload_open,
    .close = preload_close,
    .environment = preload_environment,
    .prepare_child = prepare_nothing,
    .launched = launch_nothing,
    .stopped = ignore_stop,
    .ended = take_end,
    .take_census = preload_take_census,
    .unsettled = preload_unsettled,
    .next = preload_next,
    .fire = preload_fire,
    .waits = preload_waits,
    .outside_peers = preload_outside_peers,
    .refusal = preload_refusal,
    .neighbours = preload_neighbours,
    .inner_bytes = preload_inner_bytes,
};
