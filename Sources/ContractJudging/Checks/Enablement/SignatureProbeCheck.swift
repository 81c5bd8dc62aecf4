import DeliveryEvidence
import WebhookContracts

/// X7: an endpoint that takes a wrong signature is not delivered to.
enum SignatureProbeCheck {
    static let check = Check(
        "endpoint.signature-probe",
        codes: ["X7"],
        title: "An endpoint has to refuse a wrongly signed request before it gets any delivery.",
        asks: """
            A request whose signature does not verify comes to a new endpoint before any delivery. Only an endpoint that \
            answers it with 401 gets deliveries.
            """
    ) { context in
        let clause = context.contract.endpoint.signatureProbe
        guard clause.value == true else { return [] }
        let scheme = StatedScheme(context.contract.signature)
        return context.endpoints.compactMap { endpoint in
            guard let registration = endpoint.registration, endpoint.hasSecret else { return nil }
            return judge(endpoint, registration, scheme, clause.basis, context)
        }
    }

    private static func judge(
        _ endpoint: EndpointView,
        _ registration: Timed<EndpointRegistered>,
        _ scheme: StatedScheme,
        _ basis: Basis,
        _ context: JudgingContext
    ) -> Finding? {
        let probes = context.setup.filter { attempt in
            guard attempt.arrived.endpoint == endpoint.name, SetupReading.question(of: attempt) == nil,
                let signed = SignedAttempt(attempt, in: context), signed.obstacle == nil
            else { return false }
            return !scheme.candidates.contains { signed.verifies($0) }
        }
        let deliveries = context.attempts.filter { $0.arrived.endpoint == endpoint.name }
        let refused = probes.first { $0.receipt?.status == 401 }
        if let early = deliveries.first(where: { delivery in refused?.ended.map { delivery.began < $0 } ?? true }) {
            let how =
                probes.isEmpty
                ? "and the endpoint was never probed"
                : refused == nil ? "after the endpoint had taken a wrong signature" : "before the probe was answered"
            return .violated(endpoint.name, "A delivery came at \(context.text(early.began)), \(how).", by: basis)
        }
        if probes.isEmpty {
            guard registration.value.accepted else { return nil }
            switch context.silence(since: registration.at) {
            case .proven(let watched):
                let text = "The endpoint was registered, and no probe came in \(TimeText.of(watched))."
                return .violated(endpoint.name, text, by: basis)
            case .notWatched: return nil
            case .doubtful(let why): return .inconclusive(endpoint.name, "No probe came, but \(why).", by: basis)
            }
        }
        guard refused != nil else {
            let status = probes.last?.receipt?.status.map { "answered \($0) to" } ?? "did not answer"
            return HandshakeCheck.silent(endpoint, "The endpoint \(status) the probe", context, basis)
        }
        guard !deliveries.isEmpty else { return nil }
        return .held(endpoint.name, "The endpoint refused the probe, and was delivered to afterwards.", by: basis)
    }
}
