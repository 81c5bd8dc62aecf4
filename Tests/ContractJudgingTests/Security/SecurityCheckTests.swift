import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of secrets` {
    private func basic() throws -> HistoryMaker {
        let endpoints = [HistoryMaker.endpoint("main", hasCredentials: true), HistoryMaker.endpoint("other")]
        var maker = try HistoryMaker.delivered(endpoints: endpoints) {
            $0.endpoint.authentication = SampleContract.stated([.none, .basic])
        }
        maker.setHeader(0, "Authorization", "Basic {{secret:main.authorization}}")
        return maker
    }

    @Test func `hold for the configured credentials, and for none`() throws {
        #expect(try basic().outcome("auth.basic-exact") == .held)
        #expect(try basic().outcome("secrets.not-in-output") == .held)
        #expect(try HistoryMaker.delivered().verdict("auth.basic-exact") == nil)
    }

    @Test(arguments: [
        "Basic {{secret:main.authorization}}=", "basic {{secret:main.authorization}}", "Basic dXNlcjpwYXNz",
        "Bearer {{secret:main.password}}", "Basic {{secret:other.authorization}}",
    ])
    func `are violated by other credentials`(value: String) throws {
        var maker = try basic()
        maker.setHeader(0, "Authorization", value)
        #expect(maker.outcome("auth.basic-exact") == .violated)
    }

    @Test func `are violated by missing, doubled or uncalled-for credentials`() throws {
        var maker = try basic()
        maker.setHeader(0, "Authorization")
        #expect(maker.outcome("auth.basic-exact") == .violated)
        let right = "Basic {{secret:main.authorization}}"
        maker.setHeader(0, "Authorization", right, right)
        #expect(maker.outcome("auth.basic-exact") == .violated)
        maker = try basic()
        maker.setHeader(1, "Authorization", "Basic bm9ib2R5Om5vYm9keQ==")
        #expect(maker.verdict("auth.basic-exact")?.subject == "other · e1 #1")
        #expect(maker.outcome("auth.basic-exact") == .violated)
    }

    @Test func `report credentials where nothing is stated about them`() throws {
        var maker = try basic()
        maker.contract.endpoint.authentication = .unstated
        #expect(maker.outcome("auth.basic-exact") == .unstated)
    }

    @Test func `are violated by a secret in the output, and name it`() throws {
        var maker = try basic()
        let line = DispatcherOutput(life: 1, line: "signing with {{secret:main.secret}}")
        maker.history.output.append(Timed(at: Stamp(sinceStart: .seconds(2)), value: line))
        let verdict = maker.verdict("secrets.not-in-output")
        #expect(verdict?.outcome == .violated)
        #expect(verdict?.summary == "The secret main.secret stands in the dispatcher's output.")
    }

    @Test func `are violated by a secret in the log, an answer, a header, a target or a body`() throws {
        var log = try basic()
        log.log()
        #expect(log.outcome("secrets.not-in-output") == .held)
        log.doctorLog { $0.error = "refused {{secret:main.password}}" }
        #expect(log.outcome("secrets.not-in-output") == .violated)
        var answer = try basic()
        answer.history.registrations[0].value.detail = "{{secret:main.secret}}"
        #expect(answer.outcome("secrets.not-in-output") == .violated)
        var header = try basic()
        header.setHeader(1, "X-Debug", "{{secret:other.secret}}")
        #expect(header.outcome("secrets.not-in-output") == .violated)
        var target = try basic()
        target.doctor(0) { $0.target += "&token={{secret:main.secret}}" }
        #expect(target.outcome("secrets.not-in-output") == .violated)
        var body = try basic()
        body.doctor(0) { arrived in
            arrived.body = Bytes(text: "{{secret:main.secret}}")
            arrived.bodyRedacted = true
        }
        #expect(body.outcome("secrets.not-in-output") == .violated)
    }

    @Test func `have no occasion where no secret is configured`() throws {
        let maker = try HistoryMaker.delivered(endpoints: [HistoryMaker.endpoint("main", hasSecret: false)])
        #expect(maker.verdict("secrets.not-in-output") == nil)
    }

    @Test func `are violated by a header that comes out of an event's text`() throws {
        var maker = HistoryMaker(contract: try SampleContract.make())
        maker.emit(adding: [JSONMember(name: "note", value: .string("one\r\nX-Evil: yes"))])
        maker.attempt("e1", at: .seconds(2))
        #expect(maker.outcome("headers.no-injection") == .held)
        maker.setHeader(0, "X-Evil", "yes")
        #expect(maker.outcome("headers.no-injection") == .violated)
        #expect(try HistoryMaker.delivered().verdict("headers.no-injection") == nil)
    }
}
