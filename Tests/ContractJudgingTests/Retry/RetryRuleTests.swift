import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of what is tried again` {
    @Test func `hold for a failure that is tried again`() throws {
        #expect(try HistoryMaker.retried().outcome("retry.failure-classes") == .held)
    }

    @Test func `are violated by a failure that is not tried again though it is to be`() throws {
        var maker = try HistoryMaker.failing([.reset])
        #expect(maker.outcome("retry.failure-classes") == .violated)
        maker.finish(at: .seconds(100))
        #expect(maker.verdict("retry.failure-classes") == nil)
        maker.finish(at: .seconds(100), complete: false)
        #expect(maker.outcome("retry.failure-classes") == .inconclusive)
    }

    @Test func `tell failures that are not to be tried again`() throws {
        var maker = try HistoryMaker.failing([.status(404)]) {
            $0.retry.failures = SampleContract.stated([.serverError, .timeout])
        }
        #expect(maker.outcome("retry.failure-classes") == .held)
        maker.attempt("e1", at: .seconds(303), number: 2)
        #expect(maker.outcome("retry.failure-classes") == .violated)
    }

    @Test func `report unstated kinds of failure`() throws {
        var maker = try HistoryMaker.failing([.status(404)], HistoryMaker.silentRetries)
        #expect(maker.verdict("retry.failure-classes")?.summary.contains("4xx was not in") == true)
        maker.attempt("e1", at: .seconds(7), number: 2)
        #expect(maker.outcome("retry.failure-classes") == .unstated)
        #expect(maker.verdict("retry.failure-classes")?.summary.contains("4xx was, after") == true)
    }

    @Test func `report that nobody says when a failure is tried again`() throws {
        let maker = try HistoryMaker.failing([.status(500)]) { contract in
            HistoryMaker.silentRetries(&contract)
            contract.retry.failures = SampleContract.inferred([.serverError], why: "it says errors require retries")
        }
        #expect(maker.outcome("retry.failure-classes") == .unstated)
    }

    @Test func `judge statuses by what the log makes of them`() throws {
        var maker = try HistoryMaker.retried()
        maker.log()
        #expect(maker.outcome("success.statuses") == .held)
        maker.doctorLog(attempt: 2) { $0.outcome = "failed" }
        #expect(maker.outcome("success.statuses") == .violated)
        maker.log()
        maker.doctorLog(attempt: 0) { $0.outcome = "succeeded" }
        #expect(maker.verdict("success.statuses")?.summary == "500 was taken as a success: the log calls it delivered.")
    }

    @Test(arguments: [200, 201, 202, 204, 299])
    func `are violated by trying a success again`(status: Int) throws {
        var maker = try HistoryMaker.failing([.status(status)])
        #expect(maker.outcome("success.statuses") == .held)
        maker.attempt("e1", at: .seconds(302) + .milliseconds(10), number: 2)
        #expect(maker.outcome("success.statuses") == .violated)
    }

    @Test func `are violated by a failure that is taken as delivered`() throws {
        #expect(try HistoryMaker.failing([.status(302)]).outcome("success.statuses") == .violated)
    }

    @Test func `report unstated statuses`() throws {
        let maker = try HistoryMaker.failing([.status(500), .status(200)]) { $0.success = .unstated }
        #expect(maker.outcome("success.statuses") == .unstated)
    }

    private func putOff(_ seconds: String, next: Duration, _ rule: Clause<RetryAfterRule>) throws -> HistoryMaker {
        let headers = [ReplyHeader(name: "Retry-After", value: seconds)]
        let reply = Reply.respond(Response(status: 503, headers: headers))
        var maker = try HistoryMaker.failing(
            [.status(503)],
            endpoints: [HistoryMaker.endpoint("main", replies: [reply])]
        ) {
            $0.retry.retryAfter = rule
        }
        maker.attempt("e1", at: next, number: 2)
        return maker
    }

    @Test func `hold an honoured Retry-After against the next attempt`() throws {
        let honoured = SampleContract.stated(RetryAfterRule.honoured)
        #expect(try putOff("400", next: .seconds(403), honoured).outcome("retry.after") == .held)
        #expect(try putOff("400", next: .seconds(302), honoured).outcome("retry.after") == .violated)
        var stalled = try putOff("400", next: .seconds(402), honoured)
        stalled.stall(from: .seconds(1), to: .seconds(3))
        #expect(stalled.outcome("retry.after") == .inconclusive)
    }

    @Test func `hold an ignored Retry-After against the usual wait`() throws {
        let ignored = SampleContract.stated(RetryAfterRule.ignored)
        #expect(try putOff("400", next: .seconds(303), ignored).outcome("retry.after") == .held)
        #expect(try putOff("400", next: .seconds(403), ignored).outcome("retry.after") == .violated)
        #expect(try putOff("400", next: .seconds(403), .unstated).outcome("retry.after") == .unstated)
        #expect(try putOff("soon", next: .seconds(303), ignored).verdict("retry.after") == nil)
    }

    @Test func `hold when the attempt's number counts from 0 or 1`() throws {
        #expect(try HistoryMaker.retried().outcome("retry.attempt-number") == .held)
        var maker = try HistoryMaker.retried()
        for index in 0..<3 { maker.setHeader(index, "X-Attempt", "\(index)") }
        #expect(maker.outcome("retry.attempt-number") == .held)
    }

    @Test(arguments: [
        ["1", "1", "2"], ["1", "3", "4"], ["2", "3", "4"], ["1", "two", "3"], ["1", "02", "3"], ["3", "2", "1"],
    ])
    func `are violated by a number that does not grow by one`(numbers: [String]) throws {
        var maker = try HistoryMaker.retried()
        for (index, number) in numbers.enumerated() { maker.setHeader(index, "X-Attempt", number) }
        #expect(maker.outcome("retry.attempt-number") == .violated)
    }

    @Test func `forgive one step of the number that a crash may have cost`() throws {
        var maker = try HistoryMaker.retried()
        maker.setHeader(1, "X-Attempt", "3")
        maker.setHeader(2, "X-Attempt", "4")
        maker.kill(at: .seconds(100), restart: .seconds(101))
        #expect(maker.outcome("retry.attempt-number") == .inconclusive)
        maker.contract.headers.removeAll { $0.name == "X-Attempt" }
        #expect(maker.verdict("retry.attempt-number") == nil)
    }

    @Test func `are violated by a number that begins anew after a crash between attempts`() throws {
        var maker = try HistoryMaker.retried()
        for index in 0..<3 { maker.setHeader(index, "X-Attempt", "\([1, 1, 2][index])") }
        maker.kill(at: .seconds(100), restart: .seconds(101))
        #expect(maker.outcome("retry.attempt-number") == .violated)
    }

    @Test func `hold when switching off ends the retries`() throws {
        var maker = try HistoryMaker.failing([.status(500)]) { $0.endpoint.toggle = SampleContract.stated(true) }
        #expect(maker.verdict("retry.stops-when-disabled") == nil)
        maker.change("main", .disabled, at: .seconds(100))
        #expect(maker.outcome("retry.stops-when-disabled") == .held)
        maker.attempt("e1", at: .seconds(302) + .milliseconds(10), number: 2)
        #expect(maker.outcome("retry.stops-when-disabled") == .violated)
        maker.contract.endpoint.toggle = .unstated
        #expect(maker.outcome("retry.stops-when-disabled") == .unstated)
    }

    @Test func `are violated by an attempt after a deletion, whatever else is stated`() throws {
        var maker = try HistoryMaker.failing([.status(500)], HistoryMaker.silentRetries)
        maker.change("main", .deleted, at: .seconds(100))
        maker.attempt("e1", at: .seconds(110), number: 2)
        #expect(maker.outcome("retry.stops-when-disabled") == .violated)
    }

    @Test func `report silence where nobody says when a retry is due`() throws {
        var maker = try HistoryMaker.failing([.status(500)], HistoryMaker.silentRetries)
        maker.contract.endpoint.toggle = SampleContract.stated(true)
        maker.change("main", .disabled, at: .seconds(100))
        let verdict = maker.verdict("retry.stops-when-disabled")
        #expect(verdict?.outcome == .unstated)
        #expect(verdict?.summary.contains("nothing more came in the 58m19.999s") == true)
        maker.attempt("e1", at: .seconds(110), number: 2)
        #expect(maker.outcome("retry.stops-when-disabled") == .violated)
        maker = try HistoryMaker.failing([.status(500)], HistoryMaker.silentRetries)
        maker.change("main", .deleted, at: .seconds(100))
        maker.finish(at: .seconds(200), complete: false)
        #expect(maker.verdict("retry.stops-when-disabled") == nil)
        maker = try HistoryMaker.failing([.status(500)], HistoryMaker.fireAndForget)
        maker.change("main", .deleted, at: .seconds(100))
        #expect(maker.verdict("retry.stops-when-disabled") == nil)
    }

    @Test func `prove nothing by an attempt that was under way when the endpoint was switched off`() throws {
        var maker = try HistoryMaker.failing([.status(500)]) { $0.endpoint.toggle = SampleContract.stated(true) }
        maker.change("main", .disabled, at: .seconds(302))
        maker.attempt("e1", at: .seconds(302) + .milliseconds(10), number: 2)
        #expect(maker.outcome("retry.stops-when-disabled") == .inconclusive)
    }

    @Test func `hold when a retry carries the same body`() throws {
        var maker = try HistoryMaker.retried()
        #expect(maker.outcome("retry.same-payload") == .held)
        try maker.editBody(2) { $0.setting(.string("later"), at: try? pointer("/sentAt")) }
        #expect(maker.outcome("retry.same-payload") == .violated)
        maker.contract.retry.samePayload = .unstated
        #expect(maker.verdict("retry.same-payload")?.summary.hasSuffix("it changed.") == true)
        #expect(maker.outcome("retry.same-payload") == .unstated)
        #expect(try HistoryMaker.delivered().verdict("retry.same-payload") == nil)
    }
}

extension JSONValue {
    /// The value with another one at a pointer, or as it is when there is no such place.
    fileprivate func setting(_ value: JSONValue, at pointer: JSONPointer?) -> JSONValue {
        pointer.flatMap { self.setting(value, at: $0) } ?? self
    }
}
