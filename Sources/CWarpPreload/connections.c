/// Connections are news for the controller, put into a slot that it takes and frees.
#include "connections.h"
#include "waits.h"
#include <netinet/in.h>
#include <sys/stat.h>
#include <sys/un.h>

/// An IPv4 address becomes the IPv6 address that stands for it.
static bool read_address(const struct sockaddr_storage *address, uint8_t *bytes, uint16_t *port)
{
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)address;
        static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};
        memcpy(bytes, prefix, sizeof prefix);
        memcpy(bytes + sizeof prefix, &ipv4->sin_addr, sizeof ipv4->sin_addr);
        *port = ipv4->sin_port;
        return true;
    }
    if (address->ss_family == AF_INET6) {
        const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)address;
        memcpy(bytes, &ipv6->sin6_addr, sizeof ipv6->sin6_addr);
        *port = ipv6->sin6_port;
        return true;
    }
    return false;
}

static bool describe_internet(
    int socket, int type, const struct sockaddr_storage *address, struct preload_connection *connection)
{
    struct sockaddr_storage own;
    socklen_t size = sizeof own;
    if (!read_address(address, connection->other, &connection->other_port)) {
        return false;
    }
    connection->server = type == SOCK_STREAM ? preload_stream : preload_datagrams;
    if (getsockname(socket, (struct sockaddr *)&own, &size) == 0) {
        read_address(&own, connection->own, &connection->own_port);
    }
    return true;
}

/// The end of a long path says more than its beginning. A name without a file begins with a zero byte.
static bool describe_unix(
    int socket, int type, const struct sockaddr_storage *address, socklen_t size,
    struct preload_connection *connection)
{
    struct ucred server;
    socklen_t server_size = sizeof server;
    if (type == SOCK_DGRAM || getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &server, &server_size) != 0 ||
        server.pid <= 0) {
        return false;
    }
    connection->server = server.pid;
    char text[sizeof connection->own + sizeof connection->other] = "";
    const char *path = ((const struct sockaddr_un *)address)->sun_path;
    size_t length = size > offsetof(struct sockaddr_un, sun_path) ? size - offsetof(struct sockaddr_un, sun_path) : 0;
    bool is_abstract = length > 0 && path[0] == 0;
    length = is_abstract ? length : strnlen(path, length);
    size_t skipped = length > sizeof text - 1 ? length - (sizeof text - 1) : 0;
    memcpy(text, path + skipped, length - skipped);
    if (is_abstract && skipped == 0) {
        text[0] = '@';
    }
    memcpy(connection->own, text, sizeof connection->own);
    memcpy(connection->other, text + sizeof connection->own, sizeof connection->other);
    return true;
}

void connection_tell(struct warp_page *page, int socket, const struct sockaddr *address, socklen_t size)
{
    int before = errno;
    struct sockaddr_storage copy;
    struct stat status;
    struct preload_connection connection;
    int type = 0;
    socklen_t type_size = sizeof type;
    memset(&copy, 0, sizeof copy);
    memset(&connection, 0, sizeof connection);
    memcpy(&copy, address, size < sizeof copy ? size : sizeof copy);
    bool is_news = getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &type_size) == 0 && fstat(socket, &status) == 0 &&
                   (copy.ss_family == AF_UNIX ? describe_unix(socket, type, &copy, size, &connection)
                                              : describe_internet(socket, type, &copy, &connection));
    struct warp_slot *slot = is_news ? slot_take(page, socket) : NULL;
    if (slot != NULL) {
        preload_put(slot, &connection);
        atomic_store(&slot->object, status.st_ino);
        atomic_store(
            &slot->kind, preload_kind(WARP_WAIT_NONE, PRELOAD_WAY_CONNECTION, preload_flag_timer));
    }
    errno = before;
}
