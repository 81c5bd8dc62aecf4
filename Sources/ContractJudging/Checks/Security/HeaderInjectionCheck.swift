import DeliveryEvidence
import Notation
import WebhookContracts

/// K6: line breaks in an event's text never reach the head of a request.
enum HeaderInjectionCheck {
    static let check = Check(
        "headers.no-injection",
        codes: ["K6"],
        title: "A line break in an event's fields does not reach the head of the request.",
        asks:
            "Where an event holds CR or LF in a text, no line of the head begins with what stands after the line break."
    ) { context in
        context.deliveries.flatMap { delivery -> [Finding] in
            let fragments = fragments(of: delivery.emission)
            guard !fragments.isEmpty else { return [] }
            return delivery.attempts.map { attempt in
                let subject = delivery.subject(attempt)
                let lines = attempt.arrived.headers.map { "\($0.name): \($0.value)" } + headLines(of: attempt)
                let found = fragments.first { fragment in lines.contains { $0.hasPrefix(fragment) } }
                if let found {
                    return .violated(
                        subject,
                        "A line of the head comes from the event's text: \(found.quoted).",
                        by: Basis()
                    )
                }
                return .held(subject, "A line break in the event's text did not reach the head.", by: Basis())
            }
        }
    }

    /// What stands after each line break in the texts of an event, where it is long enough to be recognised.
    private static func fragments(of emission: EmissionView) -> [String] {
        guard let payload = emission.payload else { return [] }
        return BodyLeaf.all(of: payload).flatMap { leaf -> [String] in
            guard case .string(let text) = leaf.value else { return [] }
            return text.split(omittingEmptySubsequences: false) { ["\r", "\n", "\r\n"].contains($0) }.dropFirst()
                .map(String.init).filter { $0.count >= 4 }
        }
    }

    private static func headLines(of attempt: AttemptView) -> [String] {
        attempt.arrived.head.text.split(whereSeparator: \.isNewline).map(String.init)
    }
}
