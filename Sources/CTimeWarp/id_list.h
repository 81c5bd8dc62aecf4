// A short list of process ids.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct id_list {
    int32_t *ids;
    size_t count;
    size_t capacity;
};

static inline bool id_list_has(const struct id_list *list, int32_t id) {
    for (size_t i = 0; i < list->count; i++)
        if (list->ids[i] == id) return true;
    return false;
}

/// Returns false when memory is short.
static inline bool id_list_add(struct id_list *list, int32_t id) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
        int32_t *ids = realloc(list->ids, capacity * sizeof *ids);
        if (ids == NULL) return false;
        list->ids = ids;
        list->capacity = capacity;
    }
    list->ids[list->count++] = id;
    return true;
}

/// Removes the entry at `index`; the last one takes its place.
static inline void id_list_remove_at(struct id_list *list, size_t index) {
    list->ids[index] = list->ids[--list->count];
}

static inline void id_list_close(struct id_list *list) {
    free(list->ids);
    *list = (struct id_list){0};
}
