// Two hundred threads with waits of their own, and how far the worst of them was from its time, in milliseconds.
#define _GNU_SOURCE
#include "seconds.h"
#include <pthread.h>
#include <stdlib.h>

enum { threads = 200 };

static double worst[threads];

static void *work(void *argument) {
    long number = (long)argument;
    for (int i = 1; i <= 3; i++) {
        double span = (double)(number % 97) + i * 0.25, begun = seconds();
        sleep_for(span);
        double error = (seconds() - begun - span) * 1000;
        if (error < 0) error = -error * 1000;
        if (error > worst[number]) worst[number] = error;
    }
    return NULL;
}

int main(void) {
    pthread_t ids[threads];
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 65536);
    double begun = seconds(), most = 0;
    for (long i = 0; i < threads; i++)
        if (pthread_create(&ids[i], &attributes, work, (void *)i) != 0) return 1;
    for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
    for (int i = 0; i < threads; i++)
        if (worst[i] > most) most = worst[i];
    printf("span %.1f\n", seconds() - begun);
    printf("worst %.3f\n", most);
    return 0;
}
