#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/// Everything that the child needs, made before the fork: between fork and execve of a process with several threads
/// only async-signal-safe calls are lawful, so nothing is allocated or looked up there.
struct preparation {
    const struct warp_command *command;
    char **environment;
    /// Paths to try, in order; ends with NULL.
    char **candidates;
    /// The child waits for a byte from `go`, and writes its errno to `failure`, which execve closes.
    int go[2];
    int failure[2];
};

static const char *search_path(char *const *environment) {
    for (char *const *entry = environment; *entry != NULL; entry++)
        if (strncmp(*entry, "PATH=", 5) == 0) return *entry + 5;
    return "/usr/local/bin:/usr/bin:/bin";
}

static void free_candidates(char **candidates) {
    for (char **candidate = candidates; candidate != NULL && *candidate != NULL; candidate++) free(*candidate);
    free(candidates);
}

/// The paths that a name may stand for: itself when it has a slash, else one for each folder of PATH (an empty entry is
/// the present folder, as execvp has it).
static char **make_candidates(const char *program, char *const *environment) {
    const char *path = search_path(environment);
    size_t most = 2;
    for (const char *letter = path; *letter != 0; letter++) most += *letter == ':';
    char **candidates = calloc(most + 1, sizeof *candidates);
    if (candidates == NULL) return NULL;
    if (strchr(program, '/') != NULL) {
        candidates[0] = strdup(program);
        return candidates;
    }
    for (size_t count = 0; count < most; path++) {
        size_t length = strcspn(path, ":");
        int written = asprintf(&candidates[count++], "%.*s%s%s", (int)length, path, length > 0 ? "/" : "./", program);
        if (written < 0) {
            candidates[count - 1] = NULL;
            free_candidates(candidates);
            return NULL;
        }
        path += length;
        if (*path == 0) break;
    }
    return candidates;
}

/// A program begins with the dispositions of a fresh login, not with what this process or its runtime ignores.
static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/// dup2 onto 0, 1 and 2 must not overwrite a source that is itself one of them, so both are first copied out of the
/// way.
static bool place_files(const struct warp_command *command) {
    int input = fcntl(command->input, F_DUPFD_CLOEXEC, 3);
    int output = fcntl(command->output, F_DUPFD_CLOEXEC, 3);
    if (input < 0 || output < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) return false;
    // A program must not get what this process has open. Kernels before 5.11 lack this; descriptors are made with
    // O_CLOEXEC here anyway.
    close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    return true;
}

/// The errno of the most telling attempt: a file that may not be executed says more than one that is not there.
static int try_candidates(const struct preparation *preparation) {
    int reason = ENOENT;
    for (char **candidate = preparation->candidates; *candidate != NULL; candidate++) {
        execve(*candidate, preparation->command->arguments, preparation->environment);
        if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) return errno;
        if (errno == EACCES) reason = EACCES;
    }
    return reason;
}

_Noreturn static void run_child(struct warp_engine *engine, const struct preparation *preparation) {
    const struct warp_command *command = preparation->command;
    int reason = 0;
    char byte;
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    reset_signals();
    setrlimit(RLIMIT_NOFILE, &engine->file_limit);
    if (read(preparation->go[0], &byte, 1) != 1) _exit(127);
    if (command->folder != NULL && chdir(command->folder) != 0) reason = errno;
    else if (!place_files(command)) reason = errno;
    else reason = -engine->operations->prepare_child(engine);
    if (reason == 0) reason = try_candidates(preparation);
    ssize_t written = write(preparation->failure[1], &reason, sizeof reason);
    _exit(written == (ssize_t)sizeof reason ? 126 : 127);
}

static void close_pipe(int *ends) {
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0) close(ends[i]);
}

/// Reaps a child that did not come to run its program.
static void give_up(struct warp_engine *engine, int32_t pid) {
    int status = 0;
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, __WALL) == pid && WIFSTOPPED(status)) engine->operations->stopped(engine, pid, status);
    engine->operations->ended(engine, pid, status);
    process_remove(&engine->processes, pid);
}

/// Waits until the child runs its program (the pipe closes) or tells why it cannot. A traced child stops on the way, at
/// its execve for one, and is let go on by the engine.
static int await_program(struct warp_engine *engine, int32_t pid, int failure) {
    fcntl(failure, F_SETFL, O_NONBLOCK);
    for (;;) {
        int reason = 0;
        ssize_t length = read(failure, &reason, sizeof reason);
        if (length == (ssize_t)sizeof reason) return reason;
        if (length == 0) return 0;
        if (length > 0 || (errno != EAGAIN && errno != EINTR)) return EIO;
        int status;
        pid_t reported = waitpid(pid, &status, WNOHANG | __WALL);
        if (reported == pid && !WIFSTOPPED(status)) {
            // Its last words may be in the pipe already; ECHILD from here on.
            length = read(failure, &reason, sizeof reason);
            return length == (ssize_t)sizeof reason ? reason : ECHILD;
        }
        if (reported == pid) engine->operations->stopped(engine, pid, status);
        else usleep(20);
    }
}

static int32_t start(struct warp_engine *engine, struct preparation *preparation) {
    pid_t pid = fork();
    if (pid == 0) run_child(engine, preparation);
    if (pid < 0) return -errno;
    close(preparation->failure[1]);
    preparation->failure[1] = -1;
    struct process *process = process_add(&engine->processes, pid, pid);
    // The number may be that of a program that was killed before.
    for (size_t i = engine->killed_roots.count; i > 0; i--)
        if (engine->killed_roots.ids[i - 1] == pid) id_list_remove_at(&engine->killed_roots, i - 1);
    // The child makes a session of its own at once.
    if (process != NULL) process->sid = pid;
    int reason = process == NULL ? ENOMEM : -engine->operations->launched(engine, pid);
    if (reason == 0 && write(preparation->go[1], "g", 1) != 1) reason = errno;
    if (reason == 0) reason = await_program(engine, pid, preparation->failure[0]);
    if (reason == 0) return pid;
    give_up(engine, pid);
    return -reason;
}

int32_t launch(struct warp_engine *engine, const struct warp_command *command) {
    struct preparation preparation = {.command = command, .go = {-1, -1}, .failure = {-1, -1}};
    char *const *environment = command->environment != NULL ? command->environment : environ;
    char **changed = NULL;
    if (engine->operations->environment != NULL) changed = engine->operations->environment(engine, environment);
    preparation.environment = changed != NULL ? changed : (char **)environment;
    preparation.candidates = make_candidates(command->program, environment);
    int32_t result = -ENOMEM;
    if (preparation.candidates != NULL && preparation.candidates[0] != NULL)
        result = pipe2(preparation.go, O_CLOEXEC) != 0 || pipe2(preparation.failure, O_CLOEXEC) != 0
            ? -errno
            : start(engine, &preparation);
    close_pipe(preparation.go);
    close_pipe(preparation.failure);
    free_candidates(preparation.candidates);
    free(changed);
    return result;
}
#endif
