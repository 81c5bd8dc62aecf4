import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Timestamps of attempts` {
    private static let check: CheckID = "signature.timestamp"
    /// The wall clock of made-up runs at their start.
    private static let start = 1_772_546_400

    private func stamped(_ text: String, tolerance: Duration? = .seconds(300)) throws -> HistoryMaker {
        var maker = try HistoryMaker.delivered {
            $0.headers.append(HeaderTerms(name: "X-Time", value: SampleContract.stated(.timestamp)))
            $0.signature.timestampTolerance = tolerance.map { SampleContract.stated($0) } ?? .unstated
        }
        maker.setHeader(0, "X-Time", text)
        return maker
    }

    /// So many seconds away from the arrival of the attempt.
    private func off(by seconds: Int) throws -> HistoryMaker {
        let arrival = try HistoryMaker.delivered().history.attempts[0].arrived.firstByte.nanoseconds / 1_000_000_000
        return try stamped("\(Self.start + Int(arrival) + seconds)")
    }

    @Test(arguments: [0, -299, 299, -300])
    func `may lie so far off`(seconds: Int) throws {
        #expect(try off(by: seconds).outcome(Self.check) == .held)
    }

    @Test(arguments: [-302, 301, 3600, -3600])
    func `must not lie further off`(seconds: Int) throws {
        #expect(try off(by: seconds).outcome(Self.check) == .violated)
    }

    @Test(arguments: [1000, 1_000_000, 1_000_000_000])
    func `are told from those in another unit`(factor: Int) throws {
        let maker = try stamped("\(Self.start * factor)")
        #expect(maker.outcome(Self.check) == .violated)
        #expect(maker.verdict(Self.check)?.summary.contains("where seconds are promised") == true)
    }

    @Test(arguments: ["2026-03-03T14:00:00Z", "-1", "1772546400.5", "", "99999999999999999999"])
    func `are whole numbers of seconds`(text: String) throws {
        #expect(try stamped(text).outcome(Self.check) == .violated)
    }

    @Test func `prove nothing while the clock was forced`() throws {
        var maker = try off(by: -302)
        maker.force(from: .zero, to: .seconds(60))
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `are only reported where no tolerance is stated`() throws {
        #expect(try stamped("\(Self.start)", tolerance: nil).outcome(Self.check) == .unstated)
    }

    @Test func `are no occasion where no header carries one`() throws {
        #expect(try HistoryMaker.delivered().verdict(Self.check) == nil)
    }
}
