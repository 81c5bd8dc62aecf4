#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include "instants.h"
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

static struct thread **bucket_of(const struct trace *trace, int32_t tid) {
    return &trace->threads[(uint32_t)tid % THREAD_BUCKETS];
}

struct thread *thread_find(const struct trace *trace, int32_t tid) {
    struct thread *thread = *bucket_of(trace, tid);
    while (thread != NULL && thread->tid != tid) thread = thread->next_in_bucket;
    return thread;
}

struct thread *thread_add(struct warp_engine *engine, int32_t tid, int32_t pid) {
    struct trace *trace = trace_of(engine);
    struct thread *thread = thread_find(trace, tid);
    if (thread != NULL) return thread;
    thread = calloc(1, sizeof *thread);
    if (thread == NULL) return NULL;
    thread->tid = tid;
    thread->pid = pid;
    thread->wait.deadline = NEVER;
    thread->socket_wait.deadline = NEVER;
    thread->next_in_bucket = *bucket_of(trace, tid);
    *bucket_of(trace, tid) = thread;
    trace->thread_count++;
    census_add(&engine->census, pid, tid);
    return thread;
}

static void discard(struct warp_engine *engine, struct thread **link) {
    struct trace *trace = trace_of(engine);
    struct thread *thread = *link;
    *link = thread->next_in_bucket;
    thread_set_fired(trace, thread, false);
    if (thread->socket_wait.is_fired) trace->fired_count--;
    trace->thread_count--;
    census_remove(&engine->census, thread->tid);
    free(thread);
}

void thread_remove(struct warp_engine *engine, int32_t tid) {
    for (struct thread **link = bucket_of(trace_of(engine), tid); *link != NULL; link = &(*link)->next_in_bucket) {
        if ((*link)->tid != tid) continue;
        discard(engine, link);
        return;
    }
}

void threads_remove_process(struct warp_engine *engine, int32_t pid, int32_t but) {
    for (size_t i = 0; i < THREAD_BUCKETS; i++) {
        for (struct thread **link = &trace_of(engine)->threads[i]; *link != NULL;) {
            if ((*link)->pid == pid && (*link)->tid != but) discard(engine, link);
            else link = &(*link)->next_in_bucket;
        }
    }
}

void threads_each(const struct trace *trace, void (*visit)(struct thread *thread, void *context), void *context) {
    for (size_t i = 0; i < THREAD_BUCKETS; i++)
        for (struct thread *thread = trace->threads[i]; thread != NULL; thread = thread->next_in_bucket)
            visit(thread, context);
}

void thread_set_fired(struct trace *trace, struct thread *thread, bool is_fired) {
    if (thread->is_fired == is_fired) return;
    thread->is_fired = is_fired;
    if (is_fired) trace->fired_count++;
    else trace->fired_count--;
}

void thread_resume(const struct thread *thread, int signal) {
    ptrace(thread->exit_task != EXIT_NOTHING ? PTRACE_SYSCALL : PTRACE_CONT, thread->tid, NULL, (long)signal);
}

void thread_pass(struct thread *thread) {
    thread->exit_task = EXIT_NOTHING;
    thread_resume(thread, 0);
}

void thread_skip(struct thread *thread, const struct user_regs_struct *registers, int64_t result) {
    struct user_regs_struct changed = *registers;
    // No call has this number; the kernel leaves the result as it is then.
    changed.orig_rax = (unsigned long long)-1;
    changed.rax = (unsigned long long)result;
    ptrace(PTRACE_SETREGS, thread->tid, NULL, &changed);
    thread_pass(thread);
}

void thread_follow(struct thread *thread, const struct user_regs_struct *registers, enum exit_task task) {
    thread->exit_task = task;
    ptrace(PTRACE_SETREGS, thread->tid, NULL, registers);
    thread_resume(thread, 0);
}

unsigned long long *call_argument(struct user_regs_struct *registers, int index) {
    unsigned long long *arguments[] = {&registers->rdi, &registers->rsi, &registers->rdx,
                                       &registers->r10, &registers->r8,  &registers->r9};
    return arguments[index];
}

bool memory_read(int32_t tid, uint64_t address, void *bytes, size_t size) {
    struct iovec here = {.iov_base = bytes, .iov_len = size};
    struct iovec there = {.iov_base = (void *)address, .iov_len = size};
    return address != 0 && process_vm_readv(tid, &here, 1, &there, 1, 0) == (ssize_t)size;
}

bool memory_write(int32_t tid, uint64_t address, const void *bytes, size_t size) {
    struct iovec here = {.iov_base = (void *)bytes, .iov_len = size};
    struct iovec there = {.iov_base = (void *)address, .iov_len = size};
    return address != 0 && process_vm_writev(tid, &here, 1, &there, 1, 0) == (ssize_t)size;
}
#endif
