import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Bodies that change with the attempt` {
    private static let check: CheckID = "signature.changing-body"

    /// A run whose bodies have the attempt's number, and a signature of their own.
    private func counted(_ numbers: [String] = ["1", "2", "3"]) throws -> HistoryMaker {
        var maker = try HistoryMaker.retried {
            $0.body.fields.append(try SampleContract.field(.attemptNumber, "/attempt"))
            $0.retry.samePayload = SampleContract.stated(false)
            $0.signature.perAttempt = SampleContract.stated(.fresh)
        }
        for (index, number) in numbers.enumerated() where index < maker.history.attempts.count {
            try maker.editBody(index) { $0.setting(.number(number), at: JSONPointer(tokens: ["attempt"])) ?? $0 }
        }
        return maker
    }

    @Test func `are signed as they come`() throws {
        #expect(try counted().outcome(Self.check) == .held)
    }

    @Test func `must not carry the first attempt's signature`() throws {
        var maker = try counted()
        let first = try #require(maker.history.attempts[0].arrived.values(of: "X-Signature").first)
        maker.setHeader(1, "X-Signature", first)
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test(arguments: [["1", "1", "1"], ["1", "3", "2"], ["1", "\"two\"", "3"]])
    func `count upwards`(numbers: [String]) throws {
        #expect(try counted(numbers).outcome(Self.check) == .violated)
    }

    @Test func `must have the promised field`() throws {
        var maker = try counted()
        try maker.editBody(1) { $0.removing(at: JSONPointer(tokens: ["attempt"])) }
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `prove nothing without the keys`() throws {
        var maker = try counted()
        maker.keys = Keyring()
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `are no occasion where no field changes`() throws {
        #expect(try HistoryMaker.retried().verdict(Self.check) == nil)
    }
}
