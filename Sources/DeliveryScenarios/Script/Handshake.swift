/// A question by which a provider makes sure that an endpoint wants its webhooks, answered as that provider asks.
package struct Handshake: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `url_verification`: the field `challenge` comes back.
        case slack
        /// `endpoint.url_validation`: `plainToken` comes back with its HMAC-SHA256 in hex.
        case zoom
        /// PING (type 1) is answered by PONG (type 1).
        case discord
        /// OPTIONS with `WebHook-Request-Origin` is answered by `WebHook-Allowed-Origin` and `WebHook-Allowed-Rate`
        /// (CloudEvents, HTTP 1.1 Web Hooks for Event Delivery, section 4).
        case cloudEvents = "cloudevents"
    }

    package var kind: Kind
    /// The key of Zoom's HMAC; never to be shown.
    package var secret: String?
    /// The requests a minute that CloudEvents' consent allows; `nil` means `*`.
    package var rate: Int?

    package init(kind: Kind, secret: String? = nil, rate: Int? = nil) {
        self.kind = kind
        self.secret = secret
        self.rate = rate
    }
}
