// Blocking socket calls with SO_RCVTIMEO and SO_SNDTIMEO: receiving, accepting, sending; by a copy of the descriptor,
// and as the options are told back.
#define _GNU_SOURCE
#include "seconds.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static void set_limit(int socket, int option, long span) {
    struct timeval limit = {span, 0};
    setsockopt(socket, SOL_SOCKET, option, &limit, sizeof limit);
}

int main(void) {
    int pair[2];
    char bytes[65536];
    memset(bytes, 0, sizeof bytes);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 1;
    set_limit(pair[0], SO_RCVTIMEO, 10);
    struct timeval told = {0, 0};
    socklen_t size = sizeof told;
    getsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &told, &size);
    printf("told %ld %u\n", (long)told.tv_sec, size);

    double begun = seconds();
    long result = recv(pair[0], bytes, 1, 0);
    tell("recv", begun, result == -1 ? errno : result);
    begun = seconds();
    int copy = dup(pair[0]);
    result = read(copy, bytes, 1);
    tell("read", begun, result == -1 ? errno : result);

    set_limit(pair[0], SO_SNDTIMEO, 20);
    begun = seconds();
    do result = send(pair[0], bytes, sizeof bytes, 0);
    while (result > 0);
    tell("send", begun, result == -1 ? errno : result);

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 1);
    set_limit(listener, SO_RCVTIMEO, 30);
    begun = seconds();
    result = accept(listener, NULL, NULL);
    tell("accept", begun, result == -1 ? errno : result);

    set_limit(pair[1], SO_RCVTIMEO, 5);
    set_limit(pair[1], SO_RCVTIMEO, 0);
    getsockopt(pair[1], SOL_SOCKET, SO_RCVTIMEO, &told, &size);
    printf("none %ld\n", (long)told.tv_sec);
    return 0;
}
