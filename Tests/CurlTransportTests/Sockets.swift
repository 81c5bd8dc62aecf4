import Glibc

/// A call to the system that failed, with its errno.
struct SocketFailure: Error {
    var call: String
    var code = errno
}

/// A socket that listens on a free port of 127.0.0.1.
func listeningSocket(backlog: Int32) throws -> Int32 {
    let listener = try boundSocket()
    guard listen(listener, backlog) == 0 else { throw SocketFailure(call: "listen") }
    return listener
}

/// A socket that holds a free port of 127.0.0.1 without listening, so that connecting to it is refused.
func boundSocket() throws -> Int32 {
    let bound = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard bound >= 0 else { throw SocketFailure(call: "socket") }
    var address = loopback(port: 0)
    let code = withAddress(&address) { bind(bound, $0, $1) }
    guard code == 0 else { throw SocketFailure(call: "bind") }
    return bound
}

/// A socket that has begun, but need not have finished, connecting to a port of 127.0.0.1.
func connectingSocket(to port: Int) throws -> Int32 {
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let connecting = socket(AF_INET, Int32(type), 0)
    guard connecting >= 0 else { throw SocketFailure(call: "socket") }
    var address = loopback(port: port)
    _ = withAddress(&address) { connect(connecting, $0, $1) }
    return connecting
}

func localPort(of socket: Int32) throws -> Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withAddress(&address) { pointer, _ in getsockname(socket, .init(mutating: pointer), &length) }
    guard code == 0 else { throw SocketFailure(call: "getsockname") }
    return Int(UInt16(bigEndian: address.sin_port))
}

func peerPort(of socket: Int32) -> Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withAddress(&address) { pointer, _ in getpeername(socket, .init(mutating: pointer), &length) }
    return Int(UInt16(bigEndian: address.sin_port))
}

func setReadLimit(_ socket: Int32, seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
}

/// Makes the next close send RST.
func setResetOnClose(_ socket: Int32) {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
}

/// Sends everything; false when the client has gone.
func sendAll(_ bytes: [UInt8], to socket: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
        let count = bytes.withUnsafeBytes { buffer in
            send(socket, buffer.baseAddress?.advanced(by: sent), buffer.count - sent, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return false }
        sent += count
    }
    return true
}

/// Reads a head and as much body as its Content-Length says; nil when the client closes before a whole request.
func readRequest(_ socket: Int32) -> (head: String, body: [UInt8])? {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
        var byte: UInt8 = 0
        guard recv(socket, &byte, 1, 0) == 1 else { return nil }
        head.append(byte)
    }
    let text = String(decoding: head, as: UTF8.self)
    let prefix = "content-length:"
    let lengthLine = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix(prefix) }
    var missing = lengthLine.flatMap { Int($0.dropFirst(prefix.count).filter { $0 != " " }) } ?? 0
    var body: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while missing > 0 {
        let count = recv(socket, &buffer, min(missing, buffer.count), 0)
        guard count > 0 else { return nil }
        body.append(contentsOf: buffer[..<count])
        missing -= count
    }
    return (text, body)
}

/// Starts a thread that must be joined; nil when the system has none to give.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let code = pthread_create(
        &thread,
        nil,
        { argument in
            if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        },
        box.toOpaque()
    )
    guard code == 0 else {
        box.release()
        return nil
    }
    return thread
}

private func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}

private func withAddress<R>(_ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}
