// Connections of the session: which lead to servers outside, on the host's clock, and whether those owe an answer.
#pragma once
#include "socket_diagnosis.h"
#include "warp_engine.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/user.h>

struct thread;

enum peer_kind {
    PEER_TCP,
    PEER_DATAGRAMS,
    PEER_UNIX,
};

struct peer {
    enum peer_kind kind;
    int32_t pid;
    int fd;
    /// Names the socket, whichever descriptors lead to it.
    uint64_t inode;
    /// To a server of the session itself: only the bytes between count.
    bool is_inside;
    /// As `struct warp_peer` has it.
    char text[108];
    struct sockaddr_storage address;
    /// Real CLOCK_MONOTONIC when the connection was asked for, ns.
    int64_t since;

    /// TCP: known once the socket has an address of its own.
    bool has_ends;
    struct socket_ends ends;
    uint64_t sent;
    uint64_t received;
    bool owes;
    /// Real CLOCK_MONOTONIC when something last arrived; and until when an answer is waited for that may have come
    /// already.
    int64_t received_at;
    int64_t doubt_until;

    /// Unix sockets: the server's process; 0 when it is not known.
    int32_t server;
    bool is_server_known;
};

struct peer_table {
    struct peer *peers;
    size_t count;
    size_t capacity;
    /// Listening sockets of this process that were connected to: nothing to hold for.
    uint64_t *own_inodes;
    size_t own_count;
};

void peers_close(struct peer_table *table);

/// A thread is about to connect; resumes it.
void peer_connect(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers);

/// As `outside_peers`, `neighbours` and `inner_bytes` of the operations.
size_t peers_outside(struct warp_engine *engine, struct warp_peer *peers, size_t capacity);
size_t peers_neighbours(struct warp_engine *engine, int32_t *pids, size_t capacity);
int32_t peers_inner_bytes(struct warp_engine *engine);

/// Brings up to date what is known of a connection. Returns false when it is over, or leads nowhere outside after all.
bool peer_refresh(struct warp_engine *engine, struct peer *peer);

/// Whether the clock must wait for this connection.
bool peer_holds(const struct peer *peer);
