/// Waiting for signals with a limit, and keeping the controller's two signals for the controller.
#include "libc.h"
#include "waits.h"

REPLACES_LIBC int sigtimedwait(
    const sigset_t *restrict signals, siginfo_t *restrict information, const struct timespec *restrict limit)
{
    struct warp_page *page = session();
    struct timed_wait wait;
    if (page == NULL || limit == NULL || signals == NULL || !is_valid_time(limit) || nanoseconds(limit) == 0 ||
        !wait_begin(
            &wait, page, WARP_WAIT_SIGNAL, PRELOAD_WAY_RESTARTING_SIGNAL,
            session_deadline(page, nanoseconds(limit)), 0)) {
        return libc.sigtimedwait(signals, information, limit);
    }
    sigset_t copy;
    int result = libc.sigwaitinfo(mask_without_controller(page, signals, &copy), information);
    if (wait_end(&wait) && result == -1 && errno == EINTR) {
        errno = EAGAIN;
    }
    return result;
}

static bool is_taken(int signal)
{
    struct warp_page *page = session();
    return page != NULL && (signal == page->restarting_signal || signal == page->interrupting_signal);
}

/// Programs that reset every signal would be killed by the next wake-up. They get what glibc says of its own two.
REPLACES_LIBC int sigaction(int signal, const struct sigaction *restrict new, struct sigaction *restrict old)
{
    if (is_taken(signal)) {
        errno = EINVAL;
        return -1;
    }
    return libc.sigaction(signal, new, old);
}

REPLACES_LIBC sighandler_t signal(int number, sighandler_t handler)
{
    if (is_taken(number)) {
        errno = EINVAL;
        return SIG_ERR;
    }
    return libc.signal(number, handler);
}
