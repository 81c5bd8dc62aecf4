import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `Answers of any size` {
    private static let check: CheckID = "limit.size"

    private func answered(_ reply: Reply, _ answer: HistoryMaker.Answer) throws -> HistoryMaker {
        let endpoint = HistoryMaker.endpoint("main", replies: [reply, .respond(Response(status: 200))])
        return try HistoryMaker.failing([answer, .status(200)], endpoints: [endpoint])
    }

    private static let endless = Reply.fault(Fault(kind: .endless))
    private static let huge = Reply.respond(Response(status: 500, filler: .size(128 << 20)))

    private func measure(_ maker: inout HistoryMaker, grown: Int, lives: (Int, Int) = (1, 1)) {
        let begin = DispatcherMeasured(moment: .begin, life: lives.0, processes: 1, peakMemory: 30 << 20)
        let end = DispatcherMeasured(moment: .end, life: lives.1, processes: 1, peakMemory: (30 << 20) + grown)
        maker.history.measurements = [
            Timed(at: Stamp(sinceStart: .milliseconds(200)), value: begin),
            Timed(at: Stamp(sinceStart: .seconds(3000)), value: end),
        ]
    }

    @Test func `are over by the limit`() throws {
        #expect(try answered(Self.endless, .hang(until: .seconds(10))).outcome(Self.check) == .held)
        #expect(try answered(Self.endless, .hang(until: .seconds(40))).outcome(Self.check) == .violated)
    }

    @Test func `prove nothing about the limit on a host that stalled`() throws {
        var maker = try answered(Self.endless, .hang(until: .seconds(40)))
        maker.stall(from: .seconds(5), to: .seconds(40))
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `are only reported where no limit is stated`() throws {
        var maker = try answered(Self.endless, .hang(until: .seconds(40)))
        maker.contract.responseLimit = .unstated
        #expect(maker.outcome(Self.check) == .unstated)
    }

    @Test func `do not stay in memory`() throws {
        var maker = try answered(Self.huge, .status(500))
        maker.history.attempts[0].ended?.bytesOut = 128 << 20
        #expect(maker.outcome(Self.check) == .inconclusive, "nobody measured")
        measure(&maker, grown: 20 << 20)
        #expect(maker.outcome(Self.check) == .held)
        measure(&maker, grown: 130 << 20)
        #expect(maker.outcome(Self.check) == .violated)
        measure(&maker, grown: 130 << 20, lives: (1, 2))
        #expect(maker.outcome(Self.check) == .inconclusive, "another process was measured")
        measure(&maker, grown: 130 << 20)
        maker.history.attempts[0].ended?.bytesOut = 16 << 20
        #expect(maker.outcome(Self.check) == .held, "what was not read cannot have been kept")
    }

    @Test func `are not measured where they would not show`() throws {
        let maker = try answered(.respond(Response(status: 500, filler: .size(2 << 20))), .status(500))
        #expect(maker.outcome(Self.check) == .held)
    }

    @Test func `are in the log`() throws {
        var maker = try answered(Self.endless, .hang(until: .seconds(10)))
        maker.contract.deliveryLog = SampleContract.stated(DeliveryLogTerms(event: [.id], attempt: [.status]))
        maker.log()
        #expect(maker.outcome(Self.check) == .held)
        maker.doctorLog {
            $0.outcome = "in flight"; $0.error = nil
        }
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `are followed by the next event`() throws {
        var maker = try answered(Self.endless, .hang(until: .seconds(10)))
        maker.emit("thing.updated", at: .seconds(400))
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `may be cut off for their size before the limit`() throws {
        var maker = try answered(Self.huge, .hang(until: .milliseconds(20)))
        measure(&maker, grown: 0)
        #expect(maker.verdict("limit.kept") == nil)
        #expect(maker.outcome(Self.check) == .held)
    }

    @Test func `are no occasion when they are small`() throws {
        #expect(try HistoryMaker.retried().verdict(Self.check) == nil)
    }
}
