#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int borrow_descriptor(int32_t pid, int fd) {
    int process = (int)syscall(SYS_pidfd_open, pid, 0);
    if (process < 0) return -errno;
    int copy = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
    int reason = errno;
    close(process);
    return copy >= 0 ? copy : -reason;
}

uint64_t socket_inode(int32_t pid, int fd) {
    static const char kind[] = "socket:[";
    char path[64], target[64];
    snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < (ssize_t)sizeof kind) return 0;
    target[length] = 0;
    return strncmp(target, kind, sizeof kind - 1) == 0 ? strtoull(target + sizeof kind - 1, NULL, 10) : 0;
}
#endif
