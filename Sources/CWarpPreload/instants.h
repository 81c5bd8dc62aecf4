/// Arithmetic of time in nanoseconds that cannot overflow, whatever a program passes.
#pragma once
#include "headers.h"

static const int64_t nanoseconds_per_second = 1000000000;

/// Later than any deadline that will ever come: about 146 years.
static const int64_t never = INT64_MAX / 2;

static inline bool is_valid_time(const struct timespec *time)
{
    return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < nanoseconds_per_second;
}

static inline int64_t nanoseconds(const struct timespec *time)
{
    if (time->tv_sec >= never / nanoseconds_per_second) {
        return never;
    }
    if (time->tv_sec < 0) {
        return 0;
    }
    return time->tv_sec * nanoseconds_per_second + time->tv_nsec;
}

static inline struct timespec timespec_of(int64_t nanoseconds)
{
    if (nanoseconds < 0) {
        nanoseconds = 0;
    }
    return (struct timespec){
        .tv_sec = nanoseconds / nanoseconds_per_second, .tv_nsec = nanoseconds % nanoseconds_per_second};
}

static inline struct timeval timeval_of(int64_t nanoseconds)
{
    struct timespec time = timespec_of(nanoseconds);
    return (struct timeval){.tv_sec = time.tv_sec, .tv_usec = time.tv_nsec / 1000};
}

static inline int64_t later(int64_t instant, int64_t duration)
{
    return duration >= never - instant ? never : instant + duration;
}
