import Crypto
import FoundationEssentials

/// The bytes of a key, ready for one algorithm.
///
/// It exists for the length of one operation and is never stored.
struct KeyMaterial {
    private enum Kind {
        case symmetric(SymmetricKey, SigningAlgorithm)
        case privateKey(Curve25519.Signing.PrivateKey)
        case publicKey(Curve25519.Signing.PublicKey)
    }

    private let kind: Kind

    /// Reads a key.
    ///
    /// An Ed25519 secret is its 32-byte seed, alone or followed by the 32 bytes of the public key.
    init(_ key: SigningKey, form: KeyForm, algorithm: SigningAlgorithm) throws(SigningError) {
        let bytes = try key.bytes(as: form)
        guard algorithm == .ed25519 else {
            kind = .symmetric(SymmetricKey(data: bytes), algorithm)
            return
        }
        do {
            switch (key.role, bytes.count) {
            case (.publicKey, _):
                kind = .publicKey(try Curve25519.Signing.PublicKey(rawRepresentation: bytes))
            case (.secret, 32), (.secret, 64):
                kind = .privateKey(try Curve25519.Signing.PrivateKey(rawRepresentation: bytes.prefix(32)))
            case (.secret, _):
                throw SigningError.unusableKey("an Ed25519 secret has 32 or 64 bytes, this one has \(bytes.count)")
            }
        } catch let error as SigningError {
            throw error
        } catch {
            throw .unusableKey("it is not an Ed25519 key of \(bytes.count) bytes")
        }
        if case .privateKey(let privateKey) = kind, bytes.count == 64 {
            guard privateKey.publicKey.rawRepresentation.elementsEqual(bytes.suffix(32)) else {
                throw .unusableKey("the two halves of the Ed25519 secret do not belong together")
            }
        }
    }

    /// The signature of a content.
    ///
    /// Throws `SigningError.unusableKey` for a public key.
    func signature(of content: [UInt8]) throws(SigningError) -> [UInt8] {
        switch kind {
        case .symmetric(let key, .hmacSHA1):
            return Array(HMAC<Insecure.SHA1>.authenticationCode(for: content, using: key))
        case .symmetric(let key, .hmacSHA512): return Array(HMAC<SHA512>.authenticationCode(for: content, using: key))
        case .symmetric(let key, _): return Array(HMAC<SHA256>.authenticationCode(for: content, using: key))
        case .publicKey: throw .unusableKey("it is a public key, which verifies and cannot sign")
        case .privateKey(let key):
            do {
                return Array(try key.signature(for: content))
            } catch {
                throw .unusableKey("Ed25519 refused it")
            }
        }
    }

    /// Whether a signature is that of a content, in time that does not depend on where they differ.
    func accepts(_ signature: [UInt8], for content: [UInt8]) -> Bool {
        switch kind {
        case .symmetric(let key, .hmacSHA1):
            HMAC<Insecure.SHA1>.isValidAuthenticationCode(signature, authenticating: content, using: key)
        case .symmetric(let key, .hmacSHA512):
            HMAC<SHA512>.isValidAuthenticationCode(signature, authenticating: content, using: key)
        case .symmetric(let key, _):
            HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: content, using: key)
        case .publicKey(let key): key.isValidSignature(signature, for: content)
        case .privateKey(let key): key.publicKey.isValidSignature(signature, for: content)
        }
    }
}
