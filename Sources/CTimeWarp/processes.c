#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "processes.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    bucket_count = 512,
    /// PID_MAX_LIMIT of the kernel on 64-bit machines (include/linux/threads.h).
    highest_pid = 4 * 1024 * 1024,
};

bool processes_open(struct process_table *table) {
    *table = (struct process_table){.bucket_count = bucket_count, .history_size = highest_pid + 1};
    table->buckets = calloc(bucket_count, sizeof *table->buckets);
    // Only the pages of ids that occur are ever made.
    void *history = mmap(NULL, table->history_size * sizeof *table->history, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    table->history = history == MAP_FAILED ? NULL : history;
    if (table->buckets != NULL && table->history != NULL) return true;
    processes_close(table);
    return false;
}

void processes_close(struct process_table *table) {
    for (size_t i = 0; table->buckets != NULL && i < table->bucket_count; i++) {
        for (struct process *process = table->buckets[i], *next; process != NULL; process = next) {
            next = process->next_in_bucket;
            free(process);
        }
    }
    free(table->buckets);
    if (table->history != NULL) munmap(table->history, table->history_size * sizeof *table->history);
    *table = (struct process_table){0};
}

static struct process **bucket_of(const struct process_table *table, int32_t pid) {
    return &table->buckets[(uint32_t)pid % table->bucket_count];
}

struct process *process_find(const struct process_table *table, int32_t pid) {
    struct process *process = *bucket_of(table, pid);
    while (process != NULL && process->pid != pid) process = process->next_in_bucket;
    return process;
}

struct process *process_add(struct process_table *table, int32_t pid, int32_t root) {
    struct process *process = process_find(table, pid);
    if (process == NULL) {
        process = calloc(1, sizeof *process);
        if (process == NULL) return NULL;
        process->pid = pid;
        process->sid = getsid(pid);
        struct process **bucket = bucket_of(table, pid);
        process->next_in_bucket = *bucket;
        *bucket = process;
        table->count++;
    }
    process->root = root;
    if (pid > 0 && (size_t)pid < table->history_size) table->history[pid] = root;
    return process;
}

void process_remove(struct process_table *table, int32_t pid) {
    for (struct process **link = bucket_of(table, pid); *link != NULL; link = &(*link)->next_in_bucket) {
        struct process *process = *link;
        if (process->pid != pid) continue;
        *link = process->next_in_bucket;
        free(process);
        table->count--;
        return;
    }
}

int32_t process_root(const struct process_table *table, int32_t pid) {
    return pid > 0 && (size_t)pid < table->history_size ? table->history[pid] : 0;
}

void processes_each(const struct process_table *table, void (*visit)(struct process *process, void *context),
                    void *context) {
    for (size_t i = 0; i < table->bucket_count; i++)
        for (struct process *process = table->buckets[i]; process != NULL; process = process->next_in_bucket)
            visit(process, context);
}

struct gathering {
    int32_t root;
    int32_t *pids;
    size_t count;
};

static void gather(struct process *process, void *context) {
    struct gathering *gathering = context;
    if (gathering->root == 0 || process->root == gathering->root) gathering->pids[gathering->count++] = process->pid;
}

int32_t *processes_of(const struct process_table *table, int32_t root, size_t *count) {
    struct gathering gathering = {.root = root, .pids = calloc(table->count + 1, sizeof(int32_t))};
    if (gathering.pids != NULL) processes_each(table, gather, &gathering);
    *count = gathering.count;
    return gathering.pids;
}
#endif
