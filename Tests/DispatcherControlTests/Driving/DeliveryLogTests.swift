import DeliveryEvidence
import DispatcherControl
import Testing

@Suite struct `Delivery logs` {
    @Test(.timeLimit(.minutes(20)))
    func `are read where the pointers say`() async throws {
        let evidence = RecordedEvidence()
        try await drive(PythonDispatcher.description, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            await dispatcher.readDeliveryLog()
        }
        let log = try #require(evidence.logs.first)
        #expect(log.available && log.detail == "2 deliveries")
        let first = LoggedDelivery(
            id: "7",
            eventID: "evt-1",
            eventType: "a.b",
            createdAt: "2026-01-01T00:00:00Z",
            url: "https://h/1",
            latestStatus: 200,
            payload: Bytes(text: #"{"k":1}"#),
            attempts: [
                LoggedAttempt(number: 1, outcome: "failed", error: "timeout"),
                LoggedAttempt(
                    number: 2,
                    outcome: "succeeded",
                    attemptedAt: "later",
                    responseCode: 200,
                    responseHeaders: Bytes(text: #"{"A":"b"}"#),
                    responseBody: Bytes(text: "ok")
                ),
            ]
        )
        #expect(log.deliveries == [first, LoggedDelivery(id: "8")])
    }

    private func reading(_ replaced: String, with text: String) async throws -> DeliveryLogRead {
        let evidence = RecordedEvidence()
        let description = PythonDispatcher.description.replacing(replaced, with: text)
        try await drive(description, into: evidence) { dispatcher, _ in
            try await dispatcher.start()
            await dispatcher.readDeliveryLog()
        }
        return try #require(evidence.logs.first)
    }

    @Test(.timeLimit(.minutes(20)))
    func `that are not where they should be are told, not invented`() async throws {
        let misplaced = try await reading("list: /page/items", with: "list: /items")
        #expect(!misplaced.available && misplaced.deliveries.isEmpty)
        #expect(
            misplaced.detail == "the delivery log could not be read: the delivery log has no list at '/items'; "
                + "correct `list` under `delivery_log`"
        )
        let refused = try await reading("/log\"", with: "/refused\"")
        #expect(refused.detail.hasSuffix(#"it answered 422 {"error": "not that one"}"#))
        let broken = try await reading("/log\"", with: "/broken\"")
        #expect(!broken.available)
    }

    @Test(.timeLimit(.minutes(20)))
    func `cannot be read from a dispatcher that has none or does not run`() async throws {
        let evidence = RecordedEvidence()
        try await drive(PythonDispatcher.description, into: evidence) { dispatcher, _ in
            await dispatcher.readDeliveryLog()
        }
        try await drive("dispatcher: bare\nemit: { command: [\"true\"] }\n", into: evidence) { dispatcher, _ in
            await dispatcher.readDeliveryLog()
        }
        #expect(evidence.logs.map(\.available) == [false, false])
        #expect(evidence.logs.map(\.detail) == ["the dispatcher is not running", "no delivery log in its description"])
    }
}
