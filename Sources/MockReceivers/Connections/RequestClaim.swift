import DeliveryEvidence
import DeliveryScenarios

/// Chooses what a request gets: the answer to a provider's question, a rule's turn, or the script's own.
struct RequestClaim {
    let desk: EndpointDesk

    /// What was chosen.
    struct Choice {
        let key: String?
        let turn: ScriptProgress.Turn
        var unmatched: String?
    }

    /// Chooses while only the head is there; `nil` when the body must be awaited.
    func early(_ request: RequestInProgress) -> Choice? {
        let summary = desk.script.summary
        guard !summary.needsBody else { return nil }
        guard case .known(let key) = DeliveryKey.inHead(request.headers, sources: summary.script.keys) else {
            return nil
        }
        return choice(key, for: request.facts, summary)
    }

    /// Chooses with all of the request that came.
    func final(_ request: RequestInProgress) -> Choice {
        let summary = desk.script.summary
        let facts = request.facts
        let key = DeliveryKey.find(headers: facts.headers, body: facts.body, sources: summary.script.keys)
        return choice(key, for: facts, summary)
    }

    /// Numbers the attempt that was chosen for, at this moment.
    func taken(_ choice: Choice) -> RequestInProgress.Claim {
        if choice.turn.overflowed {
            desk.recordFailure(
                "more than \(ScriptProgress.capacity) deliveries; the replies to further ones are those to a first"
                    + " attempt. Make the scenario smaller or key its receiver by something that repeats"
            )
        }
        return RequestInProgress.Claim(
            attempt: desk.numbers.nextAttempt(),
            key: choice.key,
            turn: choice.turn,
            at: desk.now,
            unmatched: choice.unmatched
        )
    }

    private func choice(_ key: String?, for request: RequestFacts, _ summary: ScriptSummary) -> Choice {
        for handshake in summary.script.handshakes {
            guard let answer = HandshakeAnswer.answer(handshake, to: request) else { continue }
            let turn = ScriptProgress.Turn(
                ordinal: 0,
                reply: .respond(answer),
                place: ReplyPlace(item: .handshake(handshake.kind)),
                isFollowedByConnectionFault: false,
                overflowed: false
            )
            return Choice(key: nil, turn: turn)
        }
        guard !summary.script.rules.isEmpty else {
            return Choice(key: key, turn: desk.script.advance(key, at: desk.now))
        }
        let matching = RuleMatching(rules: summary.script.rules, signatures: desk.signatures)
        switch matching.outcome(for: request) {
        case .matched(let index):
            return Choice(key: key, turn: desk.script.advance(key, rule: index, at: desk.now))
        case .unmatched(let nearest):
            let turn = desk.script.advance(key, at: desk.now)
            return Choice(key: key, turn: turn, unmatched: nearest)
        }
    }
}
