#include "ring.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/// Offsets into a packet that begins with an Ethernet header, as it does on a loopback interface of Linux.
enum {
    ether_type = 12,
    ip_begin = ETH_HLEN,
    ipv4_fragment = ip_begin + 6,
    ipv4_protocol = ip_begin + 9,
    ipv6_next_header = ip_begin + 6,
    tcp_source = 0,
    tcp_destination = 2,
};

enum {
    port_limit = 1000,
    fragment_offset = 0x1fff,
    ipv6_header_length = 40,
    /// More than any packet has.
    whole_packet = 0x40000,
};

/// Steps of `head` that others go to.
enum { at_ipv6 = 10, at_drop = 15, at_ports = 16 };

#define LOAD(size, where) BPF_STMT(BPF_LD | (size) | BPF_ABS, (where))
/// Goes on if the value is this, else to the label.
#define EXPECT(here, value, label) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (label) - (here) - 1)
/// Goes to the label if the value is this, or has one of these bits.
#define LEAVE(here, test, value, label) BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), (label) - (here) - 1, 0)
#define GO(here, label) BPF_STMT(BPF_JMP | BPF_JA, (label) - (here) - 1)

/// Lets nothing past but an arriving TCP packet, with the length of its IP header in the index register.
static const struct sock_filter head[at_ports] = {
    [0] = LOAD(BPF_W, (uint32_t)(SKF_AD_OFF + SKF_AD_PKTTYPE)),
    [1] = LEAVE(1, BPF_JEQ, PACKET_OUTGOING, at_drop),
    [2] = LOAD(BPF_H, ether_type),
    [3] = EXPECT(3, ETH_P_IP, at_ipv6),
    [4] = LOAD(BPF_B, ipv4_protocol),
    [5] = EXPECT(5, IPPROTO_TCP, at_drop),
    [6] = LOAD(BPF_H, ipv4_fragment),
    [7] = LEAVE(7, BPF_JSET, fragment_offset, at_drop),
    [8] = BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, ip_begin),
    [9] = GO(9, at_ports),
    [at_ipv6] = EXPECT(at_ipv6, ETH_P_IPV6, at_drop),
    [11] = LOAD(BPF_B, ipv6_next_header),
    [12] = EXPECT(12, IPPROTO_TCP, at_drop),
    [13] = BPF_STMT(BPF_LDX | BPF_W | BPF_IMM, ipv6_header_length),
    [14] = GO(14, at_ports),
    [at_drop] = BPF_STMT(BPF_RET | BPF_K, 0),
};

struct program {
    struct sock_filter steps[BPF_MAXINSNS];
    unsigned short length;
};

static void add(struct program *program, struct sock_filter step) { program->steps[program->length++] = step; }

/// Takes the packet if the port at this offset of the TCP header is one of these.
///
/// Each comparison has an end of its own, for a jump reaches only 255 steps.
static void take_ports(struct program *program, uint32_t at, const uint16_t *ports, size_t count) {
    add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_H | BPF_IND, ip_begin + at));
    for (size_t index = 0; index < count; index++) {
        add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ports[index], 0, 1));
        add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, whole_packet));
    }
}

int hkcap_admit(hkcap *capture, const uint16_t *ports, size_t count, hkcap_error *error) {
    if (count > port_limit) return hkcap_failed(error, "setsockopt SO_ATTACH_FILTER", E2BIG);
    struct program program = {.length = 0};
    if (count > 0) {
        memcpy(program.steps, head, sizeof head);
        program.length = at_ports;
        take_ports(&program, tcp_source, ports, count);
        take_ports(&program, tcp_destination, ports, count);
    }
    add(&program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0));
    struct sock_fprog filter = {.len = program.length, .filter = program.steps};
    if (setsockopt(capture->socket, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) != 0)
        return hkcap_failed(error, "setsockopt SO_ATTACH_FILTER", errno);
    return 0;
}
