// Programs that are begun in unusual ways: by vfork, by a thread that is not the first, while other threads wait.
#define _GNU_SOURCE
#include "seconds.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *path;

static void *wait_long(void *unused) {
    sleep_for(500);
    return unused;
}

static void *become_another(void *unused) {
    sleep_for(5);
    execl(path, path, "second", (char *)NULL);
    return unused;
}

int main(int count, char **arguments) {
    static double begun;
    path = arguments[0];
    begun = seconds();
    if (count > 1 && strcmp(arguments[1], "sleep") == 0) {
        sleep_for(20);
        return 0;
    }
    if (count > 1) {
        // A new program in the place of the old: the waits of its threads are gone with them.
        sleep_for(30);
        tell("second", begun, 0);
        return 0;
    }
    pid_t child = vfork();
    if (child == 0) {
        execl(path, path, "sleep", (char *)NULL);
        _exit(1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    tell("vfork", begun, status);

    begun = seconds();
    tell("system", begun, system("sleep 15"));

    pthread_t threads[4];
    for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, wait_long, NULL);
    pthread_create(&threads[3], NULL, become_another, NULL);
    sleep_for(300);
    return 1;
}
