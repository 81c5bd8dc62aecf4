/// The page that everything under the warped clock shares: where the clock stands, and the waits of the preload engine.
#pragma once
#include <stdint.h>

struct warp_page;

/// Virtual CLOCK_MONOTONIC in nanoseconds. Any thread may ask; asking does not make the clock creep.
int64_t warp_page_now(const struct warp_page *page);

/// What has to be added to virtual CLOCK_MONOTONIC to get virtual CLOCK_REALTIME, in nanoseconds.
int64_t warp_page_realtime_offset(const struct warp_page *page);

/// Moves the clock forward to `instant` (virtual CLOCK_MONOTONIC, ns). Never moves it back.
void warp_page_advance(struct warp_page *page, int64_t instant);
