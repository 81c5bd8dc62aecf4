#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "task_name.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void task_name(int32_t pid, int32_t tid, char *name, size_t size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/comm", pid, tid);
    name[0] = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t length = read(file, name, size - 1);
    close(file);
    name[length > 0 ? length : 0] = 0;
    name[strcspn(name, "\n")] = 0;
}
#endif
