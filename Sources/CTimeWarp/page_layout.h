// The shared page as it lies in memory: mapped by the controller, by the preload library, and (its first 4096 bytes
// only) by the code that the trace engine puts in place of the vDSO's clock.
//
// The assembler reads this file too, so that the replacement clock and the C code cannot disagree about an offset.
#pragma once

// Offsets of what the replacement clock touches, in bytes from the page's beginning.
#define WARP_PAGE_REALTIME_OFFSET 32
#define WARP_PAGE_CREEP_OFFSET 40
#define WARP_PAGE_NOW_OFFSET 64
#define WARP_PAGE_READINGS_OFFSET 72

// Where the trace engine maps the page and the replacement clock in a program. Far from where Linux on x86-64 puts
// programs (0x55...), libraries and stacks (0x7f...), and from Go's arenas (0xc0...).
#define WARP_PAGE_ADDRESS 0x5f5f00000000
#define WARP_CODE_ADDRESS 0x5f5f00100000

#ifndef __ASSEMBLER__
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WARP_PAGE_MAGIC = 0x50524157,
    /// To be raised with every change below: a preload library of another build refuses the page.
    WARP_PAGE_VERSION = 1,
    /// Where members and slots begin: the trace engine's programs map only what comes before.
    WARP_PAGE_HEADER_SIZE = 4096,
    WARP_PAGE_MEMBERS = 2048,
    WARP_PAGE_SLOTS = 8192,
};

/// A process that the preload library came up in; how the controller knows that it can see the process.
struct warp_member {
    /// 0 for a free entry; taken by compare-and-exchange.
    _Atomic int32_t pid;
    /// The launched program it descends from, as the environment told it.
    _Atomic int32_t root;
    /// For the preload engine alone.
    _Atomic uint32_t flags;
    uint32_t reserved;
};

enum warp_slot_state {
    WARP_SLOT_FREE = 0,
    /// Somebody waits until `deadline`.
    WARP_SLOT_ARMED = 1,
    /// The controller has ended the wait; the owner has not left it yet.
    WARP_SLOT_FIRED = 2,
};

/// One timed wait, or one timer, of the preload engine.
struct warp_slot {
    /// A futex word: `enum warp_slot_state`.
    _Atomic uint32_t state;
    /// `enum warp_wait_kind`, and what else the preload engine keeps in the upper bits.
    _Atomic uint32_t kind;
    /// 0 for a slot without an owner; taken by compare-and-exchange.
    _Atomic int32_t pid;
    _Atomic int32_t tid;
    /// Virtual CLOCK_MONOTONIC, ns.
    _Atomic int64_t deadline;
    /// Period of a timer, ns; 0 for one that fires once.
    _Atomic int64_t interval;
    /// What the wait is about, in the owner's own terms: a file descriptor, the address of a condition variable.
    _Atomic uint64_t object;
    /// Real CLOCK_MONOTONIC when the slot was armed or fired, ns; for messages and for waking again.
    _Atomic int64_t touched;
    uint64_t reserved[2];
};

struct warp_page {
    uint32_t magic;
    uint32_t version;
    /// Of the whole file, in bytes.
    uint32_t size;
    /// The controller's process id.
    int32_t owner;
    uint32_t member_count;
    uint32_t slot_count;
    /// Signals that end a wait in the kernel: with SA_RESTART, and without.
    int32_t restarting_signal;
    int32_t interrupting_signal;
    /// Added to the virtual CLOCK_MONOTONIC for the virtual CLOCK_REALTIME, ns. Never changes in a session.
    int64_t realtime_offset;
    /// What a reading adds to the clock, ns.
    int32_t creep;
    int32_t reserved;

    /// Virtual CLOCK_MONOTONIC, ns. On a cache line that nothing but clock readings touches.
    _Alignas(64) _Atomic int64_t now;
    _Atomic uint64_t readings;

    /// Raised by every jump; agents sleep on it (a futex word).
    _Alignas(64) _Atomic uint32_t generation;
    /// No slot from here on was ever used.
    _Atomic uint32_t slots_used;
    _Atomic uint32_t members_used;
    /// Waits that found no free slot and were left to the real clock.
    _Atomic uint32_t slots_missing;

    _Alignas(WARP_PAGE_HEADER_SIZE) struct warp_member members[WARP_PAGE_MEMBERS];
    struct warp_slot slots[WARP_PAGE_SLOTS];
};

_Static_assert(offsetof(struct warp_page, realtime_offset) == WARP_PAGE_REALTIME_OFFSET, "its assembler relies on it");
_Static_assert(offsetof(struct warp_page, creep) == WARP_PAGE_CREEP_OFFSET, "its assembler relies on it");
_Static_assert(offsetof(struct warp_page, now) == WARP_PAGE_NOW_OFFSET, "its assembler relies on it");
_Static_assert(offsetof(struct warp_page, readings) == WARP_PAGE_READINGS_OFFSET, "its assembler relies on it");
_Static_assert(offsetof(struct warp_page, members) == WARP_PAGE_HEADER_SIZE, "the trace engine maps only the header");
_Static_assert(sizeof(struct warp_slot) == 64, "one cache line a slot");
#endif
