#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include "instants.h"
#include "warp_page.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// Limits of blocking socket calls (SO_RCVTIMEO, SO_SNDTIMEO). To stop at every recv and send would cost too much, so
// the limit is only noted, and kept from the kernel, when it is set. When everything sleeps, those who sit in such a
// call are found: the clock has not moved since they began, so their deadline is the limit from now on.
//
// Not done: a socket that accept made has its listener's limits in the kernel, and none here.

enum {
    /// Sockets are numbered in the order they are made, so that a table indexed by the number's lower bits forgets the
    /// oldest.
    limit_count = 16384,
    receive_limit_new = 66,
    send_limit_new = 67,
};

static bool is_receive_option(uint64_t option) {
    return option == SO_RCVTIMEO || option == receive_limit_new;
}

static struct socket_limit *limit_at(struct trace *trace, uint64_t inode) {
    if (trace->limits == NULL) trace->limits = calloc(limit_count, sizeof *trace->limits);
    return trace->limits != NULL ? &trace->limits[inode % limit_count] : NULL;
}

/// Takes the limit from the kernel. Returns false when the descriptor cannot be reached or is no socket.
static bool clear_kernel_limit(const struct thread *thread, int fd, int option) {
    int copy = borrow_descriptor(thread->pid, fd);
    if (copy < 0) return false;
    struct timeval none = {0};
    bool is_done = setsockopt(copy, SOL_SOCKET, option, &none, sizeof none) == 0;
    close(copy);
    return is_done;
}

static void set_limit(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    struct timeval limit;
    int fd = (int)registers->rdi, option = (int)registers->rdx;
    uint64_t inode = socket_inode(thread->pid, fd);
    struct socket_limit *entry = inode != 0 ? limit_at(trace_of(engine), inode) : NULL;
    // What is invalid, and a negative limit (which means not to wait), is the kernel's to answer.
    if (entry == NULL || (int)registers->r8 < (int)sizeof limit
        || !memory_read(thread->tid, registers->r10, &limit, sizeof limit) || limit.tv_sec < 0 || limit.tv_usec < 0
        || limit.tv_usec >= 1000000 || !clear_kernel_limit(thread, fd, option)) {
        thread_pass(thread);
        return;
    }
    struct timespec span = {.tv_sec = limit.tv_sec, .tv_nsec = limit.tv_usec * 1000};
    if (entry->inode != inode) *entry = (struct socket_limit){.inode = inode};
    *(is_receive_option((uint64_t)option) ? &entry->receiving : &entry->sending) = timespec_nanoseconds(&span);
    trace_of(engine)->has_limits = true;
    thread_skip(thread, registers, 0);
}

static void get_limit(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    uint64_t inode = trace_of(engine)->has_limits ? socket_inode(thread->pid, (int)registers->rdi) : 0;
    const struct socket_limit *entry = inode != 0 ? limit_at(trace_of(engine), inode) : NULL;
    int32_t size = 0;
    if (entry == NULL || entry->inode != inode || !memory_read(thread->tid, registers->r8, &size, sizeof size)
        || size < 0) {
        thread_pass(thread);
        return;
    }
    struct timeval limit = timeval_of(is_receive_option(registers->rdx) ? entry->receiving : entry->sending);
    if (size > (int32_t)sizeof limit) size = sizeof limit;
    bool is_written = memory_write(thread->tid, registers->r10, &limit, (size_t)size)
        && memory_write(thread->tid, registers->r8, &size, sizeof size);
    thread_skip(thread, registers, is_written ? 0 : -EFAULT);
}

void trace_socket_option(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    if (registers->orig_rax == SYS_setsockopt) set_limit(engine, thread, registers);
    else get_limit(engine, thread, registers);
}

/// The call a sleeping thread is in and the descriptor it is about. False for one that runs or is gone.
static bool read_call(int32_t tid, long *call, int *fd) {
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%d/syscall", tid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) return false;
    text[length] = 0;
    char *rest = NULL;
    *call = strtol(text, &rest, 10);
    if (rest == text || *call < 0) return false;
    *fd = (int)strtoul(rest, NULL, 16);
    return true;
}

static int64_t limit_of_call(const struct socket_limit *limit, long call) {
    switch (call) {
    case SYS_read:
    case SYS_readv:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_accept:
    case SYS_accept4: return limit->receiving;
    case SYS_write:
    case SYS_writev:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_connect: return limit->sending;
    default: return 0;
    }
}

static int64_t thread_cpu(int32_t tid) {
    struct timespec used = {0};
    clock_gettime((clockid_t)((~(uint32_t)tid << 3) | 6), &used);
    return timespec_nanoseconds(&used);
}

static void find_one(struct thread *thread, void *context) {
    struct warp_engine *engine = context;
    struct socket_wait found = {.deadline = NEVER};
    if (thread->socket_wait.is_fired) return;
    if (thread->exit_task == EXIT_NOTHING && !thread->is_parked && read_call(thread->tid, &found.call, &found.fd)) {
        uint64_t inode = socket_inode(thread->pid, found.fd);
        const struct socket_limit *limit = inode != 0 ? limit_at(trace_of(engine), inode) : NULL;
        int64_t span = limit != NULL && limit->inode == inode ? limit_of_call(limit, found.call) : 0;
        if (span > 0) found.deadline = saturating_add(warp_page_now(engine->page), span);
    }
    if (found.deadline != NEVER) found.cpu = thread_cpu(thread->tid);
    const struct socket_wait *known = &thread->socket_wait;
    bool is_same = known->deadline != NEVER && known->call == found.call && known->fd == found.fd
        && known->cpu == found.cpu;
    if (!is_same) thread->socket_wait = found;
}

void trace_find_socket_waits(struct warp_engine *engine) {
    if (trace_of(engine)->has_limits) threads_each(trace_of(engine), find_one, engine);
}

void trace_socket_wait_left(struct warp_engine *engine, struct thread *thread) {
    struct user_regs_struct registers;
    long call = thread->socket_wait.call;
    thread->socket_wait = (struct socket_wait){.deadline = NEVER};
    trace_of(engine)->fired_count--;
    if (ptrace(PTRACE_GETREGS, thread->tid, NULL, &registers) != 0) return;
    // 512 and 514 ask for the call to be made again (include/linux/errno.h). Anything else is a result that came first.
    int64_t result = (int64_t)registers.rax;
    if ((long)registers.orig_rax != call || (result != -EINTR && result != -512 && result != -514)) return;
    registers.rax = (unsigned long long)(call == SYS_connect ? -EINPROGRESS : -EAGAIN);
    registers.orig_rax = (unsigned long long)-1;
    ptrace(PTRACE_SETREGS, thread->tid, NULL, &registers);
}
#endif
