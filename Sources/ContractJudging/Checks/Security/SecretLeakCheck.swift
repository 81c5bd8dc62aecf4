import DeliveryEvidence
import WebhookContracts

/// K5: secrets stay secret.
enum SecretLeakCheck {
    static let check = Check(
        "secrets.not-in-output",
        codes: ["K5"],
        title: "No secret shows in the dispatcher's output, its delivery log, its answers or in a request.",
        asks: """
            Neither a signing secret nor a password stands anywhere but in the Authorization header of its own endpoint, as it \
            is, in base64, percent-encoded or escaped. Encodings that hide a secret from view are not found.
            """
    ) { context in
        let configured = context.endpoints.filter { $0.hasSecret || $0.hasCredentials }
        guard !configured.isEmpty else { return [] }
        let places = output(context) + answers(context) + log(context) + requests(context)
        var seen: Set<String> = []
        let leaks = places.flatMap { place, text in
            SecretMarks.names(in: text).compactMap { name -> Finding? in
                guard seen.insert("\(place)\u{0}\(name)").inserted else { return nil }
                return .violated(nil, "The secret \(name) stands in \(place).", by: Basis())
            }
        }
        guard leaks.isEmpty, !places.isEmpty else { return leaks }
        return [.held(nil, "No secret stands in any of \(places.count) places that were looked at.", by: Basis())]
    }

    private static func output(_ context: JudgingContext) -> [(String, String)] {
        context.history.output.map { ("the dispatcher's output", $0.value.line) }
    }

    private static func answers(_ context: JudgingContext) -> [(String, String)] {
        context.history.registrations.map {
            ("the answer to the registration of \($0.value.endpoint)", $0.value.detail)
        }
            + context.history.changes.map { ("the answer to a change of \($0.value.endpoint)", $0.value.detail) }
            + context.emissions.map { ("the answer to the event \($0.event)", $0.emitted.detail) }
    }

    private static func log(_ context: JudgingContext) -> [(String, String)] {
        guard let read = context.history.deliveryLog else { return [] }
        return read.deliveries.flatMap { row -> [(String, String)] in
            let fields = [row.id, row.eventID, row.eventType, row.createdAt, row.url, row.payload?.text].compactMap(
                \.self
            )
            return fields.map { ("the delivery log", $0) }
                + row.attempts.flatMap { attempt in
                    [
                        attempt.outcome, attempt.attemptedAt, attempt.responseHeaders?.text, attempt.responseBody?.text,
                        attempt.error,
                    ].compactMap(\.self).map { ("the delivery log", $0) }
                }
        }
    }

    private static func requests(_ context: JudgingContext) -> [(String, String)] {
        context.attempts.flatMap { attempt -> [(String, String)] in
            let endpoint = attempt.arrived.endpoint
            let own = SecretName.authorization(of: endpoint).text
            let target = [("the request target at \(endpoint)", attempt.arrived.target)]
            let headers = attempt.arrived.headers.compactMap { header -> (String, String)? in
                let isOwn = header.name.lowercased() == "authorization" && SecretMarks.names(in: header.value) == [own]
                return isOwn ? nil : ("the header \(header.name.quoted) at \(endpoint)", header.value)
            }
            let body = attempt.arrived.bodyRedacted ? [("a body at \(endpoint)", attempt.arrived.body.text)] : []
            return target + headers + body
        }
    }
}
