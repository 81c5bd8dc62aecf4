package import Notation

/// One step of a scenario, with the place it stands at.
package struct Step: Sendable, Hashable {
    package var action: StepAction
    package var position: SourcePosition?

    package init(action: StepAction, position: SourcePosition? = nil) {
        self.action = action
        self.position = position
    }
}

/// What a step does.
package enum StepAction: Sendable, Hashable {
    /// Hands one event to the dispatcher.
    case emit(Emission)
    /// Hands `count` events of the same type, as fast as the dispatcher takes them.
    case burst(Emission, count: Int)
    /// Lets time pass. Says nothing about silence.
    case wait(Duration)
    /// Waits until so many attempts have arrived at an endpoint (or at all of them together).
    case awaitAttempts(count: Int, endpoint: String?, within: Duration)
    /// Watches until nothing is in flight and nothing has happened for `atLeast`.
    ///
    /// `nil` means: as long as the contract needs for silence to prove something.
    case quiet(atLeast: Duration?)
    case enable(endpoint: String)
    case disable(endpoint: String)
    case delete(endpoint: String)
    /// Gives the endpoint a new signing secret.
    case rotate(endpoint: String)
    /// Asks the dispatcher for a test delivery to the endpoint.
    case test(endpoint: String)
    /// Gives the endpoint another URL at the dispatcher: the same receiver, with another request target.
    case readdress(endpoint: String, target: String)
    /// Asks the dispatcher to send an event to an endpoint again; `event` is the 1-based number of its emission.
    case redeliver(event: Int, endpoint: String)
    /// Reads the dispatcher's delivery log into the evidence.
    case readLog
    /// SIGKILL to every process of the dispatcher.
    case kill
    /// SIGTERM; waits up to `within` for it to end, then SIGKILL.
    case stop(within: Duration)
    /// Starts the dispatcher again on the same store.
    case restart
    /// Waits until an attempt has come to a named point, so that the next step happens there.
    case at(NamedPoint)
    /// SIGSTOP to every process of the dispatcher, or to the service of that name.
    case pause(service: String?)
    /// SIGCONT to what was paused.
    case resume(service: String?)
    /// Makes the dispatcher's store unavailable, or available again.
    case store(isAvailable: Bool)
    /// Starts another instance of the dispatcher on the same store.
    case secondInstance

    /// The step in a few words, as it stands in the evidence.
    package var summary: String {
        switch self {
        case .emit(let emission): "emit \(emission.event)"
        case .burst(let emission, let count): "burst of \(count) × \(emission.event)"
        case .wait(let duration): "wait \(DurationNotation.text(duration))"
        case .awaitAttempts(let count, let endpoint, let within):
            "await \(count) attempts\(endpoint.map { " at \($0)" } ?? "") within \(DurationNotation.text(within))"
        case .quiet(let duration): "quiet\(duration.map { " \(DurationNotation.text($0))" } ?? "")"
        case .enable(let endpoint): "enable \(endpoint)"
        case .disable(let endpoint): "disable \(endpoint)"
        case .delete(let endpoint): "delete \(endpoint)"
        case .rotate(let endpoint): "rotate the secret of \(endpoint)"
        case .test(let endpoint): "test \(endpoint)"
        case .readdress(let endpoint, let target): "change \(endpoint) to \(target)"
        case .redeliver(let event, let endpoint): "redeliver e\(event) to \(endpoint)"
        case .readLog: "read the delivery log"
        case .kill: "kill"
        case .stop(let within): "stop within \(DurationNotation.text(within))"
        case .restart: "restart"
        case .at(let point):
            "at attempt \(point.attempt) \(point.point.rawValue)\(point.endpoint.map { " at \($0)" } ?? "")"
                + " within \(DurationNotation.text(point.within))"
        case .pause(let service): "pause\(service.map { " \($0)" } ?? "")"
        case .resume(let service): "resume\(service.map { " \($0)" } ?? "")"
        case .store(let isAvailable): "store \(isAvailable ? "available" : "unavailable")"
        case .secondInstance: "second instance"
        }
    }
}

/// An event to hand to the dispatcher.
package struct Emission: Sendable, Hashable {
    /// The contract's name of the event type.
    package var event: String
    /// Changes to the contract's example body, in order.
    package var overrides: [FieldOverride]
    /// `ui`, `api`, or `nil`.
    package var source: String?
    /// Gates that are closed for it.
    package var closedGates: [String]
    /// The 1-based number of the earlier emission of the scenario that this repeats: the same occurrence, published a
    /// second time.
    ///
    /// A burst counts as many emissions as it has events.
    package var again: Int?
    /// Where the event's name stands.
    package var position: SourcePosition?

    package init(
        event: String,
        overrides: [FieldOverride] = [],
        source: String? = nil,
        closedGates: [String] = [],
        again: Int? = nil,
        position: SourcePosition? = nil
    ) {
        self.event = event
        self.overrides = overrides
        self.source = source
        self.closedGates = closedGates
        self.again = again
        self.position = position
    }
}

/// A change to an example body: a value at a pointer, or the removal of what stands there.
package struct FieldOverride: Sendable, Hashable {
    package var pointer: JSONPointer
    /// `nil` removes the field.
    package var value: JSONValue?

    package init(pointer: JSONPointer, value: JSONValue?) {
        self.pointer = pointer
        self.value = value
    }
}
