package import CurlTransport
package import FoundationEssentials
package import WebhookSigning

/// A place that deliveries go to, as its owner configured it.
package struct Endpoint: Sendable {
    /// The id its owner chose.
    package var id: String
    /// The absolute URL; its query and path go over the wire byte for byte.
    package var url: String
    /// The event types it gets; nil for every one of the contract.
    package var events: [String]?
    /// What deliveries to it are signed with; nil for unsigned ones.
    package var secret: SigningKey?
    /// The secret before that one; nil when it was never changed.
    package var former: SigningKey?
    /// When the secret was last changed; nil when it never was.
    package var secretChangedAt: Date?
    /// What deliveries to it authenticate themselves with; nil for nothing.
    package var basic: BasicCredentials?
    /// The only event source it wants; nil for any.
    package var source: String?
    /// Headers of its owner's own, sent after those of the contract.
    package var headers: [HeaderField]
    /// Whether deliveries go to it.
    package var status: EndpointStatus
    /// Why it is not active, for its owner; nil when there is nothing to say.
    package var reason: String?
    /// When it was last switched on; failures before that do not count against it.
    package var activeSince: Date

    /// Makes an endpoint; everything but id and URL starts out absent.
    package init(
        id: String,
        url: String,
        events: [String]? = nil,
        secret: SigningKey? = nil,
        basic: BasicCredentials? = nil,
        source: String? = nil,
        headers: [HeaderField] = [],
        status: EndpointStatus = .active,
        reason: String? = nil,
        activeSince: Date = Date(timeIntervalSince1970: 0)
    ) {
        self.id = id
        self.url = url
        self.events = events
        self.secret = secret
        self.basic = basic
        self.source = source
        self.headers = headers
        self.status = status
        self.reason = reason
        self.activeSince = activeSince
    }
}

/// Whether deliveries go to an endpoint, and who decided so.
package enum EndpointStatus: String, Sendable, Hashable, CaseIterable {
    /// Deliveries go to it.
    case active
    /// Its owner has not switched it on, or has switched it off.
    case deactivated
    /// The dispatcher switched it off, because of its answers.
    case disabled
}

/// A user and a password for HTTP Basic authentication (RFC 7617), which never show themselves in messages.
package struct BasicCredentials: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The user; has no colon, since the first colon ends it.
    package let user: String
    /// The password.
    package let password: String

    /// Wraps a user and a password.
    package init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// Says that there are credentials, not which.
    package var description: String { "‹credentials›" }

    /// A mirror without children, so that dumps and test failures show nothing.
    package var customMirror: Mirror { Mirror(self, children: [:], displayStyle: .struct) }

    /// The value of an `Authorization` header: `Basic` and the base64 of user, colon and password as UTF-8.
    package var authorization: String {
        "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }
}
