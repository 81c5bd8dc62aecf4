#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "trace.h"

#include "trace_clock.h"
#include "vdso_image.h"
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// A new program, stopped as its execve returns and before its first instruction, is made to map the shared page and
// room for code; the replacement clock is written there, and the vDSO's functions become jumps to it. Where any of that
// fails, the vDSO is hidden from the program instead, which then asks the kernel for the time, and every such call
// stops: slower, as exact.

/// A stopped program that is made to call the kernel.
struct puppet {
    int32_t tid;
    struct user_regs_struct registers;
    uint64_t call_gate;
    /// SIGSTOP, which cannot be blocked, came meanwhile.
    bool was_stopped;
};

/// Waits for the next stop of a system call. Returns false when the thread is gone: its end is left for the pump to
/// report.
static bool await_call_stop(struct puppet *puppet) {
    for (;;) {
        siginfo_t info = {0};
        int status;
        if (ptrace(PTRACE_SYSCALL, puppet->tid, NULL, NULL) != 0) return false;
        if (waitid(P_PID, (id_t)puppet->tid, &info, WEXITED | WSTOPPED | WNOWAIT | __WALL) != 0) return false;
        if (info.si_code == CLD_EXITED || info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED) return false;
        if (waitpid(puppet->tid, &status, WNOHANG | __WALL) != puppet->tid || !WIFSTOPPED(status)) return false;
        if (WSTOPSIG(status) == (SIGTRAP | 0x80)) return true;
        // Everything else is blocked. A stop that is swallowed here is made up for later.
        if (status >> 16 == 0 && WSTOPSIG(status) == SIGSTOP) puppet->was_stopped = true;
    }
}

/// Makes the program call the kernel. Returns what the call returns.
static int64_t call(struct puppet *puppet, long number, const uint64_t arguments[6]) {
    struct user_regs_struct registers = puppet->registers;
    registers.rip = puppet->call_gate;
    registers.rax = (unsigned long long)number;
    registers.orig_rax = (unsigned long long)-1;
    for (int i = 0; i < 6; i++) *call_argument(&registers, i) = arguments[i];
    // The first stop is the call's entry, the second its exit.
    if (ptrace(PTRACE_SETREGS, puppet->tid, NULL, &registers) != 0 || !await_call_stop(puppet)
        || !await_call_stop(puppet) || ptrace(PTRACE_GETREGS, puppet->tid, NULL, &registers) != 0)
        return -ESRCH;
    return (int64_t)registers.rax;
}

static bool map_page(struct puppet *puppet, const char *page_path) {
    // Below the stack pointer is nothing yet that the program needs.
    uint64_t path = (puppet->registers.rsp - 8192) & ~UINT64_C(15);
    if (!memory_write(puppet->tid, path, page_path, strlen(page_path) + 1)) return false;
    int64_t file = call(puppet, SYS_open, (uint64_t[6]){path, O_RDWR});
    if (file < 0) return false;
    const uint64_t access = PROT_READ | PROT_WRITE, flags = MAP_SHARED | MAP_FIXED_NOREPLACE;
    const uint64_t page[6] = {WARP_PAGE_ADDRESS, WARP_PAGE_HEADER_SIZE, access, flags, (uint64_t)file, 0};
    bool is_mapped = call(puppet, SYS_mmap, page) == WARP_PAGE_ADDRESS;
    call(puppet, SYS_close, (uint64_t[6]){(uint64_t)file});
    return is_mapped;
}

static bool map_code(struct puppet *puppet) {
    const uint64_t flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
    const uint64_t code[6] = {WARP_CODE_ADDRESS, 4096, PROT_READ | PROT_EXEC, flags, UINT64_MAX, 0};
    return call(puppet, SYS_mmap, code) == WARP_CODE_ADDRESS;
}

/// Writes to /proc/PID/mem, which a tracer may do where the program itself may only read and execute.
static bool write_code(int memory, uint64_t address, const void *bytes, size_t size) {
    return pwrite(memory, bytes, size, (off_t)address) == (ssize_t)size;
}

static bool redirect(int memory, uint64_t function, const unsigned char *replacement) {
    if (function == 0) return true;
    // movabs $target, %rax; jmp *%rax
    unsigned char jump[12] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};
    uint64_t target = WARP_CODE_ADDRESS + (uint64_t)(replacement - warp_clock_code);
    memcpy(jump + 2, &target, sizeof target);
    return write_code(memory, function, jump, sizeof jump);
}

static bool install(const struct puppet *puppet, const struct vdso_image *image) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", puppet->tid);
    int memory = open(path, O_RDWR | O_CLOEXEC);
    if (memory < 0) return false;
    size_t size = (size_t)(warp_clock_code_end - warp_clock_code);
    bool is_done = write_code(memory, WARP_CODE_ADDRESS, warp_clock_code, size)
        && redirect(memory, image->clock_gettime, warp_clock_gettime_code)
        && redirect(memory, image->gettimeofday, warp_gettimeofday_code)
        && redirect(memory, image->time, warp_time_code);
    close(memory);
    return is_done;
}

/// The stack begins with the count of arguments, the arguments, NULL, the environment, NULL, and the auxiliary vector.
static void hide(int32_t tid, uint64_t stack) {
    enum { most_words = 1 << 20 };
    uint64_t word = 0;
    if (!memory_read(tid, stack, &word, sizeof word) || word > most_words) return;
    uint64_t address = stack + 8 * (word + 2);
    for (int i = 0; i < most_words; i++, address += 8)
        if (!memory_read(tid, address, &word, sizeof word) || word == 0) break;
    address += 8;
    for (int i = 0; i < 64; i++, address += 16) {
        if (!memory_read(tid, address, &word, sizeof word) || word == AT_NULL) return;
        if (word != AT_SYSINFO_EHDR) continue;
        word = AT_IGNORE;
        memory_write(tid, address, &word, sizeof word);
    }
}

static bool replace(const struct warp_engine *engine, struct puppet *puppet, const struct vdso_image *image) {
    uint64_t mask = 0, all = UINT64_MAX;
    if (ptrace(PTRACE_GETSIGMASK, puppet->tid, sizeof mask, &mask) != 0) return false;
    ptrace(PTRACE_SETSIGMASK, puppet->tid, sizeof all, &all);
    bool is_done = map_page(puppet, engine->page_path) && map_code(puppet) && install(puppet, image);
    ptrace(PTRACE_SETREGS, puppet->tid, NULL, &puppet->registers);
    ptrace(PTRACE_SETSIGMASK, puppet->tid, sizeof mask, &mask);
    if (puppet->was_stopped) syscall(SYS_tgkill, puppet->tid, puppet->tid, SIGSTOP);
    return is_done;
}

void trace_replace_clock(struct warp_engine *engine, int32_t tid) {
    struct puppet puppet = {.tid = tid};
    struct vdso_image image;
    if (vdso_address(tid) == 0 || ptrace(PTRACE_GETREGS, tid, NULL, &puppet.registers) != 0) return;
    bool is_understood = vdso_image_read(tid, &image);
    puppet.call_gate = image.call_gate;
    if (!is_understood || !replace(engine, &puppet, &image)) hide(tid, puppet.registers.rsp);
}
#endif
