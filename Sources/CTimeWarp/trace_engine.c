#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include "instants.h"
#include "task_name.h"
#include "warp_page.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>



static bool open_engine(struct warp_engine *engine, const struct warp_options *options, char *why, size_t why_size) {
    (void)options;
    struct trace *trace = calloc(1, sizeof *trace);
    if (trace != NULL) {
        engine->state = trace;
        trace->threads = calloc(THREAD_BUCKETS, sizeof(struct thread *));
        if (trace->threads != NULL && timers_open(&trace->timers)) return true;
        free(trace->threads);
        free(trace);
        engine->state = NULL;
    }
    snprintf(why, why_size, "there is no memory for the warped clock");
    return false;
}

static void close_engine(struct warp_engine *engine) {
    struct trace *trace = trace_of(engine);
    for (size_t i = 0; i < THREAD_BUCKETS; i++) {
        for (struct thread *thread = trace->threads[i], *next; thread != NULL; thread = next) {
            next = thread->next_in_bucket;
            free(thread);
        }
    }
    free(trace->threads);
    timers_close(&trace->timers);
    timerfds_close(&trace->timerfds);
    peers_close(&trace->peers);
    free(trace->limits);
    free(trace);
    engine->state = NULL;
}

static int prepare_child(struct warp_engine *engine) {
    (void)engine;
    return trace_install_filter();
}

/// Attaches to the child that waits to run its program. Its own children, threads and programs are attached by the
/// kernel.
static int launched(struct warp_engine *engine, int32_t pid) {
    const long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK
        | PTRACE_O_TRACEVFORKDONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SEIZE, pid, NULL, options) != 0) return -errno;
    return thread_add(engine, pid, pid) != NULL ? 0 : -ENOMEM;
}

static bool take_census(struct warp_engine *engine) {
    (void)engine;
    // Every thread is announced by ptrace while its maker is stopped, so the list is complete at any moment.
    return true;
}

static void note_fired(struct thread *thread, void *context) {
    if (thread->is_fired || thread->socket_wait.is_fired) *(int32_t *)context = thread->tid;
}

static int32_t unsettled(struct warp_engine *engine) {
    int32_t tid = 0;
    if (trace_of(engine)->fired_count > 0) threads_each(trace_of(engine), note_fired, &tid);
    if (tid != 0) return tid;
    // A stop or an end that was not handled yet, and is left for the pump.
    siginfo_t info = {0};
    const int anything = WEXITED | WSTOPPED | WNOHANG | WNOWAIT | __WALL | __WNOTHREAD;
    return waitid(P_ALL, 0, &info, anything) == 0 ? info.si_pid : 0;
}

/// When a thread's present wait ends; `NEVER` when it has no limit or was ended already.
static int64_t thread_deadline(const struct thread *thread) {
    if (thread->exit_task == EXIT_WAIT) return thread->is_fired ? NEVER : thread->wait.deadline;
    return thread->socket_wait.is_fired ? NEVER : thread->socket_wait.deadline;
}

/// The search for the earliest deadline.
struct search {
    struct warp_engine *engine;
    struct warp_wait *wait;
    /// Two passes: the ticks of runtimes are counted when the earliest deadline is known.
    int32_t skipped;
};

static void consider_thread(struct thread *thread, void *context) {
    struct search *search = context;
    int64_t deadline = thread_deadline(thread);
    if (deadline >= search->wait->deadline || trace_is_housekeeping(search->engine, thread)) return;
    *search->wait = (struct warp_wait){
        .pid = thread->pid,
        .tid = thread->tid,
        .kind = thread->exit_task == EXIT_WAIT ? thread->wait.kind : WARP_WAIT_SOCKET,
        .deadline = deadline,
    };
}

static void consider_timer(struct timer *timer, void *context) {
    struct search *search = context;
    if (timer->deadline >= search->wait->deadline) return;
    *search->wait = (struct warp_wait){
        .pid = timer->pid, .tid = timer->pid, .kind = WARP_WAIT_TIMER, .deadline = timer->deadline};
}

static void count_skipped(struct thread *thread, void *context) {
    struct search *search = context;
    if (thread->is_housekeeping && thread_deadline(thread) < search->wait->deadline) search->skipped++;
}

static bool next(struct warp_engine *engine, struct warp_wait *wait, int32_t *skipped) {
    struct trace *trace = trace_of(engine);
    struct search search = {.engine = engine, .wait = wait};
    trace_find_socket_waits(engine);
    wait->deadline = NEVER;
    threads_each(trace, consider_thread, &search);
    timers_each(&trace->timers, consider_timer, &search);
    const struct timerfd *timerfd = timerfds_first(&trace->timerfds);
    if (timerfd != NULL && timerfd->deadline < wait->deadline)
        *wait = (struct warp_wait){.pid = timerfd->holders[0].pid,
                                   .tid = timerfd->holders[0].pid,
                                   .kind = WARP_WAIT_TIMERFD,
                                   .deadline = timerfd->deadline};
    threads_each(trace, count_skipped, &search);
    *skipped = search.skipped;
    if (wait->deadline == NEVER) return false;
    task_name(wait->pid, wait->tid, wait->name, sizeof wait->name);
    return true;
}

struct firing {
    struct trace *trace;
    int64_t now;
    int32_t count;
};

static void fire_thread(struct thread *thread, void *context) {
    struct firing *firing = context;
    if (thread_deadline(thread) > firing->now || ptrace(PTRACE_INTERRUPT, thread->tid, NULL, NULL) != 0) return;
    firing->count++;
    if (thread->exit_task == EXIT_WAIT) {
        thread_set_fired(firing->trace, thread, true);
    } else {
        thread->socket_wait.is_fired = true;
        firing->trace->fired_count++;
    }
}

static void fire_timer(struct timer *timer, void *context) {
    struct firing *firing = context;
    if (timer->deadline == NEVER || timer->deadline > firing->now) return;
    timer_fire(timer, firing->now);
    firing->count++;
}

static int32_t fire(struct warp_engine *engine) {
    struct firing firing = {.trace = trace_of(engine), .now = warp_page_now(engine->page)};
    if (firing.now == NEVER) return 0;
    threads_each(firing.trace, fire_thread, &firing);
    timers_each(&firing.trace->timers, fire_timer, &firing);
    return firing.count + timerfds_fire(&firing.trace->timerfds, firing.now);
}

struct listing {
    struct warp_engine *engine;
    struct warp_wait *waits;
    size_t count;
    size_t capacity;
};

static void list(struct listing *listing, struct warp_wait wait) {
    if (listing->count == listing->capacity) return;
    task_name(wait.pid, wait.tid, wait.name, sizeof wait.name);
    listing->waits[listing->count++] = wait;
}

static void list_thread(struct thread *thread, void *context) {
    struct listing *listing = context;
    struct warp_wait wait = {.pid = thread->pid, .tid = thread->tid, .deadline = thread_deadline(thread)};
    if (thread->exit_task == EXIT_WAIT) wait.kind = thread->wait.kind;
    else wait.kind = wait.deadline != NEVER ? WARP_WAIT_SOCKET : WARP_WAIT_OTHER;
    wait.is_housekeeping = trace_is_housekeeping(listing->engine, thread);
    list(listing, wait);
}

static void list_timer(struct timer *timer, void *context) {
    if (timer->deadline == NEVER) return;
    list(context, (struct warp_wait){
                      .pid = timer->pid, .tid = timer->pid, .kind = WARP_WAIT_TIMER, .deadline = timer->deadline});
}

static size_t waits(struct warp_engine *engine, struct warp_wait *waits, size_t capacity) {
    struct trace *trace = trace_of(engine);
    struct listing listing = {.engine = engine, .waits = waits, .capacity = capacity};
    threads_each(trace, list_thread, &listing);
    timers_each(&trace->timers, list_timer, &listing);
    for (const struct timerfd *timer = trace->timerfds.first; timer != NULL; timer = timer->next) {
        if (timer->deadline == NEVER || timer->holder_count == 0) continue;
        int32_t pid = timer->holders[0].pid;
        list(&listing,
             (struct warp_wait){.pid = pid, .tid = pid, .kind = WARP_WAIT_TIMERFD, .deadline = timer->deadline});
    }
    return listing.count;
}

static bool refusal(struct warp_engine *engine, struct warp_refusal *refusal) {
    const struct trace *trace = trace_of(engine);
    *refusal = trace->refusal;
    if (refusal->pid != 0 || !trace->timerfds.is_refused) return refusal->pid != 0;
    refusal->pid = trace->timerfds.refused_pid;
    task_name(refusal->pid, refusal->pid, refusal->program, 16);
    snprintf(refusal->reason, sizeof refusal->reason, "uses timerfd, and the host refuses pidfd_getfd");
    return true;
}

const struct engine_operations trace_operations = {
    .sees_every_end = true,
    .open = open_engine,
    .close = close_engine,
    .prepare_child = prepare_child,
    .launched = launched,
    .stopped = trace_stopped,
    .ended = trace_ended,
    .take_census = take_census,
    .unsettled = unsettled,
    .next = next,
    .fire = fire,
    .waits = waits,
    .outside_peers = peers_outside,
    .refusal = refusal,
    .neighbours = peers_neighbours,
    .inner_bytes = peers_inner_bytes,
};
#endif
