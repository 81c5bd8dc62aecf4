import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `Sending again by hand` {
    private static let check: CheckID = "retry.redelivery"

    /// A run in which an event fails, is sent again at 100 s, and has further attempts at these times.
    private static func run(
        _ terms: RedeliveryTerms?,
        later: [Duration],
        answer: HistoryMaker.Answer = .status(500)
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.retry.redelivery = terms.map { SampleContract.stated($0) } ?? .unstated
        var maker = HistoryMaker(contract: contract)
        let event = maker.emit()
        maker.attempt(event, at: .seconds(2), number: 1, answer: .status(500))
        maker.redeliver(event, at: .seconds(100))
        for (index, time) in later.enumerated() {
            maker.attempt(event, at: time, number: index + 2, answer: answer)
        }
        return maker
    }

    private static let cancelled = RedeliveryTerms(pending: .cancelled, counts: true)
    private static let kept = RedeliveryTerms(pending: .kept, counts: false)

    @Test func `holds when one attempt comes and the waiting retry makes way`() throws {
        let maker = try Self.run(Self.cancelled, later: [.seconds(101), .seconds(701)])
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("retry.gaps") == nil)
        #expect(maker.outcome("retry.attempts") == nil)
    }

    @Test func `is broken when the waiting retry comes although it was to make way`() throws {
        let maker = try Self.run(Self.cancelled, later: [.seconds(101), .seconds(302) + .milliseconds(20)])
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `is broken when the waiting retry stays away although it was to be kept`() throws {
        let inTime: [Duration] = [.seconds(101), .seconds(302) + .milliseconds(20)]
        #expect(try Self.run(Self.kept, later: inTime).outcome(Self.check) == .held)
        #expect(try Self.run(Self.kept, later: [.seconds(101), .seconds(801)]).outcome(Self.check) == .violated)
    }

    @Test func `is broken when no attempt comes`() throws {
        #expect(try Self.run(Self.cancelled, later: []).outcome(Self.check) == .violated)
        var early = try Self.run(Self.cancelled, later: [])
        early.finish(at: .seconds(400), complete: false)
        #expect(early.outcome(Self.check) == .inconclusive)
    }

    @Test func `is broken when the attempt has another event id`() throws {
        var maker = try Self.run(Self.cancelled, later: [.seconds(101), .seconds(701)])
        maker.setHeader(1, "X-Event-Id", "another")
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `is broken when the attempts are too many`() throws {
        let later: [Duration] = [.seconds(101), .seconds(701), .seconds(1301)]
        #expect(try Self.run(Self.cancelled, later: later).outcome(Self.check) == .violated)
    }

    @Test func `is broken when the attempt has no record of its own`() throws {
        var maker = try Self.run(Self.cancelled, later: [.seconds(101), .seconds(701)])
        maker.history.deliveryLog = DeliveryLogRead(
            available: true,
            deliveries: [
                LoggedDelivery(
                    payload: maker.history.attempts[0].arrived.body,
                    attempts: [
                        LoggedAttempt(number: 1, outcome: "failed"), LoggedAttempt(number: 2, outcome: "failed"),
                    ]
                )
            ],
            detail: ""
        )
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `is only reported where nothing is stated, and has no occasion without it`() throws {
        #expect(try Self.run(nil, later: [.seconds(101)]).outcome(Self.check) == .unstated)
        #expect(try HistoryMaker.retried().outcome(Self.check) == nil)
    }
}

extension HistoryMaker {
    /// Has a delivery sent again by hand; the dispatcher answers a millisecond later.
    mutating func redeliver(_ event: String, to endpoint: String = "main", at time: Duration) {
        let asked = RedeliveryAsked(
            event: event,
            endpoint: endpoint,
            asked: Stamp(sinceStart: time),
            accepted: true,
            detail: ""
        )
        history.redeliveries.append(Timed(at: Stamp(sinceStart: time + .milliseconds(1)), value: asked))
    }

    /// Gives an endpoint another target; the dispatcher answers a millisecond later.
    mutating func readdress(_ endpoint: String = "main", to target: String, at time: Duration) {
        let port = history.endpoints.first { $0.endpoint == endpoint }?.port ?? 0
        let updated = EndpointUpdated(
            endpoint: endpoint,
            url: "https://127.0.0.1:\(port)\(target)",
            asked: Stamp(sinceStart: time),
            accepted: true,
            detail: ""
        )
        history.updates.append(Timed(at: Stamp(sinceStart: time + .milliseconds(1)), value: updated))
    }
}
