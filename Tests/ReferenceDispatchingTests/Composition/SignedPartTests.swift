import CurlTransport
import Foundation
import Notation
import ReferenceDispatching
import Testing
import WebhookContracts
import WebhookSigning

@Suite struct `What is signed` {
    private static let secret: SigningKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let former: SigningKey = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"

    private func sent(
        _ variants: [String] = [],
        body: String = #"{"type":"user.created"}"#,
        number: Int = 1,
        _ change: (inout Endpoint) -> Void = { _ in }
    ) throws -> (request: TransferRequest, contract: Contract) {
        let path = ShippedContract.folder.appending(path: "exemplar/contract.yaml").path
        let policy = ContractPolicy(try ContractFile.load(path: path, variants: variants))
        var endpoint = Endpoint(id: "e", url: "https://example.com/hook?a=1", secret: Self.secret)
        change(&endpoint)
        let attempt = policy.attempt(body, number: number, endpoint: endpoint)
        return (try policy.request(for: attempt, settings: SendingSettings()), policy.contract)
    }

    /// The signatures of the list, and by which secret each verifies.
    private func signers(_ request: TransferRequest) -> [String] {
        let value = request.headers.first(named: "webhook-signature") ?? ""
        let input = SigningInput(
            body: request.body,
            id: request.headers.first(named: "webhook-id"),
            timestamp: request.headers.first(named: "webhook-timestamp")
        )
        return value.split(separator: " ").map { signature in
            let scheme = SignatureScheme.standardWebhooks
            if scheme.verify(header: String(signature), input: input, key: Self.secret).isValid { return "new" }
            return scheme.verify(header: String(signature), input: input, key: Self.former).isValid ? "old" : "nobody"
        }
    }

    @Test(arguments: [(-60, ["new", "old"]), (-3599, ["new", "old"]), (-3600, ["new"]), (-90000, ["new"])])
    func `bears both secrets for an hour after a change, and the new one first`(
        _ seconds: Int,
        _ expected: [String]
    ) throws {
        let sent = try sent { endpoint in
            endpoint.former = Self.former
            endpoint.secretChangedAt = sampleTime.addingTimeInterval(Double(seconds))
        }
        #expect(signers(sent.request) == expected)
    }

    @Test func `bears one secret where none was changed`() throws {
        #expect(signers(try sent().request) == ["new"])
    }

    @Test func `is the body with the attempt's number, where the contract has it there`() throws {
        let third = try sent(["changing-body"], number: 3).request
        let body = try JSONValue.parse(third.body)
        #expect(body[try JSONPointer("/attempt")] == .number("3"))
        #expect(body[try JSONPointer("/attempted_at")]?.stringValue == "2026-03-03T14:32:00.250Z")
        #expect(signers(third) == ["new"])
    }

    @Test func `is a digest and the request, where requests are signed as messages`() throws {
        let (request, contract) = try sent(["message-signatures"])
        let digest = try #require(request.headers.first(named: "Content-Digest"))
        #expect(ContentDigest.verify(field: digest, body: request.body).isValid)
        let input = try #require(request.headers.first(named: "Signature-Input"))
        #expect(
            input
                == #"sig1=("@method" "@authority" "@path" "@query" "content-type" "content-digest")"#
                + ";created=1772548200"
        )
        let base = try MessageSignatureBase(
            components: [
                .init("@method", "POST"), .init("@authority", "example.com"), .init("@path", "/hook"),
                .init("@query", "?a=1"), .init("content-type", "application/json"), .init("content-digest", digest),
            ],
            parameters: [.created(1_772_548_200)]
        )
        let verdict = base.verify(
            field: request.headers.first(named: "Signature") ?? "",
            label: "sig1",
            algorithm: .hmacSHA256,
            key: Self.secret,
            keyForm: contract.signature.key.value ?? .text
        )
        #expect(verdict.isValid)
    }

    @Test(arguments: ["packed", "packed-signed-plain"])
    func `is the packed body or the plain one`(_ variant: String) throws {
        let plain = #"{"type":"user.created"}"#
        let request = try sent([variant], body: plain).request
        #expect(request.headers.first(named: "Content-Encoding") == "gzip")
        #expect(request.body == GzipEncoding.packed(Array(plain.utf8)))
        var signed = request
        if variant == "packed-signed-plain" { signed.body = Array(plain.utf8) }
        #expect(signers(signed) == ["new"])
    }

    @Test func `packs nothing into an empty stream, and repetition into less`() {
        #expect(GzipEncoding.packed([]) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        let text = Array(String(repeating: "the same again and ", count: 1000).utf8)
        #expect(GzipEncoding.packed(text).count < text.count / 20)
        #expect(GzipEncoding.packed(text) == GzipEncoding.packed(text))
    }
}
