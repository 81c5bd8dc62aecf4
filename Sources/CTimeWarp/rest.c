#define _GNU_SOURCE
#include "warp_rest.h"

#include <poll.h>
#include <time.h>

enum { most = 1024 };

int warp_rest(const int32_t *readable, size_t readable_count, const int32_t *writable, size_t writable_count,
              int64_t nanoseconds) {
    struct pollfd waited[most];
    size_t count = 0;
    for (size_t i = 0; i < readable_count && count < most; i++)
        waited[count++] = (struct pollfd){.fd = readable[i], .events = POLLIN};
    for (size_t i = 0; i < writable_count && count < most; i++)
        waited[count++] = (struct pollfd){.fd = writable[i], .events = POLLOUT};
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    if (ppoll(waited, count, &limit, NULL) <= 0) return 0;
    for (size_t i = 0; i < count; i++)
        if (waited[i].revents & (POLLIN | POLLOUT)) return 1;
    // Only hang-ups, which end no wait: the rest of it is spent without them.
    if (nanoseconds > 0) nanosleep(&limit, NULL);
    return 0;
}
