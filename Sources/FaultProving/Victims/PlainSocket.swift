import Glibc

/// A POSIX socket and nothing else, so that what it tells is what the kernel tells.
///
/// No call of it waits: the descriptor is non-blocking.
struct PlainSocket: VictimSocket {
    private let descriptor: Int32

    var tls: TLSSight? { nil }

    let localPort: Int?

    /// Connects to a port of 127.0.0.1.
    ///
    /// - Parameters:
    ///   - limit: how long an answer to SYN is waited for.
    ///   - sendBuffer: the size of the kernel's buffer for what is sent, in bytes.
    static func connect(to port: Int, limit: Duration, sendBuffer: Int?) async -> ConnectOutcome {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { return .failed(errno) }
        if let sendBuffer {
            var size = Int32(sendBuffer)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var noDelay: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        let outcome = await finish(start(descriptor, port), of: descriptor, limit: limit)
        if case .stood = outcome { return outcome }
        Glibc.close(descriptor)
        return outcome
    }

    /// Begins to connect and gives the system's error number, 0 for none.
    private static func start(_ descriptor: Int32, _ port: Int) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                Glibc.connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return result == 0 ? 0 : errno
    }

    private static func finish(_ begun: Int32, of descriptor: Int32, limit: Duration) async -> ConnectOutcome {
        guard begun == EINPROGRESS else { return outcome(begun, descriptor) }
        let deadline = SuspendingClock().now.advanced(by: limit)
        while true {
            var question = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            if poll(&question, 1, 0) > 0 {
                var code: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
                return outcome(code, descriptor)
            }
            guard SuspendingClock().now < deadline, await rest() else { return .unanswered }
        }
    }

    private static func outcome(_ code: Int32, _ descriptor: Int32) -> ConnectOutcome {
        switch code {
        case 0: .stood(PlainSocket(descriptor: descriptor))
        // The RST of an accept-level fault can be there before this looks: the connection stood all the same.
        case ECONNRESET, EPIPE: .stood(PlainSocket(descriptor: descriptor, isReset: true))
        case ECONNREFUSED: .refused
        case ETIMEDOUT: .unanswered
        default: .failed(code)
        }
    }

    private let isReset: Bool

    private init(descriptor: Int32, isReset: Bool = false) {
        self.descriptor = descriptor
        self.isReset = isReset
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        localPort = result == 0 ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }

    func send(_ bytes: ArraySlice<UInt8>) -> SendOutcome {
        let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if count >= 0 { return .taken(count) }
        return errno == EAGAIN || errno == EINTR ? .taken(0) : .broken
    }

    func receive() -> ReceiveOutcome {
        if isReset { return .reset }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { return .bytes(Array(buffer[..<count]), at: SuspendingClock().now) }
        if count == 0 { return .fin }
        return errno == EAGAIN || errno == EINTR ? .nothing : .reset
    }

    func close() {
        Glibc.close(descriptor)
    }
}

/// Rests between two looks at a socket; false when the task is cancelled.
func rest(_ duration: Duration = VictimMove.look) async -> Bool {
    do { try await Task.sleep(for: duration, clock: .suspending) } catch { return false }
    return true
}
