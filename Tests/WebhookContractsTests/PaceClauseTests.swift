import Notation
import Testing
import WebhookContracts

@Suite struct `Clauses about pace and order` {
    @Test func `are read in the exemplar and its variants`() throws {
        let path = ShippedContracts.path("exemplar")
        let plain = try ContractFile.load(path: path)
        #expect(plain.endpoint.concurrency.value == 8)
        #expect(plain.endpoint.throttling.value == .paused)
        #expect(plain.endpoint.rate.isUnstated)
        let paced = try ContractFile.load(path: path, variants: ["paced"])
        #expect(paced.endpoint.rate.value == DeliveryRate(count: 10, window: .seconds(1)))
        #expect(paced.statements.contains { $0.text?.contains("10 in 1s") == true })
        let ordered = try ContractFile.load(path: path, variants: ["per-subject-order"])
        #expect(ordered.ordering.value == .perSubject)
        #expect(!ContractLint.problems(in: ordered).contains { $0.severity == .error })
    }

    @Test func `need a subject to keep an order by`() throws {
        var contract = try ContractFile.load(path: ShippedContracts.path("exemplar"), variants: ["per-subject-order"])
        contract.body.fields.removeAll { $0.role == .subject }
        #expect(ContractLint.problems(in: contract).contains { $0.message.contains("what an event is about") })
    }
}
