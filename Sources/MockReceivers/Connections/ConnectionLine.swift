import DeliveryEvidence
import Foundation
import NIOCore
import NIOPosix

/// The writing side of a connection, usable from any task; every call hops to the connection's event loop.
struct ConnectionLine: Sendable {
    private let channel: any Channel
    private let recorder: NIOLoopBound<ConnectionRecorder>

    /// Must be made on the channel's event loop.
    init(channel: any Channel, recorder: ConnectionRecorder) {
        self.channel = channel
        self.recorder = NIOLoopBound(recorder, eventLoop: channel.eventLoop)
    }

    /// Fulfilled when the connection is gone and everything about it is recorded.
    var gone: EventLoopFuture<Void> { channel.closeFuture }

    /// Sends bytes of an attempt's answer; returns when the kernel has taken them.
    ///
    /// What the last of them bring about is noted by `then` in the same turn of the event loop: a client may close the
    /// connection before any task could say so.
    ///
    /// - Throws: when the connection is gone.
    func send(
        _ bytes: some Collection<UInt8> & Sendable,
        for attempt: Int,
        then: @escaping @Sendable (ConnectionRecorder) -> Void = { _ in }
    ) async throws {
        try await onLoop { recorder in
            // A reset that a write meets first is told to nobody else, and the channel becomes inactive before the write
            // has returned: whoever wants to know must ask beforehand.
            let written = channel.eventLoop.makePromise(of: Void.self)
            written.futureResult.whenFailure { [recorder = self.recorder] error in recorder.value.breaks(with: error) }
            channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: written)
            return written.futureResult.map { [recorder = self.recorder] in
                recorder.value.sent(bytes.count, for: attempt)
                then(recorder.value)
            }
        }
    }

    /// Sends an interim answer; must be called on the event loop.
    func sendInterim(_ text: String) {
        channel.writeAndFlush(ByteBuffer(string: text)).whenSuccess { [recorder] in
            recorder.value.sent(text.utf8.count, for: nil)
        }
    }

    /// Stops reading from the kernel, so that a client with more to send is held up; must be called on the event loop.
    ///
    /// The end of the connection is still noticed: the selector reports it apart from readable bytes.
    func stopReading() {
        do {
            try channel.syncOptions?.setOption(.autoRead, value: false)
        } catch {
            recorder.value.desk.recordFailure("could not stop reading from a connection: \(error)")
        }
    }

    /// Does something with the recorder on the event loop.
    func tell(_ action: @escaping @Sendable (ConnectionRecorder) -> Void) async throws {
        try await onLoop { recorder in
            action(recorder)
            return channel.eventLoop.makeSucceededVoidFuture()
        }
    }

    /// Sends FIN (under TLS after close_notify) and keeps reading, so that bytes which still come do not turn it into RST.
    func closeWriting() async throws {
        try await onLoop { recorder in
            recorder.closes(by: .receiver, how: .fin)
            return channel.close(mode: .output)
        }
    }

    /// Ends the connection with RST, beneath TLS.
    func reset() async throws {
        try await onLoop { recorder in resetOnLoop(recorder) }
    }

    /// Ends the connection as the receiver's scope does: at once, and without asking TLS.
    ///
    /// A connection that was not being read has unread bytes, which make the kernel send RST whatever is asked; then RST is
    /// asked for, so that the record is true.
    func cut() -> EventLoopFuture<Void> {
        channel.eventLoop.flatSubmit { [channel, recorder] in
            // Reading the option fails only on a closed channel, for which it makes no difference.
            let reads = (try? channel.syncOptions?.getOption(.autoRead)) ?? true
            if !reads { return resetOnLoop(recorder.value) }
            recorder.value.closes(by: .receiver, how: .fin)
            return closeBeneathTLS()
        }
    }

    private func resetOnLoop(_ recorder: ConnectionRecorder) -> EventLoopFuture<Void> {
        guard let socket = channel as? any SocketOptionProvider else {
            recorder.desk.recordFailure("a reset could not be produced: the connection is not a socket")
            recorder.closes(by: .receiver, how: .fin)
            return closeBeneathTLS()
        }
        let lingering = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        return lingering.flatMapWithEventLoop { [recorder = self.recorder] result, _ in
            recorder.value.closes(by: .receiver, how: .reset)
            return closeBeneathTLS()
        }
        .flatMapError { [channel, recorder = self.recorder] error in
            // A connection that the peer ended in the meantime cannot be reset any more; that is not the receiver's failure.
            guard channel.isActive else { return channel.eventLoop.makeSucceededVoidFuture() }
            recorder.value.desk.recordFailure("a reset could not be produced: \(error)")
            recorder.value.closes(by: .receiver, how: .fin)
            return closeBeneathTLS()
        }
    }

    private func closeBeneathTLS() -> EventLoopFuture<Void> {
        let closed = channel.eventLoop.makePromise(of: Void.self)
        do {
            let context = try channel.pipeline.syncOperations.context(handlerType: WireTap.self)
            context.close(mode: .all, promise: closed)
        } catch {
            // Without its handlers the channel is closed or closing; the plain close only makes that certain.
            channel.close(mode: .all, promise: closed)
        }
        return closed.futureResult
    }

    private func onLoop(
        _ action: @escaping @Sendable (ConnectionRecorder) -> EventLoopFuture<Void>
    ) async throws {
        try await channel.eventLoop.flatSubmit { [recorder] in action(recorder.value) }.get()
    }
}
