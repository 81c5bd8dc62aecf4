package import Notation

/// One scenario: a dispatcher under test, endpoints that answer as scripted, and what happens to them.
///
/// A scenario states the stimulus. Every promise of the contract is checked in every scenario; `expectations`
/// add to that.
package struct Scenario: Sendable {
    /// `<provider>/<file name without extension>`.
    package var id: String
    package var title: String
    /// Why the scenario exists, printed with its failures.
    package var why: String?
    package var path: String
    /// SHA-256 of the file, lower-case hex.
    package var fingerprint: String
    /// The contract file, as a path that can be opened.
    package var contractPath: String
    package var variants: [String]
    package var clock: ScenarioClock
    package var tags: [String]
    package var endpoints: [ScenarioEndpoint]
    package var steps: [Step]
    package var expectations: Expectations
    /// What names, proxies and permissions the dispatcher is given.
    package var network = ScenarioNetwork()
    /// Where the variants stand.
    package var variantPosition: SourcePosition?
    /// The file's text, so that a report can show where an expectation stands; `nil` for a scenario made by code.
    package var text: SourceText?

    package init(
        id: String,
        title: String,
        why: String?,
        path: String,
        fingerprint: String,
        contractPath: String,
        variants: [String],
        clock: ScenarioClock,
        tags: [String],
        endpoints: [ScenarioEndpoint],
        steps: [Step],
        expectations: Expectations,
        variantPosition: SourcePosition? = nil
    ) {
        self.id = id
        self.title = title
        self.why = why
        self.path = path
        self.fingerprint = fingerprint
        self.contractPath = contractPath
        self.variants = variants
        self.clock = clock
        self.tags = tags
        self.endpoints = endpoints
        self.steps = steps
        self.expectations = expectations
        self.variantPosition = variantPosition
    }

    /// The endpoint called `name`, or `nil`.
    package func endpoint(named name: String) -> ScenarioEndpoint? {
        endpoints.first { $0.name == name }
    }
}

/// The clock a scenario needs.
package enum ScenarioClock: String, Sendable, Hashable, CaseIterable {
    case real
    /// A virtual clock that jumps over the waits of minutes and hours.
    case warped
}

/// One endpoint of a scenario: how it is registered with the dispatcher and how it answers.
package struct ScenarioEndpoint: Sendable, Hashable {
    package var name: String
    /// The request target of its URL, beginning with `/`.
    package var target: String
    package var identity: ReceiverIdentity
    /// Whether HTTP/2 is offered beside HTTP/1.1 (by ALPN over TLS, by prior knowledge without).
    package var offersHTTP2: Bool
    package var script: ReplyScript
    /// The contract's event names it is subscribed to; `nil` means all.
    package var events: [String]?
    /// Whether a signing secret is configured.
    package var hasSecret: Bool
    /// Whether HTTP Basic credentials are configured.
    package var hasCredentials: Bool
    /// The only event source it takes, such as `ui`; `nil` means any.
    package var source: String?
    /// Whether the runner switches it on before the first step when the dispatcher creates it deactivated.
    package var enabled: Bool
    /// The host's name in its URL, which the scenario's resolver knows; `nil` for the address it listens at.
    package var host: String?
    /// Says that it listens at `::1`, not at `127.0.0.1`.
    package var listensAtVersion6 = false
    /// A URL to register in place of its own, in which `{port}` stands for the port it listens at.
    package var literalURL: String?
    /// Headers of its owner's own that it is registered with.
    package var headers: [ConfiguredHeader] = []
    package var position: SourcePosition?
    /// Where the events stand.
    package var eventsPosition: SourcePosition?
    /// Where the replies of the script stand, when they stand in a file.
    package var replyPositions: [ReplyPlace: SourcePosition]

    package init(
        name: String,
        target: String = "/hooks",
        identity: ReceiverIdentity = .trusted,
        offersHTTP2: Bool = false,
        script: ReplyScript,
        events: [String]? = nil,
        hasSecret: Bool = true,
        hasCredentials: Bool = false,
        source: String? = nil,
        enabled: Bool = true,
        position: SourcePosition? = nil,
        eventsPosition: SourcePosition? = nil,
        replyPositions: [ReplyPlace: SourcePosition] = [:]
    ) {
        self.name = name
        self.target = target
        self.identity = identity
        self.offersHTTP2 = offersHTTP2
        self.script = script
        self.events = events
        self.hasSecret = hasSecret
        self.hasCredentials = hasCredentials
        self.source = source
        self.enabled = enabled
        self.position = position
        self.eventsPosition = eventsPosition
        self.replyPositions = replyPositions
    }
}

/// How a receiver identifies itself to whoever connects.
package enum ReceiverIdentity: String, Sendable, Hashable, CaseIterable {
    /// No TLS: an `http://` URL.
    case plain
    /// A certificate of the run's own authority, which the dispatcher is told to trust.
    case trusted
    case selfSigned = "self-signed"
    case expired
    case notYetValid = "not-yet-valid"
    case wrongHost = "wrong-host"
    /// A certificate of an authority that nobody was told to trust.
    case unknownAuthority = "unknown-authority"

    /// The scheme of the endpoint's URL.
    package var scheme: String { self == .plain ? "http" : "https" }

    /// Says that a client which verifies certificates must refuse it.
    package var mustBeRefused: Bool { self != .plain && self != .trusted }
}
