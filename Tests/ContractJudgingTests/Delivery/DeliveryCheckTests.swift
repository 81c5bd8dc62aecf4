import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of whether events arrive` {
    private func lost(_ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        change(&contract)
        var maker = HistoryMaker(contract: contract)
        maker.emit()
        return maker
    }

    @Test func `hold for an event that came`() throws {
        #expect(try HistoryMaker.delivered().outcome("delivery.arrives") == .held)
    }

    @Test func `are violated by an accepted event that never came`() throws {
        #expect(try lost().outcome("delivery.arrives") == .violated)
    }

    @Test func `prove nothing by silence that was not watched for long enough`() throws {
        var maker = try lost()
        maker.finish(at: .seconds(30))
        #expect(maker.outcome("delivery.arrives") == .inconclusive)
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("delivery.arrives") == .inconclusive)
        maker.finish(at: .seconds(65))
        #expect(maker.outcome("delivery.arrives") == .violated)
        maker.stall(from: .seconds(20), to: .seconds(40))
        #expect(maker.outcome("delivery.arrives") == .inconclusive)
    }

    @Test func `let a best-effort provider miss an event`() throws {
        let maker = try lost { $0.guarantee = SampleContract.stated(.bestEffort) }
        #expect(maker.outcome("delivery.arrives") == .inconclusive)
    }

    @Test func `do not ask for what was refused, killed or switched off`() throws {
        var maker = try lost()
        maker.history.emissions[0].value.accepted = false
        #expect(maker.verdict("delivery.arrives") == nil)
        maker = try lost()
        maker.kill(at: .seconds(2))
        #expect(maker.verdict("delivery.arrives") == nil)
        maker = try lost()
        maker.change("main", .disabled, at: .seconds(2))
        #expect(maker.verdict("delivery.arrives") == nil)
    }

    @Test func `do not ask for an event whose watched values did not change`() throws {
        var contract = try SampleContract.make()
        let list = WatchedList(
            list: try pointer("/changes"),
            member: "field",
            values: ["name"],
            triggers: "thing.updated"
        )
        contract.body.watched = [SampleContract.stated(list)]
        var maker = HistoryMaker(contract: contract)
        let change = { (name: String) throws in
            [JSONMember(name: "changes", value: try json(#"[{"field":"\#(name)"}]"#))]
        }
        maker.emit("thing.updated", adding: try change("color"))
        #expect(maker.verdict("delivery.arrives") == nil)
        maker.emit("thing.updated", at: .seconds(2), adding: try change("name"))
        #expect(maker.verdict("delivery.arrives")?.subject == "main · e2")
        #expect(maker.outcome("delivery.arrives") == .violated)
    }

    @Test func `hold for a first attempt within the promised time`() throws {
        var maker = try lost()
        maker.attempt("e1", at: .seconds(55))
        #expect(maker.outcome("latency.first-attempt") == .held)
        maker = try lost()
        maker.attempt("e1", at: .seconds(65))
        #expect(maker.outcome("latency.first-attempt") == .violated)
        maker.stall(from: .seconds(10), to: .seconds(20))
        #expect(maker.outcome("latency.first-attempt") == .inconclusive)
    }

    @Test func `report an unstated latency`() throws {
        var maker = try lost { $0.latency = .unstated }
        maker.attempt("e1", at: .seconds(3))
        #expect(maker.outcome("latency.first-attempt") == .unstated)
        #expect(maker.verdict("latency.first-attempt")?.summary.contains("after 1.995s") == true)
    }

    @Test func `are violated by a request that is sent again below the retry`() throws {
        var maker = try HistoryMaker.retried()
        #expect(maker.outcome("transport.one-request-per-attempt") == .held)
        maker.setHeader(1, "X-Attempt", "1")
        #expect(maker.outcome("transport.one-request-per-attempt") == .violated)
    }

    @Test func `count requests against the log where attempts have no number`() throws {
        var maker = try HistoryMaker.retried { $0.headers.removeAll { $0.name == "X-Attempt" } }
        #expect(maker.verdict("transport.one-request-per-attempt") == nil)
        maker.log()
        #expect(maker.outcome("transport.one-request-per-attempt") == .held)
        maker.doctorRow { $0.attempts.removeLast() }
        #expect(maker.outcome("transport.one-request-per-attempt") == .violated)
        maker.kill(at: .seconds(100), restart: .seconds(101))
        #expect(maker.outcome("transport.one-request-per-attempt") == .inconclusive)
    }

    @Test func `hold when a broken connection is a failure`() throws {
        var maker = try HistoryMaker.failing([.reset, .status(200)])
        #expect(maker.outcome("failure.no-answer-is-failure") == .held)
        maker.log()
        maker.doctorLog { $0.outcome = "succeeded" }
        #expect(maker.outcome("failure.no-answer-is-failure") == .violated)
        maker = try HistoryMaker.failing([.reset])
        #expect(maker.outcome("failure.no-answer-is-failure") == .violated)
        maker.finish(at: .seconds(100))
        #expect(maker.verdict("failure.no-answer-is-failure") == nil)
    }
}
