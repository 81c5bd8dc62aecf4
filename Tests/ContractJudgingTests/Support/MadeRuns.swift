import DeliveryScenarios
import Notation
import WebhookContracts

extension HistoryMaker {
    /// A run in which one event is delivered at once, after the contract was changed.
    static func delivered(
        _ type: String = "thing.created",
        endpoints: [ScenarioEndpoint] = [HistoryMaker.endpoint("main")],
        _ change: (inout Contract) throws -> Void = { _ in }
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        try change(&contract)
        var maker = HistoryMaker(contract: contract, endpoints: endpoints)
        let event = maker.emit(type)
        for endpoint in endpoints { maker.attempt(event, at: .seconds(2), to: endpoint.name) }
        return maker
    }

    /// A run in which one event fails twice and arrives at the third attempt, as the contract wants it.
    static func retried(_ change: (inout Contract) throws -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        try change(&contract)
        var maker = HistoryMaker(contract: contract)
        let event = maker.emit()
        maker.attempt(event, at: .seconds(2), number: 1, answer: .status(500))
        maker.attempt(event, at: .seconds(302) + .milliseconds(10), number: 2, answer: .status(500))
        maker.attempt(event, at: .seconds(902) + .milliseconds(20), number: 3)
        return maker
    }
}

/// Reads JSON in a test.
func json(_ text: String) throws -> JSONValue {
    try JSONValue.parse(Array(text.utf8))
}

/// Reads a pointer in a test.
func pointer(_ text: String) throws -> JSONPointer {
    try JSONPointer(text)
}
