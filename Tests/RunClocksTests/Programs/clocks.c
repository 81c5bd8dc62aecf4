// Every clock there is: which of them move with a sleep of an hour, and that none ever stands still or goes back.
#define _GNU_SOURCE
#include "seconds.h"
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

static double read_clock(clockid_t clock, int by_kernel) {
    struct timespec time = {0, 0};
    if (by_kernel) syscall(SYS_clock_gettime, clock, &time);
    else clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double of_day(void) {
    struct timeval time;
    gettimeofday(&time, NULL);
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(void) {
    enum { clocks = 12 };
    double before[clocks][2];
    for (int i = 0; i < clocks; i++)
        for (int way = 0; way < 2; way++) before[i][way] = read_clock(i, way);
    double day = of_day();
    time_t plain = time(NULL);
    sleep_for(3600);
    // 10 is no clock.
    for (int i = 0; i < clocks; i++) {
        if (i == 10) continue;
        printf("clock %d %.3f %.3f\n", i, read_clock(i, 0) - before[i][0], read_clock(i, 1) - before[i][1]);
    }
    printf("gettimeofday %.3f\n", of_day() - day);
    printf("time %ld\n", (long)(time(NULL) - plain));

    struct timespec last = {0, 0}, now;
    int backwards = 0;
    for (int i = 0; i < 100000; i++) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec < last.tv_sec || (now.tv_sec == last.tv_sec && now.tv_nsec <= last.tv_nsec)) backwards++;
        last = now;
    }
    printf("backwards %d\n", backwards);
    return 0;
}
