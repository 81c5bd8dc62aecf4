import Glibc

/// A listening socket of the test's own, which does exactly what the test says and nothing else.
struct TinyServer: ~Copyable {
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    private let listener: Int32
    let port: Int

    /// Listens on a port the kernel picks.
    ///
    /// - Parameters:
    ///   - backlog: 0 lets the kernel drop SYN once one connection waits to be accepted.
    ///   - window: the size of the kernel's buffer for what is received, in bytes.
    init(backlog: Int32 = 16, window: Int32? = nil) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw Failure(call: "socket", code: errno) }
        if var window {
            setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &window, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let fd = listener
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                guard bind(fd, pointer, size) == 0, listen(fd, backlog) == 0 else { return -1 }
                return getsockname(fd, pointer, &size)
            }
        }
        guard result == 0 else { throw Failure(call: "bind", code: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        _ = fcntl(listener, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(listener)
    }

    /// Waits for a connection.
    func accept() async throws -> TinyConnection {
        while true {
            let fd = Glibc.accept(listener, nil, nil)
            if fd >= 0 { return TinyConnection(fd) }
            guard errno == EAGAIN || errno == EINTR else { throw Failure(call: "accept", code: errno) }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

/// A connection that a tiny server took.
struct TinyConnection: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Reads until so many bytes have come; fewer when the peer ends.
    func read(_ count: Int) async throws -> Int {
        var seen = 0
        var buffer = [UInt8](repeating: 0, count: 4096)
        while seen < count {
            let got = recv(descriptor, &buffer, min(buffer.count, count - seen), 0)
            if got > 0 {
                seen += got
            } else if got < 0, errno == EAGAIN {
                try await Task.sleep(for: .milliseconds(2))
            } else {
                return seen
            }
        }
        return seen
    }

    /// Sends FIN and reads on.
    func shutDown() { shutdown(descriptor, Int32(SHUT_WR)) }

    func close() { Glibc.close(descriptor) }

    /// Closes with RST.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        Glibc.close(descriptor)
    }
}
