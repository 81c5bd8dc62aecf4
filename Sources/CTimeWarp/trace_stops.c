#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "task_status.h"
#include "trace.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// The root of a process whose fork was not announced: its parent died before it could stop there.
static int32_t root_of_orphan(const struct warp_engine *engine, int32_t pid) {
    int32_t root = process_root(&engine->processes, (int32_t)task_status_number(pid, "\nPPid:", 10));
    // An orphan is still in its parent's session; every program begins with one of its own.
    if (root == 0) root = process_root(&engine->processes, getsid(pid));
    return root != 0 ? root : pid;
}

/// A thread that ptrace attached by itself.
static struct thread *adopt(struct warp_engine *engine, int32_t tid) {
    int32_t pid = (int32_t)task_status_number(tid, "\nTgid:", 10);
    if (pid <= 0) pid = tid;
    if (process_find(&engine->processes, pid) == NULL) engine_adopt(engine, pid, root_of_orphan(engine, pid));
    return thread_add(engine, tid, pid);
}

/// fork, vfork and clone: the parent stops and tells the child's id. The child is counted from now on, so that a look
/// cannot miss it.
static void child_announced(struct warp_engine *engine, const struct thread *parent) {
    unsigned long message = 0;
    if (ptrace(PTRACE_GETEVENTMSG, parent->tid, NULL, &message) != 0) return;
    int32_t tid = (int32_t)message;
    int64_t pid = task_status_number(tid, "\nTgid:", 10);
    if (pid <= 0) return;
    if (pid != parent->pid) {
        const struct process *origin = process_find(&engine->processes, parent->pid);
        struct process *process = engine_adopt(engine, (int32_t)pid, origin != NULL ? origin->root : (int32_t)pid);
        if (process != NULL && origin != NULL) process->is_java = origin->is_java;
        timerfds_inherit(&trace_of(engine)->timerfds, parent->pid, (int32_t)pid);
    }
    thread_add(engine, tid, (int32_t)pid);
}

/// execve: every other thread of the process is gone, and the one that called has become the first.
static void program_begins(struct warp_engine *engine, struct thread *thread) {
    int32_t tid = thread->tid, pid = thread->pid;
    threads_remove_process(engine, pid, tid);
    timers_forget(&trace_of(engine)->timers, pid, true);
    thread_set_fired(trace_of(engine), thread, false);
    thread->restart.is_possible = false;
    thread->wait.deadline = thread->socket_wait.deadline = INT64_MAX;
    thread->is_housekeeping = false;
    trace_examine_program(engine, pid);
    thread->exit_task = EXIT_PROGRAM;
    thread_resume(thread, 0);
}

static void call_entered(struct warp_engine *engine, struct thread *thread) {
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, thread->tid, NULL, &registers) != 0) return;
    switch (registers.orig_rax) {
    case SYS_clock_gettime:
    case SYS_gettimeofday:
    case SYS_time: trace_clock_call(engine, thread, &registers); break;
    case SYS_timer_create:
    case SYS_timer_settime:
    case SYS_timer_gettime:
    case SYS_timer_getoverrun:
    case SYS_timer_delete:
    case SYS_setitimer:
    case SYS_getitimer:
    case SYS_alarm: timer_call(engine, thread, &registers); break;
    case SYS_timerfd_create:
    case SYS_timerfd_settime:
    case SYS_timerfd_gettime: timerfd_call(engine, thread, &registers); break;
    case SYS_setsockopt:
    case SYS_getsockopt: trace_socket_option(engine, thread, &registers); break;
    case SYS_connect: peer_connect(engine, thread, &registers); break;
    default: trace_wait_entered(engine, thread, &registers); break;
    }
}

static void call_left(struct warp_engine *engine, struct thread *thread) {
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, thread->tid, NULL, &registers) != 0) return;
    enum exit_task task = thread->exit_task;
    thread->exit_task = EXIT_NOTHING;
    switch (task) {
    case EXIT_WAIT: trace_wait_left(engine, thread, &registers); break;
    case EXIT_TIMER: timer_created(engine, thread, &registers); break;
    case EXIT_TIMERFD: timerfd_created(engine, thread, &registers); break;
    case EXIT_PROGRAM:
        trace_replace_clock(engine, thread->tid);
        thread_pass(thread);
        break;
    case EXIT_NOTHING: thread_pass(thread); break;
    }
}

static bool stops_processes(int signal) {
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

static void set_parked(struct warp_engine *engine, struct thread *thread, bool is_parked) {
    if (thread->is_parked == is_parked) return;
    thread->is_parked = is_parked;
    struct census_task *task = census_find(&engine->census, thread->tid);
    if (task != NULL) task->is_parked = is_parked;
}

static void set_in_vfork(struct warp_engine *engine, const struct thread *thread, bool is_in_vfork) {
    struct census_task *task = census_find(&engine->census, thread->tid);
    if (task != NULL) task->is_in_vfork = is_in_vfork;
}

/// A stop without a cause in the program: a new thread's first, an interruption, the end of a stop by SIGSTOP, or such
/// a stop itself, in which the thread is left until SIGCONT.
static void halted(struct warp_engine *engine, struct thread *thread, int signal) {
    if (stops_processes(signal)) {
        set_parked(engine, thread, true);
        ptrace(PTRACE_LISTEN, thread->tid, NULL, NULL);
        return;
    }
    thread_resume(thread, 0);
}

/// A signal is about to be delivered. A handler ends an interrupted call for good; without one the call is made again.
static void signalled(struct thread *thread, int signal) {
    if (thread->restart.is_possible) {
        uint64_t caught = (uint64_t)task_status_number(thread->tid, "\nSigCgt:", 16);
        if (signal >= 1 && signal <= 64 && (caught >> (signal - 1) & 1) != 0) thread->restart.is_possible = false;
    }
    thread_resume(thread, signal);
}

void trace_stopped(struct warp_engine *engine, int32_t tid, int status) {
    struct thread *thread = thread_find(trace_of(engine), tid);
    if (thread == NULL) thread = adopt(engine, tid);
    if (thread == NULL) return;
    int signal = WSTOPSIG(status), event = status >> 16;
    set_parked(engine, thread, false);
    // Whatever stop comes first after the interruption: it takes the interruption's place.
    if (thread->socket_wait.is_fired) trace_socket_wait_left(engine, thread);
    if (signal == (SIGTRAP | 0x80)) {
        call_left(engine, thread);
        return;
    }
    switch (event) {
    case PTRACE_EVENT_SECCOMP: call_entered(engine, thread); break;
    case PTRACE_EVENT_EXEC: program_begins(engine, thread); break;
    case PTRACE_EVENT_STOP: halted(engine, thread, signal); break;
    case PTRACE_EVENT_FORK:
    case PTRACE_EVENT_VFORK:
    case PTRACE_EVENT_CLONE:
        child_announced(engine, thread);
        set_in_vfork(engine, thread, event == PTRACE_EVENT_VFORK);
        thread_resume(thread, 0);
        break;
    case PTRACE_EVENT_VFORK_DONE:
        set_in_vfork(engine, thread, false);
        thread_resume(thread, 0);
        break;
    case 0: signalled(thread, signal); break;
    default: thread_resume(thread, 0); break;
    }
}

void trace_ended(struct warp_engine *engine, int32_t tid, int status) {
    (void)status;
    struct trace *trace = trace_of(engine);
    thread_remove(engine, tid);
    if (process_find(&engine->processes, tid) == NULL) return;
    threads_remove_process(engine, tid, 0);
    timers_forget(&trace->timers, tid, false);
    timerfds_forget(&trace->timerfds, tid);
}
#endif
