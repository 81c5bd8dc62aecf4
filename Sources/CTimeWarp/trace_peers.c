#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace_peers.h"

#include "children.h"
#include "instants.h"
#include "socket_owners.h"
#include "trace.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

void peers_close(struct peer_table *table) {
    free(table->peers);
    free(table->own_inodes);
    *table = (struct peer_table){0};
}

/// Whether a listening socket is this process's. Sockets are never numbered alike, so the answer can be kept.
static bool is_own(struct peer_table *table, uint64_t inode) {
    for (size_t i = 0; i < table->own_count; i++)
        if (table->own_inodes[i] == inode) return true;
    if (!process_has_socket(getpid(), inode)) return false;
    uint64_t *inodes = realloc(table->own_inodes, (table->own_count + 1) * sizeof *inodes);
    if (inodes == NULL) return true;
    table->own_inodes = inodes;
    inodes[table->own_count++] = inode;
    return true;
}

static void remove_peer(struct peer_table *table, size_t index) {
    table->peers[index] = table->peers[--table->count];
}

/// The entry of a socket, a new one when it connects for the first time.
static struct peer *entry_for(struct peer_table *table, uint64_t inode) {
    for (size_t i = 0; i < table->count; i++)
        if (table->peers[i].inode == inode) return &table->peers[i];
    if (table->count == table->capacity) {
        size_t capacity = table->capacity == 0 ? 16 : table->capacity * 2;
        struct peer *peers = realloc(table->peers, capacity * sizeof *peers);
        if (peers == NULL) return NULL;
        table->peers = peers;
        table->capacity = capacity;
    }
    table->peers[table->count] = (struct peer){.inode = inode};
    return &table->peers[table->count++];
}

/// The type of a socket (SOCK_STREAM and so on); SOCK_STREAM when it cannot be reached.
static int socket_type(int32_t pid, int fd) {
    int type = SOCK_STREAM;
    socklen_t size = sizeof type;
    int copy = borrow_descriptor(pid, fd);
    if (copy < 0) return type;
    if (getsockopt(copy, SOL_SOCKET, SO_TYPE, &type, &size) != 0) type = SOCK_STREAM;
    close(copy);
    return type;
}

static void describe_internet(const struct sockaddr_storage *address, char *text, size_t size) {
    char host[INET6_ADDRSTRLEN] = "";
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)address;
        inet_ntop(AF_INET, &ipv4->sin_addr, host, sizeof host);
        snprintf(text, size, "%s:%u", host, ntohs(ipv4->sin_port));
    } else {
        const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)address;
        inet_ntop(AF_INET6, &ipv6->sin6_addr, host, sizeof host);
        snprintf(text, size, "[%s]:%u", host, ntohs(ipv6->sin6_port));
    }
}

/// Names without a file begin with a zero byte, for which "@" is usual.
static void describe_unix(const struct sockaddr_storage *address, size_t length, char *text, size_t size) {
    const struct sockaddr_un *local = (const struct sockaddr_un *)address;
    size_t path = length > offsetof(struct sockaddr_un, sun_path) ? length - offsetof(struct sockaddr_un, sun_path) : 0;
    bool is_abstract = path > 0 && local->sun_path[0] == 0;
    int shown = (int)(is_abstract ? path - 1 : strnlen(local->sun_path, path));
    snprintf(text, size, "%s%.*s", is_abstract ? "@" : "", shown, local->sun_path + (is_abstract ? 1 : 0));
}

static void note_internet(struct warp_engine *engine, const struct thread *thread, int fd, uint64_t inode,
                          struct sockaddr_storage *address) {
    struct peer_table *table = &trace_of(engine)->peers;
    bool is_datagram = socket_type(thread->pid, fd) != SOCK_STREAM;
    plain_address(address);
    uint64_t server = server_inode(address, is_datagram ? IPPROTO_UDP : IPPROTO_TCP);
    if (server != 0 && is_own(table, server)) return;
    bool is_inside = server != 0 && session_has_socket(engine, server);
    if (is_inside && is_datagram) return;
    struct peer *peer = entry_for(table, inode);
    if (peer == NULL) return;
    *peer = (struct peer){
        .kind = is_datagram ? PEER_DATAGRAMS : PEER_TCP,
        .pid = thread->pid,
        .fd = fd,
        .inode = inode,
        .is_inside = is_inside,
        .address = *address,
        .since = real_now(),
    };
    describe_internet(address, peer->text, sizeof peer->text);
}

static void note_unix(struct warp_engine *engine, const struct thread *thread, int fd, uint64_t inode,
                      const struct sockaddr_storage *address, size_t length) {
    // Datagrams (a system log) are not answered.
    if (socket_type(thread->pid, fd) == SOCK_DGRAM) return;
    struct peer *peer = entry_for(&trace_of(engine)->peers, inode);
    if (peer == NULL) return;
    *peer = (struct peer){.kind = PEER_UNIX, .pid = thread->pid, .fd = fd, .inode = inode, .since = real_now()};
    describe_unix(address, length, peer->text, sizeof peer->text);
}

void peer_connect(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    struct sockaddr_storage address = {0};
    size_t length = (uint32_t)registers->rdx;
    if (length > sizeof address) length = sizeof address;
    int fd = (int)registers->rdi;
    uint64_t inode = 0;
    if (length >= sizeof address.ss_family && memory_read(thread->tid, registers->rsi, &address, length))
        inode = socket_inode(thread->pid, fd);
    if (inode != 0 && address.ss_family == AF_UNIX) note_unix(engine, thread, fd, inode, &address, length);
    if (inode != 0
        && ((address.ss_family == AF_INET && length >= sizeof(struct sockaddr_in))
            || (address.ss_family == AF_INET6 && length >= sizeof(struct sockaddr_in6))))
        note_internet(engine, thread, fd, inode, &address);
    thread_pass(thread);
}

size_t peers_outside(struct warp_engine *engine, struct warp_peer *peers, size_t capacity) {
    struct peer_table *table = &trace_of(engine)->peers;
    size_t count = 0;
    for (size_t i = 0; i < table->count;) {
        struct peer *peer = &table->peers[i];
        if (!peer_refresh(engine, peer)) {
            remove_peer(table, i);
            continue;
        }
        i++;
        if (peer->is_inside || count == capacity) continue;
        struct warp_peer *told = &peers[count++];
        *told = (struct warp_peer){.pid = peer->pid, .fd = peer->fd, .owes = peer_holds(peer) ? 1 : 0};
        memcpy(told->address, peer->text, sizeof told->address);
    }
    return count;
}

size_t peers_neighbours(struct warp_engine *engine, int32_t *pids, size_t capacity) {
    const struct peer_table *table = &trace_of(engine)->peers;
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        int32_t server = table->peers[i].kind == PEER_UNIX ? table->peers[i].server : 0;
        if (server == 0 || count == capacity) continue;
        bool is_known = false;
        for (size_t j = 0; j < count; j++) is_known = is_known || pids[j] == server;
        if (is_known) continue;
        pids[count++] = server;
        // A server that makes a process for each connection (PostgreSQL) works in its children.
        count += children_of(server, pids + count, capacity - count);
    }
    return count;
}

int32_t peers_inner_bytes(struct warp_engine *engine) {
    const struct peer_table *table = &trace_of(engine)->peers;
    int32_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        struct peer *peer = &table->peers[i];
        struct tcp_state one, other;
        if (!peer->is_inside || !peer_refresh(engine, peer) || !peer->has_ends) continue;
        struct socket_ends reversed = socket_ends_reversed(&peer->ends);
        if (tcp_state_find(&peer->ends, &one) && tcp_state_find(&reversed, &other) && tcp_bytes_between(&one, &other))
            count++;
    }
    return count;
}
#endif
