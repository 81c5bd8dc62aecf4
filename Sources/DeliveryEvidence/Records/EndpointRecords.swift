/// An endpoint was given another URL at the dispatcher.
///
/// The record's stamp is the acknowledgement.
package struct EndpointUpdated: Sendable, Hashable, Codable {
    package var endpoint: String
    /// The URL it has from then on.
    package var url: String
    /// When the dispatcher was asked.
    package var asked: Stamp
    package var accepted: Bool
    package var detail: String

    package init(endpoint: String, url: String, asked: Stamp, accepted: Bool, detail: String) {
        self.endpoint = endpoint
        self.url = url
        self.asked = asked
        self.accepted = accepted
        self.detail = detail
    }
}

/// The dispatcher was asked to send a delivery again, beside what it does by itself.
///
/// The record's stamp is the acknowledgement.
package struct RedeliveryAsked: Sendable, Hashable, Codable {
    /// The scenario's name of the event.
    package var event: String
    package var endpoint: String
    /// When the dispatcher was asked.
    package var asked: Stamp
    package var accepted: Bool
    package var detail: String

    package init(event: String, endpoint: String, asked: Stamp, accepted: Bool, detail: String) {
        self.event = event
        self.endpoint = endpoint
        self.asked = asked
        self.accepted = accepted
        self.detail = detail
    }
}
