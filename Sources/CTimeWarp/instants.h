// Instants and spans in nanoseconds that saturate instead of overflowing: programs pass any value.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/time.h>
#include <time.h>

#define NANOSECONDS INT64_C(1000000000)

/// A deadline that never comes.
static const int64_t NEVER = INT64_MAX;

static inline int64_t saturating_add(int64_t left, int64_t right) {
    int64_t sum;
    if (__builtin_add_overflow(left, right, &sum)) return right > 0 ? INT64_MAX : INT64_MIN;
    return sum;
}

static inline int64_t saturating_subtract(int64_t left, int64_t right) {
    int64_t difference;
    if (__builtin_sub_overflow(left, right, &difference)) return right < 0 ? INT64_MAX : INT64_MIN;
    return difference;
}

/// What the kernel takes for a time: no negative seconds, nanoseconds below a second.
static inline bool is_valid_timespec(const struct timespec *time) {
    return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < NANOSECONDS;
}

/// Nanoseconds of a valid time; `NEVER` for one that is beyond them.
static inline int64_t timespec_nanoseconds(const struct timespec *time) {
    int64_t seconds;
    if (__builtin_mul_overflow((int64_t)time->tv_sec, (int64_t)NANOSECONDS, &seconds)) return NEVER;
    return saturating_add(seconds, time->tv_nsec);
}

static inline struct timespec timespec_of(int64_t nanoseconds) {
    return (struct timespec){.tv_sec = nanoseconds / NANOSECONDS, .tv_nsec = nanoseconds % NANOSECONDS};
}

static inline struct timeval timeval_of(int64_t nanoseconds) {
    return (struct timeval){.tv_sec = nanoseconds / NANOSECONDS, .tv_usec = nanoseconds % NANOSECONDS / 1000};
}

/// The host's own CLOCK_MONOTONIC, ns.
static inline int64_t real_now(void) {
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return timespec_nanoseconds(&time);
}
