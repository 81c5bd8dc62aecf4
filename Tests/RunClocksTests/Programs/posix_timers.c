// POSIX timers of every kind of notification, once and repeated, their settings as told back, and one that is deleted.
//
// cc -o posix_timers posix_timers.c -lrt -pthread
#define _GNU_SOURCE
#include "seconds.h"
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static double begun;

static void called(union sigval value) {
    tell("thread", begun, value.sival_int);
}

static struct itimerspec after(double first, double period) {
    return (struct itimerspec){
        .it_value = {(time_t)first, (long)((first - (double)(time_t)first) * 1e9)},
        .it_interval = {(time_t)period, (long)((period - (double)(time_t)period) * 1e9)},
    };
}

static void await_signal(const char *what, int number) {
    sigset_t set;
    siginfo_t info;
    sigemptyset(&set);
    sigaddset(&set, number);
    sigwaitinfo(&set, &info);
    tell(what, begun, info.si_code == SI_TIMER ? info.si_value.sival_int : -1);
}

static void *thread_with_timer(void *unused) {
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGUSR2, .sigev_value.sival_int = 3};
    event._sigev_un._tid = (int)syscall(SYS_gettid);
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    struct itimerspec setting = after(40, 0);
    timer_settime(timer, 0, &setting, NULL);
    await_signal("thread-id", SIGUSR2);
    return unused;
}

int main(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    begun = seconds();

    // A signal, first after 10 s and then each 5 s.
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 1};
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    struct itimerspec setting = after(10, 5), old;
    timer_settime(timer, 0, &setting, NULL);
    for (int i = 0; i < 3; i++) await_signal("signal", SIGUSR1);
    timer_gettime(timer, &old);
    printf("left %.3f every %.3f\n", (double)old.it_value.tv_sec + (double)old.it_value.tv_nsec / 1e9,
           (double)old.it_interval.tv_sec);
    setting = after(0, 0);
    timer_settime(timer, 0, &setting, &old);
    printf("old %.3f overrun %d\n", (double)old.it_value.tv_sec + (double)old.it_value.tv_nsec / 1e9,
           timer_getoverrun(timer));
    timer_delete(timer);

    // An absolute time of the wall clock.
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    timer_create(CLOCK_REALTIME, &event, &timer);
    setting = (struct itimerspec){.it_value = {now.tv_sec + 100, now.tv_nsec}};
    timer_settime(timer, TIMER_ABSTIME, &setting, NULL);
    await_signal("absolute", SIGUSR1);
    timer_delete(timer);

    // A function in a thread of its own (glibc makes that of SIGEV_THREAD_ID).
    struct sigevent call = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = called, .sigev_value.sival_int = 2};
    timer_create(CLOCK_MONOTONIC, &call, &timer);
    setting = after(20, 0);
    timer_settime(timer, 0, &setting, NULL);
    sleep_for(30);
    timer_delete(timer);

    // A given thread.
    pthread_t thread;
    pthread_create(&thread, NULL, thread_with_timer, NULL);
    pthread_join(thread, NULL);

    // Nobody is told, and a deleted one never fires.
    struct sigevent none = {.sigev_notify = SIGEV_NONE};
    timer_t silent, deleted;
    timer_create(CLOCK_MONOTONIC, &none, &silent);
    timer_create(CLOCK_MONOTONIC, &event, &deleted);
    setting = after(7, 0);
    timer_settime(silent, 0, &setting, NULL);
    timer_settime(deleted, 0, &setting, NULL);
    timer_delete(deleted);
    sleep_for(8);
    timer_gettime(silent, &old);
    sigset_t pending;
    sigpending(&pending);
    tell("silent", begun, (long)old.it_value.tv_sec + sigismember(&pending, SIGUSR1));
    return 0;
}
