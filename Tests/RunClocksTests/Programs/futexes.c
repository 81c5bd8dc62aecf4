// Waits on futexes with a limit, by the system calls themselves; and the condition variables and locks that are made of
// them.
#define _GNU_SOURCE
#include "seconds.h"
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif
#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

struct waiter {
    uint64_t value;
    uint64_t address;
    uint32_t flags;
    uint32_t reserved;
};

static uint32_t word;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct timespec in(double span, clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    time.tv_sec += (time_t)span;
    return time;
}

static void futex(const char *what, int operation, struct timespec limit) {
    double begun = seconds();
    long result = syscall(SYS_futex, &word, operation, word, &limit, NULL, FUTEX_BITSET_MATCH_ANY);
    tell(what, begun, result == -1 ? errno : result);
}

/// Holds what the others try to lock.
static void *hold(void *unused) {
    pthread_mutex_lock(&lock);
    word = (uint32_t)syscall(SYS_gettid);
    sleep_for(1000);
    return unused;
}

int main(void) {
    futex("wait", FUTEX_WAIT, (struct timespec){10, 0});
    futex("wait-bitset", FUTEX_WAIT_BITSET, in(20, CLOCK_MONOTONIC));
    futex("wait-bitset-realtime", FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, in(30, CLOCK_REALTIME));
    futex("past", FUTEX_WAIT_BITSET, (struct timespec){1, 0});

    struct waiter waiter = {.address = (uintptr_t)&word, .flags = 2};
    struct timespec limit = in(15, CLOCK_MONOTONIC);
    double begun = seconds();
    long result = syscall(SYS_futex_waitv, &waiter, 1, 0, &limit, CLOCK_MONOTONIC);
    tell("waitv", begun, result == -1 ? errno : result);

    pthread_t holder;
    pthread_create(&holder, NULL, hold, NULL);
    sleep_for(1);
    futex("lock-pi", FUTEX_LOCK_PI, in(12, CLOCK_REALTIME));
    futex("lock-pi2", FUTEX_LOCK_PI2, in(13, CLOCK_MONOTONIC));

    begun = seconds();
    limit = in(11, CLOCK_REALTIME);
    tell("mutex", begun, pthread_mutex_timedlock(&lock, &limit));

    pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    pthread_mutex_lock(&own);
    begun = seconds();
    limit = in(14, CLOCK_REALTIME);
    tell("condition", begun, pthread_cond_timedwait(&condition, &own, &limit));
    begun = seconds();
    limit = in(16, CLOCK_MONOTONIC);
    tell("condition-monotonic", begun, pthread_cond_clockwait(&condition, &own, CLOCK_MONOTONIC, &limit));

    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    begun = seconds();
    limit = in(17, CLOCK_REALTIME);
    result = sem_timedwait(&semaphore, &limit);
    tell("semaphore", begun, result == -1 ? errno : result);
    return 0;
}
