import CurlTransport
import DeliveryScenarios
import FaultProving
import Foundation
import MockReceivers
import Testing

@Suite struct `Runner of proofs` {
    private func prove(_ proofs: [FaultProof]) async throws -> [ProofResult] {
        let authority = try RunAuthority()
        let file = FileManager.default.temporaryDirectory.appending(path: "proofs-\(UUID().uuidString).pem")
        try Data(authority.caPEM.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let transport = try CurlTransport()
        let runner = ProofRunner(authority: authority, trustStore: file.path, transport: transport)
        let results = await runner.prove(proofs, width: 4)
        await transport.shutDown()
        return results
    }

    private func proofs(_ names: String...) -> [FaultProof] {
        ProofCatalogue.all.filter { names.contains($0.name) && !$0.transport.isHTTP2 && $0.group != .impossible }
    }

    @Test func `finds real faults real, over TLS too, in the order of the proofs`() async throws {
        let proofs = proofs("reset after 17 bytes of the body", "close before body", "tls-truncation inside body")
        #expect(proofs.count == 5)
        let results = try await prove(proofs)
        #expect(results.map(\.proof.name) == proofs.map(\.name))
        for result in results {
            #expect(result.verdict == .real, "\(result.proof.name) over \(result.proof.transport.rawValue)")
        }
    }

    @Test(arguments: [ProofTransport.http2, .http2Plain])
    func `finds a reset stream real, and one with another code not`(_ transport: ProofTransport) async throws {
        let name = "rst-stream inside body"
        var proof = try #require(ProofCatalogue.all.first { $0.name == name && $0.transport == transport })
        let honest = try #require(try await prove([proof]).first)
        let isKnown = honest.verdict == .real || honest.sights.curlIsMissing != nil && !honest.verdict.isNotReal
        #expect(isKnown, "\(honest.verdict.reasons)")
        proof.script = ReplyScript(replies: [.fault(Fault(kind: .resetStream, at: .insideBody, code: 2))])
        let lying = try #require(try await prove([proof]).first)
        #expect(lying.verdict.reasons.contains { $0.contains("RST_STREAM 2 instead of") }, "\(lying.verdict.reasons)")
    }

    @Test func `finds a receiver that sends FIN for RST`() async throws {
        var proof = try #require(proofs("reset after 17 bytes of the body").first)
        proof.script = ReplyScript(replies: [.fault(Fault(kind: .close, at: .body(17)))])
        let result = try #require(try await prove([proof]).first)
        guard case .notReal(let reasons) = result.verdict else {
            Issue.record("found it \(result.verdict.text)")
            return
        }
        #expect(reasons.contains { $0.contains("instead of 'RST'") })
        #expect(result.tries == ProofRunner.tries)
    }

    @Test func `finds a receiver that answers too early`() async throws {
        var proof = try #require(proofs("respond 200 after 200ms").first)
        proof.script = ReplyScript(replies: [.respond(Response(status: 200))])
        // No stall of the host makes up for this.
        proof.raw[0].expected.pauses = [.init(before: .firstByte, of: .seconds(3600))]
        proof.curl[0].expected.atLeast = .seconds(3600)
        let result = try #require(try await prove([proof]).first)
        #expect(result.verdict.reasons.contains { $0.hasPrefix("the first byte came after") })
        #expect(result.verdict.reasons.contains { $0.hasPrefix("libcurl was through after") })
    }

    @Test func `finds a certificate that is good`() async throws {
        var proof = try #require(proofs("expired, then good").first)
        proof.script = ReplyScript(replies: [.respond(Response(status: 200))])
        let result = try #require(try await prove([proof]).first)
        #expect(result.verdict.reasons.contains { $0.contains("a client that verifies accepted the handshake") })
        #expect(result.verdict.reasons.contains { $0.contains("the certificate is good") })
    }
}
