package import Notation

/// Something about an endpoint's script that can be seen without any contract.
package struct ScriptDoubt: Sendable, Hashable {
    package var severity: Diagnostic.Severity
    /// The reply in question; `nil` when it is the whole script.
    package var place: ReplyPlace?
    package var message: String
    package var help: String?
    /// Says that TLS or HTTP/2 at the endpoint would put it right.
    package var isAboutProtocols = false

    /// Everything doubtful about the script of an endpoint.
    ///
    /// An error is a reply that can never be produced; a warning something that probably says less than was meant.
    package static func all(of endpoint: ScenarioEndpoint) -> [ScriptDoubt] {
        var doubts: [ScriptDoubt] = []
        for (place, reply) in endpoint.script.placed {
            for problem in problems(of: reply, at: endpoint) {
                doubts.append(
                    ScriptDoubt(severity: .error, place: place, message: problem.message, help: problem.help)
                )
            }
            for problem in missingProtocols(of: reply, at: endpoint) {
                doubts.append(
                    ScriptDoubt(
                        severity: .error,
                        place: place,
                        message: problem.message,
                        help: problem.help,
                        isAboutProtocols: true
                    )
                )
            }
        }
        return doubts + shadowedRules(of: endpoint.script)
    }

    /// Where it stands in the endpoint's file, as near as that is known.
    package func position(in endpoint: ScenarioEndpoint) -> SourcePosition? {
        place.flatMap { endpoint.replyPositions[$0] } ?? endpoint.position
    }

    private static func problems(of reply: Reply, at endpoint: ScenarioEndpoint) -> [NotationError] {
        var problems: [NotationError] = []
        if reply.beginsAtHead, endpoint.script.needsBody {
            problems.append(
                NotationError(
                    message:
                        "\"\(reply.summary)\" begins before the body is read, and what chooses the reply stands in it",
                    help: "choose by the path or a header, or let it happen after the request"
                )
            )
        }
        if case .fault(let fault) = reply, let missing = fault.missingPoint { problems.append(missing) }
        return problems
    }

    private static func missingProtocols(of reply: Reply, at endpoint: ScenarioEndpoint) -> [NotationError] {
        guard case .fault(let fault) = reply else { return [] }
        let name = fault.kind.rawValue
        if fault.kind.needsTLS, endpoint.identity == .plain {
            return [
                NotationError(
                    message: "`\(name)` needs TLS, and the endpoint speaks plain HTTP",
                    help: "give the endpoint TLS, or use `reset` or `close`"
                )
            ]
        }
        if fault.kind.needsHTTP2, !endpoint.offersHTTP2 {
            return [
                NotationError(
                    message: "`\(name)` needs HTTP/2, which the endpoint does not offer",
                    help: "offer it (in a file: `http2: true` at the endpoint), or use `reset` or `close`"
                )
            ]
        }
        return []
    }

    /// Rules that an earlier rule leaves nothing to.
    private static func shadowedRules(of script: ReplyScript) -> [ScriptDoubt] {
        var doubts: [ScriptDoubt] = []
        for (index, rule) in script.rules.enumerated() {
            guard let earlier = script.rules[..<index].first(where: { $0.pattern.covers(rule.pattern) }) else {
                continue
            }
            doubts.append(
                ScriptDoubt(
                    severity: .warning,
                    place: ReplyPlace(rule: rule.name, item: .turn(1)),
                    message: "the rule `\(rule.name)` never applies: `\(earlier.name)` takes everything that it would",
                    help: "put it before `\(earlier.name)`"
                )
            )
        }
        return doubts
    }
}

extension ReplyScript {
    /// Every reply with its place, in the order of the script.
    var placed: [(place: ReplyPlace, reply: Reply)] {
        var all = Self.placed(rule: nil, turns, interruptions)
        for rule in rules { all += Self.placed(rule: rule.name, rule.turns, rule.interruptions) }
        return all
    }

    private static func placed(
        rule: String?,
        _ turns: [ScriptTurn],
        _ interruptions: [Interruption]
    ) -> [(place: ReplyPlace, reply: Reply)] {
        turns.enumerated().map { (ReplyPlace(rule: rule, item: .turn($0.offset + 1)), $0.element.reply) }
            + interruptions.enumerated().map {
                (ReplyPlace(rule: rule, item: .interruption($0.offset + 1)), $0.element.reply)
            }
    }

    /// Says that a request's body must be there before a rule can be chosen or a question recognised.
    var needsBody: Bool {
        rules.contains { $0.pattern.needsBody } || handshakes.contains { $0.kind != .cloudEvents }
    }
}

extension Reply {
    /// Says that it begins before the request's body is read, so that the head alone has to choose it.
    var beginsAtHead: Bool {
        switch self {
        case .respond(let response): return response.early || response.slowRead != nil
        case .fault(let fault):
            if fault.kind == .slowRead || fault.answer.slowRead != nil { return true }
            switch fault.at {
            case .head, .requestBody: return true
            default: return false
            }
        }
    }
}
