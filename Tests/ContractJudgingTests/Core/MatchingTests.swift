import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Matching attempts to events` {
    private func twoEvents(_ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        change(&contract)
        var maker = HistoryMaker(contract: contract)
        maker.emit(at: .seconds(1))
        maker.emit(at: .seconds(2))
        maker.attempt("e2", at: .seconds(3), answer: .status(500))
        maker.attempt("e1", at: .seconds(4))
        maker.attempt("e2", at: .seconds(305), number: 2)
        return maker
    }

    private func numbers(_ maker: HistoryMaker) -> [[Int]] {
        maker.context.deliveries.map { $0.attempts.map(\.number) }
    }

    @Test func `goes by values that only one body has`() throws {
        let maker = try twoEvents()
        #expect(numbers(maker) == [[2], [1, 3]])
        #expect(maker.context.deliveries.map(\.subject) == ["main · e1", "main · e2"])
        #expect(maker.context.attempts.map(\.ordinal) == [1, 1, 2])
    }

    @Test func `takes no time for a value that only one body has`() throws {
        // On a clock that stands still, other things happen at the same moment.
        let time = "2026-11-21T10:00:00.000Z"
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit(at: .seconds(1), adding: [JSONMember(name: "at", value: .string(time))])
        maker.emit(at: .seconds(2))
        maker.attempt("e2", at: .seconds(3), body: Array(#"{"at":"\#(time)","reference":"unique-e2"}"#.utf8))
        #expect(numbers(maker) == [[], [1]])
    }

    @Test func `goes by the dispatcher's own id`() throws {
        var contract = try SampleContract.make()
        contract.body.fields = []
        var maker = HistoryMaker(contract: contract)
        maker.emit(at: .seconds(1), dispatcherID: "first")
        maker.emit(at: .seconds(2), dispatcherID: "second")
        for (index, name) in ["e2", "e1"].enumerated() {
            maker.attempt(name, at: .seconds(3 + index), body: Array("not json".utf8))
        }
        #expect(numbers(maker) == [[2], [1]])
    }

    @Test func `goes by the dedup key when a body is broken`() throws {
        var maker = try twoEvents()
        maker.setBody(2, Array("broken".utf8))
        #expect(numbers(maker) == [[2], [1, 3]])
    }

    @Test func `goes by the order of arrival at last`() throws {
        var maker = try twoEvents {
            $0.dedup = .unstated
            $0.headers.removeAll { $0.name == "X-Event-Id" }
            $0.body.fields.removeAll { $0.role == .eventID }
        }
        maker.history.attempts.removeLast()
        for index in 0...1 { maker.setBody(index, Array(#"{"event":"thing.created"}"#.utf8)) }
        #expect(numbers(maker) == [[1], [2]])
    }

    @Test func `expects what was refused last`() throws {
        var contract = try SampleContract.make()
        contract.dedup = .unstated
        contract.headers.removeAll { $0.name == "X-Event-Id" }
        contract.body.fields.removeAll { $0.role == .eventID }
        var maker = HistoryMaker(contract: contract)
        maker.emit(at: .seconds(1), accepted: false)
        maker.emit(at: .seconds(2))
        maker.attempt("e2", at: .seconds(3), body: Array(#"{"event":"thing.created"}"#.utf8))
        #expect(maker.context.attempts.first.flatMap(maker.context.emission(of:))?.event == "e2")
    }

    @Test func `leaves what belongs to nothing as a stray`() throws {
        var maker = try HistoryMaker.delivered()
        maker.attempt("e1", at: .milliseconds(500))
        #expect(maker.context.strayAttempts.map(\.number) == [2])
    }

    @Test func `tells a second publication apart by its identity`() throws {
        var contract = try SampleContract.make()
        let rule = PublicationRule(events: ["thing.created"], key: [try pointer("/thing/name")])
        contract.publication.once = SampleContract.stated([rule])
        var maker = HistoryMaker(contract: contract)
        maker.emit(at: .seconds(1))
        maker.emit(at: .seconds(2), again: "e1")
        maker.attempt("e1", at: .seconds(3))
        #expect(maker.context.barred.map(\.duty) == [.barred(.repetition(of: "e1"))])
        #expect(maker.context.barred[0].attempts.isEmpty)
        maker.attempt("e1", at: .seconds(4))
        maker.setHeader(1, "X-Event-Id", "another")
        #expect(maker.context.barred[0].attempts.map(\.number) == [2])
        #expect(numbers(maker) == [[1]])
        maker.emit(at: .seconds(5))
        maker.attempt("e1", at: .seconds(304), number: 2)
        #expect(numbers(maker) == [[1, 3], []])
    }

    @Test func `finds the delivery that switching on brings`() throws {
        var contract = try SampleContract.make()
        contract.endpoint.initialState = SampleContract.stated(.deactivated)
        contract.endpoint.activationDelivery = SampleContract.stated(true)
        var maker = HistoryMaker(contract: contract)
        maker.change("main", .enabled, at: .milliseconds(500))
        maker.emit(at: .seconds(10))
        maker.attempt("e1", at: .seconds(11))
        #expect(maker.context.activations.map(\.attempts.count) == [0])
        let example = try #require(maker.contract.events.first?.example)
        maker.attempt("e1", at: .seconds(1), body: Array(example.compact().utf8))
        maker.setHeader(1, "X-Event-Id", "activation")
        maker.history.attempts.swapAt(0, 1)
        #expect(maker.context.activations.map(\.attempts.count) == [1])
        #expect(maker.context.strayAttempts.isEmpty)
        #expect(numbers(maker) == [[1]])
    }
}

@Suite struct `Duty to deliver` {
    private func duty(_ change: (inout HistoryMaker) -> Void) throws -> Duty {
        var maker = HistoryMaker(contract: try SampleContract.make())
        change(&maker)
        maker.emit(at: .seconds(10))
        let context = maker.context
        return try #require((context.deliveries + context.barred).first).duty
    }

    @Test func `follows the state of the endpoint`() throws {
        #expect(try duty { _ in } == .due)
        #expect(try duty { $0.change("main", .disabled, at: .seconds(5)) } == .barred(.disabled))
        #expect(try duty { $0.change("main", .deleted, at: .seconds(5)) } == .barred(.deleted))
        let again: (inout HistoryMaker) -> Void = { maker in
            maker.change("main", .disabled, at: .seconds(5))
            maker.change("main", .enabled, at: .seconds(6))
        }
        #expect(try duty(again) == .due)
        #expect(try duty { $0.change("main", .disabled, at: .seconds(20)) } == .due)
    }

    @Test func `is uncertain while the endpoint is being changed`() throws {
        let overlap = try duty { $0.change("main", .disabled, at: .seconds(10)) }
        #expect(overlap == .uncertain("the endpoint was being disabled at the time"))
    }

    @Test func `does not exist for what was refused`() throws {
        #expect(try duty { $0.history.registrations[0].value.accepted = false } == .barred(.endpointRefused))
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit(accepted: false)
        #expect(maker.context.barred.map(\.duty) == [.barred(.eventRefused)])
    }
}
