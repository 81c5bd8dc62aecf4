import CTimeWarp
import Glibc

/// Decides whether everything waits: proved, not guessed.
///
/// When all threads of the programs and of the harness slept at two looks, and none used the CPU in between, then none ran in
/// between. The pause between the looks covers what the kernel puts off; bytes that one end of a connection has not
/// acknowledged are looked at apart, for they may be put off for longer.
struct IdleProof {
    /// What an attempt at the proof came to.
    enum Finding {
        /// A thread runs; of the programs, or of the harness itself.
        case running(process: Int32, name: String)
        /// Something happened between the two looks.
        case stirring
        /// Everything sleeps, and yet the clock must not move, for the reason given.
        case held(String)
        case idle
    }

    /// Between the two looks, in nanoseconds.
    static let pause = 200_000
    /// Bytes that nobody has taken for so long will not be taken before time moves: the reader has stopped reading.
    static let patienceWithBytes = Duration.milliseconds(300)

    let engine: WarpEngine
    /// Since when bytes have been on their way with nobody running.
    private var bytesSince: SuspendingClock.Instant?

    init(engine: WarpEngine) {
        self.engine = engine
    }

    /// Tries once.
    ///
    /// - Parameter rest: waits for so many nanoseconds and returns true when something happened meanwhile.
    mutating func attempt(rest: (Int) -> Bool) -> Finding {
        let first = engine.look()
        if first.busy_tid != 0 { return running(first) }
        if let reason = bytesOnTheirWay() { return .held(reason) }
        if let peer = engine.outsidePeers().first(where: { $0.owes != 0 }) {
            return .held("a server outside the session, \(String(fixed: peer.address)), owes an answer")
        }
        if rest(Self.pause) { return .stirring }
        let second = engine.look()
        if second.busy_tid != 0 { return running(second) }
        return second.cpu == first.cpu ? .idle : .stirring
    }

    /// Forgets what it waited for, after the clock has moved.
    mutating func begin() { bytesSince = nil }

    private func running(_ look: warp_look) -> Finding {
        .running(process: look.busy_pid, name: String(fixed: look.busy_name))
    }

    private mutating func bytesOnTheirWay() -> String? {
        let count = engine.bytesOnTheirWay
        guard count > 0 else {
            bytesSince = nil
            return nil
        }
        let now = SuspendingClock().now
        let since = bytesSince ?? now
        bytesSince = since
        guard since.duration(to: now) < Self.patienceWithBytes else { return nil }
        return "bytes are on their way on \(count) connection\(count == 1 ? "" : "s")"
    }
}
