// What the kernel knows about a TCP socket, asked by its two ends: one exact look-up (sock_diag), never the whole
// table, whose walk costs milliseconds.
#pragma once
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/// A TCP socket by its own address and the other's, as getsockname and getpeername give them; the same family in both.
struct socket_ends {
    struct sockaddr_storage own;
    struct sockaddr_storage other;
};

struct tcp_state {
    /// TCP_ESTABLISHED and so on.
    uint8_t state;
    uint32_t inode;
    /// Payload sent, without what was sent again; and received.
    uint64_t sent;
    uint64_t received;
    /// Segments sent and not acknowledged; bytes that were written and not sent yet.
    uint32_t unacknowledged;
    uint32_t unsent;
    /// What the other end still takes, in bytes.
    uint32_t window;
    /// How long ago data was sent and received, in milliseconds of the host's clock, as exact as its tick.
    uint32_t sent_ago;
    uint32_t received_ago;
};

/// Fills `ends` from a socket of this process. Returns false for anything that is not a connected IPv4 or IPv6 socket.
bool socket_ends_of(int fd, struct socket_ends *ends);

struct socket_ends socket_ends_reversed(const struct socket_ends *ends);

/// The state of a TCP socket of this process. Returns false for anything that is not a TCP socket.
bool tcp_state_of(int fd, struct tcp_state *state);

/// The state of the TCP socket with these ends, whoever owns it. Returns false when there is none.
bool tcp_state_find(const struct socket_ends *ends, struct tcp_state *state);

/// The inode of the socket that serves this address, by IPPROTO_TCP or IPPROTO_UDP; 0 when none does.
uint32_t server_inode(const struct sockaddr_storage *address, int protocol);

/// An address as the socket that serves it sees it: an IPv4 address in IPv6 clothes becomes IPv4, "any" becomes
/// loopback.
void plain_address(struct sockaddr_storage *address);

/// Whether bytes are between these two ends of one connection: sent and not received, or written and held back until an
/// acknowledgement comes.
bool tcp_bytes_between(const struct tcp_state *one, const struct tcp_state *other);
