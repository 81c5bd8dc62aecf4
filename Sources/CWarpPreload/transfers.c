/// Blocking socket calls under SO_RCVTIMEO and SO_SNDTIMEO, which Rust's standard library and many C programs use.
///
/// The kernel keeps the limit, and so knows it for every copy of the descriptor, but counts it on the host's clock: a
/// call that it ends is made again, and the controller's signal ends it at the virtual deadline.
#include "connections.h"
#include "libc.h"
#include "waits.h"
#include <fcntl.h>

/// Whether this process, or the one it was forked from, ever set a limit. Without, nothing is asked of the kernel.
static atomic_bool limits_are_used;

struct transfer {
    enum { RECEIVING, SENDING, CONNECTING } direction;
    int socket;
    int flags;
    ssize_t (*make)(const struct transfer *);
    void *bytes;
    size_t size;
    void *address;
    socklen_t address_size;
    socklen_t *stored_size;
};

static int64_t limit_of(const struct transfer *transfer)
{
    struct timeval limit = {0, 0};
    socklen_t size = sizeof limit;
    int before = errno;
    int option = transfer->direction == RECEIVING ? SO_RCVTIMEO : SO_SNDTIMEO;
    int result = getsockopt(transfer->socket, SOL_SOCKET, option, &limit, &size);
    errno = before;
    return result == 0 ? limit.tv_sec * nanoseconds_per_second + limit.tv_usec * 1000 : 0;
}

static bool is_blocking(const struct transfer *transfer)
{
    int before = errno;
    int flags = fcntl(transfer->socket, F_GETFL);
    errno = before;
    return (transfer->flags & MSG_DONTWAIT) == 0 && flags >= 0 && (flags & O_NONBLOCK) == 0;
}

static bool has_met_its_limit(const struct transfer *transfer, ssize_t result)
{
    return result == -1 && errno == (transfer->direction == CONNECTING ? EINPROGRESS : EAGAIN);
}

static ssize_t transfer(const struct transfer *transfer)
{
    struct warp_page *page = session();
    int64_t limit = 0;
    struct timed_wait wait;
    if (page == NULL || !atomic_load_explicit(&limits_are_used, memory_order_relaxed) ||
        (limit = limit_of(transfer)) <= 0 || !is_blocking(transfer) ||
        !wait_begin(
            &wait, page, WARP_WAIT_SOCKET, PRELOAD_WAY_INTERRUPTING_SIGNAL, session_deadline(page, limit),
            (uint64_t)transfer->socket)) {
        return transfer->make(transfer);
    }
    ssize_t result;
    do {
        result = transfer->make(transfer);
    } while (has_met_its_limit(transfer, result) && !wait_has_fired(&wait));
    bool fired = wait_end(&wait);
    if (fired && result == -1 && errno == EINTR) {
        errno = transfer->direction == CONNECTING ? EINPROGRESS : EAGAIN;
    }
    return result;
}

REPLACES_LIBC int setsockopt(int socket, int level, int name, const void *value, socklen_t size)
{
    (void)session();
    if (level == SOL_SOCKET && (name == SO_RCVTIMEO || name == SO_SNDTIMEO)) {
        atomic_store(&limits_are_used, true);
    }
    return libc.setsockopt(socket, level, name, value, size);
}

static ssize_t make_read(const struct transfer *transfer)
{
    return libc.read(transfer->socket, transfer->bytes, transfer->size);
}

REPLACES_LIBC ssize_t read(int file, void *bytes, size_t size)
{
    return transfer(&(struct transfer){RECEIVING, file, 0, make_read, bytes, size, NULL, 0, NULL});
}

REPLACES_LIBC ssize_t __read_chk(int file, void *bytes, size_t size, size_t room)
{
    (void)room;
    return read(file, bytes, size);
}

static ssize_t make_readv(const struct transfer *transfer)
{
    return libc.readv(transfer->socket, transfer->bytes, (int)transfer->size);
}

REPLACES_LIBC ssize_t readv(int file, const struct iovec *parts, int count)
{
    return transfer(
        &(struct transfer){RECEIVING, file, 0, make_readv, (void *)parts, (size_t)count, NULL, 0, NULL});
}

static ssize_t make_recvfrom(const struct transfer *transfer)
{
    return libc.recvfrom(
        transfer->socket, transfer->bytes, transfer->size, transfer->flags, transfer->address,
        transfer->stored_size);
}

REPLACES_LIBC ssize_t recvfrom(
    int socket, void *restrict bytes, size_t size, int flags, __SOCKADDR_ARG address, socklen_t *restrict stored_size)
{
    return transfer(&(struct transfer){
        RECEIVING, socket, flags, make_recvfrom, bytes, size, address.__sockaddr__, 0, stored_size});
}

REPLACES_LIBC ssize_t __recvfrom_chk(
    int socket, void *bytes, size_t size, size_t room, int flags, __SOCKADDR_ARG address, socklen_t *stored_size)
{
    (void)room;
    return recvfrom(socket, bytes, size, flags, address, stored_size);
}

REPLACES_LIBC ssize_t recv(int socket, void *bytes, size_t size, int flags)
{
    return recvfrom(socket, bytes, size, flags, NULL, NULL);
}

REPLACES_LIBC ssize_t __recv_chk(int socket, void *bytes, size_t size, size_t room, int flags)
{
    (void)room;
    return recv(socket, bytes, size, flags);
}

static ssize_t make_recvmsg(const struct transfer *transfer)
{
    return libc.recvmsg(transfer->socket, transfer->bytes, transfer->flags);
}

REPLACES_LIBC ssize_t recvmsg(int socket, struct msghdr *message, int flags)
{
    return transfer(&(struct transfer){RECEIVING, socket, flags, make_recvmsg, message, 0, NULL, 0, NULL});
}

static ssize_t make_write(const struct transfer *transfer)
{
    return libc.write(transfer->socket, transfer->bytes, transfer->size);
}

REPLACES_LIBC ssize_t write(int file, const void *bytes, size_t size)
{
    return transfer(&(struct transfer){SENDING, file, 0, make_write, (void *)bytes, size, NULL, 0, NULL});
}

static ssize_t make_writev(const struct transfer *transfer)
{
    return libc.writev(transfer->socket, transfer->bytes, (int)transfer->size);
}

REPLACES_LIBC ssize_t writev(int file, const struct iovec *parts, int count)
{
    return transfer(
        &(struct transfer){SENDING, file, 0, make_writev, (void *)parts, (size_t)count, NULL, 0, NULL});
}

static ssize_t make_sendto(const struct transfer *transfer)
{
    return libc.sendto(
        transfer->socket, transfer->bytes, transfer->size, transfer->flags, transfer->address,
        transfer->address_size);
}

REPLACES_LIBC ssize_t sendto(
    int socket, const void *bytes, size_t size, int flags, __CONST_SOCKADDR_ARG address, socklen_t address_size)
{
    return transfer(&(struct transfer){
        SENDING, socket, flags, make_sendto, (void *)bytes, size, (void *)address.__sockaddr__, address_size, NULL});
}

REPLACES_LIBC ssize_t send(int socket, const void *bytes, size_t size, int flags)
{
    return sendto(socket, bytes, size, flags, NULL, 0);
}

static ssize_t make_sendmsg(const struct transfer *transfer)
{
    return libc.sendmsg(transfer->socket, transfer->bytes, transfer->flags);
}

REPLACES_LIBC ssize_t sendmsg(int socket, const struct msghdr *message, int flags)
{
    return transfer(
        &(struct transfer){SENDING, socket, flags, make_sendmsg, (void *)message, 0, NULL, 0, NULL});
}

static ssize_t make_connect(const struct transfer *transfer)
{
    return libc.connect(transfer->socket, transfer->address, transfer->address_size);
}

REPLACES_LIBC int connect(int socket, __CONST_SOCKADDR_ARG address, socklen_t size)
{
    struct warp_page *page = session();
    const struct sockaddr *server = address.__sockaddr__;
    // A server that takes its time answers on the host's clock: the controller has to know of it before this thread
    // sleeps. Once there is an own address it can ask the kernel.
    bool is_told = page != NULL && server != NULL && size >= sizeof(sa_family_t);
    if (is_told && server->sa_family != AF_UNIX) {
        connection_tell(page, socket, server, size);
    }
    int result = (int)transfer(&(struct transfer){
        CONNECTING, socket, 0, make_connect, NULL, 0, (void *)server, size, NULL});
    if (is_told && (result == 0 || errno == EINPROGRESS || errno == EINTR)) {
        connection_tell(page, socket, server, size);
    }
    return result;
}

static ssize_t make_accept(const struct transfer *transfer)
{
    return libc.accept4(transfer->socket, transfer->address, transfer->stored_size, (int)transfer->size);
}

REPLACES_LIBC int accept4(int socket, __SOCKADDR_ARG address, socklen_t *restrict size, int flags)
{
    return (int)transfer(&(struct transfer){
        RECEIVING, socket, 0, make_accept, NULL, (size_t)flags, address.__sockaddr__, 0, size});
}

REPLACES_LIBC int accept(int socket, __SOCKADDR_ARG address, socklen_t *restrict size)
{
    return accept4(socket, address, size, 0);
}
