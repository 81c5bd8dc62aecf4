package import Notation
import WebhookContracts

extension DispatchPolicy {
    /// Sends the example of the first event type the endpoint gets.
    func testSubmission(to endpoint: Endpoint) -> EventSubmission? {
        let event = contract.events.first { isSubscribed(endpoint, to: $0.name) && $0.example != nil }
        return event.flatMap { event in event.example.map { EventSubmission(type: event.name, payload: $0) } }
    }

    /// Keeps them as they are.
    package func rulesOfTests(_ rules: AddressRules) -> AddressRules {
        rules
    }

    /// Tells the outcome in a word, and more only where the contract promises it: whoever may test a URL of his choice must
    /// learn nothing of what answers there.
    package func shown(ofTest result: AttemptResult) -> JSONValue {
        let isDelivered = result.word == "succeeded"
        let outcome: JSONValue = .string(isDelivered ? "delivered" : "failed")
        guard contract.endpoint.testDelivery.value == .answer else { return .members(["outcome": outcome]) }
        return .members([
            "outcome": outcome,
            "response_code": result.responseCode.map { .number(String($0)) },
            "response_body": .text(bytes: result.responseBody),
        ])
    }
}
