import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// T2: no request follows a handshake whose certificate does not verify.
enum CertificateCheck {
    static let check = Check(
        "transport.certificates",
        codes: ["T2"],
        title: "No byte of a request is sent to a receiver whose certificate does not verify.",
        asks: "Behind a self-signed, expired or wrong-host certificate, the receiver sees handshakes at most."
    ) { context in
        let impostors = context.endpoints.filter { $0.identity?.mustBeRefused ?? false }
        let clause = context.contract.transport.certificates
        return impostors.compactMap { endpoint in
            let requests = context.attempts.filter { $0.arrived.endpoint == endpoint.name }
            let identity = endpoint.identity?.rawValue ?? ""
            if clause.isUnstated {
                let saw = "a receiver with a \(identity) certificate got \(requests.count) requests"
                return .unstated(endpoint.name, "Whether certificates are verified is not stated; \(saw).")
            }
            guard clause.value == .verified else { return nil }
            return judge(endpoint, requests, identity, context, clause.basis)
        }
    }

    private static func judge(
        _ endpoint: EndpointView,
        _ requests: [AttemptView],
        _ identity: String,
        _ context: JudgingContext,
        _ basis: Basis
    ) -> Finding? {
        let connections = context.connections(to: endpoint.name)
        let spoken = connections.filter { $0.secured != nil && ($0.closed?.value.bytesIn ?? 0) > 0 }
        if !requests.isEmpty || !spoken.isEmpty {
            let saw = requests.isEmpty ? "bytes of a request were" : "\(requests.count) whole request(s) were"
            return .violated(endpoint.name, "With a \(identity) certificate, \(saw) sent all the same.", by: basis)
        }
        let refused = connections.filter { $0.handshakeFailed != nil || $0.closed != nil }
        if let first = refused.first {
            let reason = first.handshakeFailed.map { " (\($0.value.reason))" } ?? ""
            return .held(
                endpoint.name,
                "The \(identity) certificate was refused in \(refused.count) handshake(s)\(reason).",
                by: basis
            )
        }
        if endpoint.registration?.value.accepted == false {
            return .held(
                endpoint.name,
                "The dispatcher refused the endpoint with a \(identity) certificate.",
                by: basis
            )
        }
        let isDue = context.deliveries.contains { $0.endpoint.name == endpoint.name && $0.duty == .due }
        guard isDue || !connections.isEmpty else { return nil }
        return .inconclusive(
            endpoint.name,
            "The dispatcher completed no handshake, so that the \(identity) certificate was not put to the test.",
            by: basis
        )
    }
}
