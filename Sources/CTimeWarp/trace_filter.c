#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <time.h>

#ifndef SYS_futex_wait
#define SYS_futex_wait 455
#endif

// Each rule reads: unless the call is this one, skip the rule; unless its arguments matter, allow; else stop the
// thread. Calls that no rule is about are known to the kernel as always allowed (since Linux 5.11) and do not even run
// the program.

enum { most_instructions = 512 };

struct program {
    struct sock_filter code[most_instructions];
    size_t length;
};

/// A rule in the making: where its first instruction is, whose "no" leads to the next rule.
struct rule {
    size_t first;
};

static void emit(struct program *program, uint16_t code, uint32_t operand, uint8_t if_true, uint8_t if_false) {
    if (program->length >= most_instructions) return;
    program->code[program->length++] = (struct sock_filter){.code = code, .k = operand, .jt = if_true, .jf = if_false};
}

static void load(struct program *program, size_t offset) {
    emit(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/// The lower half of an argument; ints and the like have nothing else.
static void load_argument(struct program *program, int index) {
    load(program, offsetof(struct seccomp_data, args) + (size_t)index * sizeof(uint64_t));
}

static void load_argument_above(struct program *program, int index) {
    load(program, offsetof(struct seccomp_data, args) + (size_t)index * sizeof(uint64_t) + sizeof(uint32_t));
}

static void answer(struct program *program, uint32_t action) {
    emit(program, BPF_RET | BPF_K, action, 0, 0);
}

static void allow_if(struct program *program, uint16_t test, uint32_t operand) {
    emit(program, BPF_JMP | test | BPF_K, operand, 0, 1);
    answer(program, SECCOMP_RET_ALLOW);
}

static struct rule begin(struct program *program, long call) {
    struct rule rule = {.first = program->length};
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 0);
    return rule;
}

static void end(struct program *program, struct rule rule, uint32_t action) {
    answer(program, action);
    program->code[rule.first].jf = (uint8_t)(program->length - rule.first - 1);
}

static void stop_always(struct program *program, long call) {
    end(program, begin(program, call), SECCOMP_RET_TRACE);
}

/// For limits in milliseconds, where zero does not wait and below zero is for ever.
static void stop_if_positive(struct program *program, long call, int argument) {
    struct rule rule = begin(program, call);
    load_argument(program, argument);
    allow_if(program, BPF_JEQ, 0);
    allow_if(program, BPF_JGE, UINT32_C(0x80000000));
    end(program, rule, SECCOMP_RET_TRACE);
}

/// For limits behind a pointer: stops unless all of it is zero.
static void end_with_pointer(struct program *program, struct rule rule, int argument) {
    load_argument(program, argument);
    // Not zero below: two instructions on, at the stop.
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
    load_argument_above(program, argument);
    allow_if(program, BPF_JEQ, 0);
    end(program, rule, SECCOMP_RET_TRACE);
}

static void stop_if_pointer(struct program *program, long call, int argument) {
    end_with_pointer(program, begin(program, call), argument);
}

/// Only the operations whose fourth argument is a limit.
static void add_futex(struct program *program) {
    static const uint32_t waits[] = {FUTEX_WAIT, FUTEX_WAIT_BITSET, FUTEX_LOCK_PI, FUTEX_WAIT_REQUEUE_PI,
                                     FUTEX_LOCK_PI2};
    enum { count = sizeof waits / sizeof *waits };
    struct rule rule = begin(program, SYS_futex);
    load_argument(program, 1);
    emit(program, BPF_ALU | BPF_AND | BPF_K, FUTEX_CMD_MASK, 0, 0);
    for (uint8_t i = 0; i < count; i++)
        emit(program, BPF_JMP | BPF_JEQ | BPF_K, waits[i], (uint8_t)(count - i), 0);
    answer(program, SECCOMP_RET_ALLOW);
    end_with_pointer(program, rule, 3);
}

/// CPU clocks are real: 2 and 3, negative ones, and whatever a newer kernel has above 11.
static void add_clock_gettime(struct program *program) {
    struct rule rule = begin(program, SYS_clock_gettime);
    load_argument(program, 0);
    allow_if(program, BPF_JGT, CLOCK_TAI);
    allow_if(program, BPF_JEQ, CLOCK_PROCESS_CPUTIME_ID);
    allow_if(program, BPF_JEQ, CLOCK_THREAD_CPUTIME_ID);
    allow_if(program, BPF_JEQ, 10);
    end(program, rule, SECCOMP_RET_TRACE);
}

/// SO_RCVTIMEO and SO_SNDTIMEO, in their old and their new numbering.
static void add_socket_option(struct program *program, long call) {
    static const uint32_t limits[] = {20, 21, 66, 67};
    enum { count = sizeof limits / sizeof *limits };
    struct rule rule = begin(program, call);
    load_argument(program, 1);
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, SOL_SOCKET, 1, 0);
    answer(program, SECCOMP_RET_ALLOW);
    load_argument(program, 2);
    for (uint8_t i = 0; i < count; i++)
        emit(program, BPF_JMP | BPF_JEQ | BPF_K, limits[i], (uint8_t)(count - i), 0);
    answer(program, SECCOMP_RET_ALLOW);
    end(program, rule, SECCOMP_RET_TRACE);
}

static void add_waits(struct program *program) {
    add_futex(program);
    stop_if_positive(program, SYS_epoll_wait, 3);
    stop_if_positive(program, SYS_epoll_pwait, 3);
    stop_if_positive(program, SYS_poll, 2);
    stop_if_pointer(program, SYS_ppoll, 2);
    stop_if_pointer(program, SYS_select, 4);
    stop_if_pointer(program, SYS_pselect6, 4);
    stop_if_pointer(program, SYS_epoll_pwait2, 3);
    stop_if_pointer(program, SYS_rt_sigtimedwait, 2);
    stop_if_pointer(program, SYS_semtimedop, 3);
    stop_if_pointer(program, SYS_mq_timedsend, 4);
    stop_if_pointer(program, SYS_mq_timedreceive, 4);
    stop_if_pointer(program, SYS_io_getevents, 4);
    stop_if_pointer(program, SYS_io_pgetevents, 4);
    stop_if_pointer(program, SYS_futex_waitv, 3);
    stop_if_pointer(program, SYS_futex_wait, 4);
}

static void add_others(struct program *program) {
    static const long calls[] = {
        SYS_nanosleep,       SYS_clock_nanosleep,  SYS_gettimeofday,     SYS_time,
        SYS_timerfd_create,  SYS_timerfd_settime,  SYS_timerfd_gettime,  SYS_setitimer,
        SYS_getitimer,       SYS_alarm,            SYS_timer_create,     SYS_timer_settime,
        SYS_timer_gettime,   SYS_timer_getoverrun, SYS_timer_delete,     SYS_connect,
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) stop_always(program, calls[i]);
    add_socket_option(program, SYS_setsockopt);
    add_socket_option(program, SYS_getsockopt);
    // Its waits would be in a ring that nobody outside can see. Libraries fall back to epoll.
    end(program, begin(program, SYS_io_uring_setup), SECCOMP_RET_ERRNO | ENOSYS);
}

static void build(struct program *program) {
    program->length = 0;
    load(program, offsetof(struct seccomp_data, arch));
    // Calls of 32-bit code have other numbers. Programs that are 32-bit as a whole are refused when they come up.
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0);
    answer(program, SECCOMP_RET_ALLOW);
    load(program, offsetof(struct seccomp_data, nr));
    add_clock_gettime(program);
    add_waits(program);
    add_others(program);
    answer(program, SECCOMP_RET_ALLOW);
}

int trace_install_filter(void) {
    struct program program;
    build(&program);
    struct sock_fprog filter = {.len = (unsigned short)program.length, .filter = program.code};
    // Without privileges a filter may be installed only by a process that gives up gaining any.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0 ? -errno : 0;
}
#endif
