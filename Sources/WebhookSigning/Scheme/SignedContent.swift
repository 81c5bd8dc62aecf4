/// Which bytes a signature covers.
package enum SignedContent: Sendable, Hashable {
    /// The body as it goes over the wire.
    case body
    /// The compact JSON of the envelope, whatever the wire carries (a form body, for example).
    case envelopeJSON
    /// `id.timestamp.body` (Standard Webhooks 1.0.0).
    case idTimestampBody
    /// The timestamp, a separator and the body, as in `timestamp.body` or `timestamp:body`; the separator may be empty.
    case timestampBody(separator: String)
    /// `v0:timestamp:body`.
    case versionTimestampBody
    /// The signature base of an HTTP message signature (RFC 9421 section 2.5).
    case messageBase

    /// What the signature covers, in words for a message.
    package var displayName: String {
        switch self {
        case .body: "the body alone"
        case .envelopeJSON: "the compact JSON of the envelope"
        case .idTimestampBody: "\"id.timestamp.body\""
        case .timestampBody(let separator): "\"timestamp\(separator)body\""
        case .versionTimestampBody: "\"v0:timestamp:body\""
        case .messageBase: "the base of an HTTP message signature"
        }
    }

    /// The bytes to sign.
    ///
    /// Throws `SigningError.missing` when the input lacks a part, and `SigningError.ambiguous` when an id or timestamp
    /// contains the full stop that separates the parts (Standard Webhooks forbids it: another split would verify too).
    package func bytes(of input: SigningInput) throws(SigningError) -> [UInt8] {
        switch self {
        case .body:
            return input.body
        case .envelopeJSON:
            guard let envelope = input.envelopeJSON else { throw .missing(.envelopeJSON) }
            return envelope
        case .idTimestampBody:
            let id = try part(input.id, .id)
            let timestamp = try part(input.timestamp, .timestamp)
            if id.contains(".") { throw .ambiguous(.id) }
            if timestamp.contains(".") { throw .ambiguous(.timestamp) }
            return Array("\(id).\(timestamp).".utf8) + input.body
        case .timestampBody(let separator):
            return Array("\(try part(input.timestamp, .timestamp))\(separator)".utf8) + input.body
        case .versionTimestampBody:
            return Array("v0:\(try part(input.timestamp, .timestamp)):".utf8) + input.body
        case .messageBase:
            guard let base = input.messageBase else { throw .missing(.messageBase) }
            return base
        }
    }

    private func part(_ value: String?, _ name: SigningInput.Part) throws(SigningError) -> String {
        guard let value, !value.isEmpty else { throw .missing(name) }
        return value
    }
}
