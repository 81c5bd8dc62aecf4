#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "page.h"

#include "instants.h"
#include "warp_page.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char prefix[] = "hookassay-warp-";

/// The signals that the preload library ends waits with: near the end of the real-time range, which hardly anybody uses
/// (glibc keeps 32 and 33, runtimes count from 34 upwards).
enum { restarting_signal = 60, interrupting_signal = 61 };

static bool is_folder(const char *path) {
    struct stat status;
    return path != NULL && path[0] == '/' && stat(path, &status) == 0 && S_ISDIR(status.st_mode)
        && access(path, W_OK) == 0;
}

static const char *page_folder(void) {
    if (is_folder("/dev/shm")) return "/dev/shm";
    const char *temporary = getenv("TMPDIR");
    return is_folder(temporary) ? temporary : "/tmp";
}

/// Removes a file whose owner has died: its process id, which is in the name, is gone, and nobody holds the lock (a
/// process of another pid namespace that shares the folder has an id that says nothing here).
static void sweep_one(int folder, const char *name) {
    char *rest = NULL;
    long owner = strtol(name + sizeof prefix - 1, &rest, 10);
    if (owner <= 0 || rest == NULL || *rest != '-') return;
    if (kill((pid_t)owner, 0) == 0 || errno != ESRCH) return;
    int file = openat(folder, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return;
    struct stat status;
    if (fstat(file, &status) == 0 && status.st_uid == geteuid() && flock(file, LOCK_EX | LOCK_NB) == 0)
        unlinkat(folder, name, 0);
    close(file);
}

static void sweep(const char *path) {
    DIR *folder = opendir(path);
    if (folder == NULL) return;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) == 0) sweep_one(dirfd(folder), entry->d_name);
    closedir(folder);
}

static struct warp_page *map_file(int file) {
    if (ftruncate(file, sizeof(struct warp_page)) != 0) return NULL;
    void *mapped = mmap(NULL, sizeof(struct warp_page), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return mapped == MAP_FAILED ? NULL : mapped;
}

static void fill(struct warp_page *page, const struct warp_options *options) {
    int64_t now = real_now();
    struct timespec host = {0};
    clock_gettime(CLOCK_REALTIME, &host);
    int64_t realtime = options->realtime != 0 ? options->realtime : timespec_nanoseconds(&host);
    page->version = WARP_PAGE_VERSION;
    page->size = sizeof *page;
    page->owner = getpid();
    page->member_count = WARP_PAGE_MEMBERS;
    page->slot_count = WARP_PAGE_SLOTS;
    page->restarting_signal = restarting_signal;
    page->interrupting_signal = interrupting_signal;
    page->realtime_offset = saturating_add(realtime, -now);
    page->creep = options->creep;
    // The virtual clock begins where the host's stands, so that times which the kernel stamps itself (the start of a
    // process, for one) lie before it.
    atomic_store(&page->now, now);
    page->magic = WARP_PAGE_MAGIC;
}

struct warp_page *page_create(const struct warp_options *options, char *path, size_t path_size, int *lock, char *why,
                              size_t why_size) {
    const char *folder = page_folder();
    sweep(folder);
    snprintf(path, path_size, "%s/%s%d-XXXXXX", folder, prefix, (int)getpid());
    int file = mkostemp(path, O_CLOEXEC);
    if (file < 0) {
        snprintf(why, why_size, "the warped clock cannot make its shared page in %s: %s", folder, strerror(errno));
        return NULL;
    }
    struct warp_page *page = map_file(file);
    if (page == NULL) {
        snprintf(why, why_size, "the warped clock cannot map its shared page in %s: %s", folder, strerror(errno));
        close(file);
        unlink(path);
        return NULL;
    }
    fill(page, options);
    flock(file, LOCK_EX | LOCK_NB);
    *lock = file;
    return page;
}

void page_destroy(struct warp_page *page, const char *path, int lock) {
    unlink(path);
    close(lock);
    munmap(page, sizeof *page);
}

int64_t warp_page_now(const struct warp_page *page) {
    return atomic_load(&((struct warp_page *)page)->now);
}

int64_t warp_page_realtime_offset(const struct warp_page *page) {
    return page->realtime_offset;
}

void warp_page_advance(struct warp_page *page, int64_t instant) {
    int64_t now = atomic_load(&page->now);
    while (now < instant && !atomic_compare_exchange_weak(&page->now, &now, instant)) {
    }
}
#endif
