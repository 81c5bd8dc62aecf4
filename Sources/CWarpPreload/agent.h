/// A thread of this library in the program, for what no other process can bring about: waking a condition variable, and
/// making a timer of the kernel expire. Only started in programs that need it.
#pragma once
#include "session.h"

/// Sees to it that this process has its agent. False when it cannot have one.
PRIVATE bool agent_start(struct warp_page *page);

/// Held while the agent touches objects of the program; who owns one takes it before the object may go away.
PRIVATE void agent_lock(void);
PRIVATE void agent_unlock(void);
