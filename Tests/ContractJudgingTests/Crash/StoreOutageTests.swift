import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `An outage of the store` {
    /// One event fails before the outage from 60 s to 600 s, in which its retry falls due; another is accepted in it.
    private func outage(retried: Duration?, second: Duration?) throws -> HistoryMaker {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.emit(at: .seconds(100))
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.history.standstills = [
            Standstill(what: .store, began: Stamp(sinceStart: .seconds(60)), ended: Stamp(sinceStart: .seconds(600)))
        ]
        if let retried { maker.attempt("e1", at: retried, number: 2) }
        if let second { maker.attempt("e2", at: second) }
        return maker
    }

    private func lines(_ count: Int, _ maker: inout HistoryMaker) {
        for number in 0..<count {
            let output = DispatcherOutput(life: 1, line: "the store cannot be read (\(number))")
            maker.history.output.append(Timed(at: Stamp(sinceStart: .seconds(61)), value: output))
        }
    }

    @Test func `costs no event and no flood of lines`() throws {
        var maker = try outage(retried: .seconds(601), second: .seconds(602))
        lines(200, &maker)
        #expect(maker.outcome("crash.store-outage") == .held)
        // What fell due meanwhile is made as soon as it can be.
        #expect(maker.outcome("retry.gaps") == .held)
    }

    @Test func `is violated when an accepted event is lost`() throws {
        #expect(try outage(retried: .seconds(601), second: nil).outcome("crash.store-outage") == .violated)
        #expect(try outage(retried: nil, second: .seconds(602)).outcome("crash.store-outage") == .violated)
    }

    @Test func `is violated by a dispatcher that runs wild`() throws {
        var maker = try outage(retried: .seconds(601), second: .seconds(602))
        lines(20_000, &maker)
        #expect(maker.outcome("crash.store-outage") == .violated)
    }

    @Test func `is open when it was not watched for long enough`() throws {
        var maker = try outage(retried: .seconds(601), second: nil)
        maker.finish(at: .seconds(603))
        #expect(maker.outcome("crash.store-outage") == .inconclusive)
    }

    @Test func `is reported where nothing is promised, and nothing without one`() throws {
        var maker = try outage(retried: .seconds(601), second: nil)
        maker.contract.guarantee = .unstated
        #expect(maker.judged().verdicts.contains { $0.check == "crash.store-outage" && $0.outcome == .held })
        #expect(try HistoryMaker.delivered().verdict("crash.store-outage") == nil)
    }

    @Test func `a pause of the dispatcher takes the blame for what is late`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit()
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.attempt("e1", at: .seconds(601), number: 2)
        #expect(maker.outcome("retry.gaps") == .violated)
        let began = Stamp(sinceStart: .seconds(60))
        maker.history.standstills = [
            Standstill(what: .dispatcher, began: began, ended: Stamp(sinceStart: .seconds(600)))
        ]
        #expect(maker.outcome("retry.gaps") == .held)
        maker.history.standstills[0].ended = Stamp(sinceStart: .seconds(400))
        #expect(maker.outcome("retry.gaps") == .inconclusive)
        maker.history.standstills[0].ended = Stamp(sinceStart: .seconds(200))
        #expect(maker.outcome("retry.gaps") == .violated)
    }
}
