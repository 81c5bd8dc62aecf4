import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of the delivery log` {
    private func logged() throws -> HistoryMaker {
        let replies = [Reply.respond(Response(status: 500, body: "sorry")), .respond(Response(status: 200))]
        var maker = try HistoryMaker.failing(
            [.status(500), .status(200)],
            endpoints: [HistoryMaker.endpoint("main", replies: replies)]
        ) {
            let event: [LogField] = [.id, .createdAt, .eventType, .url, .latestStatus, .payload]
            let attempt: [LogField] = [.status, .attemptedAt, .responseCode, .responseHeaders, .responseBody]
            $0.deliveryLog = SampleContract.stated(DeliveryLogTerms(event: event, attempt: attempt))
        }
        maker.history.emissions[0].value.dispatcherID = "id-of-e1"
        maker.log()
        maker.doctorLog { $0.responseBody = Bytes(text: "sorry") }
        return maker
    }

    @Test func `hold for a log that has everything`() throws {
        let maker = try logged()
        for check in ["log.every-attempt", "log.event-fields", "log.every-request", "log.failures-shown"] {
            #expect(maker.outcome(CheckID(rawValue: check)) == .held)
        }
    }

    @Test func `are violated by a log without an attempt or without the event`() throws {
        var maker = try logged()
        maker.doctorRow { $0.attempts.removeLast() }
        #expect(maker.outcome("log.every-attempt") == .violated)
        #expect(maker.outcome("log.every-request") == .violated)
        maker.kill(at: .seconds(100), restart: .seconds(101))
        #expect(maker.outcome("log.every-attempt") == .inconclusive)
        #expect(maker.outcome("log.every-request") == .inconclusive)
        maker = try logged()
        maker.doctorRow { $0.eventID = "another" }
        #expect(maker.outcome("log.every-attempt") == .violated)
        #expect(maker.outcome("log.failures-shown") == .violated)
    }

    @Test func `are violated by a missing or wrong field of an attempt`() throws {
        let changes: [(inout LoggedAttempt) -> Void] = [
            { $0.attemptedAt = nil }, { $0.responseCode = nil }, { $0.responseCode = 502 },
            { $0.responseHeaders = nil },
            { $0.responseBody = nil }, { $0.responseBody = Bytes(text: "hello") },
        ]
        for change in changes {
            var maker = try logged()
            maker.doctorLog(0, attempt: 0, change)
            #expect(maker.outcome("log.every-attempt") == .violated)
        }
    }

    @Test func `do not ask for what a crash kept from being written down`() throws {
        var maker = try logged()
        maker.doctorLog { $0 = LoggedAttempt(number: 1, outcome: "interrupted", attemptedAt: "2026-03-03T14:00:02Z") }
        #expect(maker.outcome("log.every-attempt") == .violated)
        maker.kill(at: .seconds(3), restart: .seconds(4))
        #expect(maker.outcome("log.every-attempt") == .held)
    }

    @Test func `are violated by a missing or wrong field of an event`() throws {
        let changes: [(inout LoggedDelivery) -> Void] = [
            { $0.id = nil }, { $0.createdAt = nil }, { $0.eventType = "thing.updated" }, { $0.url = nil },
            { $0.latestStatus = 500 }, { $0.payload = Bytes(text: "{}") }, { $0.payload = nil },
        ]
        for change in changes {
            var maker = try logged()
            maker.doctorRow(0, change)
            #expect(maker.outcome("log.event-fields") == .violated)
        }
    }

    @Test func `take the latest status from the last attempt where the log shows it there`() throws {
        var maker = try logged()
        maker.doctorRow { $0.latestStatus = nil }
        #expect(maker.outcome("log.event-fields") == .held)
    }

    @Test func `are violated by responses that nobody gave`() throws {
        var maker = try logged()
        maker.doctorRow { $0.attempts.append(LoggedAttempt(number: 3, outcome: "succeeded", responseCode: 200)) }
        #expect(maker.outcome("log.every-request") == .violated)
        maker = try logged()
        maker.doctorRow { $0.attempts.append(LoggedAttempt(number: 3, outcome: "failed", error: "refused")) }
        #expect(maker.outcome("log.every-request") == .held)
    }

    @Test func `are violated by a failure that the log calls delivered`() throws {
        var maker = try logged()
        maker.doctorLog { $0.outcome = "succeeded" }
        #expect(maker.outcome("log.failures-shown") == .violated)
        maker.contract.deliveryLog = .unstated
        #expect(maker.outcome("log.failures-shown") == .unstated)
        #expect(maker.outcome("log.every-attempt") == .unstated)
        #expect(maker.verdict("log.event-fields") == nil)
    }

    @Test func `prove nothing without the log`() throws {
        var maker = try logged()
        maker.history.deliveryLog = DeliveryLogRead(available: false, deliveries: [], detail: "no log")
        #expect(maker.outcome("log.every-attempt") == .inconclusive)
        #expect(maker.verdict("log.every-request") == nil)
        #expect(maker.verdict("log.every-attempt")?.summary.contains("`delivery_log`") == true)
        let about = maker.judged().verdicts.filter { $0.check.rawValue.hasPrefix("log.") }
        #expect(about.count == 1)
    }

    @Test func `ask nothing of a log of which only its existence is stated`() throws {
        var maker = try logged()
        maker.contract.deliveryLog = SampleContract.stated(DeliveryLogTerms(event: [], attempt: []))
        maker.doctorRow { $0.attempts.removeLast() }
        #expect(maker.outcome("log.every-attempt") == .unstated)
        maker.history.deliveryLog = DeliveryLogRead(available: false, deliveries: [], detail: "no log")
        let verdict = maker.verdict("log.every-attempt")
        #expect(verdict?.outcome == .unstated)
        #expect(verdict?.summary == "What the delivery log shows is not stated; it was not looked at (no log).")
    }
}
