import Crypto
package import DeliveryScenarios
import Foundation
import SwiftASN1
import X509

/// A certificate authority that exists for one run and is gone with it.
///
/// The dispatcher under test is told to trust `caPEM`. The private key never leaves the process and nothing is written to
/// disk here. The authority's name is random: two authorities with one name make OpenSSL check a leaf against the wrong
/// key, and a client then reports a broken signature where the scenario wanted an untrusted issuer.
package struct RunAuthority: Sendable {
    /// The authority's own certificate in PEM.
    package let caPEM: String

    fileprivate let certificate: Certificate
    fileprivate let key: Certificate.PrivateKey

    /// Makes a new authority with a P-256 key, valid for ten years.
    ///
    /// - Throws: what swift-certificates throws when it cannot encode or sign; not expected.
    package init() throws {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let name = try DistinguishedName {
            OrganizationName("Hookassay")
            CommonName("Hookassay run \(UUID().uuidString)")
        }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: key.publicKey,
            notValidBefore: Date(timeIntervalSinceNow: -CertificateLifetime.backdated),
            notValidAfter: Date(timeIntervalSinceNow: CertificateLifetime.authority),
            issuer: name,
            subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: .init {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: key.publicKey)
            },
            issuerPrivateKey: key
        )
        self.key = key
        self.certificate = certificate
        caPEM = try certificate.serializeAsPEM().pemString
    }

    /// Issues a fresh leaf certificate for one endpoint.
    ///
    /// - Parameter host: the name by which clients know it, beside those of the loopback.
    /// - Returns: `nil` for a plain endpoint.
    /// - Throws: what swift-certificates throws when it cannot encode or sign; not expected.
    package func leaf(for identity: ReceiverIdentity, host: String? = nil) throws -> LeafCertificate? {
        switch identity {
        case .plain:
            nil
        case .trusted:
            try LeafCertificate(.loopback(host), lifetime: .current, issuer: certificate.subject, issuerKey: key)
        case .expired:
            try LeafCertificate(.loopback(host), lifetime: .expired, issuer: certificate.subject, issuerKey: key)
        case .wrongHost:
            try LeafCertificate(.elsewhere, lifetime: .current, issuer: certificate.subject, issuerKey: key)
        case .selfSigned:
            try LeafCertificate(.loopback(host), lifetime: .current)
        case .notYetValid: try leaf(producing: .notYetValid, host: host)
        case .unknownAuthority: try leaf(producing: .unknownAuthority, host: host)
        }
    }
}

extension RunAuthority {
    /// Issues the leaf certificate that produces a fault of the handshake.
    ///
    /// - Returns: `nil` when the fault needs none.
    /// - Throws: what swift-certificates throws when it cannot encode or sign; not expected.
    func leaf(producing kind: Fault.Kind, host: String? = nil) throws -> LeafCertificate? {
        switch kind {
        case .expired: try leaf(for: .expired, host: host)
        case .selfSigned: try leaf(for: .selfSigned, host: host)
        case .wrongHost: try leaf(for: .wrongHost, host: host)
        case .oldVersion: try leaf(for: .trusted, host: host)
        case .unknownAuthority: try RunAuthority().leaf(for: .trusted, host: host)
        case .notYetValid:
            try LeafCertificate(.loopback(host), lifetime: .future, issuer: certificate.subject, issuerKey: key)
        default: nil
        }
    }
}
