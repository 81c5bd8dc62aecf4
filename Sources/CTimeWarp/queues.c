#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "engine.h"
#include "socket_diagnosis.h"

#include <dirent.h>
#include <stdlib.h>

// On the loopback interface a segment that is sent has arrived: the kernel carries it in the sender's own call. What
// can be late is what TCP itself holds back: Nagle's algorithm waits for an acknowledgement, which the other end may
// delay by 40 ms of the host's time, and segments that found a full buffer are sent again.

static bool has_bytes_on_their_way(int fd) {
    struct tcp_state own, other;
    struct socket_ends ends;
    if (!tcp_state_of(fd, &own) || !socket_ends_of(fd, &ends)) return false;
    struct socket_ends reversed = socket_ends_reversed(&ends);
    // An end that is closed, or on another host, takes no part.
    return tcp_state_find(&reversed, &other) && tcp_bytes_between(&own, &other);
}

int32_t warp_engine_bytes_on_their_way(warp_engine *engine) {
    int32_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    if (folder == NULL) return 1;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char *rest = NULL;
        long fd = strtol(entry->d_name, &rest, 10);
        // They come in ascending order.
        if (fd >= CENSUS_FIRST_FILE) break;
        if (rest != entry->d_name && has_bytes_on_their_way((int)fd)) count++;
    }
    closedir(folder);
    if (engine->operations->inner_bytes != NULL) count += engine->operations->inner_bytes(engine);
    return count;
}
#endif
