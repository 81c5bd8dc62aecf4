// Three hundred processes, some with children of their own, most of which only live for a moment.
#define _GNU_SOURCE
#include "seconds.h"
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    double begun = seconds();
    for (int i = 0; i < 300; i++) {
        if (fork() != 0) continue;
        if (i % 10 == 0 && fork() == 0) {
            sleep_for(60);
            _exit(0);
        }
        if (i % 7 == 0) sleep_for(30);
        while (wait(NULL) > 0) {
        }
        _exit(0);
    }
    int ended = 0;
    while (wait(NULL) > 0) ended++;
    tell("storm", begun, ended);
    return 0;
}
