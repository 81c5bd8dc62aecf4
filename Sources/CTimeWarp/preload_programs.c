#define _GNU_SOURCE
#include "instants.h"
#include "preload_engine.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// Whether a process has loaded the library is told by its memory map, which then holds the session's page.

/// A program that has not loaded the library and has not used the CPU for this long has come to rest without it, ns.
static const int64_t patience = 200 * 1000 * 1000;

static struct preload_program *find_program(struct preload_state *state, int32_t pid) {
    for (size_t i = 0; i < state->program_count; i++)
        if (state->programs[i].pid == pid) return &state->programs[i];
    if (state->program_count == state->program_capacity) {
        size_t capacity = state->program_capacity == 0 ? 32 : state->program_capacity * 2;
        struct preload_program *programs = realloc(state->programs, capacity * sizeof *programs);
        if (programs == NULL) return NULL;
        state->programs = programs;
        state->program_capacity = capacity;
    }
    struct preload_program *program = &state->programs[state->program_count++];
    *program = (struct preload_program){.pid = pid};
    return program;
}

static bool maps_page(const struct warp_engine *engine, int32_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/maps", pid);
    FILE *maps = fopen(path, "re");
    if (maps == NULL) return false;
    bool is_mapped = false;
    char *line = NULL;
    size_t size = 0;
    while (!is_mapped && getline(&line, &size, maps) > 0) is_mapped = strstr(line, engine->page_path) != NULL;
    free(line);
    fclose(maps);
    return is_mapped;
}

/// The process's CPU clock, as the kernel's include/linux/posix-timers.h makes its id.
static int64_t cpu_of(int32_t pid) {
    struct timespec used;
    clockid_t clock = (clockid_t)((~(uint32_t)pid << 3) | 2);
    return clock_gettime(clock, &used) == 0 ? timespec_nanoseconds(&used) : -1;
}

static void refuse(struct preload_state *state, struct preload_program *program, const char *reason) {
    program->sight = PRELOAD_SIGHT_REFUSED;
    preload_refuse(state, program->pid, reason);
}

/// The letter that /proc has for the state of a process's first thread; 'X' when it is gone.
static char state_of(int32_t pid) {
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    if (file == NULL) return 'X';
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    const char *bracket = strrchr(text, ')');
    return bracket != NULL && bracket[1] == ' ' ? bracket[2] : 'X';
}

static bool has_ended(int32_t pid) {
    char state = state_of(pid);
    return state == 'Z' || state == 'X';
}

static void look_closer(struct warp_engine *engine, struct preload_program *program) {
    struct preload_state *state = preload_state_of(engine);
    if (maps_page(engine, program->pid)) {
        const char *bypass = preload_bypass(program->pid);
        if (bypass != NULL) refuse(state, program, bypass);
        else program->sight = PRELOAD_SIGHT_VISIBLE;
        return;
    }
    // Its files and its map vanish when it ends, which must not be taken for an obstacle.
    const char *obstacle = preload_obstacle(program->pid);
    if (obstacle != NULL && !has_ended(program->pid)) {
        refuse(state, program, obstacle);
        return;
    }
    int64_t cpu = cpu_of(program->pid);
    int64_t now = real_now();
    // A program that wants the CPU, or a disk, and does not get it is still coming up.
    if (cpu != program->cpu || program->moved == 0 || state_of(program->pid) != 'S') {
        program->cpu = cpu;
        program->moved = now;
    } else if (now - program->moved > patience) {
        refuse(state, program, "does not load libraries through the dynamic loader");
    }
}

static void look_at(struct process *process, void *context) {
    struct warp_engine *engine = context;
    struct preload_program *program = find_program(preload_state_of(engine), process->pid);
    if (program == NULL) return;
    char path[64];
    struct stat file;
    snprintf(path, sizeof path, "/proc/%d/exe", process->pid);
    int error = stat(path, &file) == 0 ? 0 : errno;
    if (error == EACCES || error == EPERM) {
        if (program->sight != PRELOAD_SIGHT_REFUSED)
            refuse(preload_state_of(engine), program, "is set-uid, or runs with rights that forbid to look into it");
        return;
    }
    if (error != 0) {
        // It has ended and waits to be reaped.
        program->sight = PRELOAD_SIGHT_VISIBLE;
        return;
    }
    if (file.st_dev != program->device || file.st_ino != program->inode) {
        *program = (struct preload_program){.pid = process->pid, .device = file.st_dev, .inode = file.st_ino};
        process->is_java = preload_is_java(process->pid);
    }
    if (program->sight == PRELOAD_SIGHT_UNKNOWN) look_closer(engine, program);
}

void preload_look_at_programs(struct warp_engine *engine) {
    struct preload_state *state = preload_state_of(engine);
    processes_each(&engine->processes, look_at, engine);
    for (size_t i = 0; i < state->program_count;) {
        if (process_find(&engine->processes, state->programs[i].pid) != NULL) i++;
        else state->programs[i] = state->programs[--state->program_count];
    }
}

int32_t preload_undecided(const struct warp_engine *engine) {
    const struct preload_state *state = preload_state_of(engine);
    for (size_t i = 0; i < state->program_count; i++)
        if (state->programs[i].sight == PRELOAD_SIGHT_UNKNOWN) return state->programs[i].pid;
    return 0;
}
