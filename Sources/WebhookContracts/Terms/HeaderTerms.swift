/// One header that every delivery carries.
package struct HeaderTerms: Sendable, Hashable {
    /// The name as documented; compared without case (RFC 9110 section 5.1).
    package var name: String
    /// What the header's value is.
    package var value: Clause<HeaderValue>

    /// Makes header terms from their parts.
    package init(name: String, value: Clause<HeaderValue>) {
        self.name = name
        self.value = value
    }
}

/// What a header's value is.
package enum HeaderValue: Sendable, Hashable {
    /// Always these characters.
    case literal(String)
    /// A media type; parameters such as `charset` are allowed after it.
    case mediaType(String)
    /// The event's name as sent.
    case eventType
    /// The event's name between literal double quotes.
    case quotedEventType
    /// The id by which receivers deduplicate: the same on every attempt of an event.
    case eventID
    /// The id of a delivery.
    case deliveryID
    /// The attempt's number in decimal; grows by one with each attempt.
    case attemptNumber
    /// The signature that `SignatureTerms` describes.
    case signature
    /// Seconds since 1970 at the time of the attempt.
    case timestamp
    /// The event's id as the string of a structured field: in double quotes (RFC 9651 section 3.3.3).
    case idempotencyKey
    /// The digest of the body as it goes over the wire (RFC 9530).
    case contentDigest
    /// What the signature covers (RFC 9421 section 4.1).
    case signatureInput
}
