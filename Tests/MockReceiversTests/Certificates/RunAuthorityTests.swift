import DeliveryScenarios
import Foundation
import MockReceivers
import SwiftASN1
import Testing
@_spi(FixedExpiryValidationTime) import X509

@Suite struct `Certificates of the run` {
    private func verifies(_ leaf: LeafCertificate, trusting pem: String, at time: Date = Date()) async throws -> Bool {
        let roots = CertificateStore([try Certificate(pemEncoded: pem)])
        var verifier = Verifier(rootCertificates: roots) { RFC5280Policy(fixedExpiryValidationTime: time) }
        let result = await verifier.validate(
            leaf: try Certificate(pemEncoded: leaf.certificatePEM),
            intermediates: CertificateStore()
        )
        if case .validCertificate = result { return true }
        return false
    }

    private func names(_ leaf: LeafCertificate) throws -> String {
        "\(try #require(try Certificate(pemEncoded: leaf.certificatePEM).extensions.subjectAlternativeNames))"
    }

    @Test func `are trusted by the authority's certificate and carry the loopback's names`() async throws {
        let authority = try RunAuthority()
        let leaf = try #require(try authority.leaf(for: .trusted))
        #expect(try await verifies(leaf, trusting: authority.caPEM))
        #expect(try await verifies(leaf, trusting: authority.caPEM, at: Date(timeIntervalSinceNow: -20 * 86400)))
        #expect(try await !verifies(leaf, trusting: try RunAuthority().caPEM))
        #expect(try names(leaf).contains("localhost"))
        #expect(try authority.leaf(for: .plain) == nil)
    }

    @Test func `when expired are wrong in their dates alone`() async throws {
        let authority = try RunAuthority()
        let leaf = try #require(try authority.leaf(for: .expired))
        #expect(try await !verifies(leaf, trusting: authority.caPEM))
        #expect(try await verifies(leaf, trusting: authority.caPEM, at: Date(timeIntervalSinceNow: -2 * 86400)))
        #expect(try names(leaf).contains("localhost"))
    }

    @Test func `when self-signed are wrong in their issuer alone`() async throws {
        let authority = try RunAuthority()
        let leaf = try #require(try authority.leaf(for: .selfSigned))
        let certificate = try Certificate(pemEncoded: leaf.certificatePEM)
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.publicKey.isValidSignature(certificate.signature, for: certificate))
        #expect(try await !verifies(leaf, trusting: authority.caPEM))
        #expect(try names(leaf).contains("localhost"))
    }

    @Test func `for the wrong host are wrong in their names alone`() async throws {
        let authority = try RunAuthority()
        let leaf = try #require(try authority.leaf(for: .wrongHost))
        #expect(try await verifies(leaf, trusting: authority.caPEM))
        let names = try names(leaf)
        #expect(names.contains("other.example") && !names.contains("localhost") && !names.contains("127"))
    }

    @Test func `of two runs come from authorities of different names`() throws {
        let subjects = try (0..<2).map { _ in try Certificate(pemEncoded: try RunAuthority().caPEM).subject }
        #expect(subjects[0] != subjects[1])
    }
}
