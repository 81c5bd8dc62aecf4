package import DeliveryEvidence
package import DeliveryScenarios
package import Notation

/// One event at one endpoint: whether it had to be delivered, and the attempts that were made.
package struct Delivery: Sendable {
    package var emission: EmissionView
    package var endpoint: EndpointView
    package var duty: Duty
    /// In order of arrival.
    package var attempts: [AttemptView]
    /// Says that nothing tells its attempts from those of another publication of the same event.
    package var isTangled = false

    /// What to call it in a finding, such as `main · e1`.
    package var subject: String { "\(endpoint.name) · \(emission.event)" }

    /// What to call one of its attempts, such as `main · e1 #2`.
    package func subject(_ attempt: AttemptView) -> String { "\(subject) #\(attempt.ordinal)" }
}

/// Whether an event had to be delivered to an endpoint.
package enum Duty: Sendable, Hashable {
    case due
    /// It may come or not; the text says why.
    case uncertain(String)
    /// It must not come.
    case barred(Bar)

    /// Says that a request would be wrong.
    package var isBarred: Bool {
        if case .barred = self { true } else { false }
    }
}

/// Why an event must not be delivered to an endpoint.
package enum Bar: Sendable, Hashable {
    /// The dispatcher did not take the event on.
    case eventRefused
    /// The dispatcher did not take the endpoint on.
    case endpointRefused
    /// The URL is `http://`, and nothing may be sent there.
    case plainURL
    /// It is at a private address, and the dispatcher has no permission to connect there.
    case privateAddress
    /// The endpoint is not subscribed to the event's type.
    case notSubscribed
    /// The endpoint takes events of another source only.
    case source(wanted: String)
    /// None of the values whose change makes the event did change.
    case nothingWatchedChanged
    /// The gate of that name was closed.
    case gate(String)
    /// The endpoint was switched off when the event was handed over.
    case disabled
    /// The endpoint had been deleted.
    case deleted
    /// It is the same occurrence as the earlier event of that name, published a second time.
    case repetition(of: String)
    /// The endpoint has not shown what the contract asks of it before it gets anything.
    case unconfirmed
}

/// One event that the scenario handed to the dispatcher.
package struct EmissionView: Sendable {
    /// 1-based, in the order of handing over.
    package var number: Int
    /// When the dispatcher answered.
    package var at: Stamp
    package var emitted: EventEmitted
    /// The body that was handed over; `nil` when it is not JSON.
    package var payload: JSONValue?

    /// The scenario's name for it, such as `e1`.
    package var event: String { emitted.event }
    /// The contract's name for its type.
    package var type: String { emitted.type }
}

/// One endpoint of the scenario, with what the evidence says about its registration.
package struct EndpointView: Sendable {
    package var name: String
    /// As the scenario describes it; `nil` when the evidence names an endpoint that the scenario does not have.
    package var scenario: ScenarioEndpoint?
    package var opened: EndpointOpened?
    /// The last registration; `nil` when the dispatcher was never asked.
    package var registration: Timed<EndpointRegistered>?
    /// In order.
    package var changes: [Timed<EndpointChanged>]
    /// The other URLs that it was given, in order.
    package var updates: [Timed<EndpointUpdated>] = []

    /// Says that attempts may fail there before anything of their request is seen, so that the first request may be none of
    /// the first attempt.
    package var losesConnections: Bool {
        guard let script = scenario?.script else { return false }
        return (script.turns.map(\.reply) + script.interruptions.map(\.reply)).contains(where: \.happensToConnection)
    }

    /// Every URL that it had, the first one first.
    package var urls: [String] {
        let first = registration?.value.url ?? opened?.url
        return (first.map { [$0] } ?? []) + updates.filter(\.value.accepted).map(\.value.url)
    }

    /// Whether a signing secret was configured.
    package var hasSecret: Bool { registration?.value.hasSecret ?? scenario?.hasSecret ?? false }
    /// Whether HTTP Basic credentials were configured.
    package var hasCredentials: Bool { registration?.value.hasCredentials ?? scenario?.hasCredentials ?? false }
    /// The event names it is subscribed to; `nil` means all.
    package var events: [String]? { registration.map(\.value.events) ?? scenario?.events }
    /// The only source it takes; `nil` means any.
    package var source: String? { registration.map(\.value.source) ?? scenario?.source }
    /// How its receiver identifies itself: the identity's name, such as `plain` or `expired`.
    package var identity: ReceiverIdentity? {
        scenario?.identity ?? opened.flatMap { ReceiverIdentity(rawValue: $0.identity) }
    }
}
