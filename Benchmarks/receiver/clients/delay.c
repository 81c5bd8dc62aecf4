/* Measures how long a receiver takes to answer, as a client sees it.
 *
 *     delay HOST PORT CONNECTIONS ROUNDS SPREAD-SECONDS PATIENCE-SECONDS BODY-FILE
 *
 * Each connection sends ROUNDS requests one after the other; the connections begin evenly spread over SPREAD-SECONDS.
 * A time runs from just before the request is handed to the kernel until the first byte of the answer is in hand; the
 * client never sleeps, so that its own waking up is not in it. Standard output gets one line for each request, in
 * nanoseconds, and `failed` for one that got no whole 200 with a Content-Length. Whatever is not over PATIENCE-SECONDS
 * after the last connection was to begin has failed. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef long long nanoseconds;

struct connection {
    int descriptor;
    int rounds_left;
    /* Before the first request, when that is due; later when the last one went out. */
    nanoseconds began;
    /* Of the answer under way; 0 until its first byte is there. */
    nanoseconds first_byte;
    char answer[4096];
    size_t length;
};

static char request[8192];
static size_t request_length;
static size_t unfinished;

static nanoseconds now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (nanoseconds)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void fail(const char *what) {
    fprintf(stderr, "delay: %s: %s\n", what, strerror(errno));
    exit(1);
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

static void give_up(struct connection *connection) {
    while (connection->rounds_left > 0) {
        connection->rounds_left--;
        printf("failed\n");
    }
    close(connection->descriptor);
    unfinished--;
}

static void ask(struct connection *connection) {
    connection->length = 0;
    connection->first_byte = 0;
    connection->began = now();
    if (send(connection->descriptor, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length)
        give_up(connection);
}

/* 1 when the whole answer is there, 0 when not yet, -1 when it is not the 200 that was asked for. */
static int is_whole(struct connection *connection) {
    connection->answer[connection->length] = 0;
    char *end = strstr(connection->answer, "\r\n\r\n");
    if (end == NULL) return connection->length + 1 < sizeof connection->answer ? 0 : -1;
    if (strncmp(connection->answer, "HTTP/1.1 200", 12) != 0) return -1;
    char *length = strcasestr(connection->answer, "\r\ncontent-length:");
    if (length == NULL || length > end) return -1;
    size_t body = strtoul(length + strlen("\r\ncontent-length:"), NULL, 10);
    return connection->length >= (size_t)(end + 4 - connection->answer) + body;
}

static void receive(struct connection *connection) {
    ssize_t got = recv(connection->descriptor, connection->answer + connection->length,
                       sizeof connection->answer - 1 - connection->length, 0);
    nanoseconds time = now();
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        give_up(connection);
        return;
    }
    if (connection->first_byte == 0) connection->first_byte = time;
    connection->length += (size_t)got;
    int whole = is_whole(connection);
    if (whole < 0) {
        give_up(connection);
    } else if (whole) {
        printf("%lld\n", connection->first_byte - connection->began);
        connection->rounds_left--;
        if (connection->rounds_left > 0) {
            ask(connection);
        } else {
            close(connection->descriptor);
            unfinished--;
        }
    }
}

static void open_connection(struct connection *connection, int poll, const struct sockaddr_in *target) {
    int one = 1;
    connection->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection->descriptor < 0) fail("socket");
    if (connect(connection->descriptor, (const struct sockaddr *)target, sizeof *target) != 0) fail("connect");
    setsockopt(connection->descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(connection->descriptor, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = connection};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, connection->descriptor, &event) != 0) fail("epoll_ctl");
}

int main(int count, char **words) {
    if (count != 8) {
        fprintf(stderr, "usage: delay HOST PORT CONNECTIONS ROUNDS SPREAD-SECONDS PATIENCE-SECONDS BODY-FILE\n");
        return 2;
    }
    size_t wanted = strtoul(words[3], NULL, 10);
    nanoseconds spread = (nanoseconds)(atof(words[5]) * 1e9);
    nanoseconds patience = (nanoseconds)(atof(words[6]) * 1e9);
    struct sockaddr_in target = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(words[2]))};
    if (inet_pton(AF_INET, words[1], &target.sin_addr) != 1) fail("an address is not understood");
    make_request(words[1], words[2], words[7]);
    struct connection *connections = calloc(wanted, sizeof *connections);
    int poll = epoll_create1(EPOLL_CLOEXEC);
    if (connections == NULL || poll < 0) fail("cannot begin");
    for (size_t index = 0; index < wanted; index++) open_connection(&connections[index], poll, &target);

    nanoseconds began = now();
    for (size_t index = 0; index < wanted; index++) {
        connections[index].rounds_left = atoi(words[4]);
        connections[index].began = began + spread * (nanoseconds)index / (nanoseconds)wanted;
    }
    unfinished = wanted;
    size_t next = 0;
    struct epoll_event events[64];
    while (unfinished > 0) {
        int found = epoll_wait(poll, events, 64, 0);
        for (int index = 0; index < found; index++) {
            struct connection *connection = events[index].data.ptr;
            if (connection->rounds_left > 0) receive(connection);
        }
        nanoseconds time = now();
        if (next < wanted && time >= connections[next].began) {
            struct connection *due = &connections[next++];
            if (due->rounds_left > 0) ask(due);
        }
        if (time - began < spread + patience) continue;
        for (size_t index = 0; index < wanted; index++)
            if (connections[index].rounds_left > 0) give_up(&connections[index]);
    }
    return 0;
}
