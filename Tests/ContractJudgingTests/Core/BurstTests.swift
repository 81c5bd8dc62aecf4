import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `A burst of events` {
    @Test(.timeLimit(.minutes(20)))
    func `is matched one by one`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        for index in 0..<500 { maker.emit(at: .milliseconds(index)) }
        for index in (0..<500).reversed() {
            maker.attempt("e\(index + 1)", at: .seconds(50) - .milliseconds(10 * index))
        }
        let context = maker.context
        #expect(context.deliveries.allSatisfy { $0.attempts.count == 1 })
        #expect(context.strayAttempts.isEmpty)
        #expect(maker.judged().verdicts.allSatisfy { $0.outcome != .violated })
    }
}
