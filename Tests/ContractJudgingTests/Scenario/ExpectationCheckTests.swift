import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of what a scenario expects` {
    private let position = SourcePosition(line: 17, column: 3)

    private func expecting(_ change: (inout Expectations) -> Void) throws -> HistoryMaker {
        var maker = try HistoryMaker.retried()
        change(&maker.scenario.expectations)
        return maker
    }

    private func count(_ lowest: Int, _ highest: Int?) -> Expected<CountRange> {
        Expected(value: CountRange(lowest: lowest, highest: highest), position: position)
    }

    @Test func `hold for the expected number of attempts`() throws {
        var maker = try expecting { $0.attempts = count(3, 3) }
        #expect(maker.outcome("scenario.attempts") == .held)
        maker.history.attempts.removeLast()
        let verdict = maker.verdict("scenario.attempts")
        #expect(verdict?.outcome == .violated)
        #expect(verdict?.position == position)
        #expect(verdict?.file == "Scenarios/sample/made.yaml")
        maker.finish(at: .seconds(1000), complete: false)
        #expect(maker.outcome("scenario.attempts") == .inconclusive)
    }

    @Test func `are violated by too many attempts even when the observation ended early`() throws {
        var maker = try expecting { $0.attempts = count(0, 2) }
        maker.finish(at: .seconds(1000), complete: false)
        #expect(maker.outcome("scenario.attempts") == .violated)
        #expect(try HistoryMaker.retried().verdict("scenario.attempts") == nil)
    }

    @Test func `count the attempts at each endpoint`() throws {
        #expect(
            try expecting { $0.attemptsByEndpoint["main"] = count(3, 3) }.outcome("scenario.attempts-at-endpoint")
                == .held
        )
        let none = try expecting { $0.attemptsByEndpoint["main"] = count(0, 0) }
        #expect(none.outcome("scenario.attempts-at-endpoint") == .violated)
        #expect(none.verdict("scenario.attempts-at-endpoint")?.subject == "main")
    }

    private func window(_ seconds: Int) -> Expected<TimeWindow> {
        let nominal = Duration.seconds(seconds)
        let window = TimeWindow(earliest: nominal - .seconds(1), latest: nominal + .seconds(1), nominal: nominal)
        return Expected(value: window, position: position)
    }

    @Test func `hold for the expected waits`() throws {
        #expect(try expecting { $0.gaps = [window(300), window(600)] }.outcome("scenario.gaps") == .held)
        #expect(try expecting { $0.gaps = [window(290)] }.outcome("scenario.gaps") == .violated)
        #expect(
            try expecting { $0.gaps = [window(300), window(600), window(600)] }.outcome("scenario.gaps") == .violated
        )
    }

    @Test func `prove nothing about waits when a stall lies over them`() throws {
        var maker = try expecting { $0.gaps = [window(298)] }
        maker.stall(from: .seconds(100), to: .seconds(110))
        #expect(maker.outcome("scenario.gaps") == .inconclusive)
        var more = try expecting { $0.gaps = [window(300), window(600), window(600)] }
        more.finish(at: .seconds(1000), complete: false)
        #expect(more.outcome("scenario.gaps") == .inconclusive)
    }

    @Test func `hold for what the dispatcher is expected to take or refuse`() throws {
        let accepted = Expected(value: Acceptance.accepted, position: position)
        let refused = Expected(value: Acceptance.refused, position: position)
        #expect(try expecting { $0.registration = accepted }.outcome("scenario.registration") == .held)
        #expect(try expecting { $0.registration = refused }.outcome("scenario.registration") == .violated)
        #expect(try expecting { $0.emission = accepted }.outcome("scenario.emission") == .held)
        #expect(try expecting { $0.emission = refused }.outcome("scenario.emission") == .violated)
        #expect(try HistoryMaker.retried().verdict("scenario.emission") == nil)
    }
}
