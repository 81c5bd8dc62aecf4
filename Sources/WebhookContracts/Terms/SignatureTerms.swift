package import WebhookSigning

/// How a delivery is signed.
///
/// Each part is a clause of its own, for documents often state only some.
package struct SignatureTerms: Sendable, Hashable {
    /// Whether deliveries are signed at all, and in which header.
    package var header: Clause<String>
    package var algorithm: Clause<SigningAlgorithm>
    package var encoding: Clause<SignatureEncoding>
    /// The characters before the encoded signature, such as `sha256=`; empty for none.
    package var prefix: Clause<String>
    package var key: Clause<KeyForm>
    package var content: Clause<SignedContent>
    /// Whether the header is left out when no secret is configured.
    package var absentWithoutSecret: Clause<Bool>
    /// Whether a retry carries a new signature and time, or the first one's.
    package var perAttempt: Clause<AttemptSigning>
    /// How far the timestamp of an attempt may lie from the receiver's clock; receivers refuse what is older.
    package var timestampTolerance: Clause<Duration>
    /// For how long after a change of the secret deliveries are signed with the old one as well as the new one.
    package var rotation: Clause<Duration>
    /// Whether a packed body is signed as it goes over the wire, or as it was before it was packed.
    package var covers: Clause<SignedCoding>

    /// Makes signature terms from their parts; what is left out is unstated.
    package init(
        header: Clause<String> = .unstated,
        algorithm: Clause<SigningAlgorithm> = .unstated,
        encoding: Clause<SignatureEncoding> = .unstated,
        prefix: Clause<String> = .unstated,
        key: Clause<KeyForm> = .unstated,
        content: Clause<SignedContent> = .unstated,
        absentWithoutSecret: Clause<Bool> = .unstated,
        perAttempt: Clause<AttemptSigning> = .unstated,
        timestampTolerance: Clause<Duration> = .unstated,
        rotation: Clause<Duration> = .unstated,
        covers: Clause<SignedCoding> = .unstated
    ) {
        self.header = header
        self.algorithm = algorithm
        self.encoding = encoding
        self.prefix = prefix
        self.key = key
        self.content = content
        self.absentWithoutSecret = absentWithoutSecret
        self.perAttempt = perAttempt
        self.timestampTolerance = timestampTolerance
        self.rotation = rotation
        self.covers = covers
    }
}

/// Which bytes of a body with a content coding are signed.
package enum SignedCoding: String, Sendable, Hashable, CaseIterable {
    /// The bytes on the wire.
    case coded
    /// The bytes that the coding was applied to.
    case decoded
}

/// Whether a retry is signed anew.
package enum AttemptSigning: String, Sendable, Hashable, CaseIterable {
    /// A new time and signature on every attempt (Standard Webhooks).
    case fresh
    /// The first attempt's bytes again.
    case frozen
}
