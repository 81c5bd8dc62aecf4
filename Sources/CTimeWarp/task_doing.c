#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "warp_engine.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct call_name {
    long number;
    const char *name;
};

/// The calls that threads are found waiting in; others are told by number.
static const struct call_name call_names[] = {
    {SYS_read, "read"},
    {SYS_write, "write"},
    {SYS_readv, "readv"},
    {SYS_writev, "writev"},
    {SYS_poll, "poll"},
    {SYS_ppoll, "ppoll"},
    {SYS_select, "select"},
    {SYS_pselect6, "pselect6"},
    {SYS_epoll_wait, "epoll_wait"},
    {SYS_epoll_pwait, "epoll_pwait"},
    {SYS_epoll_pwait2, "epoll_pwait2"},
    {SYS_futex, "futex"},
    {SYS_futex_waitv, "futex_waitv"},
    {SYS_nanosleep, "nanosleep"},
    {SYS_clock_nanosleep, "clock_nanosleep"},
    {SYS_pause, "pause"},
    {SYS_wait4, "wait4"},
    {SYS_waitid, "waitid"},
    {SYS_rt_sigsuspend, "rt_sigsuspend"},
    {SYS_rt_sigtimedwait, "rt_sigtimedwait"},
    {SYS_accept, "accept"},
    {SYS_accept4, "accept4"},
    {SYS_connect, "connect"},
    {SYS_recvfrom, "recvfrom"},
    {SYS_recvmsg, "recvmsg"},
    {SYS_recvmmsg, "recvmmsg"},
    {SYS_sendto, "sendto"},
    {SYS_sendmsg, "sendmsg"},
    {SYS_flock, "flock"},
    {SYS_fcntl, "fcntl"},
    {SYS_semop, "semop"},
    {SYS_semtimedop, "semtimedop"},
    {SYS_msgrcv, "msgrcv"},
    {SYS_mq_timedsend, "mq_timedsend"},
    {SYS_mq_timedreceive, "mq_timedreceive"},
    {SYS_io_getevents, "io_getevents"},
    {SYS_io_pgetevents, "io_pgetevents"},
    {SYS_restart_syscall, "restart_syscall"},
};

static bool read_text(int32_t pid, int32_t tid, const char *file_name, char *text, size_t size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/%s", pid, tid, file_name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, text, size - 1);
    close(file);
    if (length <= 0) return false;
    text[length] = 0;
    return true;
}

void warp_task_doing(int32_t pid, int32_t tid, char *text, size_t size) {
    char stat[512], call[256];
    const char *bracket = read_text(pid, tid, "stat", stat, sizeof stat) ? strrchr(stat, ')') : NULL;
    if (bracket == NULL || strlen(bracket) < 3) {
        snprintf(text, size, "gone");
        return;
    }
    char state = bracket[2];
    char *rest = NULL;
    long number = read_text(pid, tid, "syscall", call, sizeof call) ? strtol(call, &rest, 10) : -1;
    if (number < 0 || rest == call) {
        snprintf(text, size, "%c", state);
        return;
    }
    for (size_t i = 0; i < sizeof call_names / sizeof *call_names; i++) {
        if (call_names[i].number != number) continue;
        snprintf(text, size, "%c %s", state, call_names[i].name);
        return;
    }
    snprintf(text, size, "%c system call %ld", state, number);
}
#endif
