/// What a request offers to be signed.
package struct SigningInput: Sendable, Hashable {
    /// The parts a scheme may need besides the body.
    package enum Part: String, Sendable, Hashable {
        /// The message id.
        case id
        /// The timestamp.
        case timestamp
        /// The compact JSON of the envelope.
        case envelopeJSON = "JSON of the envelope"
        /// The signature base of RFC 9421.
        case messageBase = "base of a message signature"
    }

    /// The body exactly as it goes over the wire.
    package var body: [UInt8]
    /// The message id as the header has it.
    package var id: String?
    /// The timestamp as the header has it; its unit is the contract's affair.
    package var timestamp: String?
    /// The compact JSON of the envelope, for contracts that sign it in place of the wire bytes.
    package var envelopeJSON: [UInt8]?
    /// The signature base of an HTTP message signature; `nil` where none can be made of the request.
    package var messageBase: [UInt8]?

    /// Gathers the parts; those that a scheme does not use may be left out.
    package init(
        body: [UInt8],
        id: String? = nil,
        timestamp: String? = nil,
        envelopeJSON: [UInt8]? = nil,
        messageBase: [UInt8]? = nil
    ) {
        self.body = body
        self.id = id
        self.timestamp = timestamp
        self.envelopeJSON = envelopeJSON
        self.messageBase = messageBase
    }
}
