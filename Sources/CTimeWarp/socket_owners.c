#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "socket_owners.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool process_has_socket(int32_t pid, uint64_t inode) {
    char path[64], wanted[64], target[64];
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    snprintf(wanted, sizeof wanted, "socket:[%llu]", (unsigned long long)inode);
    DIR *folder = opendir(path);
    if (folder == NULL) return false;
    bool is_found = false;
    for (struct dirent *entry = readdir(folder); entry != NULL && !is_found; entry = readdir(folder)) {
        ssize_t length = readlinkat(dirfd(folder), entry->d_name, target, sizeof target - 1);
        target[length > 0 ? length : 0] = 0;
        is_found = strcmp(target, wanted) == 0;
    }
    closedir(folder);
    return is_found;
}

bool session_has_socket(struct warp_engine *engine, uint64_t inode) {
    size_t count = 0;
    bool is_found = false;
    int32_t *pids = processes_of(&engine->processes, 0, &count);
    for (size_t i = 0; pids != NULL && i < count && !is_found; i++) is_found = process_has_socket(pids[i], inode);
    free(pids);
    return is_found;
}
#endif
