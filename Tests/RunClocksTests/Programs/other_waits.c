// Waits with a limit that are neither sleeps nor polls: System V semaphores, message queues, signals, asynchronous I/O.
#define _GNU_SOURCE
#include "seconds.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    int semaphores = semget(IPC_PRIVATE, 1, 0600);
    struct sembuf take = {.sem_num = 0, .sem_op = -1};
    struct timespec limit = {10, 0};
    double begun = seconds();
    long result = semtimedop(semaphores, &take, 1, &limit);
    tell("semtimedop", begun, result == -1 ? errno : result);
    semctl(semaphores, 0, IPC_RMID);

    char name[64], message[64];
    snprintf(name, sizeof name, "/other-waits-%d", (int)getpid());
    struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = sizeof message};
    mqd_t queue = mq_open(name, O_CREAT | O_RDWR, 0600, &attributes);
    if (queue != (mqd_t)-1) {
        mq_unlink(name);
        clock_gettime(CLOCK_REALTIME, &limit);
        limit.tv_sec += 20;
        begun = seconds();
        result = mq_timedreceive(queue, message, sizeof message, NULL, &limit);
        tell("mq_timedreceive", begun, result == -1 ? errno : result);
        mq_send(queue, "x", 1, 0);
        clock_gettime(CLOCK_REALTIME, &limit);
        limit.tv_sec += 30;
        begun = seconds();
        result = mq_timedsend(queue, "y", 1, 0, &limit);
        tell("mq_timedsend", begun, result == -1 ? errno : result);
    }

    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    limit = (struct timespec){40, 0};
    begun = seconds();
    result = sigtimedwait(&set, NULL, &limit);
    tell("sigtimedwait", begun, result == -1 ? errno : result);

    int group = epoll_create1(0);
    struct epoll_event event;
    limit = (struct timespec){5, 500000000};
    begun = seconds();
    tell("epoll_pwait2", begun, syscall(SYS_epoll_pwait2, group, &event, 1, &limit, NULL, 8));

    aio_context_t context = 0;
    struct io_event done;
    syscall(SYS_io_setup, 1, &context);
    limit = (struct timespec){6, 0};
    begun = seconds();
    tell("io_getevents", begun, syscall(SYS_io_getevents, context, 1, 1, &done, &limit));
    return 0;
}
