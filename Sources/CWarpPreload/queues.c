/// Semaphores of System V and POSIX message queues.
#include "libc.h"
#include "waits.h"

static const long timed_out = -2;

REPLACES_LIBC int semtimedop(int set, struct sembuf *operations, size_t count, const struct timespec *limit)
{
    struct warp_page *page = session();
    struct timed_wait wait;
    if (page == NULL || limit == NULL || !is_valid_time(limit) || nanoseconds(limit) == 0 ||
        !wait_begin(
            &wait, page, WARP_WAIT_OTHER, PRELOAD_WAY_RESTARTING_SIGNAL,
            session_deadline(page, nanoseconds(limit)), (uint64_t)set)) {
        return libc.semtimedop(set, operations, count, limit);
    }
    long result = wait_end_call(&wait, libc.semtimedop(set, operations, count, NULL), timed_out);
    if (result == timed_out) {
        errno = EAGAIN;
        return -1;
    }
    return (int)result;
}

/// A limit of a queue is a time on CLOCK_REALTIME; one that is over, or not valid, is libc's to refuse.
static bool begin(struct timed_wait *wait, struct warp_page *page, mqd_t queue, const struct timespec *limit)
{
    if (page == NULL || limit == NULL || !is_valid_time(limit)) {
        return false;
    }
    int64_t deadline = session_instant(page, CLOCK_REALTIME, limit);
    return session_now(page) < deadline &&
           wait_begin(
               wait, page, WARP_WAIT_OTHER, PRELOAD_WAY_INTERRUPTING_SIGNAL, deadline, (uint64_t)queue);
}

static ssize_t end(struct timed_wait *wait, ssize_t result)
{
    result = wait_end_call(wait, result, timed_out);
    if (result == timed_out) {
        errno = ETIMEDOUT;
        return -1;
    }
    return result;
}

REPLACES_LIBC ssize_t mq_timedreceive(
    mqd_t queue, char *restrict message, size_t size, unsigned *restrict priority,
    const struct timespec *restrict limit)
{
    struct timed_wait wait;
    if (!begin(&wait, session(), queue, limit)) {
        return libc.mq_timedreceive(queue, message, size, priority, limit);
    }
    return end(&wait, libc.mq_receive(queue, message, size, priority));
}

REPLACES_LIBC int mq_timedsend(
    mqd_t queue, const char *message, size_t size, unsigned priority, const struct timespec *limit)
{
    struct timed_wait wait;
    if (!begin(&wait, session(), queue, limit)) {
        return libc.mq_timedsend(queue, message, size, priority, limit);
    }
    return (int)end(&wait, libc.mq_send(queue, message, size, priority));
}
