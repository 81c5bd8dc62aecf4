/// The library that the preload engine of the warped clock puts before libc. Programs load it; nobody imports it.
#pragma once
