import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `What the dispatcher must have concluded` {
    private func result(
        _ answer: HistoryMaker.Answer,
        _ change: (inout HistoryMaker) -> Void = { _ in }
    ) throws -> ReceiverResult {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: answer)
        change(&maker)
        return try #require(maker.context.attempts.first).receiverResult
    }

    @Test func `follows the status`() throws {
        #expect(try result(.status(204)) == .success(status: 204))
        #expect(try result(.status(302)) == .failure(.redirect, status: 302))
        #expect(try result(.status(404)) == .failure(.clientError, status: 404))
        #expect(try result(.status(503)) == .failure(.serverError, status: 503))
    }

    @Test func `follows the contract's set of successes`() throws {
        let narrow = try result(.status(204)) {
            $0.contract.success = SampleContract.stated(StatusSet(ranges: [200...200]))
        }
        #expect(narrow.isFailure)
    }

    @Test func `is open at the very limit`() throws {
        #expect(try result(.status(200, after: .milliseconds(9900))) == .success(status: 200))
        #expect(try result(.status(200, after: .milliseconds(10_100))) == .failure(.timeout, status: nil))
        let edge = try result(.status(200, after: .seconds(10)))
        #expect(!edge.isSuccess && !edge.isFailure)
    }

    @Test func `is open when the host stalled across the limit`() throws {
        let stalled = try result(.status(200, after: .seconds(11))) { maker in
            let stall = HostStalled(began: Stamp(sinceStart: .seconds(10)))
            maker.history.stalls = [Timed(at: Stamp(sinceStart: .seconds(12)), value: stall)]
        }
        #expect(!stalled.isSuccess && !stalled.isFailure)
    }

    @Test func `knows resets, hang-ups and silence`() throws {
        #expect(try result(.reset) == .failure(.network, status: nil))
        #expect(try result(.hang(until: .seconds(10))) == .failure(.timeout, status: nil))
        let silent = try result(.hang(until: .seconds(10))) { maker in
            maker.history.attempts[0].ended?.closing = nil
            maker.history.attempts[0].connectionClosing = nil
        }
        #expect(silent == .failure(.timeout, status: nil))
        let short = try result(.hang(until: .seconds(10))) { maker in
            maker.history.attempts[0].ended?.closing = nil
            maker.history.attempts[0].connectionClosing = nil
            maker.finish(at: .seconds(5))
        }
        #expect(!short.isFailure)
    }

    @Test func `is open when the dispatcher died meanwhile`() throws {
        let killed = try result(.status(200, after: .seconds(1))) { $0.kill(at: .milliseconds(2500)) }
        #expect(!killed.isSuccess && !killed.isFailure)
        #expect(try result(.status(200)) { $0.kill(at: .seconds(4)) } == .success(status: 200))
        let unfinished = try result(.status(200)) { $0.history.attempts[0].ended = nil }
        #expect(!unfinished.isSuccess && !unfinished.isFailure)
    }
}
