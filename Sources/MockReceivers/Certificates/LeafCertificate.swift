import Crypto
import Foundation
import SwiftASN1
import X509

/// A server certificate and its key, both in PEM and only in memory.
package struct LeafCertificate: Sendable {
    /// The certificate in PEM.
    package let certificatePEM: String

    /// The private key in PEM; never to be logged.
    let keyPEM: String

    /// The names a leaf is issued for.
    enum Names: Sendable {
        /// What a receiver on this host is called: `127.0.0.1`, `localhost`, `::1`, and a name of the scenario's.
        case loopback(String?)
        /// Another host's name and no address, so that only the name is wrong.
        case elsewhere

        var subjectAlternativeNames: SubjectAlternativeNames {
            switch self {
            case .loopback(let host):
                SubjectAlternativeNames(
                    [
                        .dnsName("localhost"),
                        .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                        .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
                    ] + (host.map { [.dnsName($0)] } ?? [])
                )
            case .elsewhere:
                SubjectAlternativeNames([.dnsName("other.example")])
            }
        }

        var commonName: String {
            switch self {
            case .loopback: "localhost"
            case .elsewhere: "other.example"
            }
        }
    }

    /// Issues a leaf; without an issuer it signs itself.
    init(
        _ names: Names,
        lifetime: CertificateLifetime,
        issuer: DistinguishedName? = nil,
        issuerKey: Certificate.PrivateKey? = nil
    ) throws {
        let key = P256.Signing.PrivateKey()
        let ownKey = Certificate.PrivateKey(key)
        let signingKey = issuerKey ?? ownKey
        let subject = try DistinguishedName {
            OrganizationName("Hookassay receiver \(UUID().uuidString)")
            CommonName(names.commonName)
        }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: ownKey.publicKey,
            notValidBefore: Date(timeIntervalSinceNow: lifetime.from),
            notValidAfter: Date(timeIntervalSinceNow: lifetime.to),
            issuer: issuer ?? subject,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: .init {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                names.subjectAlternativeNames
                SubjectKeyIdentifier(hash: ownKey.publicKey)
                // Strict verifiers (Python's since 3.13, for one) refuse a leaf that does not name its issuer's key.
                AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: signingKey.publicKey).keyIdentifier)
            },
            issuerPrivateKey: signingKey
        )
        certificatePEM = try certificate.serializeAsPEM().pemString
        keyPEM = key.pemRepresentation
    }
}
