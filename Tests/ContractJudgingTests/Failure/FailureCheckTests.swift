import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of failures` {
    private func redirected(
        to location: String? = "/elsewhere",
        then answers: [HistoryMaker.Answer] = [.status(200)],
        _ change: (inout Contract) throws -> Void = { _ in }
    ) throws -> HistoryMaker {
        let headers = location.map { [ReplyHeader(name: "Location", value: $0)] } ?? []
        let replies = [Reply.respond(Response(status: 302, headers: headers)), .respond(Response(status: 200))]
        let endpoints = [HistoryMaker.endpoint("main", replies: replies), HistoryMaker.endpoint("other", events: [])]
        return try HistoryMaker.failing([.status(302)] + answers, endpoints: endpoints, change)
    }

    @Test func `hold when a redirect is not followed`() throws {
        var maker = try redirected()
        #expect(maker.outcome("redirect.not-followed") == .held)
        #expect(maker.outcome("redirect.not-logged-as-delivered") == .held)
        #expect(maker.verdict("redirect.without-location-fails") == nil)
        maker.finish(at: .seconds(3000), complete: false)
        #expect(maker.outcome("redirect.not-followed") == .inconclusive)
    }

    @Test func `are violated by a visit to another path`() throws {
        var maker = try redirected(then: [])
        maker.attempt("e1", at: .seconds(3), number: 2)
        maker.doctor(1) { $0.target = "/elsewhere" }
        #expect(maker.outcome("redirect.not-followed") == .violated)
        maker.contract.transport.redirects = .unstated
        #expect(maker.outcome("redirect.not-followed") == .unstated)
        maker.contract.transport.redirects = SampleContract.stated(.followed)
        #expect(maker.verdict("redirect.not-followed") == nil)
    }

    @Test func `are violated by a visit to another endpoint`() throws {
        var maker = try redirected(to: "https://127.0.0.1:40002/hooks/other")
        #expect(maker.outcome("redirect.not-followed") == .held)
        maker.attempt("e1", at: .seconds(3), to: "other")
        maker.doctor(2) { $0.method = "GET" }
        #expect(maker.outcome("redirect.not-followed") == .violated)
    }

    @Test func `are violated by a redirect that is taken as delivered`() throws {
        var maker = try redirected()
        maker.log()
        maker.doctorLog { $0.outcome = "succeeded" }
        #expect(maker.outcome("redirect.not-logged-as-delivered") == .violated)
        maker.contract.success = .unstated
        #expect(maker.outcome("redirect.not-logged-as-delivered") == .unstated)
    }

    @Test func `hold when a 3xx without a Location is a failure`() throws {
        #expect(try redirected(to: nil).outcome("redirect.without-location-fails") == .held)
        #expect(try redirected(to: nil, then: []).outcome("redirect.without-location-fails") == .violated)
        #expect(try redirected(to: nil).verdict("redirect.not-followed") == nil)
        let unstated = try redirected(to: nil) { $0.success = .unstated }
        #expect(unstated.outcome("redirect.without-location-fails") == .unstated)
    }

    private func errorText(_ answers: [HistoryMaker.Answer] = [.status(200)]) throws -> HistoryMaker {
        let replies = [Reply.respond(Response(status: 200, body: #"{"Error":"no such job"}"#))]
        return try HistoryMaker.failing(answers, endpoints: [HistoryMaker.endpoint("main", replies: replies)])
    }

    @Test func `hold when the words of a success do not matter`() throws {
        #expect(try errorText().outcome("success.body-ignored") == .held)
        #expect(try errorText([.status(200), .status(200)]).outcome("success.body-ignored") == .violated)
        #expect(try HistoryMaker.delivered().verdict("success.body-ignored") == nil)
        var unstated = try errorText([.status(200), .status(200)])
        unstated.contract.success = .unstated
        #expect(unstated.outcome("success.body-ignored") == .unstated)
    }

    private func exhausted() throws -> HistoryMaker {
        var maker = try HistoryMaker.failing([.status(500), .status(500), .reset]) {
            $0.deliveryLog = SampleContract.stated(DeliveryLogTerms(event: [], attempt: [.status]))
        }
        maker.log()
        return maker
    }

    @Test func `hold when a delivery that was given up shows as failed`() throws {
        var maker = try exhausted()
        #expect(maker.outcome("exhausted.visible") == .held)
        maker.doctorLog(attempt: 2) { $0.outcome = "pending" }
        #expect(maker.outcome("exhausted.visible") == .violated)
        maker.contract.deliveryLog = .unstated
        #expect(maker.outcome("exhausted.visible") == .unstated)
    }

    @Test func `are violated by a state in which more is still to come`() throws {
        var maker = try exhausted()
        maker.doctorRow { $0.state = "exhausted" }
        maker.doctorRow { $0.isGivenUp = true }
        #expect(maker.outcome("exhausted.visible") == .held)
        maker.doctorRow { $0.isGivenUp = false }
        #expect(maker.outcome("exhausted.visible") == .violated)
    }

    @Test func `are violated by a delivery called done whose attempts all failed`() throws {
        var maker = try exhausted()
        maker.doctorRow { $0.state = "succeeded" }
        #expect(maker.outcome("exhausted.visible") == .violated)
    }

    @Test func `prove nothing by a log that does not say how an attempt ended`() throws {
        var maker = try exhausted()
        maker.doctorLog(attempt: 2) { $0 = LoggedAttempt(number: 3) }
        #expect(maker.outcome("exhausted.visible") == .inconclusive)
    }

    @Test func `are violated by a log without the delivery`() throws {
        var maker = try exhausted()
        maker.doctorRow { $0.payload = Bytes(text: "{}") }
        #expect(maker.outcome("exhausted.visible") == .violated)
        #expect(maker.outcome("log.failures-shown") == .violated)
    }
}
