// Where the warped clock does not work, it says so and does nothing.
#if !(defined(__linux__) && defined(__x86_64__))
#include "CTimeWarp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

warp_engine *warp_engine_open(const struct warp_options *options, char *why, size_t why_size) {
    (void)options;
    snprintf(why, why_size, "the warped clock works on Linux on x86-64 only");
    return NULL;
}

// Without an engine none of these can be called.

void warp_engine_stop(warp_engine *engine) {
    (void)engine;
}

void warp_engine_close(warp_engine *engine) {
    (void)engine;
}

int64_t warp_engine_cpu_time(const warp_engine *engine) {
    (void)engine;
    return 0;
}

struct warp_page *warp_engine_page(const warp_engine *engine) {
    (void)engine;
    return NULL;
}

int warp_engine_signal_fd(const warp_engine *engine) {
    (void)engine;
    return -1;
}

int32_t warp_engine_launch(warp_engine *engine, const struct warp_command *command) {
    (void)engine;
    (void)command;
    return -ENOSYS;
}

void warp_engine_signal(warp_engine *engine, int32_t root, int32_t signal) {
    (void)engine;
    (void)root;
    (void)signal;
}

size_t warp_engine_pump(warp_engine *engine, struct warp_end *ends, size_t capacity, size_t *ended) {
    (void)engine;
    (void)ends;
    (void)capacity;
    *ended = 0;
    return 0;
}

void warp_engine_look(warp_engine *engine, struct warp_look *look) {
    (void)engine;
    memset(look, 0, sizeof *look);
}

int32_t warp_engine_bytes_on_their_way(warp_engine *engine) {
    (void)engine;
    return 0;
}

int warp_engine_next(warp_engine *engine, struct warp_wait *wait, int32_t *skipped) {
    (void)engine;
    memset(wait, 0, sizeof *wait);
    *skipped = 0;
    return 0;
}

int32_t warp_engine_fire(warp_engine *engine) {
    (void)engine;
    return 0;
}

size_t warp_engine_waits(warp_engine *engine, struct warp_wait *waits, size_t capacity) {
    (void)engine;
    (void)waits;
    (void)capacity;
    return 0;
}

void warp_task_doing(int32_t pid, int32_t tid, char *text, size_t size) {
    (void)pid;
    (void)tid;
    if (size > 0) text[0] = 0;
}

size_t warp_engine_outside_peers(warp_engine *engine, struct warp_peer *peers, size_t capacity) {
    (void)engine;
    (void)peers;
    (void)capacity;
    return 0;
}

int warp_engine_refusal(warp_engine *engine, struct warp_refusal *refusal) {
    (void)engine;
    memset(refusal, 0, sizeof *refusal);
    return 0;
}

struct warp_counts warp_engine_counts(const warp_engine *engine) {
    (void)engine;
    return (struct warp_counts){0};
}

int64_t warp_page_now(const struct warp_page *page) {
    (void)page;
    return 0;
}

int64_t warp_page_realtime_offset(const struct warp_page *page) {
    (void)page;
    return 0;
}

void warp_page_advance(struct warp_page *page, int64_t instant) {
    (void)page;
    (void)instant;
}
#endif
