// alarm and setitimer: once, repeated, their settings as told back, and an alarm that outlives execve.
#define _GNU_SOURCE
#include "seconds.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t rung;

static void ring(int number) {
    (void)number;
    rung++;
}

static double value_of(struct itimerval setting) {
    return (double)setting.it_value.tv_sec + (double)setting.it_value.tv_usec / 1e6;
}

int main(int count, char **arguments) {
    struct sigaction action = {.sa_handler = ring};
    sigaction(SIGALRM, &action, NULL);
    double begun = seconds();
    if (count > 1) {
        begun = atof(arguments[1]);
        pause();
        tell("outlived", begun, rung);
        return 0;
    }
    alarm(100);
    sleep_for(40);
    tell("replaced", begun, alarm(10));
    pause();
    tell("alarm", begun, rung);

    begun = seconds();
    struct itimerval setting = {.it_value = {4, 500000}, .it_interval = {2, 0}}, old;
    setitimer(ITIMER_REAL, &setting, NULL);
    for (int i = 0; i < 3; i++) {
        pause();
        tell("setitimer", begun, rung);
    }
    getitimer(ITIMER_REAL, &old);
    printf("left %.3f every %.3f\n", value_of(old), (double)old.it_interval.tv_sec);
    setting = (struct itimerval){{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &setting, &old);
    printf("old %.3f\n", value_of(old));

    fflush(stdout);
    char since[64];
    snprintf(since, sizeof since, "%.9f", seconds());
    alarm(25);
    execl(arguments[0], arguments[0], since, (char *)NULL);
    return 1;
}
