// The virtual clock's code in a traced program: what the vDSO's clock functions are turned into.
//
// It is copied to WARP_CODE_ADDRESS in every program, where the shared page lies at WARP_PAGE_ADDRESS. Written in
// assembler, and kept among the constants, because whatever a compiler adds (calls to sanitizers, counters of coverage,
// relocations) would not be there in the program. Every register but rax, rcx, rdx, rsi, rdi, r8 to r11 is kept, as the
// calling convention asks.
#if defined(__linux__) && defined(__x86_64__)
#include "page_layout.h"

    .section .rodata
    .balign 16
    .globl warp_clock_code, warp_clock_gettime_code, warp_gettimeofday_code, warp_time_code, warp_clock_code_end
    .hidden warp_clock_code, warp_clock_gettime_code, warp_gettimeofday_code, warp_time_code, warp_clock_code_end

warp_clock_code:

// int clock_gettime(clockid_t clock, struct timespec *time)
warp_clock_gettime_code:
    cmpl $11, %edi
    ja .Lreal_clock
    movl $1, %eax
    movl %edi, %ecx
    shll %cl, %eax
    movabsq $WARP_PAGE_ADDRESS, %r8
    xorl %r9d, %r9d
    // MONOTONIC 1, MONOTONIC_RAW 4, MONOTONIC_COARSE 6, BOOTTIME 7, BOOTTIME_ALARM 9
    testl $0x2d2, %eax
    jnz .Lread
    // REALTIME 0, REALTIME_COARSE 5, REALTIME_ALARM 8, TAI 11
    testl $0x921, %eax
    jz .Lreal_clock
    movq WARP_PAGE_REALTIME_OFFSET(%r8), %r9
.Lread:
    lock incq WARP_PAGE_READINGS_OFFSET(%r8)
    movslq WARP_PAGE_CREEP_OFFSET(%r8), %rax
    lock xaddq %rax, WARP_PAGE_NOW_OFFSET(%r8)
    addq %r9, %rax
    xorl %edx, %edx
    movl $1000000000, %ecx
    divq %rcx
    movq %rax, (%rsi)
    movq %rdx, 8(%rsi)
    xorl %eax, %eax
    ret
.Lreal_clock:
    movl $228, %eax
    syscall
    ret

// int gettimeofday(struct timeval *time, struct timezone *zone)
warp_gettimeofday_code:
    testq %rdi, %rdi
    jz .Lzone
    movabsq $WARP_PAGE_ADDRESS, %r8
    lock incq WARP_PAGE_READINGS_OFFSET(%r8)
    movslq WARP_PAGE_CREEP_OFFSET(%r8), %rax
    lock xaddq %rax, WARP_PAGE_NOW_OFFSET(%r8)
    addq WARP_PAGE_REALTIME_OFFSET(%r8), %rax
    xorl %edx, %edx
    movl $1000000000, %ecx
    divq %rcx
    movq %rax, (%rdi)
    movl %edx, %eax
    xorl %edx, %edx
    movl $1000, %ecx
    divl %ecx
    movq %rax, 8(%rdi)
.Lzone:
    testq %rsi, %rsi
    jz .Ldone
    movq $0, (%rsi)
.Ldone:
    xorl %eax, %eax
    ret

// time_t time(time_t *time)
warp_time_code:
    movabsq $WARP_PAGE_ADDRESS, %r8
    lock incq WARP_PAGE_READINGS_OFFSET(%r8)
    movslq WARP_PAGE_CREEP_OFFSET(%r8), %rax
    lock xaddq %rax, WARP_PAGE_NOW_OFFSET(%r8)
    addq WARP_PAGE_REALTIME_OFFSET(%r8), %rax
    xorl %edx, %edx
    movl $1000000000, %ecx
    divq %rcx
    testq %rdi, %rdi
    jz .Ltold
    movq %rax, (%rdi)
.Ltold:
    ret

warp_clock_code_end:

    .section .note.GNU-stack, "", @progbits
#endif
