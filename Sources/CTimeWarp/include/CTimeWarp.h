/// The warped clock's mechanics: a session of processes under a virtual clock, by one of two engines.
///
/// `RunClocks` owns every decision (when is everything idle, where does the clock jump to); this target only does what
/// needs C: ptrace, seccomp, the replacement of the vDSO's clock, the shared page, netlink, CPU clocks of other processes.
///
/// All functions but `warp_page_now` belong to one thread, the controller's: ptrace obeys only the thread that attached.
#pragma once
#include "warp_engine.h"
#include "warp_page.h"
#include "warp_rest.h"
