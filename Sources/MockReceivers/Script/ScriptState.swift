import DeliveryEvidence
import DeliveryScenarios
import FoundationEssentials

/// How far a script has come: a value that is told what arrives, and when.
///
/// Turns of requests advance apart for each delivery. What happens to connections cannot know the delivery: it is met by the
/// endpoint's connections in the order of the script, after as many requests as there are turns in front of it.
struct ScriptState {
    /// The turns of the script itself, or of one of its rules.
    private struct Lane {
        let rule: String?
        let turns: [ScriptTurn]
        let interruptions: [Interruption]
        /// The place of each delivery: the turn it is at, and how often that was given.
        var positions: [String?: (turn: Int, given: Int, attempts: Int)] = [:]
        /// When turns that hold for a time were given first.
        var held: [Int: Stamp] = [:]
        var requests = 0
    }

    let script: ReplyScript
    private let capacity: Int
    private var lanes: [Lane]
    private var deliveries = 0
    private var hasOverflowed = false
    /// When the receiver was opened, or the script replaced.
    private let began: Stamp
    /// The turn that connections meet next, and how often it was met.
    private var connectionTurn: Int?
    private var connectionsGiven = 0
    private var connections = 0

    init(_ script: ReplyScript, at began: Stamp, capacity: Int) {
        self.script = script
        self.capacity = capacity
        self.began = began
        var turns = script.turns
        // A client that takes a bad certificate all the same is served.
        if !turns.isEmpty, turns.allSatisfy({ $0.reply.happensToConnection }) {
            turns.append(ScriptTurn(reply: .respond(Response(status: 200))))
        }
        lanes = [Lane(rule: nil, turns: turns, interruptions: script.interruptions)]
        lanes += script.rules.map { Lane(rule: $0.name, turns: $0.turns, interruptions: $0.interruptions) }
        connectionTurn = script.turns.firstIndex { $0.reply.happensToConnection }
    }

    /// Counts an attempt of the delivery `key` and gives its reply.
    ///
    /// - Parameter rule: the index of the rule that applies to it; `nil` for the script's own turns.
    mutating func advance(_ key: String?, rule: Int?, at now: Stamp) -> ScriptProgress.Turn {
        let lane = rule.map { $0 + 1 } ?? 0
        lanes[lane].requests += 1
        let request = lanes[lane].requests
        let known = lanes[lane].positions[key]
        let isRemembered = known != nil || deliveries < capacity
        let overflowed = !isRemembered && !hasOverflowed
        if overflowed { hasOverflowed = true }
        if known == nil, isRemembered { deliveries += 1 }
        var position = known ?? (turn: 0, given: 0, attempts: 0)
        position.attempts += 1
        let turn = advance(&position, lane: lane, at: now)
        if isRemembered { lanes[lane].positions[key] = position }
        let place: ReplyPlace
        let reply: Reply
        if let index = interruption(lane: lane, count: request, at: now, where: { !$0.happensToConnection }) {
            place = ReplyPlace(rule: lanes[lane].rule, item: .interruption(index + 1))
            reply = lanes[lane].interruptions[index].reply
        } else if let turn {
            place = ReplyPlace(rule: lanes[lane].rule, item: .turn(turn + 1))
            reply = lanes[lane].turns[turn].reply
        } else {
            place = ReplyPlace(rule: lanes[lane].rule, item: .unmatched)
            reply = ScriptProgress.notFound
        }
        let dated = reply.drawn(seed: script.seed, attempt: request).dated(forRequestAt: sinceEpoch(now))
        return ScriptProgress.Turn(
            ordinal: position.attempts,
            reply: dated.reply,
            place: place,
            isFollowedByConnectionFault: lane == 0 && isConnectionTurnDue(at: now),
            overflowed: overflowed,
            made: dated.made.map { HeaderLine(name: $0.name, value: $0.value) }
        )
    }

    /// A moment since 1970: by the run's clock, or by the host's where the run's has no date.
    private func sinceEpoch(_ now: Stamp) -> Duration {
        if let start = script.clockStart { return start + .nanoseconds(now.nanoseconds) }
        return .seconds(Date().timeIntervalSince1970)
    }

    /// Moves a delivery on by one attempt; `nil` when no turn is for requests.
    private mutating func advance(
        _ current: inout (turn: Int, given: Int, attempts: Int),
        lane: Int,
        at now: Stamp
    ) -> Int? {
        let turns = lanes[lane].turns
        var last: Int?
        while current.turn < turns.count {
            let turn = turns[current.turn]
            if turn.reply.happensToConnection {
                current = (current.turn + 1, 0, current.attempts)
                continue
            }
            last = current.turn
            if let duration = turn.duration {
                let since = lanes[lane].held[current.turn] ?? now
                lanes[lane].held[current.turn] = since
                if now < since + duration { return current.turn }
            } else if current.given < turn.times {
                current.given += 1
                return current.turn
            }
            guard turns[(current.turn + 1)...].contains(where: { !$0.reply.happensToConnection }) else { break }
            current = (current.turn + 1, 0, current.attempts)
        }
        return last
    }

    /// The first interruption that takes over the request or connection with this number.
    private func interruption(lane: Int, count: Int, at now: Stamp, where isMeant: (Reply) -> Bool) -> Int? {
        for (index, interruption) in lanes[lane].interruptions.enumerated() where isMeant(interruption.reply) {
            switch interruption.moment {
            case .every(let each):
                if count.isMultiple(of: max(1, each)) { return index }
            case .chance(let chance, let seed):
                var draw = SeededDraw(seed: seed ?? script.seed, stream: UInt64(index) << 40 | UInt64(count))
                if draw.unit() < chance { return index }
            case .window(let from, let duration):
                if now >= began + from, now < began + from + duration { return index }
            }
        }
        return nil
    }

    /// What the next connection meets, before anything of it is read; `nil` when it is served.
    ///
    /// Faults of the port itself are not met by connections: see `outage(at:)`.
    mutating func connect(at now: Stamp) -> Fault? {
        connections += 1
        let isMeant = { (reply: Reply) in reply.happensToConnection && !reply.happensToPort }
        if let index = interruption(lane: 0, count: connections, at: now, where: isMeant),
            case .fault(let fault) = lanes[0].interruptions[index].reply
        {
            return fault
        }
        return connectInTurn(at: now)
    }

    private mutating func connectInTurn(at now: Stamp) -> Fault? {
        guard let index = connectionTurn, case .fault(let fault) = script.turns[index].reply,
            !fault.kind.happensToPort, isConnectionTurnDue(at: now)
        else { return nil }
        let turn = script.turns[index]
        if let duration = turn.duration {
            let since = lanes[0].held[index] ?? now
            lanes[0].held[index] = since
            guard now < since + duration else {
                moveConnectionTurn()
                return connectInTurn(at: now)
            }
        } else {
            connectionsGiven += 1
            // The last turn repeats, whatever it is.
            if connectionsGiven >= turn.times, index < script.turns.count - 1 { moveConnectionTurn() }
        }
        return fault
    }

    /// What is due to happen to the port now; the turn is then taken.
    mutating func outage(at now: Stamp) -> PortOutage? {
        guard let index = connectionTurn, case .fault(let fault) = script.turns[index].reply,
            fault.kind.happensToPort, let duration = script.turns[index].duration, isConnectionTurnDue(at: now)
        else { return nil }
        lanes[0].held[index] = now
        moveConnectionTurn()
        return PortOutage(fault: fault, duration: duration)
    }

    /// What happens to the port at set times, each with its beginning.
    var plannedOutages: [(outage: PortOutage, begins: Stamp)] {
        script.interruptions.compactMap { interruption in
            guard case .fault(let fault) = interruption.reply, fault.kind.happensToPort,
                case .window(let from, let duration) = interruption.moment
            else { return nil }
            return (PortOutage(fault: fault, duration: duration), began + from)
        }
    }

    private mutating func moveConnectionTurn() {
        guard let index = connectionTurn else { return }
        connectionsGiven = 0
        connectionTurn = script.turns[(index + 1)...].firstIndex { $0.reply.happensToConnection }
    }

    /// Says that every turn of requests in front of the next turn of connections was given.
    private func isConnectionTurnDue(at now: Stamp) -> Bool {
        guard let index = connectionTurn else { return false }
        var requests = 0
        for (before, turn) in script.turns[..<index].enumerated() where !turn.reply.happensToConnection {
            if let duration = turn.duration {
                guard let since = lanes[0].held[before], now >= since + duration else { return false }
            } else {
                requests += turn.times
            }
        }
        return lanes[0].requests >= requests
    }
}
