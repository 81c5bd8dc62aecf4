import Glibc

/// A listening socket on this host, and connections to it whose two ends are both here.
struct LoopbackListener: ~Copyable {
    struct Refused: Error {
        var call: String
        var code: Int32
    }

    let port: UInt16
    private let socket: Int32
    private let family: Int32

    init(ipv6: Bool = false, listening: Bool = true) throws {
        family = ipv6 ? AF_INET6 : AF_INET
        (socket, port) = try Self.open(family, listening: listening)
    }

    deinit {
        close(socket)
    }

    /// Opens a connection; nothing waits, for the kernel accepts by itself.
    func connect() throws -> LoopbackConnection {
        let client = try Self.checked("socket", Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0))
        var address = Self.address(family, port: port)
        do {
            try Self.with(&address, family) { _ = try Self.checked("connect", Glibc.connect(client, $0, $1)) }
        } catch {
            close(client)
            throw error
        }
        return LoopbackConnection(client: client, server: try Self.checked("accept", accept(socket, nil, nil)))
    }

    private static func open(_ family: Int32, listening: Bool) throws -> (socket: Int32, port: UInt16) {
        let socket = try checked("socket", Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0))
        var address = address(family, port: 0)
        try with(&address, family) { _ = try checked("bind", bind(socket, $0, $1)) }
        if listening { _ = try checked("listen", listen(socket, 8)) }
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        try withUnsafeMutablePointer(to: &address) { storage in
            try storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = try checked("getsockname", getsockname(socket, $0, &length))
            }
        }
        // The port is at the same place in both families.
        return (socket, withUnsafeBytes(of: address) { UInt16($0[2]) << 8 | UInt16($0[3]) })
    }

    /// Gives `body` a port that refuses, kept from everybody else meanwhile, and a way to connect to it.
    static func withClosedPort<Result>(
        _ body: (_ port: UInt16, _ connect: () throws -> Void) throws -> Result
    ) throws -> Result {
        let listener = try LoopbackListener(listening: false)
        return try body(listener.port) { _ = try listener.connect() }
    }

    static func checked(_ call: String, _ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw Refused(call: call, code: errno) }
        return result
    }

    private static func address(_ family: Int32, port: UInt16) -> sockaddr_storage {
        var address = sockaddr_storage()
        withUnsafeMutableBytes(of: &address) { bytes in
            bytes.storeBytes(of: sa_family_t(family), as: sa_family_t.self)
            bytes.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
            if family == AF_INET6 {
                bytes[8 + 15] = 1
            } else {
                bytes[4] = 127
                bytes[7] = 1
            }
        }
        return address
    }

    private static func with(
        _ address: inout sockaddr_storage,
        _ family: Int32,
        _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void
    ) throws {
        let size = family == AF_INET6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        try withUnsafePointer(to: &address) { storage in
            try storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { try body($0, socklen_t(size)) }
        }
    }
}

/// Both ends of a connection.
struct LoopbackConnection: ~Copyable {
    private let client: Int32
    private let server: Int32

    init(client: Int32, server: Int32) {
        self.client = client
        self.server = server
    }

    deinit {
        close(client)
        close(server)
    }

    /// The client says this, and the server hears it.
    func say(_ text: String) throws { try say(Array(text.utf8)) }

    func say(_ bytes: [UInt8]) throws {
        var buffer = [UInt8](repeating: 0, count: bytes.count)
        var (sent, heard) = (0, 0)
        while sent < bytes.count {
            let piece = Array(bytes[sent..<min(bytes.count, sent + 60_000)])
            let count = send(client, piece, piece.count, 0)
            guard count > 0 else { throw LoopbackListener.Refused(call: "send", code: errno) }
            sent += count
            while heard < sent {
                let count = recv(server, &buffer, sent - heard, 0)
                guard count > 0 else { throw LoopbackListener.Refused(call: "recv", code: errno) }
                heard += count
            }
        }
    }

    /// The server ends the connection with a reset; the client goes after it.
    consuming func reset() throws {
        var now = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        let result = setsockopt(server, SOL_SOCKET, SO_LINGER, &now, size)
        close(server)
        close(client)
        discard self
        _ = try LoopbackListener.checked("setsockopt", result)
    }
}
