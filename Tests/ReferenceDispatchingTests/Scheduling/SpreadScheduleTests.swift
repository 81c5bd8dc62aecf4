import FoundationEssentials
import ReferenceDispatching
import Testing
import WebhookContracts

@Suite struct `Waits that are not those of the ladder` {
    private let start = sampleTime

    private func next(
        after retryAfter: String?,
        draw: Double = 0.5,
        _ change: (inout RetrySchedule) -> Void = { _ in }
    ) -> DeliveryAction {
        var schedule = RetrySchedule(attempts: 3, delays: [.seconds(100)])
        change(&schedule)
        var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start, draw: draw)
        return machine.attemptFinished(.answered(status: 503, retryAfter: retryAfter), at: start)
    }

    private func retry(after seconds: Int) -> DeliveryAction { .retry(at: start.advanced(by: .seconds(seconds))) }

    @Test func `are cut at the contract's cap`() {
        #expect(next(after: "1000000000") == retry(after: 86400))
        #expect(next(after: "1000000000") { $0.retryAfterCap = .seconds(7200) } == retry(after: 7200))
    }

    @Test func `follow only the forms that are understood`() {
        #expect(next(after: "150.5") == retry(after: 151))
        #expect(next(after: "150.5") { $0.retryAfterForms = [.seconds] } == retry(after: 100))
        #expect(next(after: "150") { $0.retryAfterForms = [.date] } == retry(after: 100))
    }

    @Test(arguments: [(0.0, 80), (0.5, 100), (1.0, 120)])
    func `are spread over the band by what is drawn`(_ draw: Double, _ seconds: Int) {
        let action = next(after: nil, draw: draw) { $0.jitter = JitterBand(least: -0.2, most: 0.2) }
        guard case .retry(let due) = action else {
            Issue.record("there is no retry")
            return
        }
        #expect(abs(due.timeIntervalSince(start) - Double(seconds)) < 0.001)
        #expect(next(after: nil, draw: draw) == retry(after: 100))
    }

    @Test func `are those that waited, when somebody asked for the attempt by hand`() throws {
        let policy = try ShippedContract.policy("siteservicesnow")
        let event = AcceptedEvent(id: "evt_1", type: "job.scheduled", body: [], createdAt: start)
        var attempt = Attempt(
            deliveryID: "dlv_1",
            event: event,
            endpoint: Endpoint(id: "e", url: "https://example.test/"),
            number: 2,
            startedAt: start,
            firstStartedAt: start
        )
        attempt.resumesAt = start.advanced(by: .seconds(42))
        #expect(policy.action(after: .failed(.network), of: attempt, at: start) == retry(after: 42))
    }
}
