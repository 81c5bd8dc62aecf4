import DeliveryEvidence
import DeliveryScenarios

extension ReceiveTeller {
    /// Stands before lines that belong to the one above.
    private static let sameTime = String(repeating: " ", count: 12)

    private func opening(_ at: Stamp?, _ subject: String) -> ShownLine {
        ShownLine(at.map { time.ofDay($0) } ?? Self.sameTime, .faint).adding(" \(subject) ", .faint)
    }

    private func subject(_ attempt: Int, _ endpoint: String) -> String {
        namesEndpoints && !endpoint.isEmpty ? "#\(attempt) [\(endpoint)]" : "#\(attempt)"
    }

    func text(_ facts: RequestFindings) -> [ShownLine] {
        let arrived = facts.request.arrived
        let subject = subject(arrived.attempt, arrived.endpoint)
        var head = opening(facts.request.at, subject)
        if arrived.malformed != nil, arrived.method.isEmpty {
            head.add("a request that is none", .doubtful)
        } else {
            let line = ShownText.of("\(arrived.method) \(arrived.target)")
            // What follows is worth more than the end of a long target.
            head.add(ShownText.cut(line, toCells: screen.width / 2), .strong)
        }
        head.add(", \(attempt(facts.request))")
        var lines = [head]
        if let malformed = arrived.malformed {
            lines.append(opening(nil, subject).adding("malformed: \(malformed)", .bad))
        }
        if let signature = facts.signature {
            lines.append(text(signature, opening(nil, subject)))
            if case .wrong(_, let hints) = signature, let hint = hints.first {
                lines.append(opening(nil, subject).adding("nearest explanation: \(hint)", .doubtful))
            }
        }
        var body = opening(nil, subject).adding(facts.body.words)
        if !facts.body.beginning.isEmpty { body.add(": \(facts.body.beginning)", .faint) }
        lines.append(body)
        if let unmatched = arrived.unmatched {
            let style = arrived.isUnanswerable ? ShownLine.Style.doubtful : .faint
            lines.append(opening(nil, subject).adding("no rule matches: \(unmatched)", style))
        }
        if let coming = facts.coming {
            lines.append(opening(nil, subject).adding("gets \(coming)"))
        }
        return lines
    }

    /// The key last: it may be long.
    private func attempt(_ request: RequestTelling) -> String {
        let arrived = request.arrived
        let ordinal = request.ordinal == 1 ? "first attempt" : "attempt \(request.ordinal)"
        let gap = request.gap.map { " (+\(ShownTime.text($0)))" } ?? ""
        let key = arrived.deliveryKey.map { " of \($0)" } ?? ""
        return ordinal + gap + key
    }

    private func text(_ signature: ReceivedSignature, _ opening: ShownLine) -> ShownLine {
        switch signature {
        case .valid(let reading):
            opening.adding("signature valid", .good).adding(reading.map { ": \($0)" } ?? "")
        case .wrong(let reason, _): opening.adding("signature wrong: ", .bad).adding(reason)
        case .absent: opening.adding("no signature: ", .bad).adding(signature.reason ?? "")
        case .unchecked(let reason): opening.adding("signature not checked: ", .doubtful).adding(reason)
        }
    }

    func text(_ answer: AnswerTelling) -> ShownLine {
        let ended = answer.ended
        var line = opening(answer.at, subject(ended.attempt, answer.endpoint))
        let waited = answer.waited.map { " after \(ShownTime.text($0))" } ?? ""
        if ended.answerEnded != nil, let status = ended.status {
            line.add("answered \(status)", Self.style(of: status))
            line.add(waited)
        } else if ended.closing?.by == .dispatcher {
            let far = ended.bytesOut == 0 ? "before an answer" : "\(ended.bytesOut) bytes into the answer"
            line.add("given up by the client", .doubtful)
            line.add("\(waited), \(far), with \(Self.words(ended.closing?.how))")
        } else {
            let far = ended.bytesOut == 0 ? "nothing" : "\(ended.bytesOut) bytes that are no whole answer"
            line.add("answered \(far)", .doubtful)
            if let closing = ended.closing { line.add(" and ended with \(Self.words(closing.how))") }
            line.add(waited)
        }
        let place = answer.place.map { "script \($0): " } ?? ""
        return line.adding(" (\(place)\(ended.asked))", .faint)
    }

    private static func words(_ manner: Closing.Manner?) -> String {
        switch manner {
        case .reset: "RST"
        case .fin, nil: "FIN"
        }
    }

    private static func style(of status: Int) -> ShownLine.Style {
        switch status {
        case 200...299: .good
        case 100...399: .plain
        default: .doubtful
        }
    }

    func text(_ fault: FaultProduced, _ at: Stamp) -> ShownLine {
        let subject =
            fault.attempt.map { self.subject($0, fault.endpoint) } ?? fault.connection.map { "connection \($0)" }
            ?? fault.endpoint
        return opening(at, subject).adding("\(fault.asked); on the wire: ", .faint).adding(fault.wire, .doubtful)
    }

    func text(_ telling: ConnectionTelling) -> ShownLine {
        let name = namesEndpoints ? " [\(telling.endpoint)]" : ""
        let line = opening(telling.at, "connection \(telling.connection)\(name) from \(telling.peer)")
        switch telling.problem {
        case .handshakeFailed(let reason): return line.adding("TLS handshake failed: ", .bad).adding(reason)
        case .endedEarly(let closed):
            let party = closed.closing.by == .dispatcher ? "the client" : "the receiver"
            let how = Self.words(closed.closing.how)
            let came = closed.bytesIn == 0 ? "without a byte" : "after \(closed.bytesIn) bytes that are no request"
            return line.adding("ended by \(party) with \(how), \(came)", .doubtful)
        }
    }

    func text(failure message: String, _ at: Stamp) -> ShownLine {
        opening(at, "receiver").adding(message, .bad)
    }

    func text(untold count: Int) -> ShownLine {
        opening(nil, "receiver").adding(
            "\(count) more lines came faster than they could be shown; the evidence has everything",
            .doubtful
        )
    }
}
