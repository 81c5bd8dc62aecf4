#define _GNU_SOURCE
#include "preload_engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char preload_name[] = "LD_PRELOAD=";
static const char clock_name[] = "HOOKASSAY_CLOCK=";

static bool begins_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/// Copies a text to where `*place` is in the block, and moves it on.
static char *put(char **place, const char *first, const char *second, const char *third) {
    char *text = *place;
    *place += sprintf(text, "%s%s%s", first, second, third) + 1;
    return text;
}

/// The library comes first, so that what another preloaded one (a profiler, an allocator) waits for goes through it.
char **preload_environment(struct warp_engine *engine, char *const *environment) {
    const char *library = preload_state_of(engine)->library;
    const char *others = "";
    size_t count = 0, bytes = 0;
    for (; environment[count] != NULL; count++) {
        bytes += strlen(environment[count]) + 1;
        if (begins_with(environment[count], preload_name)) others = environment[count] + strlen(preload_name);
    }
    bytes += sizeof preload_name + strlen(library) + strlen(others) + 2;
    bytes += sizeof clock_name + strlen(engine->page_path) + 1;
    char **changed = malloc((count + 3) * sizeof *changed + bytes);
    if (changed == NULL) return NULL;
    char *place = (char *)(changed + count + 3);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!begins_with(environment[i], preload_name) && !begins_with(environment[i], clock_name))
            changed[kept++] = put(&place, environment[i], "", "");
    changed[kept++] = put(&place, clock_name, engine->page_path, "");
    changed[kept] = put(&place, preload_name, library, others[0] != 0 ? " " : "");
    if (others[0] != 0) {
        place--;
        put(&place, others, "", "");
    }
    changed[++kept] = NULL;
    return changed;
}
