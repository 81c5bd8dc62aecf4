import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `The number of attempts through several lives` {
    /// Three attempts are promised; the dispatcher is killed between the first two.
    private func run(_ times: [Duration], killedAt killed: Duration = .seconds(60)) throws -> HistoryMaker {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        for (index, time) in times.enumerated() {
            maker.attempt("e1", at: time, number: index + 1, answer: .status(500))
        }
        maker.kill(at: killed, restart: killed + .seconds(30))
        return maker
    }

    @Test func `holds when no more are made than promised`() throws {
        let maker = try run([.seconds(2), .seconds(303), .seconds(904)])
        #expect(maker.outcome("crash.budget-survives") == .held)
    }

    @Test func `is violated when the count begins anew`() throws {
        let maker = try run([.seconds(2), .seconds(303), .seconds(604), .seconds(1205)])
        #expect(maker.outcome("crash.budget-survives") == .violated)
        #expect(maker.verdict("crash.budget-survives")?.summary.contains("4 attempts came in 2 lives") == true)
    }

    @Test func `allows one more for an attempt that was cut off`() throws {
        var maker = try run([.seconds(2), .seconds(61), .seconds(362), .seconds(963)], killedAt: .seconds(2))
        #expect(maker.outcome("crash.budget-survives") == .held)
        maker.attempt("e1", at: .seconds(1500), number: 5, answer: .status(500))
        #expect(maker.outcome("crash.budget-survives") == .violated)
    }

    @Test func `is open when nobody watched for one too many`() throws {
        var maker = try run([.seconds(2), .seconds(303), .seconds(904)])
        maker.finish(at: .seconds(910))
        #expect(maker.verdict("crash.budget-survives") == nil)
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("crash.budget-survives") == .inconclusive)
    }

    @Test func `is reported where no number is stated, and nothing without a crash`() throws {
        var maker = try run([.seconds(2), .seconds(303)])
        maker.contract.retry.attempts = .unstated
        #expect(maker.outcome("crash.budget-survives") == .unstated)
        #expect(try HistoryMaker.failing([.status(500)]).verdict("crash.budget-survives") == nil)
    }
}
