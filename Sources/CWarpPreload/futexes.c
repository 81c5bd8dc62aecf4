/// Futexes that a program waits on without libc's locks: Rust's standard library, Swift's, and others.
#include "futexes.h"
#include "kernel.h"
#include "waits.h"

enum { futex_waitv_call = 449, futex_of_32_bits = 2 };

/// As linux/futex.h has it since 5.16, spelled out for older headers.
struct waited_word {
    uint64_t value;
    uint64_t address;
    uint32_t flags;
    uint32_t reserved;
};

static bool can_wait_on_two(void)
{
    static _Atomic int known;
    int answer = atomic_load(&known);
    if (answer == 0) {
        // Without any word the call fails with EINVAL where it exists.
        answer = kernel_call(futex_waitv_call, 0, 0, 0, 0, 0, 0) == -ENOSYS ? -1 : 1;
        atomic_store(&known, answer);
    }
    return answer > 0;
}

long futex_wait_until(
    struct warp_page *page, const uint32_t *word, uint32_t expected, bool is_private, int64_t deadline)
{
    struct timed_wait wait;
    if (!can_wait_on_two() ||
        !wait_begin(&wait, page, WARP_WAIT_FUTEX, PRELOAD_WAY_FUTEX, deadline, (uint64_t)(uintptr_t)word)) {
        return -ENOSYS;
    }
    struct waited_word words[2] = {
        {.value = expected,
         .address = (uint64_t)(uintptr_t)word,
         .flags = futex_of_32_bits | (is_private ? FUTEX_PRIVATE_FLAG : 0)},
        {.value = WARP_SLOT_ARMED, .address = (uint64_t)(uintptr_t)&wait.slot->state, .flags = futex_of_32_bits},
    };
    long woken = kernel_call(futex_waitv_call, (long)words, 2, 0, 0, 0, 0);
    bool fired = wait_end(&wait);
    if (woken == 0) {
        return 0;
    }
    if (fired) {
        return -ETIMEDOUT;
    }
    return woken < 0 ? woken : 0;
}

/// For kernels that wait on one word only, and for waits that choose their wakers by bits: no limit, and the
/// controller's signal.
static long wait_interruptibly(
    struct warp_page *page, uint32_t *word, int operation, uint32_t value, uint32_t bits, int64_t deadline)
{
    struct timed_wait wait;
    if (!wait_begin(
            &wait, page, WARP_WAIT_FUTEX, PRELOAD_WAY_INTERRUPTING_SIGNAL, deadline, (uint64_t)(uintptr_t)word)) {
        return -ENOSYS;
    }
    long result = kernel_call(SYS_futex, (long)word, operation, value, 0, 0, bits);
    return wait_end(&wait) && result == -EINTR ? -ETIMEDOUT : result;
}

bool futex_call(
    struct warp_page *page, uint32_t *word, int operation, uint32_t value, const struct timespec *limit, uint32_t bits,
    long *result)
{
    int command = operation & FUTEX_CMD_MASK;
    bool is_relative = command == FUTEX_WAIT;
    if (limit == NULL || (command != FUTEX_WAIT && command != FUTEX_WAIT_BITSET) || !is_valid_time(limit)) {
        return false;
    }
    clockid_t clock = operation & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    int64_t deadline = is_relative ? session_deadline(page, nanoseconds(limit)) : session_instant(page, clock, limit);
    long answer;
    if (session_now(page) >= deadline) {
        // The kernel says what is wrong with the address or the value before it says that the time is over.
        struct timespec none = {0, 0};
        answer = kernel_call(SYS_futex, (long)word, operation, value, (long)&none, 0, bits);
    } else if (is_relative || bits == FUTEX_BITSET_MATCH_ANY) {
        answer = futex_wait_until(page, word, value, (operation & FUTEX_PRIVATE_FLAG) != 0, deadline);
    } else {
        answer = -ENOSYS;
    }
    if (answer == -ENOSYS) {
        answer = wait_interruptibly(page, word, operation, value, bits, deadline);
    }
    if (answer == -ENOSYS) {
        return false;
    }
    *result = libc_result(answer);
    return true;
}
