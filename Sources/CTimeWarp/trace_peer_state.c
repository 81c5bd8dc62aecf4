#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace_peers.h"

#include "instants.h"
#include "trace.h"
#include <arpa/inet.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

// Whether a server outside owes an answer. It does from the moment that something was sent to it until it sends
// something itself. What cannot be known is guessed on the side of waiting, and for a while only: a wrong hold costs
// real time, a jump over an answer would cost a wrong verdict.

// States of TCP (the kernel's include/net/tcp_states.h).
enum { established = 1, syn_sent = 2, fin_wait_1 = 4, fin_wait_2 = 5 };

// All in nanoseconds of the host's clock.

/// Datagrams (DNS above all) are not counted by the kernel.
static const int64_t datagram_patience = 3 * NANOSECONDS;
/// For a server that is to speak first, or whose answer may have come in the same tick as the request went out.
static const int64_t doubt_patience = 1 * NANOSECONDS;
/// An answer comes in pieces: this long after one, the next may come.
static const int64_t piece_patience_local = 2000000;
static const int64_t piece_patience_remote = 50000000;

static bool is_loopback(const struct sockaddr_storage *address) {
    const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)address;
    const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)address;
    if (address->ss_family == AF_INET) return ntohl(ipv4->sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK(&ipv6->sin6_addr);
}

/// A copy of the connection's descriptor, or minus an errno: ESTALE when the number has become another file's.
static int borrow(const struct peer *peer) {
    int copy = borrow_descriptor(peer->pid, peer->fd);
    struct stat status;
    if (copy < 0 || (fstat(copy, &status) == 0 && status.st_ino == peer->inode)) return copy;
    close(copy);
    return -ESTALE;
}

/// The socket's own address, which it has once connect has begun.
static bool find_ends(struct peer *peer, int copy) {
    socklen_t size = sizeof peer->ends.own;
    if (getsockname(copy, (struct sockaddr *)&peer->ends.own, &size) != 0) return false;
    const struct sockaddr_in *own = (const struct sockaddr_in *)&peer->ends.own;
    // The port is at the same place in both families.
    if (own->sin_port == 0) return false;
    plain_address(&peer->ends.own);
    peer->ends.other = peer->address;
    return peer->ends.own.ss_family == peer->ends.other.ss_family;
}

static void count_bytes(struct peer *peer, const struct tcp_state *state) {
    int64_t now = real_now();
    bool has_sent = state->sent != peer->sent, has_received = state->received != peer->received;
    peer->sent = state->sent;
    peer->received = state->received;
    if (has_received) peer->received_at = now;
    if (has_sent && has_received) {
        // Both since the last look: what came later is told by the kernel's ticks, unless it was in one.
        peer->owes = state->sent_ago <= state->received_ago;
        peer->doubt_until = state->sent_ago == state->received_ago ? saturating_add(now, doubt_patience) : 0;
    } else if (has_sent || has_received) {
        peer->owes = has_sent;
        peer->doubt_until = 0;
    } else if (peer->doubt_until != 0 && now > peer->doubt_until) {
        peer->owes = false;
        peer->doubt_until = 0;
    }
}

static bool refresh_tcp(struct peer *peer) {
    if (!peer->has_ends) {
        int copy = borrow(peer);
        // Where descriptors cannot be borrowed, it is held for as a datagram's is.
        if (copy == -EPERM || copy == -ENOSYS) return socket_inode(peer->pid, peer->fd) == peer->inode;
        if (copy < 0) return false;
        peer->has_ends = find_ends(peer, copy);
        close(copy);
        if (!peer->has_ends) return false;
    }
    struct tcp_state state;
    if (!tcp_state_find(&peer->ends, &state) || state.inode != peer->inode) return false;
    switch (state.state) {
    case syn_sent:
        // To a loopback address the answer would be there already: the server's queue is full, or nobody listens.
        peer->owes = !is_loopback(&peer->address);
        break;
    case established:
    case fin_wait_1:
    case fin_wait_2:
        if (peer->owes && state.sent == 0 && state.received == 0) peer->owes = false;
        count_bytes(peer, &state);
        break;
    default:
        // The server has said its last.
        peer->owes = false;
        break;
    }
    return true;
}

/// Who listens at the other end of a unix socket: the process that called listen.
static bool refresh_unix(struct warp_engine *engine, struct peer *peer) {
    if (socket_inode(peer->pid, peer->fd) != peer->inode) return false;
    if (peer->is_server_known) return true;
    int copy = borrow(peer);
    if (copy == -EPERM || copy == -ENOSYS) return true;
    struct ucred server = {0};
    socklen_t size = sizeof server, address_size = sizeof peer->address;
    bool is_connected = copy >= 0 && getpeername(copy, (struct sockaddr *)&peer->address, &address_size) == 0
        && getsockopt(copy, SOL_SOCKET, SO_PEERCRED, &server, &size) == 0;
    if (copy >= 0) close(copy);
    if (!is_connected || server.pid == getpid() || process_root(&engine->processes, server.pid) != 0) return false;
    peer->server = server.pid;
    peer->is_server_known = true;
    return true;
}

bool peer_refresh(struct warp_engine *engine, struct peer *peer) {
    switch (peer->kind) {
    case PEER_TCP: return refresh_tcp(peer);
    case PEER_DATAGRAMS: return socket_inode(peer->pid, peer->fd) == peer->inode;
    case PEER_UNIX: return refresh_unix(engine, peer);
    }
    return false;
}

bool peer_holds(const struct peer *peer) {
    int64_t now = real_now();
    if (peer->kind == PEER_UNIX) return false;
    if (peer->kind == PEER_DATAGRAMS || !peer->has_ends) return now - peer->since < datagram_patience;
    if (peer->owes) return true;
    if (peer->sent == 0 && peer->received == 0) return now - peer->since < doubt_patience;
    return now - peer->received_at < (is_loopback(&peer->address) ? piece_patience_local : piece_patience_remote);
}
#endif
