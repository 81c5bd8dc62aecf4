// The few things that the trace engine needs of the vDSO, the small library that the kernel maps into every program.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vdso_image {
    /// Where it lies in the program; the rest are addresses there too. 0 for a function it does not have.
    uint64_t base;
    uint64_t clock_gettime;
    uint64_t gettimeofday;
    uint64_t time;
    /// A `syscall` instruction.
    uint64_t call_gate;
};

/// Reads the vDSO of a stopped program. Returns false when it has none, or one that is not understood.
bool vdso_image_read(int32_t pid, struct vdso_image *image);

/// Where the program's auxiliary vector says that the vDSO is; 0 when nowhere.
uint64_t vdso_address(int32_t pid);
