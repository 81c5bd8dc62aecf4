package import CurlTransport
import WebhookContracts

/// What the headers of one attempt are made of.
package struct HeaderParts: Sendable, Hashable {
    /// The event's name as it is sent.
    package var sentName: String
    /// The id receivers recognise the event by.
    package var eventID: String
    /// The delivery's own id.
    package var deliveryID: String
    /// The attempt's number as it is told to the receiver.
    package var attemptNumber: Int
    /// The time of the attempt in seconds since 1970.
    package var timestamp: String
    /// The signature; nil for an unsigned delivery.
    package var signature: String?
    /// The value of `Authorization`; nil for none.
    package var authorization: String?
    /// The digest of the body; nil where the contract has no header for it.
    package var contentDigest: String?
    /// What an HTTP message signature covers; nil for any other signature.
    package var signatureInput: String?
    /// The owner's own headers.
    package var own: [HeaderField]

    /// Gathers the parts.
    package init(
        sentName: String,
        eventID: String,
        deliveryID: String,
        attemptNumber: Int,
        timestamp: String,
        signature: String?,
        authorization: String?,
        contentDigest: String? = nil,
        signatureInput: String? = nil,
        own: [HeaderField] = []
    ) {
        self.sentName = sentName
        self.eventID = eventID
        self.deliveryID = deliveryID
        self.attemptNumber = attemptNumber
        self.timestamp = timestamp
        self.signature = signature
        self.authorization = authorization
        self.contentDigest = contentDigest
        self.signatureInput = signatureInput
        self.own = own
    }
}
