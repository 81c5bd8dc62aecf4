// Who has a socket open.
#pragma once
#include "engine.h"
#include <stdbool.h>
#include <stdint.h>

/// Whether a process has this socket open.
bool process_has_socket(int32_t pid, uint64_t inode);

/// Whether any process of the session has. Goes through all their descriptors: for new connections only.
bool session_has_socket(struct warp_engine *engine, uint64_t inode);
