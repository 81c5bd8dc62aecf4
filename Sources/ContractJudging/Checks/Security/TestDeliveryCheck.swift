import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// K8: a test delivery obeys the guards of all deliveries and is no window into the network.
enum TestDeliveryCheck {
    static let check = Check(
        "security.test-delivery",
        codes: ["K8"],
        title: "A test delivery obeys the same guards as any other, and does not show what the receiver answered.",
        asks: """
            Asked for a test delivery to a private address, the dispatcher opens no connection; the answer to whoever asked holds \
            nothing of the receiver's own answer unless the contract says that it does.
            """
    ) { context in
        context.history.tests.flatMap { test -> [Finding] in
            guard let endpoint = context.endpoints.first(where: { $0.name == test.value.endpoint }) else { return [] }
            return [guarded(test, endpoint, context), blind(test, endpoint, context)].compactMap(\.self)
        }
    }

    private static func guarded(
        _ test: Timed<EndpointTested>,
        _ endpoint: EndpointView,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.transport.privateAddresses
        guard context.isOffLimits(endpoint) else { return nil }
        let connection = context.connections(to: endpoint.name).first { $0.opened.at >= test.value.asked }
        if clause.isUnstated {
            let saw = connection == nil ? "opened no connection" : "opened a connection"
            let text = "Whether private addresses are delivered to is not stated; a test delivery to one \(saw)."
            return .unstated(endpoint.name, text)
        }
        guard clause.value == .blocked else { return nil }
        if let connection {
            let text =
                "A test delivery opened a connection to a private address at \(context.text(connection.opened.at))."
            return .violated(endpoint.name, text, by: clause.basis)
        }
        guard let status = test.value.status else {
            return .held(
                endpoint.name,
                "The endpoint was refused, so that nothing can be tested there.",
                by: clause.basis
            )
        }
        switch context.silence(since: test.value.asked) {
        case .proven:
            let text = "A test delivery to a private address opened no connection; the answer was \(status)."
            return .held(endpoint.name, text, by: clause.basis)
        case .notWatched(let watched):
            let text = "A test delivery to a private address was watched for \(TimeText.of(watched)) only."
            return .inconclusive(endpoint.name, text, by: clause.basis)
        case .doubtful(let why):
            let text = "A test delivery to a private address opened no connection, but \(why)."
            return .inconclusive(endpoint.name, text, by: clause.basis)
        }
    }

    /// Texts shorter than this may stand in an answer by chance.
    private static let shortest = 8

    private static func blind(
        _ test: Timed<EndpointTested>,
        _ endpoint: EndpointView,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.endpoint.testDelivery
        let tested = context.attempts.filter { attempt in
            attempt.arrived.endpoint == endpoint.name && test.value.asked <= attempt.began && attempt.began <= test.at
        }
        let written = tested.compactMap { context.scriptedResponse(to: $0) }.flatMap { response in
            [response.body] + response.headers.map(\.value)
        }.filter { $0.utf8.count >= shortest }
        guard !written.isEmpty else { return nil }
        let shown = written.first { test.value.answer.contains($0) || test.value.answer.contains(escaped($0)) }
        if clause.isUnstated {
            let saw = shown == nil ? "nothing of it" : "it"
            return .unstated(
                endpoint.name,
                "Whether a test shows the receiver's answer is not stated; it showed \(saw)."
            )
        }
        guard clause.value == .outcome else { return nil }
        if let shown {
            let text =
                "The answer to a test delivery shows what the receiver wrote: \(shown.prefix(60).description.quoted)."
            return .violated(endpoint.name, text, by: clause.basis)
        }
        return .held(
            endpoint.name,
            "The answer to a test delivery shows nothing of the receiver's own.",
            by: clause.basis
        )
    }

    /// As it stands within JSON.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
