import Foundation
import ScenarioRunning
import Testing
import WebhookContracts

@Suite struct `Secrets of endpoints` {
    @Test func `have the form of Standard Webhooks, and a password that is hard on careless headers`() throws {
        let secrets = EndpointSecrets(contract: .silent(provider: "Test", slug: "test"))
        #expect(secrets.secret.hasPrefix("whsec_"))
        #expect(try #require(Data(base64Encoded: String(secrets.secret.dropFirst(6)))).count == 24)
        #expect(secrets.user.wholeMatch(of: /receiver-[0-9a-f]{8}/) != nil)
        #expect(secrets.password.wholeMatch(of: /pé:[0-9a-f]{24}/) != nil)
    }

    @Test func `are unlike each other`() {
        let drawn = (0..<200).map { _ in EndpointSecrets(contract: .silent(provider: "Test", slug: "test")) }
        #expect(Set(drawn.map(\.secret)).count == 200)
        #expect(Set(drawn.map(\.user)).count == 200)
        #expect(Set(drawn.map(\.password)).count == 200)
    }

    @Test func `are not told by printing them`() {
        let secrets = EndpointSecrets(contract: .silent(provider: "Test", slug: "test"))
        var dumped = ""
        dump(secrets, to: &dumped)
        for text in ["\(secrets)", String(reflecting: secrets), "\([secrets])", "\(["main": secrets])", dumped] {
            #expect(!text.contains(secrets.secret))
            #expect(!text.contains(secrets.password))
        }
    }
}
