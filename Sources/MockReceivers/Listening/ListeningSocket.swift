import Glibc

/// A TCP socket bound to an address of this host, made by hand where SwiftNIO does not show its own.
///
/// The listener's socket must be known by its number for the faults of the port: a backlog of none, and a port that is kept
/// while nobody listens on it.
enum ListeningSocket {
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ call: String) {
            description = "\(call): \(String(cString: strerror(errno)))"
        }

        init(sentence: String) {
            description = sentence
        }
    }

    /// Makes a socket bound to `host` and `port`; whoever asks for it closes it.
    ///
    /// - Parameter sharesPort: lets another socket of ours, made with the same, be bound to the port.
    static func bound(host: String, port: Int, sharesPort: Bool = false) throws(Failure) -> (fd: CInt, port: Int) {
        let address = try InternetAddress(host: host, port: port)
        let fd = socket(address.family, CInt(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard fd >= 0 else { throw Failure("socket") }
        do throws(Failure) {
            try set(SO_REUSEADDR, on: fd)
            if sharesPort { try set(SO_REUSEPORT, on: fd) }
            let result = address.withSockaddr { bind(fd, $0, $1) }
            guard result == 0 else { throw Failure("bind to port \(port)") }
            return (fd, try self.port(of: fd))
        } catch {
            close(fd)
            throw error
        }
    }

    /// Lets another socket of ours be bound to the port of `fd`.
    static func sharePort(of fd: CInt) throws(Failure) { try set(SO_REUSEPORT, on: fd) }

    /// Gives connections that are accepted from now on a window of about so many bytes.
    ///
    /// Segments are kept small as well: the kernel opens a window again only for a whole one, and the loopback's are 64 KiB.
    static func narrow(_ fd: CInt, to bytes: Int) {
        var size = CInt(clamping: max(2048, 2 * bytes))
        var segment: CInt = 1024
        // A kernel that keeps its own sizes only makes the client be held up later.
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        setsockopt(fd, CInt(IPPROTO_TCP), TCP_MAXSEG, &segment, socklen_t(MemoryLayout<CInt>.size))
    }

    /// A connection to the port that is begun and not waited for; whoever asks for it closes it.
    static func connecting(to port: Int, host: String = "127.0.0.1") throws(Failure) -> (fd: CInt, port: Int) {
        let address = try InternetAddress(host: host == "0.0.0.0" ? "127.0.0.1" : host, port: port)
        let fd = socket(address.family, CInt(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
        guard fd >= 0 else { throw Failure("socket") }
        let result = address.withSockaddr { connect(fd, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else {
            let failure = Failure("connect")
            close(fd)
            throw failure
        }
        do throws(Failure) {
            return (fd, try self.port(of: fd))
        } catch {
            close(fd)
            throw error
        }
    }

    /// Says whether a connection that was begun is there.
    static func isConnected(_ fd: CInt) -> Bool {
        var state = pollfd(fd: fd, events: Int16(POLLOUT), revents: 0)
        return poll(&state, 1, 0) == 1 && state.revents & Int16(POLLERR | POLLHUP) == 0
    }

    private static func port(of fd: CInt) throws(Failure) -> Int {
        // The port stands at the same place in the addresses of both families.
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(fd, $0, &length) }
        }
        guard result == 0 else { throw Failure("getsockname") }
        return Int(UInt16(bigEndian: address.sin6_port))
    }

    private static func set(_ option: CInt, on fd: CInt) throws(Failure) {
        var on: CInt = 1
        guard setsockopt(fd, SOL_SOCKET, option, &on, socklen_t(MemoryLayout<CInt>.size)) == 0 else {
            throw Failure("setsockopt")
        }
    }
}
