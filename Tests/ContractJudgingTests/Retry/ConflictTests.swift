import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Receivers that are still at work, or refuse for good` {
    private static let check: CheckID = "retry.conflict"

    private func answered(_ answers: [HistoryMaker.Answer]) throws -> HistoryMaker {
        try HistoryMaker.failing(answers) {
            $0.retry.failures = SampleContract.stated([.network, .timeout, .clientError])
            $0.retry.retriedStatuses = SampleContract.stated(StatusSet(ranges: [409...409, 503...503]))
            $0.retry.finalStatuses = SampleContract.stated(StatusSet(ranges: [422...422]))
        }
    }

    @Test func `are asked again`() throws {
        #expect(try answered([.status(409), .status(200)]).outcome(Self.check) == .held)
        #expect(try answered([.status(503), .status(200)]).outcome(Self.check) == .held)
        #expect(try answered([.status(409)]).outcome(Self.check) == .violated)
    }

    @Test func `are left alone`() throws {
        let maker = try answered([.status(422)])
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("retry.attempts") != .violated, "the delivery ended as promised")
        #expect(try answered([.status(422), .status(200)]).outcome(Self.check) == .violated)
    }

    @Test func `take nothing away from the check of classes`() throws {
        let maker = try answered([.status(422), .status(404), .status(200)])
        #expect(maker.outcome("retry.failure-classes") == .held)
        #expect(try answered([.status(422)]).verdict("retry.failure-classes") == nil)
    }

    @Test func `are not judged before anything was due`() throws {
        var maker = try answered([.status(409)])
        maker.finish(at: .seconds(100))
        #expect(maker.verdict(Self.check) == nil)
        maker = try answered([.status(422)])
        maker.finish(at: .seconds(100))
        #expect(maker.verdict(Self.check) == nil)
    }

    @Test func `prove nothing when the observation ended early or the host stalled`() throws {
        var maker = try answered([.status(422)])
        maker.finish(at: .seconds(2000), complete: false)
        #expect(maker.outcome(Self.check) == .inconclusive)
        maker = try answered([.status(409)])
        maker.stall(from: .seconds(250), to: .seconds(3590))
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `are only reported where nothing is stated`() throws {
        #expect(try HistoryMaker.failing([.status(409), .status(200)]).outcome(Self.check) == .unstated)
        #expect(try HistoryMaker.failing([.status(404), .status(200)]).verdict(Self.check) == nil)
    }
}
