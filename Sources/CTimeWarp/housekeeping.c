#include "housekeeping.h"

#include <stddef.h>
#include <string.h>

// "VM Thread" must never be among them: the JVM waits for it as it ends, and so would for a minute of virtual time.
static const char *const java_names[] = {
    "VM Periodic Tas",
    "Monitor Deflati",
    "G1 Service",
};

bool is_java_housekeeping(const char *name) {
    for (size_t i = 0; i < sizeof java_names / sizeof *java_names; i++)
        if (strcmp(name, java_names[i]) == 0) return true;
    return false;
}
