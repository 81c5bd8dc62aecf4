import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// T1: nothing is sent to an `http://` URL.
enum HTTPSOnlyCheck {
    static let check = Check(
        "transport.https-only",
        codes: ["T1"],
        title: "Nothing is ever sent to an endpoint whose URL is not https.",
        asks: "An http:// URL is refused at registration, or the receiver behind it sees no connection."
    ) { context in
        let plain = context.endpoints.filter { $0.identity == .plain && $0.registration != nil }
        let clause = context.contract.transport.scheme
        return plain.compactMap { endpoint in
            let requests = context.attempts.filter { $0.arrived.endpoint == endpoint.name }
            if clause.isUnstated {
                return .unstated(
                    endpoint.name,
                    "Which URL schemes are allowed is not stated; an http:// URL got \(requests.count) requests."
                )
            }
            guard clause.value == .httpsOnly else { return nil }
            return judge(endpoint, requests, context, clause.basis)
        }
    }

    private static func judge(
        _ endpoint: EndpointView,
        _ requests: [AttemptView],
        _ context: JudgingContext,
        _ basis: Basis
    ) -> Finding? {
        if let first = requests.first {
            let at = TimeText.of(first.began - Stamp(nanoseconds: 0))
            let count = requests.count == 1 ? "a request" : "\(requests.count) requests"
            return .violated(endpoint.name, "\(count) went to an http:// URL, the first at \(at).", by: basis)
        }
        let connections = context.connections(to: endpoint.name)
        if connections.contains(where: { ($0.closed?.value.bytesIn ?? 0) > 0 }) {
            return .violated(endpoint.name, "Bytes were sent to an http:// URL.", by: basis)
        }
        if !connections.isEmpty {
            return .inconclusive(
                endpoint.name,
                "\(connections.count) connections to an http:// URL were opened, but nothing was sent on them.",
                by: basis
            )
        }
        if endpoint.registration?.value.accepted == false {
            return .held(endpoint.name, "The dispatcher refused the http:// URL.", by: basis)
        }
        guard let event = context.emissions.first(where: { $0.emitted.accepted }) else {
            return .inconclusive(
                endpoint.name,
                "No event was handed over that could have gone to the http:// URL.",
                by: basis
            )
        }
        if let doubt = context.doubtAboutSilence(since: event.at) {
            return .inconclusive(endpoint.name, "Nothing went to the http:// URL, but \(doubt).", by: basis)
        }
        return .held(endpoint.name, "The dispatcher took the http:// URL on and sent nothing there.", by: basis)
    }
}
