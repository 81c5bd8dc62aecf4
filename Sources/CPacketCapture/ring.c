#define _GNU_SOURCE
#include "ring.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/// An EtherType that is set aside for experiments and seen on no loopback interface (IEEE 802, local experimental 1).
enum { never_seen = 0x88B5 };

int hkcap_failed(hkcap_error *error, const char *call, int code) {
    error->call = call;
    error->code = code;
    return -1;
}

static int attach(const hkcap *capture, uint16_t protocol) {
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET,
        .sll_protocol = htons(protocol),
        .sll_ifindex = capture->interface,
    };
    return bind(capture->socket, (const struct sockaddr *)&address, sizeof address);
}

static int make_ring(hkcap *capture, hkcap_error *error) {
    int version = TPACKET_V3;
    if (setsockopt(capture->socket, SOL_PACKET, PACKET_VERSION, &version, sizeof version) != 0)
        return hkcap_failed(error, "setsockopt PACKET_VERSION", errno);
    // Packets of this version are as long as they are: the frame size only has to make sense to the kernel.
    struct tpacket_req3 request = {
        .tp_block_size = capture->size.block_size,
        .tp_block_nr = capture->size.blocks,
        .tp_frame_size = capture->size.block_size,
        .tp_frame_nr = capture->size.blocks,
        .tp_retire_blk_tov = capture->size.hand_over_after,
    };
    if (setsockopt(capture->socket, SOL_PACKET, PACKET_RX_RING, &request, sizeof request) != 0)
        return hkcap_failed(error, "setsockopt PACKET_RX_RING", errno);
    void *ring = mmap(NULL, hkcap_ring_bytes(capture->size), PROT_READ | PROT_WRITE, MAP_SHARED, capture->socket, 0);
    if (ring == MAP_FAILED) return hkcap_failed(error, "mmap", errno);
    capture->ring = ring;
    return 0;
}

static int open_on(hkcap *capture, const char *interface, hkcap_error *error) {
    // Protocol 0 sees nothing, so that no packet comes before there is a filter.
    capture->socket = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (capture->socket < 0) return hkcap_failed(error, "socket", errno);
    capture->interface = (int)if_nametoindex(interface);
    if (capture->interface == 0) return hkcap_failed(error, "if_nametoindex", errno);
    if (make_ring(capture, error) != 0) return -1;
    if (hkcap_admit(capture, NULL, 0, error) != 0) return -1;
    if (attach(capture, ETH_P_ALL) != 0) return hkcap_failed(error, "bind", errno);
    return 0;
}

hkcap *hkcap_open(const char *interface, hkcap_size size, hkcap_error *error) {
    hkcap *capture = calloc(1, sizeof *capture);
    if (capture == NULL) {
        hkcap_failed(error, "calloc", errno);
        return NULL;
    }
    capture->socket = -1;
    capture->size = size;
    if (open_on(capture, interface, error) == 0) return capture;
    hkcap_close(capture);
    return NULL;
}

int hkcap_stop(hkcap *capture, hkcap_error *error) {
    if (capture->stopped) return 0;
    if (hkcap_admit(capture, NULL, 0, error) != 0) return -1;
    // Binding to another protocol makes the kernel wait until every processor is done with the packets of the old one.
    if (attach(capture, never_seen) != 0) return hkcap_failed(error, "bind", errno);
    capture->stopped = true;
    return 0;
}

int hkcap_count(hkcap *capture, hkcap_counts *counts, hkcap_error *error) {
    // The kernel begins anew at each reading.
    struct tpacket_stats_v3 since = {0};
    socklen_t length = sizeof since;
    if (getsockopt(capture->socket, SOL_PACKET, PACKET_STATISTICS, &since, &length) != 0)
        return hkcap_failed(error, "getsockopt PACKET_STATISTICS", errno);
    capture->counts.admitted += since.tp_packets;
    capture->counts.lost += since.tp_drops;
    *counts = capture->counts;
    return 0;
}

void hkcap_close(hkcap *capture) {
    if (capture == NULL) return;
    if (capture->ring != NULL) munmap(capture->ring, hkcap_ring_bytes(capture->size));
    if (capture->socket >= 0) close(capture->socket);
    free(capture);
}
