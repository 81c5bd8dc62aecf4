/// How signature bytes are computed.
package enum SigningAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// HMAC (RFC 2104) with SHA-256: 32 bytes.
    case hmacSHA256 = "hmac-sha256"
    /// HMAC with SHA-1: 20 bytes. Only for receivers that still ask for it.
    case hmacSHA1 = "hmac-sha1"
    /// HMAC with SHA-512: 64 bytes.
    case hmacSHA512 = "hmac-sha512"
    /// Ed25519 (RFC 8032): 64 bytes, signed with a private key and verified with a public one.
    case ed25519

    /// The size of a signature, in bytes.
    package var signatureLength: Int {
        switch self {
        case .hmacSHA256: 32
        case .hmacSHA1: 20
        case .hmacSHA512, .ed25519: 64
        }
    }

    /// The name a person knows it by.
    package var displayName: String {
        switch self {
        case .hmacSHA256: "HMAC-SHA256"
        case .hmacSHA1: "HMAC-SHA1"
        case .hmacSHA512: "HMAC-SHA512"
        case .ed25519: "Ed25519"
        }
    }
}
