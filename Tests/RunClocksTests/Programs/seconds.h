// What the programs here share: time spans as they see them.
#pragma once
#include <stdio.h>
#include <time.h>

/// CLOCK_MONOTONIC in seconds.
static inline double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// Prints a line such as "poll 30.000 0": what was done, how long it took in seconds, and what it came to.
static inline void tell(const char *what, double since, long result) {
    printf("%s %.3f %ld\n", what, seconds() - since, result);
    fflush(stdout);
}

/// Sleeps, whatever signals come.
static inline void sleep_for(double span) {
    struct timespec time = {(time_t)span, (long)((span - (double)(time_t)span) * 1e9)};
    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &time) != 0) {
    }
}
