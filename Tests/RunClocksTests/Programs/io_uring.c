// io_uring, whose waits nobody outside could see: is it there?
#define _GNU_SOURCE
#include <errno.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    struct io_uring_params parameters;
    memset(&parameters, 0, sizeof parameters);
    long ring = syscall(SYS_io_uring_setup, 4, &parameters);
    printf("io_uring_setup %d\n", ring < 0 ? errno : 0);
    return 0;
}
