// Timer descriptors: repeated, absolute by both clocks, their settings as told back, expirations that nobody read.
#define _GNU_SOURCE
#include "seconds.h"
#include <poll.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t expirations(int timer) {
    uint64_t count = 0;
    return read(timer, &count, sizeof count) == sizeof count ? count : 0;
}

static double value_of(struct itimerspec setting) {
    return (double)setting.it_value.tv_sec + (double)setting.it_value.tv_nsec / 1e9;
}

int main(void) {
    double begun = seconds();
    int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec setting = {.it_value = {10, 0}, .it_interval = {5, 0}}, old;
    timerfd_settime(timer, 0, &setting, NULL);
    for (int i = 0; i < 3; i++) tell("repeated", begun, (long)expirations(timer));
    timerfd_gettime(timer, &old);
    printf("left %.3f every %.3f\n", value_of(old), (double)old.it_interval.tv_sec);
    // Nobody reads for three periods.
    sleep_for(16);
    tell("unread", begun, (long)expirations(timer));
    setting = (struct itimerspec){{0, 0}, {0, 0}};
    timerfd_settime(timer, 0, &setting, &old);
    printf("old %.3f\n", value_of(old));
    timerfd_gettime(timer, &old);
    printf("unarmed %.3f\n", value_of(old));

    begun = seconds();
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    setting = (struct itimerspec){.it_value = {now.tv_sec + 50, now.tv_nsec}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &setting, NULL);
    tell("absolute", begun, (long)expirations(timer));

    begun = seconds();
    int wall = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK);
    clock_gettime(CLOCK_REALTIME, &now);
    setting = (struct itimerspec){.it_value = {now.tv_sec + 70, now.tv_nsec}};
    timerfd_settime(wall, TFD_TIMER_ABSTIME, &setting, NULL);
    int group = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN};
    epoll_ctl(group, EPOLL_CTL_ADD, wall, &event);
    long ready = epoll_wait(group, &event, 1, -1);
    tell("epoll", begun, ready + (long)expirations(wall));

    // Closed while armed, it is gone from epoll too: the limit of 100 s ends the wait, not the timer's 20 s.
    begun = seconds();
    setting = (struct itimerspec){.it_value = {20, 0}};
    timerfd_settime(wall, 0, &setting, NULL);
    close(wall);
    tell("closed", begun, epoll_wait(group, &event, 1, 100000));

    // Armed by a copy of the descriptor, and kept by a child when the parent has closed it.
    begun = seconds();
    int copy = dup(timer);
    setting = (struct itimerspec){.it_value = {30, 0}};
    timerfd_settime(copy, 0, &setting, NULL);
    close(copy);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        tell("child", begun, (long)expirations(timer));
        _exit(0);
    }
    close(timer);
    waitpid(child, NULL, 0);
    return 0;
}
