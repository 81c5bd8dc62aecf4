import Notation

/// How often or how long an item of a script holds, as it was written.
struct TurnTiming {
    var times: Int?
    var duration: Duration?
    var every: Int?
    var chance: Double?
    /// Of the chance.
    var seed: UInt64?
    var from: Duration?

    /// The most a reply can be given in turn, and the furthest `every` can reach.
    static let most = 1_000_000

    /// Makes an item of a script from a reply.
    ///
    /// - Throws: `NotationError` when what was written does not go together.
    func item(_ reply: Reply) throws(NotationError) -> ScriptItem {
        let moments = [every.map { _ in "every" }, chance.map { _ in "with" }, from.map { _ in "from" }].compactMap(
            \.self
        )
        guard moments.count <= 1 else {
            throw NotationError(
                message: "`\(moments[0])` and `\(moments[1])` exclude each other",
                help: "write one item for each"
            )
        }
        if let moment = moments.first, times != nil {
            throw NotationError(message: "`times` does not go with `\(moment)`", help: "leave one out")
        }
        if times != nil, duration != nil {
            throw NotationError(
                message: "`times` and `for` exclude each other",
                help: "a reply is given to so many attempts or for so long; leave one out"
            )
        }
        if duration == .zero {
            throw NotationError(message: "`for` is no time at all", help: "write `5s`, for example")
        }
        try checkPort(reply)
        try Self.checkWait(reply)
        return try moment().map { .interruption(Interruption(reply: reply, moment: $0)) }
            ?? .turn(ScriptTurn(reply: reply, times: times ?? 1, duration: duration), isLimited: isLimited)
    }

    private var isLimited: Bool { times != nil || duration != nil }

    private func moment() throws(NotationError) -> Interruption.Moment? {
        if let from {
            guard let duration else {
                throw NotationError(
                    message: "`from` needs `for`",
                    help: "say for how long, such as `from 5m for 10m` (in a file: `from: 5m` and `for: 10m`)"
                )
            }
            return .window(from: from, duration: duration)
        }
        guard every != nil || chance != nil else { return nil }
        guard duration == nil else {
            throw NotationError(
                message: "`for` does not go with `\(every == nil ? "with" : "every")`",
                help: "`for` belongs to `from`, or to a reply in turn"
            )
        }
        return every.map { .every($0) } ?? chance.map { .chance($0, seed: seed) }
    }

    /// What happens before any request has no attempt to draw for, and a certificate nothing to wait for.
    private static func checkWait(_ reply: Reply) throws(NotationError) {
        guard reply.happensToConnection, case .fault(let fault) = reply else { return }
        let waits = fault.after > .zero || fault.spread != nil
        let canWait = fault.at == .accept && !fault.kind.closesPort || fault.kind == .handshakeAbort
        if waits, !canWait {
            throw NotationError(
                message: "`\(fault.kind.rawValue)` waits for nothing",
                help: "leave out `after`"
            )
        }
        if fault.spread != nil {
            throw NotationError(
                message: "a wait before any request cannot be drawn for each attempt",
                help: "write one that is always the same, such as `after: 2s` (in one line: `after 2s`)"
            )
        }
    }

    /// A closed port sees no connection, so only time can open it again.
    private func checkPort(_ reply: Reply) throws(NotationError) {
        guard case .fault(let fault) = reply, fault.kind.closesPort, duration == nil else { return }
        let name = fault.kind.rawValue
        throw NotationError(
            message: "`\(name)` needs a time after which the port is open again",
            help: "write `\(name) for 5s` (in a file: `fault: \(name) for 5s`)"
        )
    }
}

/// One item of a script.
enum ScriptItem {
    /// - Parameter isLimited: the script says how often or how long, so that it does not repeat as the last turn does.
    case turn(ScriptTurn, isLimited: Bool)
    case interruption(Interruption)
}

/// The turns and interruptions that a list of items comes to.
struct ScriptLane {
    private(set) var turns: [ScriptTurn] = []
    private(set) var interruptions: [Interruption] = []
    /// Where each stands, when it stands in a file.
    private(set) var positions: [ReplyPlace.Item: SourcePosition] = [:]
    private var endsLimited = false

    /// The lane that answers 200 to everything.
    static var harmless: ScriptLane {
        var lane = ScriptLane()
        lane.finish()
        return lane
    }

    mutating func add(_ item: ScriptItem, at position: SourcePosition? = nil) {
        switch item {
        case .turn(let turn, let isLimited):
            turns.append(turn)
            endsLimited = isLimited
            positions[.turn(turns.count)] = position
        case .interruption(let interruption):
            interruptions.append(interruption)
            positions[.interruption(interruptions.count)] = position
        }
    }

    /// Adds `respond 200` where no reply is left to repeat: behind one that is given so often or so long only, and to
    /// nothing but interruptions.
    mutating func finish() {
        guard turns.isEmpty || endsLimited else { return }
        turns.append(ScriptTurn(reply: .respond(Response(status: 200))))
        endsLimited = false
    }
}

/// How `times`, `every` and `with` are written.
enum TimingText {
    /// Reads `3`, `3rd`.
    static func every(_ text: String) throws(NotationError) -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard ["", "st", "nd", "rd", "th"].contains(text[digits.endIndex...]), let count = Int(digits),
            (2...TurnTiming.most).contains(count)
        else {
            throw NotationError(
                message: "'\(text)' does not say which attempts",
                help: "write `2nd`, `3rd` or so, up to \(TurnTiming.most)"
            )
        }
        return count
    }

    /// Reads the number of times a reply is given.
    static func times(_ digits: Substring) throws(NotationError) -> Int {
        guard let count = Int(digits), (1...TurnTiming.most).contains(count) else {
            throw NotationError(
                message: "'\(digits)' is no number of times",
                help: "write a whole number from 1 to \(TurnTiming.most)"
            )
        }
        return count
    }

    /// Reads `20 %`, with `seed 7` behind it or without.
    static func chance(_ text: String) throws(NotationError) -> (chance: Double, seed: UInt64?) {
        var words = text.split(separator: " ")
        var seed: UInt64?
        if words.count >= 2, words[words.count - 2] == "seed" {
            seed = try self.seed(words[words.count - 1])
            words.removeLast(2)
        }
        let percent = words.joined()
        guard percent.last == "%", let number = Double(percent.dropLast()), number > 0, number <= 100,
            percent.dropLast().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
        else {
            throw NotationError(
                message: "'\(text)' is not a chance",
                help: "write a percentage above 0 and up to 100, such as `20 %` or `20 % seed 7`"
            )
        }
        return (number / 100, seed)
    }

    private static func seed(_ digits: Substring) throws(NotationError) -> UInt64 {
        guard let seed = UInt64(digits) else {
            throw NotationError(message: "'\(digits)' is not a seed", help: "write a whole number from 0 on")
        }
        return seed
    }
}
