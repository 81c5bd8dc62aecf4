#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "task_status.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool read_status(int32_t tid, char *text, size_t size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/status", tid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, text, size - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    return length > 0;
}

int64_t task_status_number(int32_t tid, const char *key, int base) {
    char text[4096];
    if (!read_status(tid, text, sizeof text)) return -1;
    const char *found = strstr(text, key);
    return found != NULL ? (int64_t)strtoull(found + strlen(key), NULL, base) : -1;
}

/// The second of the four ids (real, effective, saved, of the file system) after a key.
static bool second_id(const char *text, const char *key, uint32_t *id) {
    const char *found = strstr(text, key);
    if (found == NULL) return false;
    char *rest = NULL;
    strtoul(found + strlen(key), &rest, 10);
    *id = (uint32_t)strtoul(rest, NULL, 10);
    return true;
}

bool task_effective_ids(int32_t tid, uid_t *user, gid_t *group) {
    char text[4096];
    return read_status(tid, text, sizeof text) && second_id(text, "\nUid:", user) && second_id(text, "\nGid:", group);
}
#endif
