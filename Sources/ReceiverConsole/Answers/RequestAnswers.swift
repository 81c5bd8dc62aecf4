import DeliveryEvidence
import DeliveryScenarios
import Notation

extension JournalRequest {
    /// The request without the endpoint's secrets.
    var shown: AttemptArrived {
        guard case .attemptArrived(let shown) = lens.redactor.redacted(.attemptArrived(arrived)) else { return arrived }
        return shown
    }

    /// What a list or a timeline needs of it.
    var summary: JSONValue {
        .object(summaryMembers(shown))
    }

    /// Everything the journal knows of it.
    var detail: JSONValue {
        let shown = shown
        return .object(
            summaryMembers(shown) + [
                JSONMember(
                    name: "headers",
                    value: .array(shown.headers.map { .array([.string($0.name), .string($0.value)]) })
                ),
                JSONMember(name: "head", value: .content(shown.head.bytes, size: shown.head.bytes.count)),
                // What a redaction makes longer or shorter is not what was cut.
                JSONMember(
                    name: "body",
                    value: .content(shown.body.bytes, size: isBodyCut ? bodySize : shown.body.bytes.count)
                ),
                JSONMember(name: "body_redacted", value: .bool(shown.bodyRedacted)),
            ]
        )
    }

    private func summaryMembers(_ shown: AttemptArrived) -> [JSONMember] {
        let finding = signature
        let fields = JSONValue.fields([
            "endpoint": .string(arrived.endpoint),
            "number": .count(number),
            "attempt": .count(arrived.attempt),
            "connection": .count(arrived.connection),
            "stream": .count(arrived.stream),
            "received_at": .time(wallTime),
            "since_start_ms": .milliseconds(real - Stamp(nanoseconds: 0)),
            "method": .string(shown.method),
            "target": .string(shown.target),
            "version": .string(shown.version),
            "delivery": .text(shown.deliveryKey),
            "delivery_attempt": .count(arrived.ordinal),
            "gap_ms": .milliseconds(gap),
            "place": .text(arrived.place),
            "unmatched": .text(shown.unmatched),
            "malformed": .text(shown.malformed),
            "signature": finding.map { finding in
                .fields([
                    "state": .string(finding.state.rawValue),
                    "reason": .string(lens.redactor.redacted(finding.reason)),
                ])
            },
            "body_bytes": .count(bodySize),
            "body_preview": .string(preview(shown.body.bytes)),
            "answer": answerFields,
            "cursor": .count(cursor),
        ])
        return fields.members ?? []
    }

    private func preview(_ bytes: [UInt8]) -> String {
        VisibleText.of(String(decoding: bytes.prefix(240), as: UTF8.self), atMost: 160)
    }

    private var answerFields: JSONValue {
        let redactor = lens.redactor
        return .fields([
            "state": .string(ended == nil ? "waiting" : (ended?.answerEnded == nil ? "not completed" : "completed")),
            "text": .string(redactor.redacted(answer)),
            "asked": .text(ended.map { redactor.redacted($0.asked) }),
            "status": .count(ended?.status),
            "held_ms": .milliseconds(heldFor),
            "bytes": .count(ended?.bytesOut),
            "closed": (ended?.closing).map { .string("by the \($0.by.word), \($0.how.word)") },
            "receipts": .array(receipts.map { $0.shown(by: redactor) }),
        ])
    }
}

extension FaultProduced {
    func shown(by redactor: Redactor) -> JSONValue {
        .fields([
            "asked": .string(redactor.redacted(asked)),
            "kernel": .array(kernel.map { .string(redactor.redacted($0)) }),
            "wire": .string(redactor.redacted(wire)),
        ])
    }
}

extension Closing.Party {
    fileprivate var word: String { self == .dispatcher ? "sender" : "receiver" }
}

extension Closing.Manner {
    fileprivate var word: String { self == .fin ? "FIN" : "RST" }
}
