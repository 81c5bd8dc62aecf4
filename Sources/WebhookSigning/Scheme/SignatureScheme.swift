/// How a provider signs: algorithm, written form, key form and covered bytes.
///
/// The header's name is not part of it.
package struct SignatureScheme: Sendable, Hashable {
    /// How the bytes are computed.
    package var algorithm: SigningAlgorithm
    /// How they are written.
    package var encoding: SignatureEncoding
    /// What stands before them, such as `sha256=`, `v0=` or `v1,`; may be empty.
    package var prefix: String
    /// How the secret's text becomes key bytes.
    package var keyForm: KeyForm
    /// Which bytes are covered.
    package var content: SignedContent

    /// Combines the five choices; the defaults are the commonest: lower-case hex of HMAC-SHA256 over the body.
    package init(
        algorithm: SigningAlgorithm = .hmacSHA256,
        encoding: SignatureEncoding = .hexLower,
        prefix: String = "",
        keyForm: KeyForm = .text,
        content: SignedContent = .body
    ) {
        self.algorithm = algorithm
        self.encoding = encoding
        self.prefix = prefix
        self.keyForm = keyForm
        self.content = content
    }

    /// Standard Webhooks 1.0.0, version `v1`: HMAC-SHA256 of `id.timestamp.body`, key after `whsec_`.
    package static let standardWebhooks = Self(
        encoding: .base64,
        prefix: "v1,",
        keyForm: .base64Decoded(prefix: "whsec_"),
        content: .idTimestampBody
    )

    /// Standard Webhooks 1.0.0, version `v1a`: Ed25519 of `id.timestamp.body`, key after `whsk_` (private) or `whpk_`.
    package static let standardWebhooksAsymmetric = Self(
        algorithm: .ed25519,
        encoding: .base64,
        prefix: "v1a,",
        keyForm: .base64Decoded(prefix: "whsk_"),
        content: .idTimestampBody
    )

    /// Whether the header is a list of `version,signature` separated by spaces, as Standard Webhooks has it.
    ///
    /// A prefix that ends with a comma names such a version.
    package var isVersioned: Bool { prefix.hasSuffix(",") }

    /// What stands behind the encoded signature: a byte sequence of a structured field ends with a colon (RFC 9651).
    var closing: String { content == .messageBase ? ":" : "" }

    /// The value of the signature header for a message.
    ///
    /// Throws when the input lacks a part that the scheme covers, or the key cannot be used.
    package func sign(_ input: SigningInput, key: SigningKey) throws(SigningError) -> String {
        let material = try KeyMaterial(key, form: keyForm, algorithm: algorithm)
        return prefix + encoding.encode(try material.signature(of: try content.bytes(of: input))) + closing
    }

    /// The header's value while keys rotate: one signature for each key in the given order, separated by spaces.
    ///
    /// Only a versioned scheme can carry several; any other signs with the first key. Throws as `sign` does, and
    /// when there is no key.
    package func sign(_ input: SigningInput, keys: [SigningKey]) throws(SigningError) -> String {
        guard let first = keys.first else { throw .unusableKey("there is none") }
        guard isVersioned else { return try sign(input, key: first) }
        var signatures: [String] = []
        for key in keys {
            signatures.append(try sign(input, key: key))
        }
        return signatures.joined(separator: " ")
    }
}
