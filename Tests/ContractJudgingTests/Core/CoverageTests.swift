import ContractJudging
import Notation
import Testing
import WebhookContracts

@Suite struct `Coverage of a contract` {
    private static func contract() throws -> Contract {
        var contract = try SampleContract.make()
        contract.transport.method.position = SourcePosition(line: 3, column: 5)
        let position = SourcePosition(line: 90, column: 1)
        contract.ordering = Clause(standing: .stated, value: .perEndpoint, position: position)
        return contract
    }

    @Test func `counts a clause that something was found to hold, and not one that nothing was found about`() throws {
        var maker = HistoryMaker(contract: try Self.contract())
        let event = maker.emit()
        maker.attempt(event, at: .seconds(2))
        let coverage = maker.judged().coverage
        #expect(coverage.exercised.contains("transport.method"))
        #expect(coverage.unexercised.contains("ordering"))
        #expect(coverage.clauses.count == Set(coverage.clauses).count)
        #expect(coverage.exercised.isSubset(of: coverage.clauses))
    }

    @Test func `counts nothing where nothing happened`() throws {
        let coverage = HistoryMaker(contract: try Self.contract()).judged().coverage
        #expect(coverage.exercised.isEmpty)
        #expect(coverage.clauses.contains("transport.method"))
    }

    @Test func `says whether the response limit was ever reached`() throws {
        for (wait, isReached) in [(0.5, false), (0.95, true)] {
            var maker = HistoryMaker(contract: try Self.contract())
            let limit = try #require(maker.contract.responseLimit.value?.total)
            let event = maker.emit()
            maker.attempt(event, at: .seconds(2), answer: .status(200, after: limit * wait))
            #expect(maker.judged().coverage.reached.contains("the response limit") == isReached)
        }
    }

    @Test func `of several scenarios is of all of them together`() {
        var first = ContractCoverage(clauses: ["a", "b"], exercised: ["a"], limits: ["x", "y"], reached: [])
        first.add(ContractCoverage(clauses: ["b", "c"], exercised: ["c"], limits: ["y"], reached: ["y"]))
        #expect(first.clauses == ["a", "b", "c"])
        #expect(first.unexercised == ["b"])
        #expect(first.unreached == ["x"])
    }
}
