/// What a customer configures, and what that does.
package struct EndpointTerms: Sendable, Hashable {
    /// How many endpoints one account can have.
    package var count: Clause<EndpointCount>
    /// Which events an endpoint gets.
    package var subscription: Clause<SubscriptionRule>
    /// The state of an endpoint that was just created.
    package var initialState: Clause<EndpointState>
    /// Whether switching an endpoint on sends one delivery to it.
    package var activationDelivery: Clause<Bool>
    /// Whether a customer can switch delivery off without deleting the endpoint.
    package var toggle: Clause<Bool>
    /// The ways in which a delivery can authenticate itself to the receiver.
    package var authentication: Clause<[Authentication]>
    /// The event sources an endpoint can be limited to, such as `ui`.
    package var sourceFilter: Clause<[String]>

    /// Makes endpoint terms from their parts; what is left out is unstated.
    package init(
        count: Clause<EndpointCount> = .unstated,
        subscription: Clause<SubscriptionRule> = .unstated,
        initialState: Clause<EndpointState> = .unstated,
        activationDelivery: Clause<Bool> = .unstated,
        toggle: Clause<Bool> = .unstated,
        authentication: Clause<[Authentication]> = .unstated,
        sourceFilter: Clause<[String]> = .unstated
    ) {
        self.count = count
        self.subscription = subscription
        self.initialState = initialState
        self.activationDelivery = activationDelivery
        self.toggle = toggle
        self.authentication = authentication
        self.sourceFilter = sourceFilter
    }
}

/// How many endpoints one account can have.
package enum EndpointCount: String, Sendable, Hashable, CaseIterable {
    case one
    case any
}

/// Which events an endpoint gets.
package enum SubscriptionRule: String, Sendable, Hashable, CaseIterable {
    /// Every event of the contract.
    case all
    /// The events chosen for it, at least one.
    case chosen
}

/// Whether deliveries go to an endpoint.
package enum EndpointState: String, Sendable, Hashable, CaseIterable {
    case active
    case deactivated
}

/// A way in which a delivery authenticates itself to the receiver.
package enum Authentication: String, Sendable, Hashable, CaseIterable {
    case none
    /// HTTP Basic, RFC 7617.
    case basic
}

/// A condition outside the endpoint that must be open for an event to be published at all.
package struct Gate: Sendable, Hashable {
    /// The name scenarios use, such as `api-enabled`.
    package var name: String
    /// The events it holds back while closed; empty means all of them.
    package var events: [String]
    /// What the gate stands for, as a sentence.
    package var rule: Clause<String>

    /// Makes a gate from its parts.
    package init(name: String, events: [String], rule: Clause<String>) {
        self.name = name
        self.events = events
        self.rule = rule
    }

    /// Says whether a closed gate holds back `event`.
    package func covers(_ event: String) -> Bool { events.isEmpty || events.contains(event) }
}
