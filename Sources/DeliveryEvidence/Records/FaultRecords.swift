/// The receipt of a fault: what was asked for, what the kernel took, and what an observer on the wire would have seen.
package struct FaultProduced: Sendable, Hashable, Codable {
    package var endpoint: String
    /// `nil` when it happened to no connection in particular, as a refusal does.
    package var connection: Int?
    /// `nil` when it happened before a request was there.
    package var attempt: Int?
    /// The scripted reply in a few words, such as `fault reset after 17 bytes of the body`.
    package var asked: String
    /// What was asked of the kernel and how it answered, in order.
    package var kernel: [String]
    /// What an observer on the wire would have seen of the receiver, such as `RST after 121 bytes`.
    package var wire: String

    package init(
        endpoint: String,
        connection: Int?,
        attempt: Int?,
        asked: String,
        kernel: [String],
        wire: String
    ) {
        self.endpoint = endpoint
        self.connection = connection
        self.attempt = attempt
        self.asked = asked
        self.kernel = kernel
        self.wire = wire
    }
}
