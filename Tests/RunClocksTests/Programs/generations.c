// Processes that come and go all the time, as in a shell script: while one is gone the next one is made, and it is the
// child of that one that works. Whoever takes the one for the other when counting them does not see it.
#include "seconds.h"
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void work(void) {
    // Some 20 ms, without a call that anybody could see.
    for (volatile long i = 0; i < 20000000; i++) {
    }
}

/// Makes a child that ends at once or, when it is the last of its line, one whose own child works. Waits for it.
static void make_child(int is_last) {
    pid_t child = fork();
    if (child == 0) {
        pid_t worker = is_last ? fork() : -1;
        if (worker == 0) {
            work();
            _exit(0);
        }
        if (worker > 0) waitpid(worker, NULL, 0);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

int main(void) {
    double begun = seconds();
    int lines = 0;
    for (; lines < 40; lines++) {
        // In a process of its own, which is itself new to whoever looks.
        pid_t line = fork();
        if (line == 0) {
            for (int i = 0; i < 6; i++) make_child(i == 5);
            _exit(0);
        }
        waitpid(line, NULL, 0);
    }
    tell("generations", begun, lines);
    return 0;
}
