/// A client that does nothing but what it is told and notes what is on the wire.
///
/// Never blocks its thread, and every wait is bounded.
package struct RawVictim: Sendable {
    private let port: Int
    private let authority: String

    /// Makes a victim of a receiver.
    ///
    /// - Parameters:
    ///   - port: where it listens on 127.0.0.1.
    ///   - authority: the certificate of the authority to trust, in PEM.
    package init(port: Int, authority: String) {
        self.port = port
        self.authority = authority
    }

    /// Makes one exchange and closes the connection.
    ///
    /// - Parameters:
    ///   - move: what is done.
    ///   - isEnough: says that all that is to come has come, so that only silence is still waited for; an end of the
    ///     connection is always enough.
    ///   - isReaction: says that something of what has come is a reaction to the request.
    package func exchange(
        _ move: VictimMove,
        isReaction: @Sendable ([UInt8]) -> Bool = { !$0.isEmpty },
        isEnough: @Sendable ([UInt8]) -> Bool
    ) async -> WireSight {
        if move.rest > .zero, await !rest(move.rest) { return WireSight(connecting: .unanswered) }
        let deadline = SuspendingClock().now.advanced(by: move.patience)
        while true {
            switch await connect(move) {
            case .stood(let socket):
                var watch = Watch(socket: socket, move: move)
                await watch.perform(isReaction, isEnough)
                await socket.close()
                return watch.sight
            case .refused:
                guard await triesAgain(move, until: deadline) else { return WireSight(connecting: .refused) }
            case .unanswered:
                guard await triesAgain(move, until: deadline) else { return WireSight(connecting: .unanswered) }
            case .failed(let code): return WireSight(connecting: .failed(code))
            }
        }
    }

    private func triesAgain(_ move: VictimMove, until deadline: SuspendingClock.Instant) async -> Bool {
        guard move.keepsTrying, SuspendingClock().now < deadline else { return false }
        return await rest(.milliseconds(25))
    }

    private func connect(_ move: VictimMove) async -> ConnectOutcome {
        switch move.carriage {
        case .bare:
            await PlainSocket.connect(to: port, limit: move.connectLimit, sendBuffer: move.sendBuffer)
        case .tls(let verifies, let protocols):
            await TLSSocket.connect(
                to: port,
                authority: authority,
                verifies: verifies,
                protocols: protocols,
                limit: move.connectLimit
            )
        }
    }
}
