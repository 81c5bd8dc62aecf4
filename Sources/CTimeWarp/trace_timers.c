#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace_timers.h"

#include "instants.h"
#include "trace.h"
#include "warp_page.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    bucket_count = 1024,
    /// DELAYTIMER_MAX of Linux.
    most_overruns = INT32_MAX,
};

bool timers_open(struct timer_table *table) {
    table->buckets = calloc(bucket_count, sizeof *table->buckets);
    return table->buckets != NULL;
}

void timers_close(struct timer_table *table) {
    for (size_t i = 0; table->buckets != NULL && i < bucket_count; i++) {
        for (struct timer *timer = table->buckets[i], *next; timer != NULL; timer = next) {
            next = timer->next_in_bucket;
            free(timer);
        }
    }
    free(table->buckets);
    table->buckets = NULL;
}

static struct timer **bucket_of(const struct timer_table *table, int32_t pid, int32_t id) {
    return &table->buckets[((uint32_t)pid * 31 + (uint32_t)id) % bucket_count];
}

static struct timer *find(const struct timer_table *table, int32_t pid, int32_t id) {
    struct timer *timer = *bucket_of(table, pid, id);
    while (timer != NULL && (timer->pid != pid || timer->id != id)) timer = timer->next_in_bucket;
    return timer;
}

static struct timer *add(struct timer_table *table, int32_t pid, int32_t id) {
    struct timer *timer = find(table, pid, id);
    if (timer == NULL) {
        timer = calloc(1, sizeof *timer);
        if (timer == NULL) return NULL;
        struct timer **bucket = bucket_of(table, pid, id);
        timer->next_in_bucket = *bucket;
        *bucket = timer;
    }
    *timer = (struct timer){.pid = pid, .id = id, .deadline = NEVER, .next_in_bucket = timer->next_in_bucket};
    return timer;
}

static void forget(struct timer_table *table, int32_t pid, int32_t id) {
    for (struct timer **link = bucket_of(table, pid, id); *link != NULL; link = &(*link)->next_in_bucket) {
        struct timer *timer = *link;
        if (timer->pid != pid || timer->id != id) continue;
        *link = timer->next_in_bucket;
        free(timer);
        return;
    }
}

void timers_forget(struct timer_table *table, int32_t pid, bool keep_alarm) {
    for (size_t i = 0; i < bucket_count; i++) {
        for (struct timer **link = &table->buckets[i]; *link != NULL;) {
            struct timer *timer = *link;
            if (timer->pid == pid && !(keep_alarm && timer->id == ALARM_TIMER)) {
                *link = timer->next_in_bucket;
                free(timer);
            } else {
                link = &timer->next_in_bucket;
            }
        }
    }
}

void timers_each(const struct timer_table *table, void (*visit)(struct timer *timer, void *context), void *context) {
    for (size_t i = 0; i < bucket_count; i++)
        for (struct timer *timer = table->buckets[i]; timer != NULL; timer = timer->next_in_bucket)
            visit(timer, context);
}

/// The kernel's own signal of an alarm cannot be made from outside (its si_code is the kernel's alone), that of a POSIX
/// timer can.
static void notify(const struct timer *timer) {
    if (timer->id == ALARM_TIMER) {
        kill(timer->pid, SIGALRM);
        return;
    }
    if (timer->notify != SIGEV_SIGNAL && timer->notify != SIGEV_THREAD_ID) return;
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_signo = timer->signal;
    info.si_code = SI_TIMER;
    info.si_timerid = timer->id;
    info.si_overrun = timer->overrun;
    info.si_value.sival_ptr = (void *)timer->value;
    if (timer->notify == SIGEV_THREAD_ID)
        syscall(SYS_rt_tgsigqueueinfo, timer->pid, timer->notified_tid, timer->signal, &info);
    else syscall(SYS_rt_sigqueueinfo, timer->pid, timer->signal, &info);
}

void timer_fire(struct timer *timer, int64_t now) {
    timer->overrun = 0;
    if (timer->interval > 0) {
        // A deadline that was passed over by more than a period counts the periods in between.
        int64_t passed = saturating_subtract(now, timer->deadline) / timer->interval;
        timer->overrun = passed < most_overruns ? (int32_t)passed : most_overruns;
        timer->deadline = saturating_add(timer->deadline + passed * timer->interval, timer->interval);
    } else {
        timer->deadline = NEVER;
    }
    notify(timer);
}

static int64_t time_left(const struct timer *timer, int64_t now) {
    if (timer->deadline == NEVER) return 0;
    // Due and not signalled yet still counts as armed, and zero would mean that it is not.
    return timer->deadline > now ? timer->deadline - now : 1;
}

static struct itimerspec timer_setting(const struct timer *timer, int64_t now) {
    return (struct itimerspec){
        .it_interval = timespec_of(timer->interval),
        .it_value = timespec_of(time_left(timer, now)),
    };
}

// POSIX timers. The kernel has each of them too, for its id, and never armed.

static void create(struct thread *thread, struct user_regs_struct *registers) {
    enum clock_kind kind = clock_kind_of((int)registers->rdi);
    // What the call is about is in the arguments still when it returns.
    thread->entry = *registers;
    if (kind == CLOCK_IS_REAL) thread_pass(thread);
    else thread_follow(thread, registers, EXIT_TIMER);
}

void timer_created(struct warp_engine *engine, struct thread *thread, const struct user_regs_struct *registers) {
    int32_t id;
    struct timer *timer = NULL;
    if (registers->rax == 0 && memory_read(thread->tid, registers->rdx, &id, sizeof id))
        timer = add(&trace_of(engine)->timers, thread->pid, id);
    if (timer != NULL) {
        timer->is_realtime = clock_kind_of((int)registers->rdi) == CLOCK_IS_REALTIME;
        timer->notify = SIGEV_SIGNAL;
        timer->signal = SIGALRM;
        timer->value = (uint32_t)id;
        struct sigevent event;
        if (memory_read(thread->tid, registers->rsi, &event, sizeof event)) {
            timer->notify = event.sigev_notify;
            timer->signal = event.sigev_signo;
            timer->value = (uint64_t)event.sigev_value.sival_ptr;
            // What glibc's header calls sigev_notify_thread_id, where it does.
            timer->notified_tid = event._sigev_un._tid;
        }
    }
    thread_pass(thread);
}

static void set_time(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers,
                     struct timer *timer) {
    struct itimerspec setting;
    int64_t now = warp_page_now(engine->page);
    // What is invalid is the kernel's to refuse.
    if (!memory_read(thread->tid, registers->rdx, &setting, sizeof setting) || !is_valid_timespec(&setting.it_value)
        || !is_valid_timespec(&setting.it_interval)) {
        thread_pass(thread);
        return;
    }
    struct itimerspec old = timer_setting(timer, now);
    int64_t value = timespec_nanoseconds(&setting.it_value);
    timer->interval = timespec_nanoseconds(&setting.it_interval);
    timer->overrun = 0;
    if (value == 0) timer->deadline = NEVER;
    else if (!(registers->rsi & TIMER_ABSTIME)) timer->deadline = saturating_add(now, value);
    else timer->deadline = timer->is_realtime ? saturating_subtract(value, engine->realtime_offset) : value;
    bool is_written = registers->r10 == 0 || memory_write(thread->tid, registers->r10, &old, sizeof old);
    thread_skip(thread, registers, is_written ? 0 : -EFAULT);
}

static void posix_timer_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    struct timer_table *table = &trace_of(engine)->timers;
    struct timer *timer = find(table, thread->pid, (int32_t)registers->rdi);
    if (timer == NULL || timer->id == ALARM_TIMER) {
        thread_pass(thread);
        return;
    }
    switch (registers->orig_rax) {
    case SYS_timer_settime: set_time(engine, thread, registers, timer); break;
    case SYS_timer_gettime: {
        struct itimerspec setting = timer_setting(timer, warp_page_now(engine->page));
        bool is_written = memory_write(thread->tid, registers->rsi, &setting, sizeof setting);
        thread_skip(thread, registers, is_written ? 0 : -EFAULT);
        break;
    }
    case SYS_timer_getoverrun: thread_skip(thread, registers, timer->overrun); break;
    default:
        forget(table, thread->pid, (int32_t)registers->rdi);
        thread_pass(thread);
        break;
    }
}

// alarm and setitimer(ITIMER_REAL), which share one timer.

static struct itimerval alarm_setting(const struct timer *timer, int64_t now) {
    if (timer == NULL) return (struct itimerval){0};
    int64_t left = time_left(timer, now);
    // Less than a microsecond left must not read as none.
    if (left > 0 && left < 1000) left = 1000;
    return (struct itimerval){.it_interval = timeval_of(timer->interval), .it_value = timeval_of(left)};
}

static bool is_valid_timeval(const struct timeval *time) {
    return time->tv_sec >= 0 && time->tv_usec >= 0 && time->tv_usec < 1000000;
}

static int64_t timeval_nanoseconds(const struct timeval *time) {
    struct timespec spec = {.tv_sec = time->tv_sec, .tv_nsec = time->tv_usec * 1000};
    return timespec_nanoseconds(&spec);
}

static void set_alarm(struct warp_engine *engine, int32_t pid, int64_t value, int64_t interval) {
    struct timer *timer = add(&trace_of(engine)->timers, pid, ALARM_TIMER);
    if (timer == NULL) return;
    timer->deadline = value == 0 ? NEVER : saturating_add(warp_page_now(engine->page), value);
    timer->interval = interval;
}

static void setitimer_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    struct itimerval setting = {0};
    struct itimerval old =
        alarm_setting(find(&trace_of(engine)->timers, thread->pid, ALARM_TIMER), warp_page_now(engine->page));
    bool is_read = registers->rsi == 0 || memory_read(thread->tid, registers->rsi, &setting, sizeof setting);
    if (registers->rdi != ITIMER_REAL || !is_read || !is_valid_timeval(&setting.it_value)
        || !is_valid_timeval(&setting.it_interval)) {
        thread_pass(thread);
        return;
    }
    set_alarm(engine, thread->pid, timeval_nanoseconds(&setting.it_value), timeval_nanoseconds(&setting.it_interval));
    bool is_written = registers->rdx == 0 || memory_write(thread->tid, registers->rdx, &old, sizeof old);
    thread_skip(thread, registers, is_written ? 0 : -EFAULT);
}

static void getitimer_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    struct itimerval setting =
        alarm_setting(find(&trace_of(engine)->timers, thread->pid, ALARM_TIMER), warp_page_now(engine->page));
    if (registers->rdi != ITIMER_REAL) {
        thread_pass(thread);
        return;
    }
    bool is_written = memory_write(thread->tid, registers->rsi, &setting, sizeof setting);
    thread_skip(thread, registers, is_written ? 0 : -EFAULT);
}

static void alarm_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    const struct timer *timer = find(&trace_of(engine)->timers, thread->pid, ALARM_TIMER);
    int64_t left = timer != NULL ? time_left(timer, warp_page_now(engine->page)) : 0;
    // To the nearest second, but never none while one is pending, as the kernel has it.
    int64_t seconds = left / NANOSECONDS + (left % NANOSECONDS >= NANOSECONDS / 2 ? 1 : 0);
    if (left > 0 && seconds == 0) seconds = 1;
    set_alarm(engine, thread->pid, (int64_t)(uint32_t)registers->rdi * NANOSECONDS, 0);
    thread_skip(thread, registers, seconds);
}

void timer_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    switch (registers->orig_rax) {
    case SYS_timer_create: create(thread, registers); break;
    case SYS_setitimer: setitimer_call(engine, thread, registers); break;
    case SYS_getitimer: getitimer_call(engine, thread, registers); break;
    case SYS_alarm: alarm_call(engine, thread, registers); break;
    default: posix_timer_call(engine, thread, registers); break;
    }
}
#endif
