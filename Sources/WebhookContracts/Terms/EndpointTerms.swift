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
    /// Whether an endpoint can have headers of its owner's own, which never stand in for those of the contract.
    package var customHeaders: Clause<Bool>
    /// What becomes of a URL that can never be delivered to, such as one without a host.
    package var unusableURL: Clause<UnusableURLRule>
    /// What the owner is told of the receiver's answer to a test delivery.
    package var testDelivery: Clause<TestDeliveryRule>
    /// How an endpoint has to show that it wants deliveries before it gets any.
    package var handshake: Clause<HandshakeRule> = .unstated
    /// Whether a wrongly signed request is sent to a new endpoint, which it has to answer with 401.
    package var signatureProbe: Clause<Bool> = .unstated
    /// The most attempts that are under way at one endpoint at the same time.
    package var concurrency: Clause<Int> = .unstated
    /// The most attempts that start at one endpoint within a stretch of time.
    package var rate: Clause<DeliveryRate> = .unstated
    /// What becomes of the traffic to an endpoint that answers 429.
    package var throttling: Clause<ThrottlingRule> = .unstated

    /// Makes endpoint terms from their parts; what is left out is unstated.
    package init(
        count: Clause<EndpointCount> = .unstated,
        subscription: Clause<SubscriptionRule> = .unstated,
        initialState: Clause<EndpointState> = .unstated,
        activationDelivery: Clause<Bool> = .unstated,
        toggle: Clause<Bool> = .unstated,
        authentication: Clause<[Authentication]> = .unstated,
        sourceFilter: Clause<[String]> = .unstated,
        customHeaders: Clause<Bool> = .unstated,
        unusableURL: Clause<UnusableURLRule> = .unstated,
        testDelivery: Clause<TestDeliveryRule> = .unstated
    ) {
        self.count = count
        self.subscription = subscription
        self.initialState = initialState
        self.activationDelivery = activationDelivery
        self.toggle = toggle
        self.authentication = authentication
        self.sourceFilter = sourceFilter
        self.customHeaders = customHeaders
        self.unusableURL = unusableURL
        self.testDelivery = testDelivery
    }
}

/// What becomes of a URL that can never be delivered to.
package enum UnusableURLRule: String, Sendable, Hashable, CaseIterable {
    /// The endpoint is not registered.
    case refused
    /// A delivery to it has failed for good at its first attempt.
    case givenUp = "given up"
}

/// What the owner of an endpoint is told of the receiver's answer to a test delivery.
package enum TestDeliveryRule: String, Sendable, Hashable, CaseIterable {
    /// Whether it succeeded, and nothing that the receiver wrote.
    case outcome
    /// The answer itself.
    case answer
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
