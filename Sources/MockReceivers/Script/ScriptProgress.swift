package import DeliveryEvidence
package import DeliveryScenarios
import Synchronization

/// How far an endpoint's script has come, told from every connection of the endpoint.
///
/// Advancing is one step under one lock, so that attempts that arrive together on several connections, and a retry that
/// overlaps an attempt which still hangs, each get a reply of their own.
package final class ScriptProgress: Sendable {
    /// A reply and the place in the script it was given for.
    package struct Turn: Sendable, Equatable {
        /// Which attempt of its delivery it is, 1-based; 0 for a provider's question.
        package let ordinal: Int
        /// What is done, with its delay drawn.
        package let reply: Reply
        package let place: ReplyPlace
        /// Says that a fault waits for the next connection, so that this one must not be kept.
        package let isFollowedByConnectionFault: Bool
        /// Says that the delivery could not be remembered; true once, for the first such delivery.
        package let overflowed: Bool
        /// The headers of the reply whose values were made for this attempt.
        var made: [HeaderLine] = []
    }

    /// How many deliveries are remembered.
    ///
    /// A runaway dispatcher that invents a key per request must not eat the harness's memory. No scenario has that many
    /// deliveries; past the limit the run is reported as failed rather than a known delivery forgotten.
    package static let capacity = 100_000

    /// What a request gets that no rule applies to.
    static let notFound = Reply.respond(
        Response(
            status: 404,
            headers: [ReplyHeader(name: "Content-Type", value: "text/plain; charset=utf-8")],
            body: "No rule of the receiver's script applies to this request.\n"
        )
    )

    private struct Shared {
        var state: ScriptState
        var summary: ScriptSummary
    }

    private let capacity: Int
    private let shared: Mutex<Shared>

    /// Starts a script at its first reply for every delivery.
    package init(
        _ script: ReplyScript,
        at now: Stamp = Stamp(nanoseconds: 0),
        capacity: Int = ScriptProgress.capacity
    ) {
        self.capacity = capacity
        shared = Mutex(
            Shared(state: ScriptState(script, at: now, capacity: capacity), summary: ScriptSummary(script))
        )
    }

    /// What of the script can be known without a request.
    var summary: ScriptSummary { shared.withLock(\.summary) }

    /// Begins another script at its first reply.
    func replace(by script: ReplyScript, at now: Stamp) {
        let fresh = Shared(
            state: ScriptState(script, at: now, capacity: capacity),
            summary: ScriptSummary(script)
        )
        shared.withLock { $0 = fresh }
    }

    /// Counts an attempt of the delivery `key` and gives its reply.
    ///
    /// - Parameters:
    ///   - key: `nil` when nothing identifies the delivery; all such attempts count as one delivery.
    ///   - rule: the index of the rule that applies; `nil` for the script's own turns.
    package func advance(_ key: String?, rule: Int? = nil, at now: Stamp = Stamp(nanoseconds: 0)) -> Turn {
        shared.withLock { $0.state.advance(key, rule: rule, at: now) }
    }

    /// What a new connection meets before anything of it is read; `nil` when it is served.
    package func connect(at now: Stamp) -> Fault? {
        shared.withLock { shared in
            guard shared.summary.hasConnectionFaults else { return nil }
            return shared.state.connect(at: now)
        }
    }

    /// What happens to the port at set times, each with its beginning.
    var plannedOutages: [(outage: PortOutage, begins: Stamp)] { shared.withLock { $0.state.plannedOutages } }

    /// What is due to happen to the port now; the turn is then taken.
    func outage(at now: Stamp) -> PortOutage? {
        shared.withLock { shared in
            guard shared.summary.hasConnectionFaults else { return nil }
            return shared.state.outage(at: now)
        }
    }
}

/// What of a script can be known without a request, worked out once.
final class ScriptSummary: Sendable {
    let script: ReplyScript
    let hasConnectionFaults: Bool
    /// Says that the request's body must be there before a rule can be chosen or a question recognised.
    let needsBody: Bool
    /// How many bytes at a time something may be read, so that connections begin with a small window; `nil` when nothing is
    /// read slowly.
    let slowestRead: Int?
    var readsSlowly: Bool { slowestRead != nil }
    /// The reply that every attempt gets, whichever its delivery is; `nil` when it depends on the attempt.
    let onlyReply: Reply?
    /// The faults that need a certificate of their own.
    let handshakeFaults: Set<Fault.Kind>

    init(_ script: ReplyScript) {
        self.script = script
        let lanes = [script.turns] + script.rules.map(\.turns)
        let interruptions = script.interruptions + script.rules.flatMap(\.interruptions)
        let replies = lanes.flatMap { $0.map(\.reply) } + interruptions.map(\.reply)
        hasConnectionFaults = (script.turns.map(\.reply) + script.interruptions.map(\.reply))
            .contains { $0.happensToConnection }
        needsBody =
            script.rules.contains { $0.pattern.needsBody }
            || script.handshakes.contains { !HandshakeAnswer.isInHead($0.kind) }
        slowestRead = replies.compactMap { $0.slowRead?.bytes }.min()
        let onRequest = script.turns.map(\.reply).filter { !$0.happensToConnection }
        let isOne =
            script.rules.isEmpty && script.handshakes.isEmpty && script.interruptions.isEmpty
            && onRequest.allSatisfy { $0 == onRequest.first }
        onlyReply = isOne ? onRequest.first : nil
        handshakeFaults = Set(
            replies.compactMap { reply in
                guard case .fault(let fault) = reply, fault.kind.happensToHandshake else { return nil }
                return fault.kind
            }
        )
    }
}

extension Reply {
    /// How slowly the request is read for it; `nil` means as fast as it comes.
    var slowRead: SlowRead? {
        switch self {
        case .respond(let response): response.slowRead
        case .fault(let fault):
            fault.kind == .slowRead ? SlowRead(bytes: fault.bytes, every: fault.every) : fault.answer.slowRead
        }
    }
}

extension Fault.Kind {
    /// Says that it happens to the listening port and not to a connection.
    var happensToPort: Bool { self == .refuse || self == .blackhole }
}

extension Reply {
    /// Says that it happens to the listening port.
    var happensToPort: Bool {
        guard case .fault(let fault) = self else { return false }
        return fault.kind.happensToPort
    }
}
