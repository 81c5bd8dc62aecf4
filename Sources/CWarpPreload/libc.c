/// Finds the functions of libc behind those of this library.
#include "libc.h"
#include <dlfcn.h>

struct libc_functions libc;
static atomic_bool found;

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

/// Condition variables have two versions in glibc; the one without a version number asked for may be that of 2.2.5,
/// which reads the variable's memory differently.
static void *next_condition(const char *name)
{
    void *function = dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2");
    return function != NULL ? function : next(name);
}

static void find_clocks_and_polls(void)
{
    libc.clock_gettime = next("clock_gettime");
    libc.gettimeofday = next("gettimeofday");
    libc.times = next("times");
    libc.clock_nanosleep = next("clock_nanosleep");
    libc.poll = next("poll");
    libc.ppoll = next("ppoll");
    libc.select = next("select");
    libc.pselect = next("pselect");
    libc.epoll_wait = next("epoll_wait");
    libc.epoll_pwait = next("epoll_pwait");
    libc.epoll_pwait2 = next("epoll_pwait2");
}

static void find_threads(void)
{
    libc.pthread_create = next("pthread_create");
    libc.cond_wait = next_condition("pthread_cond_wait");
    libc.cond_timedwait = next_condition("pthread_cond_timedwait");
    libc.cond_clockwait = next("pthread_cond_clockwait");
    libc.sem_wait = next("sem_wait");
    libc.sem_timedwait = next("sem_timedwait");
    libc.sem_clockwait = next("sem_clockwait");
    libc.mutex_timedlock = next("pthread_mutex_timedlock");
    libc.mutex_clocklock = next("pthread_mutex_clocklock");
    libc.rwlock_timedrdlock = next("pthread_rwlock_timedrdlock");
    libc.rwlock_timedwrlock = next("pthread_rwlock_timedwrlock");
    libc.rwlock_clockrdlock = next("pthread_rwlock_clockrdlock");
    libc.rwlock_clockwrlock = next("pthread_rwlock_clockwrlock");
    libc.timedjoin = next("pthread_timedjoin_np");
    libc.clockjoin = next("pthread_clockjoin_np");
}

static void find_timers_and_signals(void)
{
    libc.timerfd_create = next("timerfd_create");
    libc.timerfd_settime = next("timerfd_settime");
    libc.timerfd_gettime = next("timerfd_gettime");
    libc.setitimer = next("setitimer");
    libc.getitimer = next("getitimer");
    libc.timer_create = next("timer_create");
    libc.timer_settime = next("timer_settime");
    libc.timer_gettime = next("timer_gettime");
    libc.timer_delete = next("timer_delete");
    libc.sigtimedwait = next("sigtimedwait");
    libc.sigwaitinfo = next("sigwaitinfo");
    libc.sigaction = next("sigaction");
    libc.signal = next("signal");
    libc.semtimedop = next("semtimedop");
    libc.mq_receive = next("mq_receive");
    libc.mq_timedreceive = next("mq_timedreceive");
    libc.mq_send = next("mq_send");
    libc.mq_timedsend = next("mq_timedsend");
}

static void find_transfers(void)
{
    libc.read = next("read");
    libc.readv = next("readv");
    libc.recv = next("recv");
    libc.recvfrom = next("recvfrom");
    libc.recvmsg = next("recvmsg");
    libc.write = next("write");
    libc.writev = next("writev");
    libc.send = next("send");
    libc.sendto = next("sendto");
    libc.sendmsg = next("sendmsg");
    libc.connect = next("connect");
    libc.accept4 = next("accept4");
    libc.setsockopt = next("setsockopt");
}

static void find_programs(void)
{
    libc.execve = next("execve");
    libc.execvpe = next("execvpe");
    libc.fexecve = next("fexecve");
    libc.posix_spawn = next("posix_spawn");
    libc.posix_spawnp = next("posix_spawnp");
}

void libc_find(void)
{
    if (atomic_load(&found)) {
        return;
    }
    find_clocks_and_polls();
    find_threads();
    find_timers_and_signals();
    find_transfers();
    find_programs();
    atomic_store(&found, true);
}
