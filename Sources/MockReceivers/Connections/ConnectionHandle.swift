import NIOCore

/// A connection as it is known outside its event loop.
struct ConnectionHandle: Sendable {
    private let channel: any Channel
    private let line: NIOLoopBound<ConnectionLine>

    /// Must be made on the connection's event loop.
    init(_ line: ConnectionLine) {
        channel = line.channel
        self.line = NIOLoopBound(line, eventLoop: line.loop)
    }

    /// Fulfilled when the connection is gone and everything about it is recorded.
    var gone: EventLoopFuture<Void> { channel.closeFuture }

    /// Ends the connection at once, and without asking TLS.
    func cut() {
        channel.eventLoop.execute { line.value.cutNow() }
    }
}
