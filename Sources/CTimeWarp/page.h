// The shared page's file: made, mapped, swept.
#pragma once
#include "page_layout.h"
#include "warp_engine.h"

/// Makes the page's file (mode 0600) and maps it; `path` gets its name. Files of controllers that died are removed
/// first.
///
/// `lock` gets a descriptor that holds the file's lock: while it is open nobody sweeps the file. Returns NULL and
/// writes one sentence to `why` on failure.
struct warp_page *page_create(const struct warp_options *options, char *path, size_t path_size, int *lock, char *why,
                              size_t why_size);

/// Unmaps the page and removes its file.
void page_destroy(struct warp_page *page, const char *path, int lock);
