#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "socket_diagnosis.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <string.h>
#include <unistd.h>

/// States of the kernel's include/net/tcp_states.h.
enum { tcp_established = 1, tcp_close_wait = 8 };

/// Acts on the caller's thread alone: the netlink socket is made for each question, which costs a few microseconds and
/// leaves nothing open.
struct question {
    struct nlmsghdr header;
    struct inet_diag_req_v2 request;
};

static bool set_end(const struct sockaddr_storage *address, __be16 *port, __be32 *words) {
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)address;
        *port = ipv4->sin_port;
        words[0] = ipv4->sin_addr.s_addr;
        return true;
    }
    if (address->ss_family == AF_INET6) {
        const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)address;
        *port = ipv6->sin6_port;
        memcpy(words, &ipv6->sin6_addr, 16);
        return true;
    }
    return false;
}

static void read_info(const struct tcp_info *info, struct tcp_state *state) {
    state->state = info->tcpi_state;
    state->sent = info->tcpi_bytes_sent - info->tcpi_bytes_retrans;
    state->received = info->tcpi_bytes_received;
    state->unacknowledged = info->tcpi_unacked;
    state->unsent = info->tcpi_notsent_bytes;
    state->window = info->tcpi_snd_wnd;
    state->sent_ago = info->tcpi_last_data_sent;
    state->received_ago = info->tcpi_last_data_recv;
}

/// Reads one answer; the attributes after the message carry the tcp_info, cut short on older kernels.
static bool read_answer(const char *answer, size_t length, struct tcp_state *state) {
    const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
    if (!NLMSG_OK(header, length) || header->nlmsg_type != SOCK_DIAG_BY_FAMILY) return false;
    if (header->nlmsg_len < NLMSG_LENGTH(sizeof(struct inet_diag_msg))) return false;
    const struct inet_diag_msg *message = NLMSG_DATA(header);
    struct tcp_info info = {0};
    size_t rest = header->nlmsg_len - NLMSG_LENGTH(sizeof *message);
    for (const struct rtattr *attribute = (const struct rtattr *)(message + 1); RTA_OK(attribute, rest);
         attribute = RTA_NEXT(attribute, rest)) {
        if (attribute->rta_type != INET_DIAG_INFO) continue;
        size_t size = RTA_PAYLOAD(attribute);
        memcpy(&info, RTA_DATA(attribute), size < sizeof info ? size : sizeof info);
    }
    read_info(&info, state);
    state->state = message->idiag_state;
    state->inode = message->idiag_inode;
    return true;
}

static bool ask(const struct question *question, struct tcp_state *state) {
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (netlink < 0) return false;
    bool is_found = false;
    if (send(netlink, question, sizeof *question, 0) == (ssize_t)sizeof *question) {
        _Alignas(struct nlmsghdr) char answer[4096];
        // The kernel answers an exact question before send returns.
        ssize_t length = recv(netlink, answer, sizeof answer, MSG_DONTWAIT);
        is_found = length > 0 && read_answer(answer, (size_t)length, state);
    }
    close(netlink);
    return is_found;
}

static struct question question_for(int family) {
    struct question question = {
        .header = {.nlmsg_len = sizeof question, .nlmsg_type = SOCK_DIAG_BY_FAMILY, .nlmsg_flags = NLM_F_REQUEST},
        .request = {.sdiag_family = (uint8_t)family, .sdiag_protocol = IPPROTO_TCP, .idiag_states = UINT32_MAX},
    };
    question.request.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
    question.request.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    return question;
}

bool socket_ends_of(int fd, struct socket_ends *ends) {
    *ends = (struct socket_ends){0};
    socklen_t own = sizeof ends->own, other = sizeof ends->other;
    return getsockname(fd, (struct sockaddr *)&ends->own, &own) == 0
        && getpeername(fd, (struct sockaddr *)&ends->other, &other) == 0
        && (ends->own.ss_family == AF_INET || ends->own.ss_family == AF_INET6);
}

struct socket_ends socket_ends_reversed(const struct socket_ends *ends) {
    return (struct socket_ends){.own = ends->other, .other = ends->own};
}

bool tcp_state_of(int fd, struct tcp_state *state) {
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return false;
    *state = (struct tcp_state){0};
    read_info(&info, state);
    return true;
}

bool tcp_state_find(const struct socket_ends *ends, struct tcp_state *state) {
    *state = (struct tcp_state){0};
    struct question question = question_for(ends->own.ss_family);
    question.request.idiag_ext = 1 << (INET_DIAG_INFO - 1);
    struct inet_diag_sockid *id = &question.request.id;
    return set_end(&ends->own, &id->idiag_sport, id->idiag_src)
        && set_end(&ends->other, &id->idiag_dport, id->idiag_dst) && ask(&question, state);
}

uint32_t server_inode(const struct sockaddr_storage *address, int protocol) {
    struct question question = question_for(address->ss_family);
    question.request.sdiag_protocol = (uint8_t)protocol;
    struct inet_diag_sockid *id = &question.request.id;
    struct tcp_state state = {0};
    // For UDP the kernel takes the two ends the other way round (net/ipv4/udp_diag.c says: for historical reasons).
    bool is_set = protocol == IPPROTO_UDP ? set_end(address, &id->idiag_dport, id->idiag_dst)
                                          : set_end(address, &id->idiag_sport, id->idiag_src);
    return is_set && ask(&question, &state) ? state.inode : 0;
}

void plain_address(struct sockaddr_storage *address) {
    struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)address;
    struct sockaddr_in *ipv4 = (struct sockaddr_in *)address;
    if (address->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&ipv6->sin6_addr)) {
        struct sockaddr_in mapped = {.sin_family = AF_INET, .sin_port = ipv6->sin6_port};
        memcpy(&mapped.sin_addr, &ipv6->sin6_addr.s6_addr[12], sizeof mapped.sin_addr);
        *address = (struct sockaddr_storage){0};
        *ipv4 = mapped;
    }
    if (address->ss_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&ipv6->sin6_addr)) ipv6->sin6_addr = in6addr_loopback;
    if (address->ss_family == AF_INET && ipv4->sin_addr.s_addr == htonl(INADDR_ANY))
        ipv4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

/// Whether what `sender` wrote has not all arrived at `receiver`.
///
/// A sender that has everything acknowledged and whose receiver takes no more (a closed window: the receiver does not
/// read) is not about to send. The receiver's count has one more for a FIN, hence no test for equality.
static bool is_under_way(const struct tcp_state *sender, const struct tcp_state *receiver) {
    if (sender->sent > receiver->received) return true;
    return sender->unsent > 0 && (sender->unacknowledged > 0 || sender->window > 0);
}

static bool carries_bytes(const struct tcp_state *end) {
    return end->state == tcp_established || end->state == tcp_close_wait;
}

bool tcp_bytes_between(const struct tcp_state *one, const struct tcp_state *other) {
    return (carries_bytes(one) && is_under_way(one, other)) || (carries_bytes(other) && is_under_way(other, one));
}
#endif
