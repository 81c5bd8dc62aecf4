/// One exchange under way: what was done and what was seen so far.
struct Watch {
    private let socket: any VictimSocket
    private let move: VictimMove
    private let start = SuspendingClock().now
    private(set) var sight = WireSight(connecting: .stood)
    /// All that came, kept beside the pieces because it is asked about often.
    private var bytes: [UInt8] = []
    /// How many bytes there were when it was asked last whether they are enough, and the answer.
    private var asked: (count: Int, isEnough: Bool)?
    /// Says that sending met a broken connection, which reading may then show as a mere end.
    private var isBroken = false
    /// Says that nothing more can be seen.
    private var isOver = false

    init(socket: any VictimSocket, move: VictimMove) {
        self.socket = socket
        self.move = move
    }

    private var elapsed: Duration { start.duration(to: SuspendingClock().now) }

    /// Does what the move says.
    mutating func perform(_ isReaction: ([UInt8]) -> Bool, _ isEnough: ([UInt8]) -> Bool) async {
        await secure()
        for (number, part) in move.parts.enumerated() where !isOver {
            if number > 0 { await listen(beforePart: number, isReaction, isEnough) }
            if !isOver { await send(part) }
        }
        await look(until: isEnough)
        if sight.end == .fin, !move.lateWords.isEmpty { await speakAfterFIN() }
        sight.tls = socket.tls
        sight.localPort = socket.localPort
    }

    /// Waits until the TLS handshake has gone one way or the other.
    private mutating func secure() async {
        guard socket.tls != nil else { return }
        let deadline = elapsed + move.patience
        while socket.tls?.isComplete == false, !isOver, elapsed < deadline {
            if !takeWhatIsThere(), await !rest() { return }
        }
    }

    /// Listens for a moment for what must not come yet, or waits for what must.
    private mutating func listen(
        beforePart number: Int,
        _ isReaction: ([UInt8]) -> Bool,
        _ isEnough: ([UInt8]) -> Bool
    ) async {
        let deadline = elapsed + (move.waitsForAnswer ? move.patience : move.listening)
        while elapsed < deadline, !isOver {
            if takeWhatIsThere() {
                if isReaction(bytes) || isOver { sight.reactedBeforePart = sight.reactedBeforePart ?? number }
            } else if move.waitsForAnswer, hasEnough(by: isEnough) {
                return
            } else if await !rest() {
                return
            }
        }
    }

    private mutating func send(_ bytes: [UInt8]) async {
        var left = bytes[...]
        var stuck: Duration?
        while !left.isEmpty {
            // Before the call: the receiver may have the bytes, and count from them, before the call returns.
            let moment = elapsed
            switch socket.send(left) {
            case .taken(0):
                let since = stuck ?? elapsed
                stuck = since
                // Anything shorter may be the receiver's scheduling.
                if elapsed - since > .milliseconds(10) { sight.wasHeldUp = true }
                guard elapsed - since < move.patience, await rest() else { return }
            case .taken(let count):
                left = left.dropFirst(count)
                sight.sent += count
                sight.sentAt = moment
                stuck = nil
            case .broken:
                isBroken = true
                return
            }
        }
    }

    /// Reads to the end, or until enough has come and then silence.
    private mutating func look(until isEnough: ([UInt8]) -> Bool) async {
        let deadline = elapsed + move.patience
        var silentSince: Duration?
        while !isOver {
            if takeWhatIsThere() {
                // What comes in the silence is kept: it is for the comparison to find it too much.
                if silentSince != nil { silentSince = elapsed }
                if move.silence == .zero, hasEnough(by: isEnough) { return }
                continue
            }
            if silentSince == nil, hasEnough(by: isEnough) { silentSince = elapsed }
            if let silentSince, elapsed - silentSince >= move.silence { return }
            guard elapsed < deadline, await rest() else { return }
        }
    }

    /// Takes what the socket has; false when there was nothing.
    private mutating func takeWhatIsThere() -> Bool {
        switch socket.receive() {
        case .bytes(let bytes, let moment):
            sight.pieces.append(WireSight.Piece(at: start.duration(to: moment), bytes: bytes))
            self.bytes += bytes
        case .nothing where !isBroken: return false
        case .fin where !isBroken: end(.fin)
        case .nothing, .fin, .reset: end(.reset)
        }
        return true
    }

    /// Asks whether all has come, once for each piece.
    private mutating func hasEnough(by judge: ([UInt8]) -> Bool) -> Bool {
        if let asked, asked.count == bytes.count { return asked.isEnough }
        let isEnough = judge(bytes)
        asked = (bytes.count, isEnough)
        return isEnough
    }

    private mutating func end(_ end: WireSight.End) {
        sight.end = end
        sight.endedAt = elapsed
        isOver = true
    }

    /// Sends twice: the first bytes to a closed socket draw the RST that the second ones meet.
    private mutating func speakAfterFIN() async {
        for _ in 0..<2 {
            guard case .taken(let count) = socket.send(move.lateWords[...]) else {
                sight.readsAfterFIN = false
                return
            }
            sight.sent += count
            guard await rest(.milliseconds(60)) else { return }
        }
        sight.readsAfterFIN = socket.receive() != .reset
    }
}
