/// Somebody asked the scenario's resolver for the addresses of a name.
package struct NameAsked: Sendable, Hashable, Codable {
    package var name: String
    /// `A`, `AAAA`, or `TYPE` and a number (RFC 3597).
    package var question: String
    /// The addresses that were given; otherwise `nxdomain`, `servfail`, `none` (a name without such a record), `silence`
    /// or `not implemented`.
    package var answer: [String]
    /// The turn of the scripted name whose answer was given, 1-based; `nil` for a name that is not scripted.
    package var turn: Int?

    /// In the log `question` is written `record`, for what stands in the record of that type.
    private enum CodingKeys: String, CodingKey {
        case name
        case question = "record"
        case answer
        case turn
    }

    package init(name: String, question: String, answer: [String], turn: Int?) {
        self.name = name
        self.question = question
        self.answer = answer
        self.turn = turn
    }
}

/// Somebody asked the scenario's proxy for a connection.
package struct ProxyAsked: Sendable, Hashable, Codable {
    /// The method, `CONNECT` where a tunnel was asked for.
    package var method: String
    /// The target as it was written, such as `127.0.0.1:8443`.
    package var target: String
    /// The proxy's answer.
    package var status: Int
    /// The port from which the proxy connected to the target; `nil` when it did not.
    package var localPort: Int?

    package init(method: String, target: String, status: Int, localPort: Int?) {
        self.method = method
        self.target = target
        self.status = status
        self.localPort = localPort
    }
}

/// The dispatcher was asked for a test delivery to an endpoint.
///
/// The record's stamp is the dispatcher's answer.
package struct EndpointTested: Sendable, Hashable, Codable {
    package var endpoint: String
    /// When the dispatcher was asked.
    package var asked: Stamp
    /// Says that the answer was 2xx.
    package var accepted: Bool
    /// `nil` when the dispatcher was not asked, because it did not take the endpoint on.
    package var status: Int?
    /// The dispatcher's answer, as far as it was kept.
    package var answer: String

    package init(endpoint: String, asked: Stamp, accepted: Bool, status: Int?, answer: String) {
        self.endpoint = endpoint
        self.asked = asked
        self.accepted = accepted
        self.status = status
        self.answer = answer
    }
}
