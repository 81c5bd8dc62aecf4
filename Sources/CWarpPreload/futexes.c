/// Futexes that a program waits on without libc's locks: Rust's standard library, Swift's, and others.
#include "futexes.h"
#include "kernel.h"
#include "waits.h"

enum { futex_of_32_bits = 2, futex_lock_pi2 = 13 };

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
        answer = kernel_call(SYS_futex_waitv_call, 0, 0, 0, 0, 0, 0) == -ENOSYS ? -1 : 1;
        atomic_store(&known, answer);
    }
    return answer > 0;
}

static struct waited_word slot_word(const struct timed_wait *wait)
{
    return (struct waited_word){
        .value = WARP_SLOT_ARMED, .address = (uint64_t)(uintptr_t)&wait->slot->state, .flags = futex_of_32_bits};
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
        slot_word(&wait),
    };
    long woken = kernel_call(SYS_futex_waitv_call, (long)words, 2, 0, 0, 0, 0);
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

bool futex_wait_any_call(
    struct warp_page *page, const void *words, uint32_t count, uint32_t flags, const struct timespec *limit,
    clockid_t clock, long *result)
{
    enum { most_words = 128 };
    struct timed_wait wait;
    bool is_clock = clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME;
    if (limit == NULL || !is_valid_time(limit) || !is_clock || words == NULL || count == 0 || count >= most_words) {
        return false;
    }
    int64_t deadline = session_instant(page, clock, limit);
    if (session_now(page) >= deadline ||
        !wait_begin(&wait, page, WARP_WAIT_FUTEX, PRELOAD_WAY_FUTEX, deadline, (uint64_t)(uintptr_t)words)) {
        return false;
    }
    struct waited_word all[most_words];
    memcpy(all, words, count * sizeof *all);
    all[count] = slot_word(&wait);
    long woken = kernel_call(SYS_futex_waitv_call, (long)all, count + 1, flags, 0, 0, 0);
    bool fired = wait_end(&wait);
    bool is_program = woken >= 0 && woken < (long)count;
    *result = libc_result(fired && !is_program ? -ETIMEDOUT : woken);
    return true;
}

/// Locks with priority inheritance are handed over by the kernel, which lets no signal end the wait for one: they are
/// tried for, in short virtual sleeps.
static long lock_until(struct warp_page *page, uint32_t *word, int operation, int64_t deadline)
{
    static const int64_t longest_pause = 20000000;
    for (int64_t pause = 50000;; pause = pause < longest_pause ? pause * 2 : pause) {
        int attempt = FUTEX_TRYLOCK_PI | (operation & FUTEX_PRIVATE_FLAG);
        long answer = kernel_call(SYS_futex, (long)word, attempt, 0, 0, 0, 0);
        int64_t now = session_now(page);
        if (answer != -EAGAIN && answer != -EWOULDBLOCK) {
            return answer;
        }
        if (now >= deadline) {
            return -ETIMEDOUT;
        }
        int64_t until = later(now, pause);
        sleep_until(page, until < deadline ? until : deadline);
    }
}

/// FUTEX_LOCK_PI always counts on CLOCK_REALTIME, FUTEX_LOCK_PI2 on the clock that the operation names.
static bool lock_call(
    struct warp_page *page, uint32_t *word, int operation, const struct timespec *limit, long *result)
{
    bool is_realtime = (operation & FUTEX_CMD_MASK) == FUTEX_LOCK_PI || (operation & FUTEX_CLOCK_REALTIME) != 0;
    int64_t deadline = session_instant(page, is_realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC, limit);
    *result = libc_result(lock_until(page, word, operation, deadline));
    return true;
}

bool futex_call(
    struct warp_page *page, uint32_t *word, int operation, uint32_t value, const struct timespec *limit, uint32_t bits,
    long *result)
{
    int command = operation & FUTEX_CMD_MASK;
    bool is_relative = command == FUTEX_WAIT;
    bool is_lock = command == FUTEX_LOCK_PI || command == futex_lock_pi2;
    if (is_lock && limit != NULL && is_valid_time(limit)) {
        return lock_call(page, word, operation, limit, result);
    }
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
