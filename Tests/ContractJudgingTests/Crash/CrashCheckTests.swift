import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of crashes` {
    private func crashed(_ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        change(&contract)
        var maker = HistoryMaker(contract: contract)
        maker.emit()
        maker.kill(at: .seconds(2), restart: .seconds(3))
        return maker
    }

    @Test func `hold when an accepted event comes after the restart`() throws {
        var maker = try crashed()
        maker.attempt("e1", at: .seconds(4))
        #expect(maker.outcome("crash.accepted-is-delivered") == .held)
    }

    @Test func `are violated by an accepted event that is lost`() throws {
        var maker = try crashed()
        #expect(maker.outcome("crash.accepted-is-delivered") == .violated)
        #expect(maker.verdict("stop.keeps-accepted") == nil)
        maker.contract.guarantee = .unstated
        #expect(maker.outcome("crash.accepted-is-delivered") == .unstated)
    }

    @Test func `prove nothing by a loss that was not watched for`() throws {
        var maker = try crashed()
        maker.finish(at: .seconds(10))
        #expect(maker.outcome("crash.accepted-is-delivered") == .inconclusive)
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("crash.accepted-is-delivered") == .inconclusive)
    }

    @Test func `ask nothing of an event that was delivered before, or refused`() throws {
        var maker = try crashed()
        maker.attempt("e1", at: .seconds(1) + .milliseconds(500))
        #expect(maker.verdict("crash.accepted-is-delivered") == nil)
        maker = try crashed()
        maker.history.emissions[0].value.accepted = false
        #expect(maker.verdict("crash.accepted-is-delivered") == nil)
    }

    @Test func `ask for a retry only when it was due`() throws {
        var maker = try crashed()
        maker.attempt("e1", at: .seconds(1) + .milliseconds(500), answer: .status(500))
        #expect(maker.outcome("crash.accepted-is-delivered") == .violated)
        maker.finish(at: .seconds(100))
        #expect(maker.verdict("crash.accepted-is-delivered") == nil)
    }

    @Test func `hold when a stop keeps what was accepted`() throws {
        var contract = try SampleContract.make()
        contract.latency = .unstated
        var maker = HistoryMaker(contract: contract)
        maker.emit()
        maker.stop(at: .seconds(2), restart: .seconds(3))
        #expect(maker.outcome("stop.keeps-accepted") == .violated)
        #expect(maker.verdict("crash.accepted-is-delivered") == nil)
        maker.finish(at: .seconds(4))
        #expect(maker.outcome("stop.keeps-accepted") == .inconclusive)
        maker.finish(at: .seconds(100))
        maker.attempt("e1", at: .seconds(5))
        #expect(maker.outcome("stop.keeps-accepted") == .held)
    }

    @Test func `hold when a best-effort event comes at most once`() throws {
        var maker = try crashed(HistoryMaker.fireAndForget)
        #expect(maker.verdict("crash.at-most-once")?.summary.contains("was lost") == true)
        #expect(maker.outcome("crash.at-most-once") == .held)
        maker.finish(at: .seconds(9), complete: false)
        #expect(maker.outcome("crash.at-most-once") == .inconclusive)
        maker.finish(at: .seconds(100))
        maker.attempt("e1", at: .seconds(1) + .milliseconds(900))
        #expect(maker.outcome("crash.at-most-once") == .held)
        maker.attempt("e1", at: .seconds(4), number: 2)
        #expect(maker.outcome("crash.at-most-once") == .violated)
        #expect(maker.verdict("retry.none") == nil)
    }
}
