/// A capture of TCP packets on one interface, kept by the kernel.
///
/// The kernel writes the packets into a ring of memory that it shares with this process (AF_PACKET, TPACKET_V3; see
/// packet(7) and the kernel's Documentation/networking/packet_mmap.rst). No thread of this process has to run while packets
/// come: they are read afterwards, or now and then.
///
/// All functions of one capture belong to one thread at a time. Those that fail return -1 (or NULL) and say which call
/// failed and why.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A capture, from hkcap_open to hkcap_close.
typedef struct hkcap hkcap;

/// Which call failed, and its errno.
typedef struct {
    /// Such as `socket`; a literal, never freed.
    const char *call;
    int code;
} hkcap_error;

/// How much memory the kernel gets.
typedef struct {
    /// Bytes of one block: a power of two, at least 128 KiB, so that the largest packet of a loopback interface fits.
    uint32_t block_size;
    /// At least 2. All blocks together are the capture's size; the kernel locks them into memory.
    uint32_t blocks;
    /// A block with packets in it is handed over after 1 to 2 times this many milliseconds, however empty it is; at most
    /// 65535, which is all that kernels before 6.18 keep of it.
    uint32_t hand_over_after;
} hkcap_size;

/// One packet, from its link-layer header on.
///
/// The bytes stay where they are until the next packet is asked for.
typedef struct {
    const uint8_t *bytes;
    /// How many bytes there are.
    uint32_t captured;
    /// How many bytes the packet had.
    uint32_t length;
    /// When the kernel saw it, by the host's wall clock (CLOCK_REALTIME).
    uint32_t seconds;
    uint32_t nanoseconds;
} hkcap_packet;

/// What went through the filter since the capture was opened.
typedef struct {
    /// Packets that the filter let through.
    uint64_t admitted;
    /// Those among them that the ring had no room for.
    uint64_t lost;
} hkcap_counts;

/// Opens a capture on the interface of this name that admits nothing yet.
///
/// Wants CAP_NET_RAW: without it, `socket` fails with EPERM.
hkcap *hkcap_open(const char *interface, hkcap_size size, hkcap_error *error);

/// From now on admits TCP from and to these ports, over IPv4 and IPv6, and nothing else.
///
/// A packet that this host sends to itself passes a loopback interface twice; only its arrival is admitted.
///
/// At most 1000 ports: what a filter has room for (E2BIG).
int hkcap_admit(hkcap *capture, const uint16_t *ports, size_t count, hkcap_error *error);

/// Admits nothing any more; when it returns, the kernel has finished with the last packet.
///
/// It waits for the kernel, usually for some milliseconds.
int hkcap_stop(hkcap *capture, hkcap_error *error);

/// Takes the next packet out of the ring.
///
/// Before hkcap_stop only blocks that were handed over are read; after it everything is.
///
/// Returns 1 with a packet, 0 when there is none for now, -1 when the ring makes no sense.
int hkcap_next(hkcap *capture, hkcap_packet *packet, hkcap_error *error);

/// Counts since the capture was opened.
int hkcap_count(hkcap *capture, hkcap_counts *counts, hkcap_error *error);

/// Ends the capture and gives its memory back.
void hkcap_close(hkcap *capture);
