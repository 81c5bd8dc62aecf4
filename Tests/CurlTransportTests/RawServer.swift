import CurlTransport
import Glibc

/// One act of a server that has read a request.
enum RawStep: Sendable {
    case send([UInt8])
    case pause(milliseconds: Int32)
    /// Closes in order.
    case close
    /// Closes with RST.
    case reset
    /// Says nothing until the client goes away.
    case hang

    static func send(_ text: String) -> RawStep { .send(Array(text.utf8)) }

    static let ok = RawStep.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
}

/// A request as its bytes came.
struct RawRequest: Sendable {
    /// From the request line to the empty line, both included.
    var head: String
    var body: [UInt8]
    var clientPort: Int

    var path: String { String(head.split(separator: " ", maxSplits: 2).dropFirst().first ?? "") }
}

/// A server on 127.0.0.1 that answers bytes with bytes: it knows just enough of HTTP to find a request's end.
///
/// One thread accepts and one more serves each connection, so that a reply that waits holds up no other. `stop()`
/// ends and joins them all; every read is bounded by 15 minutes in case it is never called.
final class RawServer: Sendable {
    private struct State {
        var isStopped = false
        var connections: [Int32] = []
        var connectionCount = 0
        var threads: [pthread_t] = []
        var requests: [RawRequest] = []
    }

    let port: Int
    private let listener: Int32
    private let reply: @Sendable (RawRequest) -> [RawStep]
    private let state = Guarded(State())

    /// Starts a server that does what `reply` says to each request, and then waits for the next on the connection.
    init(reply: @escaping @Sendable (RawRequest) -> [RawStep]) throws {
        self.reply = reply
        listener = try listeningSocket(backlog: 128)
        port = try localPort(of: listener)
        spawn { [self] in accept() }
    }

    var requests: [RawRequest] { state.withLock { $0.requests } }
    var connectionCount: Int { state.withLock { $0.connectionCount } }
    var openConnectionCount: Int { state.withLock { $0.connections.count } }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Cuts every connection, ends every thread and waits for that.
    func stop() {
        let threads = state.withLock { state in
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
            return state.threads
        }
        for thread in threads { pthread_join(thread, nil) }
        Glibc.close(listener)
    }

    private func spawn(_ body: @escaping @Sendable () -> Void) {
        state.withLock { state in
            if let thread = startThread(body) { state.threads.append(thread) }
        }
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { return }
            setReadLimit(connection, seconds: 900)
            let isStopped = state.withLock { state in
                if !state.isStopped {
                    state.connections.append(connection)
                    state.connectionCount += 1
                }
                return state.isStopped
            }
            guard !isStopped else {
                Glibc.close(connection)
                return
            }
            spawn { [self] in serve(connection) }
        }
    }

    private func serve(_ connection: Int32) {
        let clientPort = peerPort(of: connection)
        var isOpen = true
        while isOpen, let (head, body) = readRequest(connection) {
            let request = RawRequest(head: head, body: body, clientPort: clientPort)
            state.withLock { $0.requests.append(request) }
            for step in reply(request) where isOpen { isOpen = perform(step, on: connection) }
        }
        state.withLock { state in
            state.connections.removeAll { $0 == connection }
            _ = Glibc.close(connection)
        }
    }

    /// Does one step; false when the connection is done with.
    private func perform(_ step: RawStep, on connection: Int32) -> Bool {
        switch step {
        case .send(let bytes):
            return sendAll(bytes, to: connection)
        case .pause(let milliseconds):
            var socket = pollfd(fd: connection, events: 0, revents: 0)
            poll(&socket, 1, milliseconds)
            return true
        case .close:
            return false
        case .reset:
            setResetOnClose(connection)
            return false
        case .hang:
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
            return false
        }
    }
}
