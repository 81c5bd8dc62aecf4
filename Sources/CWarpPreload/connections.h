/// Telling the controller of connections, so that it can see which lead to servers on the host's clock.
#pragma once
#include "session.h"
#include <sys/socket.h>

/// Keeps errno. Says nothing of what is not a connection over IP or a unix socket.
PRIVATE void connection_tell(struct warp_page *page, int socket, const struct sockaddr *address, socklen_t size);
