/// What every file of this library includes first.
///
/// glibc declares most of the functions that are replaced here with parameters that are never NULL, and a compiler may
/// then drop a check for NULL. A program may pass NULL all the same and must get what libc would have answered.
#pragma once
#if !defined(__linux__) || !defined(__x86_64__)
#error "the warped clock works on Linux on x86-64 only"
#endif
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/cdefs.h>
#undef __nonnull
#define __nonnull(parameters)
#undef __attribute_nonnull__
#define __attribute_nonnull__(parameters)

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

/// What is called from several files of this library is not shown to the program.
#define PRIVATE __attribute__((visibility("hidden")))
/// What takes the place of a function of libc is.
#define REPLACES_LIBC __attribute__((visibility("default")))
