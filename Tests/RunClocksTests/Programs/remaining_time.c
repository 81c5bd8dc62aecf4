// The time that was left: select, pselect6 and ppoll tell it by the system call itself, nanosleep when a signal ends
// it.
#define _GNU_SOURCE
#include "seconds.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

static int ends[2];

static void *write_later(void *span) {
    sleep_for(*(double *)span);
    if (write(ends[1], "x", 1) != 1) _exit(1);
    return NULL;
}

static void drain(pthread_t thread) {
    char byte;
    pthread_join(thread, NULL);
    if (read(ends[0], &byte, 1) != 1) _exit(1);
}

static void nothing(int number) {
    (void)number;
}

int main(void) {
    double span = 2;
    pthread_t thread;
    fd_set set;
    if (pipe(ends) != 0) return 1;

    pthread_create(&thread, NULL, write_later, &span);
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    struct timeval limit = {10, 0};
    double begun = seconds();
    long result = syscall(SYS_select, ends[0] + 1, &set, NULL, NULL, &limit);
    tell("select", begun, result);
    printf("left %.3f\n", (double)limit.tv_sec + (double)limit.tv_usec / 1e6);
    drain(thread);

    pthread_create(&thread, NULL, write_later, &span);
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    struct timespec precise = {10, 0};
    begun = seconds();
    result = syscall(SYS_pselect6, ends[0] + 1, &set, NULL, NULL, &precise, NULL);
    tell("pselect6", begun, result);
    printf("left %.3f\n", (double)precise.tv_sec + (double)precise.tv_nsec / 1e9);
    drain(thread);

    pthread_create(&thread, NULL, write_later, &span);
    struct pollfd polled = {.fd = ends[0], .events = POLLIN};
    precise = (struct timespec){10, 0};
    begun = seconds();
    result = syscall(SYS_ppoll, &polled, 1, &precise, NULL, 8);
    tell("ppoll", begun, result);
    printf("left %.3f\n", (double)precise.tv_sec + (double)precise.tv_nsec / 1e9);
    drain(thread);

    // The limit passes: nothing is left, and the set is empty.
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    limit = (struct timeval){7, 500000};
    begun = seconds();
    result = syscall(SYS_select, ends[0] + 1, &set, NULL, NULL, &limit);
    tell("passed", begun, result + FD_ISSET(ends[0], &set));
    printf("left %.3f\n", (double)limit.tv_sec + (double)limit.tv_usec / 1e6);

    // A signal with a handler ends a sleep.
    struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &action, NULL);
    alarm(3);
    precise = (struct timespec){10, 0};
    struct timespec left = {0, 0};
    begun = seconds();
    result = nanosleep(&precise, &left);
    tell("nanosleep", begun, result == -1 ? errno : 0);
    printf("left %.3f\n", (double)left.tv_sec + (double)left.tv_nsec / 1e9);

    alarm(3);
    begun = seconds();
    result = clock_nanosleep(CLOCK_MONOTONIC, 0, &precise, &left);
    tell("clock_nanosleep", begun, result);
    printf("left %.3f\n", (double)left.tv_sec + (double)left.tv_nsec / 1e9);
    return 0;
}
