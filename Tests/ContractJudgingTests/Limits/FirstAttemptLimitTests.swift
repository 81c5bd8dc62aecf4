import ContractJudging
import Testing
import WebhookContracts

@Suite struct `A limit of first attempts` {
    private static let check: CheckID = "limit.first-attempt"

    private static func run(first: Duration, second: Duration, isStated: Bool = true) throws -> HistoryMaker {
        try HistoryMaker.failing([.hang(until: first), .hang(until: second)]) { contract in
            guard isStated else { return }
            let limit = ResponseLimit(total: .milliseconds(500), measuredFrom: .start)
            contract.firstResponseLimit = SampleContract.stated(limit)
        }
    }

    @Test func `is kept beside that of the retries`() throws {
        let maker = try Self.run(first: .milliseconds(500), second: .seconds(10))
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("limit.kept") == .held)
    }

    @Test func `is broken by a first attempt that waits as long as a retry`() throws {
        #expect(try Self.run(first: .seconds(10), second: .seconds(10)).outcome(Self.check) == .violated)
    }

    @Test func `leaves retries that are given up too early to the other check`() throws {
        let maker = try Self.run(first: .milliseconds(500), second: .milliseconds(500))
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("limit.kept") == .violated)
    }

    @Test func `proves nothing where a stall may have been the cause`() throws {
        var maker = try Self.run(first: .seconds(5), second: .seconds(10))
        maker.stall(from: .seconds(2), to: .seconds(7))
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `has no occasion where it is not stated`() throws {
        #expect(try Self.run(first: .seconds(10), second: .seconds(10), isStated: false).outcome(Self.check) == nil)
    }
}
