import Foundation

/// A client that does nothing but what it is told, on a plain socket: it sees what is really on the wire.
///
/// Never blocks its thread; every wait is bounded.
final class Victim: Sendable {
    /// What a read came to.
    struct Received: Sendable {
        var pieces: [[UInt8]] = []
        var ending = Ending.stillOpen

        var text: String { String(decoding: pieces.joined(), as: UTF8.self) }
    }

    enum Ending: Sendable, Equatable {
        case stillOpen
        case fin
        case failed(Int32)
    }

    struct Failure: Error {
        let call: String
        let code: Int32
    }

    private let descriptor: Int32

    /// Connects to a port of this host.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            Foundation.close(descriptor)
            throw Failure(call: "connect", code: code)
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// Sends everything.
    ///
    /// - Throws: `Failure` when the connection is gone, or is not read from for too long.
    func send(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        var deadline = ContinuousClock.now + patience
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                Foundation.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
                deadline = ContinuousClock.now + patience
            } else if errno == EAGAIN, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(5))
            } else {
                throw Failure(call: "send", code: errno)
            }
        }
    }

    /// Reads until the connection ends, or `enough` says so, or there is nothing to read and the time is up.
    func receive(
        for duration: Duration = patience,
        until enough: (String) -> Bool = { _ in false }
    ) async throws -> Received {
        var pieces: [[UInt8]] = []
        return try await receivePieces(
            for: duration,
            until: { piece in
                pieces.append(piece)
                return enough(String(decoding: pieces.joined(), as: UTF8.self))
            }
        )
    }

    /// Reads until the connection ends, or a piece is enough, or there is nothing to read and the time is up.
    func receivePieces(for duration: Duration = patience, until enough: ([UInt8]) -> Bool) async throws -> Received {
        var received = Received()
        let deadline = ContinuousClock.now + duration
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                let piece = Array(buffer[..<count])
                received.pieces.append(piece)
                if enough(piece) { return received }
            } else if count == 0 {
                received.ending = .fin
                return received
            } else if errno == EAGAIN {
                guard ContinuousClock.now < deadline else { return received }
                try await Task.sleep(for: .milliseconds(5))
            } else {
                received.ending = .failed(errno)
                return received
            }
        }
    }

    func shutDownWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() {
        Foundation.close(descriptor)
    }

    /// Closes with RST.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        Foundation.close(descriptor)
    }
}
