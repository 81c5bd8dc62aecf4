import ContractJudging
import DeliveryEvidence
import Notation
import Testing

@Suite struct `Judging a time against a window` {
    private let window = TimeWindow(earliest: .seconds(294), latest: .seconds(306))

    @Test func `says by how much it was missed`() {
        let early = WindowJudgement.judge(observed: .milliseconds(287_003), window: window, uncertainty: .none)
        #expect(early.outcome == .violated)
        #expect(early.sentence == "4m47.003s, 6.997s before the window 4m54s..5m6s opens")
        let late = WindowJudgement.judge(observed: .seconds(310), window: window, uncertainty: .none)
        #expect(late.sentence == "5m10s, 4s after the window 4m54s..5m6s closed")
    }

    @Test func `holds at both edges`() {
        for seconds in [294, 300, 306] {
            #expect(
                WindowJudgement.judge(observed: .seconds(seconds), window: window, uncertainty: .none).outcome == .held
            )
        }
    }

    @Test func `proves nothing when the host stalled for longer than the distance to the edge`() {
        let stalled = Uncertainty(amount: .seconds(3), why: "the host stalled for 3s meanwhile")
        let judge = {
            WindowJudgement.judge(observed: .seconds($0), window: self.window, uncertainty: stalled).outcome
        }
        #expect(judge(292) == .inconclusive)
        #expect(judge(295) == .inconclusive)
        #expect(judge(300) == .held)
        #expect(judge(290) == .violated)
    }

    @Test func `allows little before and more after`() {
        let window = JudgingTolerance().window(around: .seconds(300))
        #expect(window.earliest == .milliseconds(299_998))
        #expect(window.latest == .seconds(315))
        #expect(JudgingTolerance().window(around: .milliseconds(1)).earliest == .zero)
        #expect(JudgingTolerance().window(around: .seconds(2)).latest == .seconds(3))
    }

    @Test func `counts only the stalls in between`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        let stall = { (from: Int, to: Int) in
            Timed(at: Stamp(sinceStart: .seconds(to)), value: HostStalled(began: Stamp(sinceStart: .seconds(from))))
        }
        maker.history.stalls = [stall(1, 3), stall(9, 20)]
        let total = maker.context.uncertainty(from: Stamp(sinceStart: .seconds(2)), to: Stamp(sinceStart: .seconds(10)))
        #expect(total == Uncertainty(amount: .seconds(2), why: "the host stalled for 2s meanwhile"))
    }
}

@Suite struct `Times of RFC 3339` {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-03-03T14:00:00.000Z", 1_772_546_400), ("2000-02-29T23:59:60Z", 951_868_800),
        ("2021-08-12T16:31:36-06:00", 1_628_807_496), ("1969-12-31T23:59:59Z", -1),
    ])
    func `are read`(text: String, seconds: Int) throws {
        #expect(try #require(WallTime(text)).sinceEpoch == .seconds(seconds))
    }

    @Test(arguments: [
        "", "2026-03-03", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-03-03T24:00:00Z", "2026-03-03T14:00:00",
        "2026-03-03T14:00:00.Z", "2026-03-03T14:00:00+0600", "2026-03-03T14:00:00Z ", "２026-03-03T14:00:00Z",
    ])
    func `are refused when ill-formed`(text: String) {
        #expect(WallTime(text) == nil)
    }

    @Test func `keep what was written`() throws {
        let time = try #require(WallTime("2026-03-03T14:00:00.123456789123+01:00"))
        #expect(time.fractionDigits == 12)
        #expect(!time.isZulu)
        #expect(time.sinceEpoch == .seconds(1_772_542_800) + .nanoseconds(123_456_789))
    }
}
