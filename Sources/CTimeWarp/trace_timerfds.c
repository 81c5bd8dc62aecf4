#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace_timerfds.h"

#include "instants.h"
#include "trace.h"
#include "warp_page.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#ifndef TFD_IOC_SET_TICKS
#define TFD_IOC_SET_TICKS _IOW('T', 0, uint64_t)
#endif

// The kernel's timers stay unarmed. They are reached by borrowing the descriptor for a moment and never by a copy that
// is kept: that would keep a timer alive, and registered with epoll, after the program closed it.

/// Whether a descriptor still is a timer.
static bool is_timerfd(const struct timerfd_holder *holder) {
    char path[64], target[64];
    snprintf(path, sizeof path, "/proc/%d/fd/%d", holder->pid, holder->fd);
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) return false;
    target[length] = 0;
    return strcmp(target, "anon_inode:[timerfd]") == 0;
}

static void remove_holder(struct timerfd *timer, size_t index) {
    timer->holders[index] = timer->holders[--timer->holder_count];
}

static void free_timer(struct timerfd *timer) {
    free(timer->holders);
    free(timer);
}

void timerfds_close(struct timerfd_list *list) {
    for (struct timerfd *timer = list->first, *next; timer != NULL; timer = next) {
        next = timer->next;
        free_timer(timer);
    }
    list->first = NULL;
}

static void drop_unheld(struct timerfd_list *list) {
    for (struct timerfd **link = &list->first; *link != NULL;) {
        struct timerfd *timer = *link;
        if (timer->holder_count > 0) {
            link = &timer->next;
            continue;
        }
        *link = timer->next;
        free_timer(timer);
    }
}

static bool add_holder(struct timerfd *timer, int32_t pid, int fd) {
    struct timerfd_holder *holders = realloc(timer->holders, (timer->holder_count + 1) * sizeof *holders);
    if (holders == NULL) return false;
    timer->holders = holders;
    holders[timer->holder_count++] = (struct timerfd_holder){pid, fd};
    return true;
}

/// Forgets holders: those of a process, or one descriptor of it.
static void forget(struct timerfd_list *list, int32_t pid, bool all, int fd) {
    for (struct timerfd *timer = list->first; timer != NULL; timer = timer->next) {
        for (size_t i = timer->holder_count; i > 0; i--) {
            const struct timerfd_holder *holder = &timer->holders[i - 1];
            if (holder->pid == pid && (all || holder->fd == fd)) remove_holder(timer, i - 1);
        }
    }
    drop_unheld(list);
}

void timerfds_forget(struct timerfd_list *list, int32_t pid) {
    forget(list, pid, true, 0);
}

void timerfds_inherit(struct timerfd_list *list, int32_t parent, int32_t child) {
    for (struct timerfd *timer = list->first; timer != NULL; timer = timer->next) {
        for (size_t i = timer->holder_count; i > 0; i--)
            if (timer->holders[i - 1].pid == parent) add_holder(timer, child, timer->holders[i - 1].fd);
    }
}

static struct timerfd *add(struct timerfd_list *list, int32_t pid, int fd, int clock) {
    struct timerfd *timer = calloc(1, sizeof *timer);
    if (timer == NULL || !add_holder(timer, pid, fd)) {
        free(timer);
        return NULL;
    }
    timer->is_realtime = clock_kind_of(clock) == CLOCK_IS_REALTIME;
    timer->deadline = NEVER;
    timer->next = list->first;
    list->first = timer;
    return timer;
}

/// The clock of a timer, from /proc/PID/fdinfo; CLOCK_MONOTONIC when it cannot be read.
static int clock_of(int32_t pid, int fd) {
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", pid, fd);
    FILE *file = fopen(path, "re");
    if (file == NULL) return CLOCK_MONOTONIC;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    const char *clock = strstr(text, "clockid:");
    return clock != NULL ? atoi(clock + strlen("clockid:")) : CLOCK_MONOTONIC;
}

/// Whether two descriptors of processes are one open file: the copy that dup makes, for one. Enumerated in
/// linux/kcmp.h.
static bool is_same_file(int32_t pid, int fd, const struct timerfd_holder *holder) {
    enum { compare_files = 0 };
    return syscall(SYS_kcmp, pid, holder->pid, compare_files, (unsigned long)fd, (unsigned long)holder->fd) == 0;
}

static struct timerfd *find(struct timerfd_list *list, int32_t pid, int fd) {
    for (struct timerfd *timer = list->first; timer != NULL; timer = timer->next)
        for (size_t i = 0; i < timer->holder_count; i++)
            if (timer->holders[i].pid == pid && timer->holders[i].fd == fd) return timer;
    return NULL;
}

/// The timer behind a descriptor that is known to be a timer's; one that came by dup or through a socket is recognised.
static struct timerfd *find_or_add(struct timerfd_list *list, int32_t pid, int fd) {
    struct timerfd *timer = find(list, pid, fd);
    if (timer != NULL) return timer;
    for (timer = list->first; timer != NULL; timer = timer->next) {
        for (size_t i = 0; i < timer->holder_count; i++) {
            if (!is_same_file(pid, fd, &timer->holders[i])) continue;
            add_holder(timer, pid, fd);
            return timer;
        }
    }
    return add(list, pid, fd, clock_of(pid, fd));
}

static struct itimerspec timerfd_setting(const struct timerfd *timer, int64_t now) {
    int64_t left = 0;
    if (timer->deadline != NEVER) left = timer->deadline > now ? saturating_subtract(timer->deadline, now) : 1;
    return (struct itimerspec){.it_interval = timespec_of(timer->interval), .it_value = timespec_of(left)};
}

/// Unarms the kernel's timer, which also forgets expirations that were not read: what setting a timer does.
static int reset(struct timerfd_list *list, int32_t pid, int fd) {
    int copy = borrow_descriptor(pid, fd);
    if ((copy == -EPERM || copy == -ENOSYS) && !list->is_refused) {
        list->is_refused = true;
        list->refused_pid = pid;
    }
    if (copy < 0) return copy;
    struct itimerspec none = {0};
    int result = timerfd_settime(copy, 0, &none, NULL) == 0 ? 0 : -errno;
    close(copy);
    return result;
}

static void set_time(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    struct timerfd_list *list = &trace_of(engine)->timerfds;
    int fd = (int)registers->rdi;
    int flags = (int)registers->rsi;
    struct itimerspec setting;
    // What is invalid is the kernel's to refuse.
    if ((flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) != 0
        || !memory_read(thread->tid, registers->rdx, &setting, sizeof setting) || !is_valid_timespec(&setting.it_value)
        || !is_valid_timespec(&setting.it_interval) || reset(list, thread->pid, fd) != 0) {
        thread_pass(thread);
        return;
    }
    struct timerfd *timer = find_or_add(list, thread->pid, fd);
    if (timer == NULL) {
        thread_skip(thread, registers, -ENOMEM);
        return;
    }
    int64_t now = warp_page_now(engine->page);
    struct itimerspec old = timerfd_setting(timer, now);
    int64_t value = timespec_nanoseconds(&setting.it_value);
    timer->interval = timespec_nanoseconds(&setting.it_interval);
    if (value == 0) timer->deadline = NEVER;
    else if (!(flags & TFD_TIMER_ABSTIME)) timer->deadline = saturating_add(now, value);
    else timer->deadline = timer->is_realtime ? saturating_subtract(value, engine->realtime_offset) : value;
    bool is_written = registers->r10 == 0 || memory_write(thread->tid, registers->r10, &old, sizeof old);
    thread_skip(thread, registers, is_written ? 0 : -EFAULT);
}

static void get_time(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    const struct timerfd *timer = find(&trace_of(engine)->timerfds, thread->pid, (int)registers->rdi);
    struct timerfd_holder asked = {thread->pid, (int)registers->rdi};
    if (timer == NULL || !is_timerfd(&asked)) {
        thread_pass(thread);
        return;
    }
    struct itimerspec setting = timerfd_setting(timer, warp_page_now(engine->page));
    thread_skip(thread, registers, memory_write(thread->tid, registers->rsi, &setting, sizeof setting) ? 0 : -EFAULT);
}

void timerfd_call(struct warp_engine *engine, struct thread *thread, struct user_regs_struct *registers) {
    switch (registers->orig_rax) {
    case SYS_timerfd_settime: set_time(engine, thread, registers); break;
    case SYS_timerfd_gettime: get_time(engine, thread, registers); break;
    default: thread_follow(thread, registers, EXIT_TIMERFD); break;
    }
}

void timerfd_created(struct warp_engine *engine, struct thread *thread, const struct user_regs_struct *registers) {
    struct timerfd_list *list = &trace_of(engine)->timerfds;
    int64_t fd = (int64_t)registers->rax;
    if (fd >= 0) {
        // The number may have been another timer's, which was closed.
        forget(list, thread->pid, false, (int)fd);
        add(list, thread->pid, (int)fd, (int)registers->rdi);
    }
    thread_pass(thread);
}

static void drop_closed(struct timerfd *timer) {
    for (size_t i = timer->holder_count; i > 0; i--)
        if (!is_timerfd(&timer->holders[i - 1])) remove_holder(timer, i - 1);
}

struct timerfd *timerfds_first(struct timerfd_list *list) {
    for (;;) {
        struct timerfd *first = NULL;
        for (struct timerfd *timer = list->first; timer != NULL; timer = timer->next)
            if (timer->deadline != NEVER && (first == NULL || timer->deadline < first->deadline)) first = timer;
        if (first == NULL) return NULL;
        drop_closed(first);
        if (first->holder_count > 0) return first;
        drop_unheld(list);
    }
}

/// Expirations that were not read yet, from /proc/PID/fdinfo.
static uint64_t unread_ticks(const struct timerfd_holder *holder) {
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", holder->pid, holder->fd);
    FILE *file = fopen(path, "re");
    if (file == NULL) return 0;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    const char *ticks = strstr(text, "ticks:");
    return ticks != NULL ? strtoull(ticks + strlen("ticks:"), NULL, 10) : 0;
}

/// Makes a timer readable with this many expirations more. Returns false when the descriptor is gone.
static bool expire(const struct timerfd_holder *holder, uint64_t expirations) {
    int copy = borrow_descriptor(holder->pid, holder->fd);
    if (copy < 0) return false;
    uint64_t ticks = unread_ticks(holder) + expirations;
    bool is_done = ioctl(copy, TFD_IOC_SET_TICKS, &ticks) == 0;
    if (!is_done && errno == ENOTTY) {
        // A kernel without checkpoint and restore: one nanosecond of the host's clock, and a wait until it has passed.
        struct itimerspec soon = {.it_value = {.tv_nsec = 1}};
        struct pollfd readable = {.fd = copy, .events = POLLIN};
        is_done = timerfd_settime(copy, 0, &soon, NULL) == 0 && poll(&readable, 1, 100) >= 0;
    }
    close(copy);
    return is_done;
}

int32_t timerfds_fire(struct timerfd_list *list, int64_t now) {
    int32_t count = 0;
    for (struct timerfd *timer = list->first; timer != NULL; timer = timer->next) {
        if (timer->deadline == NEVER || timer->deadline > now) continue;
        int64_t passed = timer->interval > 0 ? saturating_subtract(now, timer->deadline) / timer->interval : 0;
        timer->deadline =
            timer->interval > 0 ? saturating_add(timer->deadline + passed * timer->interval, timer->interval) : NEVER;
        while (timer->holder_count > 0 && !expire(&timer->holders[0], (uint64_t)passed + 1)) remove_holder(timer, 0);
        count++;
    }
    drop_unheld(list);
    return count;
}
#endif
