// The replacement of the vDSO's clock: machine code that is copied into programs. See trace_clock_code.S.
#pragma once
#include <stdint.h>

extern const unsigned char warp_clock_code[];
extern const unsigned char warp_clock_gettime_code[];
extern const unsigned char warp_gettimeofday_code[];
extern const unsigned char warp_time_code[];
extern const unsigned char warp_clock_code_end[];
