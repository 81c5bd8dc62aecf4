import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Numbers in forms` {
    private static let check: CheckID = "body.decimals"

    /// A run whose event has these numbers and came as this form.
    private func sent(_ form: String) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.body.format = SampleContract.stated(.form)
        var maker = HistoryMaker(contract: contract)
        let numbers = [
            JSONMember(name: "price", value: .number("12.50")),
            JSONMember(name: "large", value: .number("9007199254740993")),
        ]
        let event = maker.emit(adding: numbers)
        maker.attempt(event, at: .seconds(2), body: Array("reference=unique-e1&thing[count]=12.50&\(form)".utf8))
        return maker
    }

    @Test func `keep their digits`() throws {
        #expect(try sent("price=12.50&large=9007199254740993").outcome(Self.check) == .held)
    }

    @Test(arguments: [
        "price=12.5&large=9007199254740993", "price=12.50&large=9007199254740992",
        "price=12.50&large=9.007199254740993e15",
    ])
    func `are not written in another way`(form: String) throws {
        let maker = try sent(form)
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `are left to another check where they are missing`() throws {
        let maker = try sent("price=12.50")
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("body.preserved") == .violated)
    }

    @Test func `are no occasion in JSON, or in a body that cannot be trusted`() throws {
        #expect(try HistoryMaker.delivered().verdict(Self.check) == nil)
        var maker = try sent("price=12.5&large=1")
        maker.doctor(0) { $0.bodyRedacted = true }
        #expect(maker.verdict(Self.check) == nil)
    }
}
