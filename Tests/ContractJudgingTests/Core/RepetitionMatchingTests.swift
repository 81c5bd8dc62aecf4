import ContractJudging
import DeliveryEvidence
import Testing
import WebhookContracts

@Suite struct `An event published twice without an id on the wire` {
    private func repeated(_ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.headers.removeAll { ["X-Event-Id", "X-Attempt"].contains($0.name) }
        contract.body.fields.removeAll { $0.role == .eventID }
        contract.dedup = .unstated
        change(&contract)
        var maker = HistoryMaker(contract: contract)
        maker.emit(at: .seconds(1), dispatcherID: "first")
        maker.emit(at: .seconds(5), again: "e1", dispatcherID: "second")
        return maker
    }

    private func numbers(_ maker: HistoryMaker) -> [[Int]] {
        maker.context.deliveries.map { $0.attempts.map(\.number) }
    }

    @Test func `has a request for each publication`() throws {
        var maker = try repeated()
        maker.attempt("e1", at: .seconds(2))
        maker.attempt("e1", at: .seconds(6), answer: .status(500))
        maker.attempt("e1", at: .seconds(307))
        #expect(numbers(maker) == [[1], [2, 3]])
        #expect(maker.context.attempts.map(\.ordinal) == [1, 1, 2])
        maker.log()
        for check in ["transport.one-request-per-attempt", "log.every-request", "retry.stops-on-success"] {
            #expect(maker.outcome(CheckID(rawValue: check)) == .held)
        }
        // A third request is one too many for the second publication.
        maker.attempt("e1", at: .seconds(400))
        #expect(maker.outcome("retry.stops-on-success") == .violated)
    }

    @Test func `keeps a request that came before the second publication`() throws {
        var maker = try repeated()
        maker.attempt("e1", at: .seconds(2))
        maker.attempt("e1", at: .seconds(3))
        maker.attempt("e1", at: .seconds(6))
        #expect(numbers(maker) == [[1, 2], [3]])
        #expect(maker.outcome("retry.stops-on-success") == .violated)
    }

    @Test func `is not judged while a request may belong to either publication`() throws {
        var maker = try repeated()
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.attempt("e1", at: .seconds(6))
        maker.attempt("e1", at: .seconds(302))
        maker.log()
        #expect(numbers(maker).isEmpty)
        #expect(maker.context.tangled.map(\.emission.event) == ["e1", "e2"])
        #expect(maker.judged().verdicts.filter { $0.outcome == .violated }.map(\.check.rawValue) == [])
        #expect(maker.outcome("publication.once") == .unstated)
    }

    @Test func `comes again where it must come once`() throws {
        var maker = try repeated {
            $0.publication.once = SampleContract.stated([PublicationRule(events: ["thing.created"], key: [])])
        }
        maker.attempt("e1", at: .seconds(2))
        maker.attempt("e1", at: .seconds(6))
        #expect(numbers(maker) == [[1, 2]])
        #expect(maker.outcome("publication.once") == .violated)
    }

    @Test func `shares its records in a log that gives both one id`() throws {
        var maker = try repeated()
        maker.history.emissions[1].value.dispatcherID = "first"
        maker.attempt("e1", at: .seconds(2))
        maker.attempt("e1", at: .seconds(6))
        maker.log()
        for check in ["log.every-request", "log.every-attempt"] {
            #expect(maker.outcome(CheckID(rawValue: check)) != .violated)
        }
        maker.contract.deliveryLog = SampleContract.stated(DeliveryLogTerms(event: [.id], attempt: [.status]))
        #expect(maker.verdict("log.every-attempt") == nil)
    }

    @Test func `goes to the publication that was due`() throws {
        var contract = try repeated().contract
        contract.endpoint.toggle = SampleContract.stated(true)
        var maker = HistoryMaker(contract: contract)
        maker.change("main", .disabled, at: .milliseconds(500))
        maker.emit(at: .seconds(1))
        maker.change("main", .enabled, at: .seconds(2))
        maker.emit(at: .seconds(3), again: "e1")
        maker.attempt("e1", at: .seconds(4))
        #expect(numbers(maker) == [[1]])
        #expect(maker.context.barred.map(\.attempts.count) == [0])
    }
}

@Suite struct `A subject on the wire` {
    @Test func `tells what switching on brought from an event`() throws {
        var contract = try SampleContract.make()
        contract.endpoint.initialState = SampleContract.stated(.deactivated)
        contract.endpoint.activationDelivery = SampleContract.stated(true)
        contract.body.fields.append(try SampleContract.field(.subject, "/reference"))
        var maker = HistoryMaker(contract: contract)
        maker.change("main", .enabled, at: .milliseconds(500))
        maker.emit(at: .seconds(1))
        let sample = #"{"event":"thing.created","thing":{"name":"Ümlaut"},"reference":"a sample"}"#
        maker.attempt("e1", at: .seconds(2), body: Array(sample.utf8))
        maker.setHeader(0, "X-Event-Id", "activation")
        maker.attempt("e1", at: .seconds(3))
        #expect(maker.context.activations.map { $0.attempts.map(\.number) } == [[1]])
        #expect(maker.context.deliveries.map { $0.attempts.map(\.number) } == [[2]])
        // Without a subject nothing but the type and the values of the sample can tell.
        maker.contract.body.fields.removeAll { $0.role == .subject }
        #expect(maker.context.deliveries.map { $0.attempts.map(\.number) } == [[1, 2]])
    }
}
