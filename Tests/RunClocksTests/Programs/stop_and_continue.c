// Processes that are stopped and continued in the midst of a wait: the wait keeps its deadline, and is over at once
// when that passed while the process stood still.
#define _GNU_SOURCE
#include "seconds.h"
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void wait_ten_seconds(const char *how) {
    double begun = seconds();
    int word = 0;
    struct timespec span = {10, 0};
    long result = 0;
    if (strcmp(how, "nanosleep") == 0) result = nanosleep(&span, NULL);
    if (strcmp(how, "poll") == 0) result = poll(NULL, 0, 10000);
    if (strcmp(how, "futex") == 0) result = syscall(SYS_futex, &word, FUTEX_WAIT, 0, &span, NULL, 0);
    tell(how, begun, result);
}

/// Stops a process that waits for ten seconds, after two, and continues it after `until`.
static void try(const char *how, double until, int number) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        wait_ten_seconds(how);
        _exit(0);
    }
    sleep_for(2);
    kill(child, number);
    sleep_for(until - 2);
    kill(child, SIGCONT);
    waitpid(child, NULL, 0);
}

int main(void) {
    const char *const ways[] = {"nanosleep", "poll", "futex"};
    for (int i = 0; i < 3; i++) {
        try(ways[i], 5, SIGSTOP);
        try(ways[i], 30, SIGSTOP);
    }
    return 0;
}
