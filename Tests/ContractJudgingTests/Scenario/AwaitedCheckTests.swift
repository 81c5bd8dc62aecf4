import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing

@Suite struct `The check of what a scenario waits for` {
    /// A run whose second step waits for two attempts, of which one came.
    private func awaiting(note: String?) throws -> HistoryMaker {
        var maker = try HistoryMaker.delivered()
        let action = StepAction.awaitAttempts(count: 2, endpoint: "main", within: .seconds(10))
        let position = SourcePosition(line: 9, column: 5)
        maker.scenario.steps = [
            Step(action: .emit(Emission(event: "thing.created"))), Step(action: action, position: position),
        ]
        for number in 1...2 {
            let text = maker.scenario.steps[number - 1].action.summary
            let began = Stamp(sinceStart: .seconds(number))
            var step = StepHistory(step: number, text: text, began: began)
            step.ended = number == 1 ? began : began + .seconds(10)
            step.note = number == 1 ? nil : note
            maker.history.steps.append(step)
        }
        return maker
    }

    private let note = "saw 1 of 2 attempts within 10s"

    @Test func `holds when the attempts came`() throws {
        #expect(try awaiting(note: nil).outcome("scenario.awaited") == .held)
        #expect(try HistoryMaker.delivered().verdict("scenario.awaited") == nil)
    }

    @Test func `is violated when they did not`() throws {
        let verdict = try awaiting(note: note).verdict("scenario.awaited")
        #expect(verdict?.outcome == .violated)
        #expect(verdict?.summary == "await 2 attempts at main within 10s: saw 1 of 2 attempts within 10s.")
        #expect(verdict?.position == SourcePosition(line: 9, column: 5))
        #expect(verdict?.file == "Scenarios/sample/made.yaml")
    }

    @Test func `proves nothing when the observation ended early or records are missing`() throws {
        var maker = try awaiting(note: note)
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("scenario.awaited") == .inconclusive)
        maker = try awaiting(note: note)
        maker.history.dropped = 1
        #expect(maker.outcome("scenario.awaited") == .inconclusive)
        maker = try awaiting(note: nil)
        maker.history.steps[1].ended = nil
        #expect(maker.outcome("scenario.awaited") == .inconclusive)
    }

    @Test func `proves nothing when a stall can have kept them back`() throws {
        var maker = try awaiting(note: note)
        maker.stall(from: .seconds(5), to: .seconds(8))
        #expect(maker.outcome("scenario.awaited") == .violated)
        maker.attempt("e1", at: .seconds(14), number: 2)
        #expect(maker.outcome("scenario.awaited") == .inconclusive)
    }
}
