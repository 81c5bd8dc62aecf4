/// Starting other programs: they stay in the session also when their environment was made anew.
#include "libc.h"
#include "session.h"
#include <dlfcn.h>
#include <stdlib.h>

extern char **environ;

enum { most_variables = 1024, most_bytes = 4096 };

static const char preload_name[] = "LD_PRELOAD=";
static const char clock_name[] = "HOOKASSAY_CLOCK=";

/// What is added to an environment. On the stack of the caller: this runs after vfork too, where the heap is the
/// parent's.
struct addition {
    char preload[most_bytes];
    char clock[PATH_MAX + sizeof clock_name];
    char *variables[most_variables + 3];
};

static char clock_variable[PATH_MAX + sizeof clock_name];
static char library[PATH_MAX];

/// Kept from the time of loading, since a program may change its own environment later.
__attribute__((constructor)) static void keep_own_variables(void)
{
    const char *page = getenv("HOOKASSAY_CLOCK");
    Dl_info information;
    if (page == NULL || strlen(page) >= PATH_MAX || dladdr((void *)keep_own_variables, &information) == 0 ||
        strlen(information.dli_fname) >= PATH_MAX) {
        return;
    }
    strcpy(stpcpy(clock_variable, clock_name), page);
    strcpy(library, information.dli_fname);
}

static const char *value_of(char *const *environment, const char *name)
{
    for (size_t i = 0; environment != NULL && environment[i] != NULL; i++) {
        if (strncmp(environment[i], name, strlen(name)) == 0) {
            return environment[i] + strlen(name);
        }
    }
    return NULL;
}

/// The environment itself when it says everything already, or when there is no room for more.
static char *const *complete(char *const *environment, struct addition *addition)
{
    if (session() == NULL || library[0] == 0) {
        return environment;
    }
    const char *preload = value_of(environment, preload_name);
    const char *clock = value_of(environment, clock_name);
    bool has_library = preload != NULL && strstr(preload, library) != NULL;
    if (has_library && clock != NULL) {
        return environment;
    }
    size_t length = preload == NULL ? 0 : strlen(preload);
    if (sizeof preload_name + strlen(library) + 1 + length > sizeof addition->preload) {
        return environment;
    }
    char *end = stpcpy(stpcpy(addition->preload, preload_name), has_library ? "" : library);
    end = stpcpy(end, has_library || length == 0 ? "" : " ");
    strcpy(end, preload == NULL ? "" : preload);
    size_t count = 0;
    for (size_t i = 0; environment != NULL && environment[i] != NULL; i++) {
        if (count == most_variables) {
            return environment;
        }
        if (strncmp(environment[i], preload_name, strlen(preload_name)) != 0 &&
            strncmp(environment[i], clock_name, strlen(clock_name)) != 0) {
            addition->variables[count++] = environment[i];
        }
    }
    addition->variables[count++] = addition->preload;
    addition->variables[count++] = clock_variable;
    addition->variables[count] = NULL;
    return addition->variables;
}

REPLACES_LIBC int execve(const char *path, char *const arguments[], char *const environment[])
{
    struct addition addition;
    return libc.execve(path, arguments, (char **)complete(environment, &addition));
}

REPLACES_LIBC int execv(const char *path, char *const arguments[])
{
    return execve(path, arguments, environ);
}

REPLACES_LIBC int execvpe(const char *name, char *const arguments[], char *const environment[])
{
    struct addition addition;
    return libc.execvpe(name, arguments, (char **)complete(environment, &addition));
}

REPLACES_LIBC int execvp(const char *name, char *const arguments[])
{
    return execvpe(name, arguments, environ);
}

REPLACES_LIBC int fexecve(int file, char *const arguments[], char *const environment[])
{
    struct addition addition;
    return libc.fexecve(file, arguments, (char **)complete(environment, &addition));
}

REPLACES_LIBC int posix_spawn(
    pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *restrict actions,
    const posix_spawnattr_t *restrict attributes, char *const arguments[restrict], char *const environment[restrict])
{
    struct addition addition;
    return libc.posix_spawn(
        pid, path, actions, attributes, arguments, (char **)complete(environment, &addition));
}

REPLACES_LIBC int posix_spawnp(
    pid_t *restrict pid, const char *restrict name, const posix_spawn_file_actions_t *restrict actions,
    const posix_spawnattr_t *restrict attributes, char *const arguments[restrict], char *const environment[restrict])
{
    struct addition addition;
    return libc.posix_spawnp(
        pid, name, actions, attributes, arguments, (char **)complete(environment, &addition));
}
