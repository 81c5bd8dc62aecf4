// Starting a program: fork, hand over to the engine, execve; and telling why it did not start.
#pragma once
#include "engine.h"

/// As `warp_engine_launch`.
int32_t launch(struct warp_engine *engine, const struct warp_command *command);
