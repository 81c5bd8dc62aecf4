// How a slot's wait is ended: agreed between the preload library, which arms slots, and the controller, which fires.
//
// The lower 8 bits of a slot's `kind` are an `enum warp_wait_kind`, the next 8 an `enum preload_way`, the rest flags.
#pragma once
#include "page_layout.h"
#include <stdint.h>
#include <string.h>

enum preload_way {
    /// The thread waits on the slot's own futex word.
    PRELOAD_WAY_FUTEX = 0,
    /// The thread is in a system call that any handled signal ends (poll and its kin): the restarting signal.
    PRELOAD_WAY_RESTARTING_SIGNAL = 1,
    /// The thread is in a system call that only a handler without SA_RESTART ends: the interrupting signal.
    PRELOAD_WAY_INTERRUPTING_SIGNAL = 2,
    /// The agent thread of the process does it: condition variables, timers that the kernel has to bring about.
    PRELOAD_WAY_AGENT = 3,
    /// The controller sends SIGALRM to the process (setitimer, alarm) and arms the slot again if it has a period.
    PRELOAD_WAY_ALARM = 4,
    /// Not a wait: the slot on whose futex word the agent thread of a process sleeps.
    PRELOAD_WAY_AGENT_ITSELF = 5,
    /// Not a wait: news of a connection, a `struct preload_connection`, which the controller takes and frees the slot.
    PRELOAD_WAY_CONNECTION = 6,
};

/// A connection that a program has made or is making. Lies in a slot from `deadline` on, around `object`, which is the
/// socket's inode: see `preload_put` and `preload_take`.
struct preload_connection {
    /// AF_INET addresses as IPv6 has them (::ffff:127.0.0.1); of AF_UNIX the end of the path, NUL-terminated.
    uint8_t own[16];
    uint8_t other[16];
    /// As the network has them; 0 for an own address that is not known yet.
    uint16_t own_port;
    uint16_t other_port;
    /// AF_UNIX: the server's process; else -1 for datagrams, -2 for a stream.
    int32_t server;
};

enum { preload_datagrams = -1, preload_stream = -2 };

/// A slot's state beside those of `enum warp_slot_state`: a timer that is being set or is expiring. To be left alone.
static const uint32_t preload_slot_in_change = 3;

/// The timer counts on CLOCK_REALTIME.
static const uint32_t preload_flag_realtime = 1u << 16;
/// The slot is a timer of the process: it belongs to no thread, and outlives those that set it.
static const uint32_t preload_flag_timer = 1u << 17;

static inline uint32_t preload_kind(uint32_t wait_kind, enum preload_way way, uint32_t flags)
{
    return wait_kind | (uint32_t)way << 8 | flags;
}

static inline uint32_t preload_wait_kind(uint32_t kind)
{
    return kind & 0xff;
}

static inline enum preload_way preload_way_of(uint32_t kind)
{
    return (enum preload_way)(kind >> 8 & 0xff);
}

_Static_assert(sizeof(struct preload_connection) == 5 * sizeof(uint64_t), "it has to fit into a slot");

static inline void preload_put(struct warp_slot *slot, const struct preload_connection *connection)
{
    uint64_t words[5];
    memcpy(words, connection, sizeof words);
    atomic_store(&slot->deadline, (int64_t)words[0]);
    atomic_store(&slot->interval, (int64_t)words[1]);
    atomic_store(&slot->touched, (int64_t)words[2]);
    memcpy(slot->reserved, words + 3, sizeof slot->reserved);
}

static inline struct preload_connection preload_take(const struct warp_slot *slot)
{
    uint64_t words[5] = {
        (uint64_t)atomic_load(&slot->deadline),
        (uint64_t)atomic_load(&slot->interval),
        (uint64_t)atomic_load(&slot->touched),
    };
    memcpy(words + 3, slot->reserved, sizeof slot->reserved);
    struct preload_connection connection;
    memcpy(&connection, words, sizeof connection);
    return connection;
}
