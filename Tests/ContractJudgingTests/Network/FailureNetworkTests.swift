import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of early answers` {
    private func run(_ status: Int = 413, _ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        let early = Reply.respond(Response(status: status, early: true))
        var maker = try HistoryMaker.networked(replies: [early, .respond(Response(status: 200))], change)
        maker.emit(dispatcherID: "id-of-e1")
        maker.attempt("e1", at: .seconds(2), answer: .status(status))
        maker.doctor(0) { $0.bodyEnd = nil }
        return maker
    }

    @Test func `hold when the log shows the status`() throws {
        var maker = try run()
        maker.log()
        #expect(maker.outcome("failure.early-answer") == .held)
    }

    @Test func `are violated when the log shows none although it shows those of others`() throws {
        var maker = try run()
        maker.attempt("e1", at: .seconds(302) + .milliseconds(10), number: 2)
        maker.log()
        maker.doctorLog(attempt: 0) { entry in
            entry.responseCode = nil
            entry.error = "timed out"
        }
        #expect(maker.outcome("failure.early-answer") == .violated)
    }

    @Test func `are violated when the log has an error and the retry comes as if it had lasted to the limit`() throws {
        var maker = try run()
        maker.attempt("e1", at: .seconds(330), number: 2)
        maker.log()
        #expect(maker.outcome("failure.early-answer") == .held)
        maker.doctorLog(attempt: 0) { $0.error = "timed out" }
        #expect(maker.outcome("failure.early-answer") == .violated)
        maker.stall(from: .seconds(3), to: .seconds(30))
        #expect(maker.outcome("failure.early-answer") == .inconclusive)
    }

    @Test func `are violated when a success is tried again`() throws {
        var maker = try run(200)
        maker.attempt("e1", at: .seconds(302) + .milliseconds(10), number: 2)
        #expect(maker.outcome("failure.early-answer") == .violated)
    }

    @Test func `report what was seen where no status is stated to count`() throws {
        var maker = try run { $0.success = .unstated }
        maker.log()
        #expect(maker.outcome("failure.early-answer") == .unstated)
    }

    @Test func `have no occasion when the body was there before the answer`() throws {
        var maker = try run()
        maker.log()
        maker.doctor(0) { $0.bodyEnd = Stamp(sinceStart: .seconds(2)) }
        #expect(maker.outcome("failure.early-answer") == nil)
    }
}

@Suite struct `Checks of names that are not found` {
    private func run(_ change: (inout Contract) throws -> Void = { _ in }) throws -> HistoryMaker {
        let network = HistoryMaker.names("moved.example.test", [nil, "127.0.0.1"])
        var maker = try HistoryMaker.networked(network, host: "moved.example.test", change)
        maker.emit()
        maker.ask("moved.example.test", at: .seconds(1) + .milliseconds(10), answer: "nxdomain", turn: 1)
        return maker
    }

    @Test func `hold when the delivery comes later on`() throws {
        var maker = try run()
        maker.attempt("e1", at: .seconds(302), number: 2)
        #expect(maker.outcome("failure.name-not-found") == .held)
    }

    @Test func `are violated when none comes in all the time`() throws {
        #expect(try run().outcome("failure.name-not-found") == .violated)
    }

    @Test func `prove nothing when the observation ended early or nobody asked`() throws {
        var maker = try run()
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("failure.name-not-found") == .inconclusive)
        maker = try run()
        maker.history.names = []
        #expect(maker.outcome("failure.name-not-found") == .inconclusive)
    }

    @Test func `report what was seen where retries are unstated, and are silent where there are none`() throws {
        #expect(try run { $0.retry.failures = .unstated }.outcome("failure.name-not-found") == .unstated)
        #expect(try run { HistoryMaker.fireAndForget(&$0) }.outcome("failure.name-not-found") == nil)
    }

    @Test func `have no occasion when the scenario did not look for so long`() throws {
        var maker = try run()
        maker.finish(at: .seconds(60))
        #expect(maker.outcome("failure.name-not-found") == nil)
    }
}

@Suite struct `Checks of unusable URLs` {
    private func run(_ rule: UnusableURLRule? = .refused, accepted: Bool) throws -> HistoryMaker {
        var maker = try HistoryMaker.networked(url: "https:///hooks") { contract in
            if let rule { contract.endpoint.unusableURL = SampleContract.stated(rule) }
        }
        maker.history.registrations[0].value.accepted = accepted
        maker.emit(dispatcherID: "id-of-e1")
        return maker
    }

    private func logged(_ maker: inout HistoryMaker, attempts: Int, isGivenUp: Bool = true) {
        let row = LoggedDelivery(
            eventID: "id-of-e1",
            url: "https:///hooks",
            state: isGivenUp ? "failed" : "pending",
            isGivenUp: isGivenUp,
            attempts: (1...attempts).map { LoggedAttempt(number: $0, outcome: "failed", error: "no host") }
        )
        maker.history.deliveryLog = DeliveryLogRead(available: true, deliveries: [row], detail: "")
    }

    @Test func `hold when it is refused, and are violated when it is taken on although such are refused`() throws {
        #expect(try run(accepted: false).outcome("endpoint.unusable-url") == .held)
        #expect(try run(accepted: true).outcome("endpoint.unusable-url") == .violated)
    }

    @Test func `hold when it is given up at once, and are violated when it is tried on`() throws {
        var maker = try run(.givenUp, accepted: true)
        #expect(maker.outcome("endpoint.unusable-url") == .inconclusive)
        logged(&maker, attempts: 1)
        #expect(maker.outcome("endpoint.unusable-url") == .held)
        logged(&maker, attempts: 2)
        #expect(maker.outcome("endpoint.unusable-url") == .violated)
    }

    @Test func `are violated by more attempts than any delivery has, whatever is stated`() throws {
        var maker = try run(nil, accepted: true)
        logged(&maker, attempts: 2)
        #expect(maker.outcome("endpoint.unusable-url") == .unstated)
        logged(&maker, attempts: 9)
        #expect(maker.outcome("endpoint.unusable-url") == .violated)
    }

    @Test func `have no occasion at a usable URL`() throws {
        #expect(try HistoryMaker.delivered().outcome("endpoint.unusable-url") == nil)
    }
}
