// Becomes a daemon (two forks, a session of its own), which works for a minute after the program has ended.
#define _GNU_SOURCE
#include "seconds.h"
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    double begun = seconds();
    if (fork() != 0) return 0;
    setsid();
    if (fork() != 0) return 0;
    sleep_for(60);
    tell("daemon", begun, 0);
    // And on, until somebody ends it.
    for (;;) sleep_for(1000);
}
