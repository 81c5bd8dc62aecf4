#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include "instants.h"
#include "warp_page.h"
#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/select.h>
#include <sys/syscall.h>

// Results inside the kernel that ask for the call to be made again after a signal (include/linux/errno.h).
enum {
    ERESTARTSYS = 512,
    ERESTARTNOINTR = 513,
    ERESTARTNOHAND = 514,
    ERESTART_RESTARTBLOCK = 516,
};

static bool is_same_call(const struct user_regs_struct *one, const struct user_regs_struct *other) {
    return one->orig_rax == other->orig_rax && one->rip == other->rip && one->rsp == other->rsp
        && one->rdi == other->rdi && one->rsi == other->rsi && one->rdx == other->rdx && one->r10 == other->r10
        && one->r8 == other->r8;
}

void trace_wait_entered(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    struct timed_wait wait;
    struct restart restart = thread->restart;
    thread->restart.is_possible = false;
    if (!trace_wait_plan(engine, thread, registers, &wait)) {
        thread_pass(thread);
        return;
    }
    if (restart.is_possible && is_same_call(&restart.registers, registers)) wait.deadline = restart.deadline;
    bool is_due = wait.deadline <= warp_page_now(engine->page);
    if (wait.is_sleep && is_due) {
        thread_skip(thread, registers, 0);
        return;
    }
    thread->entry = *registers;
    thread->wait = wait;
    if (wait.is_sleep) {
        // A poll of nothing without a limit sleeps until a signal comes, as the sleep would.
        registers->orig_rax = SYS_ppoll;
        registers->rdi = registers->rsi = registers->rdx = registers->r10 = registers->r8 = 0;
    } else {
        *call_argument(registers, wait.limit_argument) = wait.endless;
    }
    // One that is due already must still see what is ready. The kernel looks at that first and at interruptions after
    // it, so a pending interruption makes it a call with a limit of zero.
    if (is_due) {
        thread_set_fired(trace_of(engine), thread, true);
        ptrace(PTRACE_INTERRUPT, thread->tid, NULL, NULL);
    }
    thread_follow(thread, registers, EXIT_WAIT);
}

static void write_remainder(const struct warp_engine *engine, const struct thread *thread) {
    int64_t left = saturating_subtract(thread->wait.deadline, warp_page_now(engine->page));
    if (left < 0) left = 0;
    struct timespec time = timespec_of(left);
    struct timeval microseconds = timeval_of(left);
    if (thread->wait.remainder == REMAINDER_TIMEVAL)
        memory_write(thread->tid, thread->wait.remainder_address, &microseconds, sizeof microseconds);
    else memory_write(thread->tid, thread->wait.remainder_address, &time, sizeof time);
}

/// A select whose limit has passed says so in its three sets as well.
static void clear_sets(const struct thread *thread) {
    static const unsigned char zeros[FD_SETSIZE / 8];
    int64_t count = (int32_t)thread->entry.rdi;
    // More descriptors than this would be more than any limit of open files.
    if (count <= 0 || count > 1 << 20) return;
    size_t size = ((size_t)count + 63) / 64 * 8;
    const uint64_t sets[] = {thread->entry.rsi, thread->entry.rdx, thread->entry.r10};
    for (size_t i = 0; i < 3; i++) {
        for (size_t done = 0; sets[i] != 0 && done < size; done += sizeof zeros) {
            size_t part = size - done < sizeof zeros ? size - done : sizeof zeros;
            if (!memory_write(thread->tid, sets[i] + done, zeros, part)) break;
        }
    }
}

static bool is_interrupted(int64_t result) {
    return result == -EINTR || result == -ERESTARTSYS || result == -ERESTARTNOINTR || result == -ERESTARTNOHAND
        || result == -ERESTART_RESTARTBLOCK;
}

/// What a call that a signal interrupted returns to the kernel's signal delivery.
///
/// Calls with a limit end with EINTR when a handler runs and go on otherwise; without one, which is how the kernel had
/// them here, some would be made again after the handler. Locks and message queues are the exceptions, in both cases
/// alike.
static int64_t interrupted_result(const struct thread *thread, int64_t result) {
    bool is_queue = thread->entry.orig_rax == SYS_mq_timedsend || thread->entry.orig_rax == SYS_mq_timedreceive;
    return result == -ERESTARTNOINTR || (is_queue && result == -ERESTARTSYS) ? result : -ERESTARTNOHAND;
}

void trace_wait_left(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    int64_t result = (int64_t)registers->rax;
    bool is_over = thread->is_fired || thread->wait.deadline <= warp_page_now(engine->page);
    bool is_select = thread->entry.orig_rax == SYS_select || thread->entry.orig_rax == SYS_pselect6;
    // The program must find its arguments as it left them; the call itself changes only these.
    struct user_regs_struct restored = thread->entry;
    restored.rax = registers->rax;
    restored.rcx = registers->rcx;
    restored.r11 = registers->r11;
    enum remainder remainder = thread->wait.remainder;
    if (is_interrupted(result) && is_over) {
        restored.rax = (unsigned long long)thread->wait.timeout_result;
        restored.orig_rax = (unsigned long long)-1;
        if (is_select) clear_sets(thread);
        if (remainder == REMAINDER_OF_SLEEP) remainder = REMAINDER_NONE;
    } else if (is_interrupted(result)) {
        restored.rax = (unsigned long long)interrupted_result(thread, result);
        thread->restart = (struct restart){true, thread->entry, thread->wait.deadline};
    } else if (remainder == REMAINDER_OF_SLEEP) {
        remainder = REMAINDER_NONE;
    }
    if (remainder != REMAINDER_NONE) write_remainder(engine, thread);
    thread_set_fired(trace_of(engine), thread, false);
    thread->wait.deadline = NEVER;
    ptrace(PTRACE_SETREGS, thread->tid, NULL, &restored);
    thread_pass(thread);
}
#endif
