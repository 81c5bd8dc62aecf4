// Numbers out of /proc/TID/status.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/// The number after a key such as "\nTgid:"; -1 when the thread is gone. `base` is 10, or 16 for the masks of signals.
int64_t task_status_number(int32_t tid, const char *key, int base);

/// The effective user and group. False when the thread is gone.
bool task_effective_ids(int32_t tid, uid_t *user, gid_t *group);
