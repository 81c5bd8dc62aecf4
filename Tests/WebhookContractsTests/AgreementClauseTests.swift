import Notation
import Testing
import WebhookContracts

@Suite struct `Clauses that may be left out` {
    @Test(arguments: [
        ("jitter", "retry.jitter", "± 20%"), ("quick-first", "first_response_limit", "500ms from start"),
        ("consent", "endpoint.handshake", "options consent"), ("probed", "endpoint.signature_probe", "true"),
        ("notice", "disablement.notice", "endpoint.disabled"), ("first-url", "retry.changed_endpoint", "old"),
        (
            "redelivery-beside", "retry.redelivery",
            "the waiting retry is kept, and it does not count"
        ),
    ])
    func `are read and shown where a file has them`(_ variant: String, _ path: String, _ text: String) throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("exemplar"), variants: [variant])
        #expect(contract.statements.first { $0.path == path }?.text == text)
    }

    @Test func `are not shown where a file has none of them`() throws {
        let contract = try ContractFile.load(path: ShippedContracts.path("jobber"))
        #expect(contract.retry.jitter.isUnstated)
        #expect(!contract.statements.contains { $0.path == "retry.jitter" })
    }

    @Test(arguments: ["20%", "± 0%", "10%..5%", "-200%..5%", "± 20"])
    func `refuse a band of jitter that is none`(_ band: String) throws {
        let messages = try ShippedContracts.messages(
            "exemplar",
            replacing: "jitter: { says: ± 20%, source: charter }",
            with: "jitter: { says: \"\(band)\", source: charter }",
            variants: ["jitter"]
        )
        #expect(messages.contains("is not a band of jitter"))
    }

    @Test func `refuse a notice that is no event of the contract`() throws {
        let messages = try ShippedContracts.messages(
            "exemplar",
            replacing: "notice: { says: endpoint.disabled, source: charter }",
            with: "notice: { says: endpoint.gone, source: charter }",
            variants: ["notice"]
        )
        #expect(messages.contains("which is not in the list"))
    }
}
