import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `The next attempt in the log` {
    private static let check: CheckID = "log.next-attempt"

    /// A run of two attempts, 300 s apart, in the midst of whose wait the log shows when the next one is due.
    private static func run(
        shown: String?,
        isOfAttempt: Bool = true,
        isStated: Bool = true,
        second: Bool = true
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        let fields: [LogField] = isStated ? [.status, .nextAttemptAt] : [.status]
        contract.deliveryLog = SampleContract.stated(DeliveryLogTerms(event: [], attempt: fields))
        var maker = HistoryMaker(contract: contract)
        let event = maker.emit(dispatcherID: "evt_1")
        maker.attempt(event, at: .seconds(2), number: 1, answer: .status(500))
        if second { maker.attempt(event, at: .seconds(302) + .milliseconds(10), number: 2) }
        let row = LoggedDelivery(
            eventID: "evt_1",
            attempts: [LoggedAttempt(number: 1, outcome: "failed", nextAttemptAt: isOfAttempt ? shown : nil)],
            nextAttemptAt: isOfAttempt ? nil : shown
        )
        let read = DeliveryLogRead(available: true, deliveries: [row], detail: "")
        let empty = DeliveryLogRead(available: true, deliveries: [], detail: "")
        maker.history.logReads = [
            Timed(at: Stamp(sinceStart: .seconds(100)), value: read),
            Timed(at: Stamp(sinceStart: .seconds(3600)), value: empty),
        ]
        maker.history.deliveryLog = empty
        return maker
    }

    /// The run began at 14:00:00, so that the second attempt came at 14:05:02.
    private static let right = "2026-03-03T14:05:02Z"

    @Test(arguments: [true, false])
    func `comes when it is shown`(_ isOfAttempt: Bool) throws {
        #expect(try Self.run(shown: Self.right, isOfAttempt: isOfAttempt).outcome(Self.check) == .held)
        let wrong = "2026-03-03T14:04:00Z"
        #expect(try Self.run(shown: wrong, isOfAttempt: isOfAttempt).outcome(Self.check) == .violated)
        let late = "2026-03-03T14:05:30Z"
        #expect(try Self.run(shown: late, isOfAttempt: isOfAttempt).outcome(Self.check) == .violated)
    }

    @Test func `has to be shown, and as a time`() throws {
        #expect(try Self.run(shown: nil).outcome(Self.check) == .violated)
        #expect(try Self.run(shown: "in five minutes").outcome(Self.check) == .violated)
    }

    @Test func `is not shown when none follows`() throws {
        #expect(try Self.run(shown: Self.right, second: false).outcome(Self.check) == .violated)
        #expect(try Self.run(shown: nil, second: false).outcome(Self.check) == nil)
    }

    @Test func `proves nothing where a stall may have kept it`() throws {
        var maker = try Self.run(shown: "2026-03-03T14:04:00Z")
        maker.stall(from: .seconds(200), to: .seconds(290))
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `is only reported where nothing is stated`() throws {
        #expect(try Self.run(shown: Self.right, isStated: false).outcome(Self.check) == .unstated)
        #expect(try Self.run(shown: nil, isStated: false).outcome(Self.check) == nil)
    }
}
