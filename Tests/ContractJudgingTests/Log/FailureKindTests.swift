import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `Kinds of failure in the log` {
    private static let check: CheckID = "log.failure-kinds"

    /// A run in which one endpoint hangs and one resets, and the log says this of them.
    private static func run(_ words: [String: (String, String?)], isStated: Bool = true) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        let fields: [LogField] = isStated ? [.status, .failureKind] : [.status]
        contract.deliveryLog = SampleContract.stated(DeliveryLogTerms(event: [], attempt: fields))
        var maker = HistoryMaker(
            contract: contract,
            endpoints: [
                HistoryMaker.endpoint("hanging", replies: [.fault(Fault(kind: .hang, at: .request))]),
                HistoryMaker.endpoint("resetting", replies: [.fault(Fault(kind: .reset, at: .request))]),
            ]
        )
        let event = maker.emit(dispatcherID: "evt_1")
        maker.attempt(event, at: .seconds(2), to: "hanging", answer: .hang(until: .seconds(10)))
        maker.attempt(event, at: .seconds(2), to: "resetting", answer: .reset)
        let rows = maker.history.endpoints.map { opened in
            LoggedDelivery(
                eventID: "evt_1",
                url: opened.url,
                attempts: [
                    LoggedAttempt(number: 1, outcome: words[opened.endpoint]?.0, error: words[opened.endpoint]?.1)
                ]
            )
        }
        maker.history.deliveryLog = DeliveryLogRead(available: true, deliveries: rows, detail: "")
        return maker
    }

    @Test func `are told apart`() throws {
        let maker = try Self.run(["hanging": ("timed out", nil), "resetting": ("failed", "connection reset")])
        #expect(maker.outcome(Self.check) == .held)
    }

    @Test func `are not told apart by the same words, nor by a port`() throws {
        #expect(
            try Self.run(["hanging": ("failed", "x"), "resetting": ("failed", "x")]).outcome(Self.check) == .violated
        )
        let ports = ["hanging": ("failed", "lost 127.0.0.1:4001"), "resetting": ("failed", "lost 127.0.0.1:52")]
        #expect(try Self.run(ports).outcome(Self.check) == .violated)
    }

    @Test func `are only reported where nothing is stated`() throws {
        let same = ["hanging": ("failed", nil as String?), "resetting": ("failed", nil)]
        #expect(try Self.run(same, isStated: false).outcome(Self.check) == .unstated)
    }

    @Test func `have no occasion when all fail alike, or without a log`() throws {
        var maker = try Self.run(["hanging": ("timed out", nil), "resetting": ("reset", nil)])
        maker.history.deliveryLog = nil
        #expect(maker.outcome(Self.check) == nil)
        #expect(try HistoryMaker.failing([.reset]).outcome(Self.check) == nil)
    }
}
