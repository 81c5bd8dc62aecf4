/* Opens many connections at once, sends one request on each and leaves them open.
 *
 *     hold HOST PORT COUNT SOURCE SECONDS BODY-FILE
 *
 * Every connection comes from the loopback address SOURCE, so that several of these programs never share a range of
 * ports. Standard output gets one line of JSON when all connections are there or failed, and a second one SECONDS
 * later; then everything is held until standard input ends, and closed. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTING, SENT, ANSWERED, CLOSED, FAILED };

struct connection {
    int descriptor;
    unsigned char state;
};

static struct connection *connections;
static size_t counts[5];
static char request[8192];
static size_t request_length;
/* How long connecting may take altogether: the kernel repeats a lost SYN after 1, 3, 7 and 15 s. */
static const double connect_patience = 60;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what) {
    fprintf(stderr, "hold: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void move(struct connection *connection, unsigned char state) {
    counts[connection->state]--;
    connection->state = state;
    counts[state]++;
    if (state == CLOSED || state == FAILED) close(connection->descriptor);
}

static void make_request(const char *host, const char *port, const char *path) {
    static char body[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail(path);
    size_t length = fread(body, 1, sizeof body, file);
    fclose(file);
    int head = snprintf(request, sizeof request,
                        "POST /hook HTTP/1.1\r\nHost: %s:%s\r\nContent-Type: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        host, port, length);
    memcpy(request + head, body, length);
    request_length = (size_t)head + length;
}

static void begin(struct connection *connection, int poll, const struct sockaddr_in *source,
                  const struct sockaddr_in *target) {
    int one = 1;
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    connection->descriptor = descriptor;
    connection->state = CONNECTING;
    counts[CONNECTING]++;
    if (descriptor < 0) {
        move(connection, FAILED);
        return;
    }
    setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = connection};
    if (bind(descriptor, (const struct sockaddr *)source, sizeof *source) != 0
        || (connect(descriptor, (const struct sockaddr *)target, sizeof *target) != 0 && errno != EINPROGRESS)
        || epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) != 0)
        move(connection, FAILED);
}

static void advance(struct connection *connection, int poll, unsigned events) {
    if (connection->state == CONNECTING) {
        /* A fresh socket's buffer takes a whole request, so a short write is a failure too. */
        if ((events & (EPOLLERR | EPOLLHUP)) != 0
            || send(connection->descriptor, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length) {
            move(connection, FAILED);
            return;
        }
        struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = connection};
        epoll_ctl(poll, EPOLL_CTL_MOD, connection->descriptor, &event);
        move(connection, SENT);
        return;
    }
    char answer[4096];
    ssize_t got = recv(connection->descriptor, answer, sizeof answer, 0);
    if (got > 0)
        move(connection, ANSWERED);
    else if (got == 0 || errno != EAGAIN)
        move(connection, CLOSED);
}

/* Serves events until `deadline`, or until nothing is connecting any more. */
static void serve(int poll, double deadline, int until_connected) {
    struct epoll_event events[1024];
    for (double left = deadline - now(); left > 0; left = deadline - now()) {
        if (until_connected && counts[CONNECTING] == 0) return;
        int wait = left > 0.1 ? 100 : (int)(left * 1000) + 1;
        int found = epoll_wait(poll, events, 1024, wait);
        for (int index = 0; index < found; index++)
            advance(events[index].data.ptr, poll, events[index].events);
    }
}

static void tell(double began) {
    printf("{\"seconds\": %.6f, \"connecting\": %zu, \"open\": %zu, ", now() - began, counts[CONNECTING], counts[SENT]);
    printf("\"answered\": %zu, \"closed\": %zu, \"failed\": %zu}\n", counts[ANSWERED], counts[CLOSED], counts[FAILED]);
    fflush(stdout);
}

int main(int count, char **words) {
    if (count != 7) {
        fprintf(stderr, "usage: hold HOST PORT COUNT SOURCE SECONDS BODY-FILE\n");
        return 2;
    }
    size_t wanted = strtoul(words[3], NULL, 10);
    struct sockaddr_in target = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(words[2]))};
    struct sockaddr_in source = {.sin_family = AF_INET};
    if (inet_pton(AF_INET, words[1], &target.sin_addr) != 1 || inet_pton(AF_INET, words[4], &source.sin_addr) != 1)
        fail("an address is not understood");
    make_request(words[1], words[2], words[6]);
    connections = calloc(wanted, sizeof *connections);
    int poll = epoll_create1(EPOLL_CLOEXEC);
    if (connections == NULL || poll < 0) fail("cannot begin");

    double began = now();
    for (size_t index = 0; index < wanted; index++) begin(&connections[index], poll, &source, &target);
    serve(poll, began + connect_patience, 1);
    tell(began);
    serve(poll, now() + atof(words[5]), 0);
    tell(began);

    /* Whoever started this may have something to measure meanwhile. */
    char ignored[64];
    while (read(STDIN_FILENO, ignored, sizeof ignored) > 0) continue;
    return 0;
}
