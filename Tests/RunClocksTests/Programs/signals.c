// Signals in the midst of waits: one with a handler ends the wait early, one that is ignored does not, and a wait that
// is repeated after a handler gets its whole limit anew.
#define _GNU_SOURCE
#include "seconds.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_t first;

static void nothing(int number) {
    (void)number;
}

static void *signal_later(void *number) {
    sleep_for(3);
    pthread_kill(first, *(int *)number);
    return NULL;
}

static void *sleep_long(void *unused) {
    sleep_for(1000);
    return unused;
}

static void poll_with(const char *what, int number) {
    pthread_t thread;
    pthread_create(&thread, NULL, signal_later, &number);
    double begun = seconds();
    long result = poll(NULL, 0, 10000);
    tell(what, begun, result == -1 ? errno : result);
    if (result == -1) {
        begun = seconds();
        tell("again", begun, poll(NULL, 0, 10000));
    }
    pthread_join(thread, NULL);
}

int main(void) {
    first = pthread_self();
    struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &action, NULL);
    signal(SIGUSR2, SIG_IGN);
    poll_with("handled", SIGUSR1);
    poll_with("ignored", SIGUSR2);
    poll_with("by-default-ignored", SIGWINCH);

    // The end of a child, which nobody handles, in the midst of epoll_wait.
    if (fork() == 0) {
        sleep_for(4);
        _exit(0);
    }
    int group = epoll_create1(0);
    struct epoll_event event;
    double begun = seconds();
    long result = epoll_wait(group, &event, 1, 10000);
    tell("child", begun, result == -1 ? errno : result);
    wait(NULL);

    // A thread that is cancelled in its sleep, and a program that ends while a thread sleeps.
    pthread_t thread;
    pthread_create(&thread, NULL, sleep_long, NULL);
    sleep_for(5);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    pthread_create(&thread, NULL, sleep_long, NULL);
    sleep_for(5);
    tell("ended", begun, 0);
    return 0;
}
