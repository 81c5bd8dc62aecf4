#define _GNU_SOURCE
#include "children.h"
#include "instants.h"
#include "preload_engine.h"
#include "preload_ways.h"
#include "socket_owners.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The library tells of every connection that its program makes; from there on the kernel is asked about its two ends.

static struct sockaddr_storage address_of(const uint8_t *bytes, uint16_t port) {
    struct sockaddr_storage address = {0};
    struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)&address;
    ipv6->sin6_family = AF_INET6;
    ipv6->sin6_port = port;
    memcpy(&ipv6->sin6_addr, bytes, sizeof ipv6->sin6_addr);
    plain_address(&address);
    return address;
}

static void describe(const struct sockaddr_storage *address, char *text, size_t size) {
    char host[INET6_ADDRSTRLEN] = "";
    const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)address;
    const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)address;
    bool is_ipv4 = address->ss_family == AF_INET;
    inet_ntop(address->ss_family, is_ipv4 ? (const void *)&ipv4->sin_addr : &ipv6->sin6_addr, host, sizeof host);
    snprintf(text, size, is_ipv4 ? "%s:%u" : "[%s]:%u", host, ntohs(ipv4->sin_port));
}

/// Whether a socket that listens is this process's: the receiver's, which is part of the session's clock.
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
    table->peers[table->count] = (struct peer){.inode = inode, .since = real_now()};
    return &table->peers[table->count++];
}

static void take_unix(struct warp_engine *engine, struct peer peer, const struct preload_connection *connection) {
    if (connection->server == getpid() || process_root(&engine->processes, connection->server) != 0) return;
    peer.kind = PEER_UNIX;
    peer.server = connection->server;
    peer.is_server_known = true;
    memcpy(peer.text, connection->own, sizeof connection->own + sizeof connection->other);
    struct peer *entry = entry_for(&preload_state_of(engine)->peers, peer.inode);
    if (entry != NULL) *entry = peer;
}

static void take_internet(struct warp_engine *engine, struct peer peer, const struct preload_connection *connection) {
    struct peer_table *table = &preload_state_of(engine)->peers;
    bool is_datagram = connection->server == preload_datagrams;
    peer.kind = is_datagram ? PEER_DATAGRAMS : PEER_TCP;
    peer.address = address_of(connection->other, connection->other_port);
    uint64_t server = server_inode(&peer.address, is_datagram ? IPPROTO_UDP : IPPROTO_TCP);
    if (server != 0 && is_own(table, server)) return;
    peer.is_inside = server != 0 && session_has_socket(engine, server);
    if (peer.is_inside && is_datagram) return;
    peer.ends = (struct socket_ends){
        .own = address_of(connection->own, connection->own_port),
        .other = peer.address,
    };
    peer.has_ends = !is_datagram && connection->own_port != 0 && peer.ends.own.ss_family == peer.ends.other.ss_family;
    describe(&peer.address, peer.text, sizeof peer.text);
    struct peer *entry = entry_for(table, peer.inode);
    if (entry != NULL) *entry = peer;
}

void preload_take_connections(struct warp_engine *engine) {
    uint32_t used = preload_used_slots(engine);
    for (uint32_t i = 0; i < used; i++) {
        struct warp_slot *slot = &engine->page->slots[i];
        uint32_t kind = atomic_load(&slot->kind);
        if (preload_way_of(kind) != PRELOAD_WAY_CONNECTION) continue;
        struct peer peer = {
            .pid = atomic_load(&slot->pid),
            .fd = atomic_load(&slot->tid),
            .inode = atomic_load(&slot->object),
            .since = real_now(),
        };
        struct preload_connection connection = preload_take(slot);
        // Whose text it is nobody vouches for.
        connection.other[sizeof connection.other - 1] = connection.server > 0 ? 0 : connection.other[15];
        preload_free_slot(slot);
        if (process_find(&engine->processes, peer.pid) == NULL) continue;
        if (connection.server > 0) take_unix(engine, peer, &connection);
        else take_internet(engine, peer, &connection);
    }
}

size_t preload_outside_peers(struct warp_engine *engine, struct warp_peer *peers, size_t capacity) {
    struct peer_table *table = &preload_state_of(engine)->peers;
    size_t count = 0;
    for (size_t i = 0; i < table->count;) {
        struct peer *peer = &table->peers[i];
        if (!peer_refresh(engine, peer)) {
            table->peers[i] = table->peers[--table->count];
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

size_t preload_neighbours(struct warp_engine *engine, int32_t *pids, size_t capacity) {
    const struct peer_table *table = &preload_state_of(engine)->peers;
    size_t count = 0;
    for (size_t i = 0; i < table->count && count < capacity; i++) {
        int32_t server = table->peers[i].kind == PEER_UNIX ? table->peers[i].server : 0;
        for (size_t j = 0; j < count; j++)
            if (pids[j] == server) server = 0;
        if (server == 0) continue;
        pids[count++] = server;
        count += children_of(server, pids + count, capacity - count);
    }
    return count;
}

int32_t preload_inner_bytes(struct warp_engine *engine) {
    const struct peer_table *table = &preload_state_of(engine)->peers;
    int32_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        struct peer *peer = &table->peers[i];
        struct tcp_state one, other;
        if (!peer->is_inside || !peer->has_ends) continue;
        struct socket_ends reversed = socket_ends_reversed(&peer->ends);
        if (!tcp_state_find(&peer->ends, &one) || one.inode != peer->inode) continue;
        if (tcp_state_find(&reversed, &other) && tcp_bytes_between(&one, &other)) count++;
    }
    return count;
}
