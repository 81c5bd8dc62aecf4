#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include "housekeeping.h"
#include "task_name.h"
#include "task_status.h"
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static void refuse(struct warp_engine *engine, int32_t pid, const char *program, const char *reason) {
    struct warp_refusal *refusal = &trace_of(engine)->refusal;
    if (refusal->pid != 0) return;
    refusal->pid = pid;
    snprintf(refusal->program, sizeof refusal->program, "%s", program);
    snprintf(refusal->reason, sizeof refusal->reason, "%s", reason);
}

/// A filter without privileges is installed under PR_SET_NO_NEW_PRIVS, which makes these programs run without what
/// their file would give them: they would misbehave. To those who have the privilege already it makes no difference.
static const char *privilege_reason(int32_t pid, const char *path) {
    struct stat status;
    uid_t user;
    gid_t group;
    if (stat(path, &status) != 0 || !task_effective_ids(pid, &user, &group)) return NULL;
    if ((status.st_mode & S_ISUID) != 0 && status.st_uid != user) return "is set-uid";
    // Without the right to execute, the bit means something else.
    bool is_set_gid = (status.st_mode & S_ISGID) != 0 && (status.st_mode & S_IXGRP) != 0;
    if (is_set_gid && status.st_gid != group) return "is set-gid";
    return user != 0 && getxattr(path, "security.capability", NULL, 0) > 0 ? "has file capabilities" : NULL;
}

static bool is_32_bit(const char *path) {
    unsigned char ident[EI_NIDENT] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, ident, sizeof ident);
    close(file);
    return length == (ssize_t)sizeof ident && memcmp(ident, ELFMAG, SELFMAG) == 0 && ident[EI_CLASS] == ELFCLASS32;
}

void trace_examine_program(struct warp_engine *engine, int32_t pid) {
    char link[64], program[4096];
    snprintf(link, sizeof link, "/proc/%d/exe", pid);
    ssize_t length = readlink(link, program, sizeof program - 1);
    program[length > 0 ? length : 0] = 0;
    const char *slash = strrchr(program, '/');
    struct process *process = process_find(&engine->processes, pid);
    if (process != NULL) process->is_java = slash != NULL && strcmp(slash + 1, "java") == 0;
    const char *reason = is_32_bit(link) ? "is a 32-bit program" : privilege_reason(pid, link);
    if (reason != NULL) refuse(engine, pid, program, reason);
}

bool trace_is_housekeeping(struct warp_engine *engine, struct thread *thread) {
    if (thread->is_housekeeping) return true;
    const struct process *process = process_find(&engine->processes, thread->pid);
    if (process == NULL || !process->is_java) return false;
    char name[16];
    task_name(thread->pid, thread->tid, name, sizeof name);
    thread->is_housekeeping = is_java_housekeeping(name);
    return thread->is_housekeeping;
}
#endif
