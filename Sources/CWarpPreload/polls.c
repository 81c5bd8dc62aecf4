/// Waiting for descriptors with a limit: the kernel gets none, the controller's signal ends the wait.
#include "libc.h"
#include "waits.h"

REPLACES_LIBC int poll(struct pollfd *descriptors, nfds_t count, int milliseconds)
{
    struct warp_page *page = session();
    struct timed_wait wait;
    if (page == NULL || milliseconds <= 0 ||
        !wait_begin(
            &wait, page, WARP_WAIT_POLL, PRELOAD_WAY_RESTARTING_SIGNAL,
            session_deadline(page, milliseconds * INT64_C(1000000)), 0)) {
        return libc.poll(descriptors, count, milliseconds);
    }
    return (int)wait_end_call(&wait, libc.poll(descriptors, count, -1), 0);
}

REPLACES_LIBC int ppoll(
    struct pollfd *descriptors, nfds_t count, const struct timespec *limit, const sigset_t *mask)
{
    struct warp_page *page = session();
    struct timed_wait wait;
    if (page == NULL || limit == NULL || !is_valid_time(limit) || nanoseconds(limit) == 0 ||
        !wait_begin(
            &wait, page, WARP_WAIT_POLL, PRELOAD_WAY_RESTARTING_SIGNAL,
            session_deadline(page, nanoseconds(limit)), 0)) {
        return libc.ppoll(descriptors, count, limit, mask);
    }
    sigset_t copy;
    return (int)wait_end_call(
        &wait, libc.ppoll(descriptors, count, NULL, mask_without_controller(page, mask, &copy)), 0);
}

REPLACES_LIBC int __poll(struct pollfd *descriptors, nfds_t count, int milliseconds)
{
    return poll(descriptors, count, milliseconds);
}

/// What `_FORTIFY_SOURCE` makes of poll.
REPLACES_LIBC int __poll_chk(struct pollfd *descriptors, nfds_t count, int milliseconds, size_t size)
{
    (void)size;
    return poll(descriptors, count, milliseconds);
}

REPLACES_LIBC int __ppoll_chk(
    struct pollfd *descriptors, nfds_t count, const struct timespec *limit, const sigset_t *mask, size_t size)
{
    (void)size;
    return ppoll(descriptors, count, limit, mask);
}

REPLACES_LIBC int epoll_pwait(
    int epoll, struct epoll_event *events, int capacity, int milliseconds, const sigset_t *mask)
{
    struct warp_page *page = session();
    struct timed_wait wait;
    if (page == NULL || milliseconds <= 0 ||
        !wait_begin(
            &wait, page, WARP_WAIT_POLL, PRELOAD_WAY_RESTARTING_SIGNAL,
            session_deadline(page, milliseconds * INT64_C(1000000)), (uint64_t)epoll)) {
        return libc.epoll_pwait(epoll, events, capacity, milliseconds, mask);
    }
    sigset_t copy;
    return (int)wait_end_call(
        &wait, libc.epoll_pwait(epoll, events, capacity, -1, mask_without_controller(page, mask, &copy)), 0);
}

REPLACES_LIBC int epoll_wait(int epoll, struct epoll_event *events, int capacity, int milliseconds)
{
    return epoll_pwait(epoll, events, capacity, milliseconds, NULL);
}

REPLACES_LIBC int epoll_pwait2(
    int epoll, struct epoll_event *events, int capacity, const struct timespec *limit, const sigset_t *mask)
{
    struct warp_page *page = session();
    struct timed_wait wait;
    if (page == NULL || limit == NULL || !is_valid_time(limit) || nanoseconds(limit) == 0 ||
        !wait_begin(
            &wait, page, WARP_WAIT_POLL, PRELOAD_WAY_RESTARTING_SIGNAL,
            session_deadline(page, nanoseconds(limit)), (uint64_t)epoll)) {
        return libc.epoll_pwait2(epoll, events, capacity, limit, mask);
    }
    sigset_t copy;
    return (int)wait_end_call(
        &wait, libc.epoll_pwait(epoll, events, capacity, -1, mask_without_controller(page, mask, &copy)), 0);
}
