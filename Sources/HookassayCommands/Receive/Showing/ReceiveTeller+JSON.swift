import DeliveryEvidence
import DeliveryScenarios
import Notation

extension ReceiveTeller {
    private func line(_ event: String, _ at: Stamp?) -> JSONLine {
        var line = JSONLine(event)
        if let at { line.add("at", time.utc(at)) }
        return line
    }

    func json(_ facts: RequestFindings) -> JSONLine {
        let arrived = facts.request.arrived
        var line = line("request", facts.request.at)
        line.add("attempt", arrived.attempt)
        line.add("connection", arrived.connection)
        line.add("stream", arrived.stream)
        line.add("endpoint", arrived.endpoint)
        line.add("method", arrived.method)
        line.add("target", arrived.target)
        line.add("delivery", arrived.deliveryKey)
        line.add("ordinal", facts.request.ordinal)
        line.add("gap_seconds", facts.request.gap)
        line.add("malformed", arrived.malformed)
        if let signature = facts.signature {
            var part = JSONLine("")
            part.add("verdict", signature.verdict)
            part.add("reason", signature.reason)
            line.add("signature", part.bare)
        }
        var body = JSONLine("")
        body.add("bytes", facts.body.size)
        body.add("whole", facts.body.isWhole)
        body.add("content_type", facts.body.contentType)
        body.add("event_type", facts.body.eventType)
        body.add("event_id", facts.body.eventID)
        body.add("beginning", facts.body.beginning)
        line.add("body", body.bare)
        line.add("script", arrived.place)
        line.add("unmatched", arrived.unmatched)
        line.add("gets", facts.coming)
        return line
    }

    func json(_ answer: AnswerTelling) -> JSONLine {
        let ended = answer.ended
        var line = line("answer", answer.at)
        line.add("attempt", ended.attempt)
        line.add("endpoint", answer.endpoint)
        line.add("script", answer.place)
        line.add("asked", ended.asked)
        line.add("status", ended.status)
        line.add("complete", ended.answerEnded != nil)
        line.add("waited_seconds", answer.waited)
        line.add("bytes", ended.bytesOut)
        if let closing = ended.closing {
            line.add("closed_by", closing.by.rawValue)
            line.add("closed_with", closing.how.rawValue)
        }
        return line
    }

    func json(_ fault: FaultProduced, _ at: Stamp) -> JSONLine {
        var line = line("fault", at)
        line.add("attempt", fault.attempt)
        line.add("connection", fault.connection)
        line.add("endpoint", fault.endpoint)
        line.add("asked", fault.asked)
        line.add("kernel", .array(fault.kernel.map { .string($0) }))
        line.add("wire", fault.wire)
        return line
    }

    func json(_ telling: ConnectionTelling) -> JSONLine {
        var line = line("connection", telling.at)
        line.add("connection", telling.connection)
        line.add("endpoint", telling.endpoint)
        line.add("peer", telling.peer)
        switch telling.problem {
        case .handshakeFailed(let reason): line.add("handshake_failed", reason)
        case .endedEarly(let closed):
            line.add("closed_by", closed.closing.by.rawValue)
            line.add("closed_with", closed.closing.how.rawValue)
            line.add("bytes_in", closed.bytesIn)
        }
        return line
    }

    func json(failure message: String, _ at: Stamp) -> JSONLine {
        var line = line("failure", at)
        line.add("message", message)
        return line
    }

    func json(untold count: Int) -> JSONLine {
        var line = line("untold", nil)
        line.add("count", count)
        return line
    }
}
