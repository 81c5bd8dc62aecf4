import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `Forms of Retry-After` {
    private static let check: CheckID = "retry.after-forms"

    /// A run in which the first answer has a Retry-After, and the second attempt comes after a while.
    private static func run(
        _ header: String,
        after wait: Duration,
        _ change: (inout Contract) -> Void = { _ in }
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.retry.retryAfter = SampleContract.stated(.honoured)
        change(&contract)
        let reply = Reply.respond(
            Response(status: 503, headers: [ReplyHeader(name: "Retry-After", value: header)])
        )
        var maker = HistoryMaker(contract: contract, endpoints: [HistoryMaker.endpoint("main", replies: [reply])])
        let event = maker.emit()
        maker.attempt(event, at: .seconds(2), number: 1, answer: .status(503))
        maker.attempt(event, at: .seconds(2) + .milliseconds(10) + wait, number: 2)
        return maker
    }

    @Test func `holds a dispatcher to a date that lies ahead`() throws {
        // The run began at 14:00:00 on 2026-03-03.
        let date = "Tue, 03 Mar 2026 14:15:02 GMT"
        #expect(try Self.run(date, after: .seconds(900)).outcome(Self.check) == .held)
        #expect(try Self.run(date, after: .seconds(300)).outcome(Self.check) == .violated)
        #expect(try Self.run(date, after: .seconds(300)).outcome("retry.gaps") == .violated)
    }

    @Test func `takes the date that was made over the one that is written`() throws {
        var maker = try Self.run("{http-date +15m}", after: .seconds(300))
        maker.history.attempts[0].ended?.madeHeaders = [
            HeaderLine(name: "Retry-After", value: "Tue, 03 Mar 2026 14:15:02 GMT")
        ]
        #expect(maker.outcome(Self.check) == .violated)
        #expect(try Self.run("{http-date +15m}", after: .seconds(300)).outcome(Self.check) == .held)
    }

    @Test(arguments: ["Tue, 03 Mar 2026 13:00:00 GMT", "-5", "soon"])
    func `leaves the schedule alone where it says nothing`(_ header: String) throws {
        #expect(try Self.run(header, after: .seconds(300)).outcome(Self.check) == .held)
        #expect(try Self.run(header, after: .seconds(5)).outcome(Self.check) == .violated)
        #expect(try Self.run(header, after: .seconds(900)).outcome(Self.check) == .violated)
    }

    @Test func `asks for nothing about fractions that the contract does not ask for`() throws {
        #expect(try Self.run("400.5", after: .seconds(300)).outcome(Self.check) == .held)
        #expect(try Self.run("400.5", after: .seconds(401)).outcome(Self.check) == .held)
        let stated = { (contract: inout Contract) in
            contract.retry.retryAfterForms = SampleContract.stated([.seconds, .fraction])
        }
        #expect(try Self.run("400.5", after: .seconds(401), stated).outcome(Self.check) == .held)
        #expect(try Self.run("400.5", after: .seconds(400), stated).outcome(Self.check) == .violated)
    }

    @Test func `cuts what is too long at the stated cap`() throws {
        let capped = { (contract: inout Contract) in
            contract.retry.retryAfterCap = SampleContract.stated(.seconds(1200))
        }
        #expect(try Self.run("1000000000", after: .seconds(1200), capped).outcome(Self.check) == .held)
        #expect(try Self.run("1000000000", after: .seconds(300), capped).outcome(Self.check) == .violated)
        var never = try Self.run("1000000000", after: .seconds(1200), capped)
        never.history.attempts.removeLast()
        #expect(never.outcome(Self.check) == .violated)
    }

    @Test func `says nothing of plain seconds, and only reports where nothing is stated`() throws {
        #expect(try Self.run("400", after: .seconds(400)).outcome(Self.check) == nil)
        let silent = { (contract: inout Contract) in contract.retry.retryAfter = .unstated }
        #expect(try Self.run("soon", after: .seconds(300), silent).outcome(Self.check) == .unstated)
    }

    @Test func `proves nothing where a stall may have been the cause`() throws {
        var maker = try Self.run("soon", after: .seconds(900))
        maker.stall(from: .seconds(10), to: .seconds(890))
        #expect(maker.outcome(Self.check) == .inconclusive)
    }
}
