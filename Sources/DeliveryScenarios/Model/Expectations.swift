package import Notation

/// What a scenario adds to the promises of the contract.
package struct Expectations: Sendable, Hashable {
    /// Attempts at all endpoints together.
    package var attempts: Expected<CountRange>?
    /// Attempts by endpoint name.
    package var attemptsByEndpoint: [String: Expected<CountRange>]
    /// The waits between the attempts of the only delivery, each from the end of one attempt to the start of the next.
    package var gaps: [Expected<TimeWindow>]
    /// Whether the dispatcher takes the endpoint's URL.
    package var registration: Expected<Acceptance>?
    /// Whether the dispatcher takes the events.
    package var emission: Expected<Acceptance>?

    package init(
        attempts: Expected<CountRange>? = nil,
        attemptsByEndpoint: [String: Expected<CountRange>] = [:],
        gaps: [Expected<TimeWindow>] = [],
        registration: Expected<Acceptance>? = nil,
        emission: Expected<Acceptance>? = nil
    ) {
        self.attempts = attempts
        self.attemptsByEndpoint = attemptsByEndpoint
        self.gaps = gaps
        self.registration = registration
        self.emission = emission
    }
}

/// An expectation and the place it stands at.
package struct Expected<Value: Sendable & Hashable>: Sendable, Hashable {
    package var value: Value
    package var position: SourcePosition?

    package init(value: Value, position: SourcePosition? = nil) {
        self.value = value
        self.position = position
    }
}

/// Whether the dispatcher takes something on.
package enum Acceptance: String, Sendable, Hashable, CaseIterable {
    case accepted
    case refused
}
