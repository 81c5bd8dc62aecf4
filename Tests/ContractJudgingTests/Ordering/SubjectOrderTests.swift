import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `The order of the events of one subject` {
    /// Two events about one thing and one about another; the first fails at first.
    private func events(second: Duration, _ ordering: Clause<Ordering>) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.ordering = ordering
        contract.body.fields.append(try SampleContract.field(.subject, "/about"))
        var maker = HistoryMaker(contract: contract)
        maker.emit(adding: [JSONMember(name: "about", value: .string("a"))])
        maker.emit(at: .seconds(3), adding: [JSONMember(name: "about", value: .string("a"))])
        maker.emit(at: .seconds(4), adding: [JSONMember(name: "about", value: .string("b"))])
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.attempt("e3", at: .seconds(5))
        maker.attempt("e1", at: .seconds(302) + .milliseconds(10), number: 2)
        maker.attempt("e2", at: second)
        return maker
    }

    @Test func `holds when a later one waits and others do not`() throws {
        let verdict = try events(second: .seconds(303), SampleContract.stated(.perSubject))
            .verdict("ordering.per-subject")
        #expect(verdict?.outcome == .held)
    }

    @Test func `is violated by one that overtakes`() throws {
        let maker = try events(second: .seconds(4), SampleContract.stated(.perSubject))
        #expect(maker.outcome("ordering.per-subject") == .violated)
        #expect(maker.verdict("ordering.per-endpoint") == nil)
        #expect(maker.verdict("ordering.reported") == nil)
    }

    @Test func `is reported where none is stated, and nothing where another is`() throws {
        let silent = try events(second: .seconds(4), .unstated)
        #expect(silent.outcome("ordering.per-subject") == .unstated)
        let free = try events(second: .seconds(4), SampleContract.stated(.unordered))
        #expect(free.verdict("ordering.per-subject") == nil)
        #expect(try HistoryMaker.delivered().verdict("ordering.per-subject") == nil)
    }
}
