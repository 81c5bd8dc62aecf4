import FoundationEssentials
import ReferenceDispatching
import Testing
import WebhookContracts

@Suite struct `Delivery machine` {
    let start = sampleTime

    @Test func `waits 5 and 10 minutes after each failure and gives up after the third`() throws {
        let schedule = RetrySchedule(try ShippedContract.load("oneclickcontractor"))
        var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start)
        let firstEnd = start.advanced(by: .seconds(2))
        #expect(
            machine.attemptFinished(.answered(status: 500, retryAfter: nil), at: firstEnd)
                == .retry(at: firstEnd.advanced(by: .seconds(300)))
        )
        let secondEnd = firstEnd.advanced(by: .seconds(330))
        #expect(
            machine.attemptFinished(.failed(.timeout), at: secondEnd)
                == .retry(at: secondEnd.advanced(by: .seconds(600)))
        )
        #expect(
            machine.attemptFinished(.failed(.network), at: secondEnd.advanced(by: .seconds(600)))
                == .giveUp(.exhausted, reason: "all 3 attempts failed")
        )
    }

    @Test(arguments: FailureClass.allCases)
    func `never tries again when the contract is fire and forget`(_ failure: FailureClass) throws {
        let schedule = RetrySchedule(try ShippedContract.load("contentspal"))
        var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start)
        guard case .giveUp(.failed, _) = machine.attemptFinished(.failed(failure), at: start) else {
            Issue.record("a failed delivery is tried again")
            return
        }
    }

    @Test(arguments: ["claimable", "standard-webhooks"])
    func `climbs the ladder of Standard Webhooks where that is the contract, and where nothing is stated`(
        _ slug: String
    ) throws {
        let schedule = RetrySchedule(try ShippedContract.load(slug))
        var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start)
        var now = start
        var waits: [Double] = []
        while case .retry(let due) = machine.attemptFinished(.failed(.serverError), at: now) {
            waits.append(due.timeIntervalSince(now).rounded())
            now = due
        }
        #expect(waits == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400])
    }

    @Test func `treats a status as the contract says of it, whatever its class`() throws {
        let schedule = RetrySchedule(try ShippedContract.load("exemplar"))
        func action(_ status: Int, _ change: (inout RetrySchedule) -> Void = { _ in }) -> DeliveryAction {
            var changed = schedule
            change(&changed)
            var machine = DeliveryMachine(schedule: changed, firstStartedAt: start)
            return machine.attemptFinished(.answered(status: status, retryAfter: nil), at: start)
        }
        let again = DeliveryAction.retry(at: start.advanced(by: .seconds(10)))
        #expect(action(422) == .giveUp(.failed, reason: "the contract does not retry 422"))
        #expect(action(404) == again)
        #expect(action(409) { $0.failures = [.network] } == again)
        #expect(action(404) { $0.failures = [.network] } != again)
    }

    @Test func `switches an endpoint off for the answers that a contract names`() throws {
        var contract = try ShippedContract.load("standard-webhooks")
        func action(_ status: Int) -> DeliveryAction {
            var machine = DeliveryMachine(schedule: RetrySchedule(contract), firstStartedAt: start)
            return machine.attemptFinished(.answered(status: status, retryAfter: nil), at: start)
        }
        #expect(action(410) == .disableEndpoint(reason: "the endpoint answered 410 Gone"))
        #expect(action(404) == .retry(at: start.advanced(by: .seconds(5))))
        contract.disablement.statuses = Clause(standing: .stated, value: StatusSet(ranges: [403...404]))
        #expect(action(404) == .disableEndpoint(reason: "the endpoint answered 404"))
        #expect(action(410) == .retry(at: start.advanced(by: .seconds(5))))
        contract.disablement.statuses = Clause(standing: .none)
        contract.retry.failures = .unstated
        #expect(action(410) == .retry(at: start.advanced(by: .seconds(5))))
        contract.disablement.statuses = .unstated
        #expect(action(410) == .disableEndpoint(reason: "the endpoint answered 410 Gone"))
    }

    @Test func `stops at the first success`() {
        var machine = DeliveryMachine(
            schedule: RetrySchedule(attempts: 3, delays: [.seconds(5)]),
            firstStartedAt: start
        )
        #expect(
            machine.attemptFinished(.answered(status: 500, retryAfter: nil), at: start)
                == .retry(at: start.advanced(by: .seconds(5)))
        )
        #expect(machine.attemptFinished(.answered(status: 204, retryAfter: nil), at: start) == .succeeded)
    }

    @Test(arguments: [200, 201, 202, 204, 299])
    func `takes for a success`(_ status: Int) throws {
        #expect(RetrySchedule(try ShippedContract.load("siteservicesnow")).success.contains(status))
    }

    @Test(arguments: [199, 300, 301, 304, 400, 404, 409, 500, 599])
    func `takes for a failure`(_ status: Int) throws {
        #expect(!RetrySchedule(try ShippedContract.load("siteservicesnow")).success.contains(status))
    }

    @Test func `puts a retry off as the receiver asks but never brings it forward`() {
        let schedule = RetrySchedule(attempts: 3, delays: [.seconds(60)])
        for (status, asked, wait) in [
            (429, "120", 120.0), (503, "120", 120), (503, "10", 60), (500, "120", 60), (429, "soon", 60),
        ] {
            var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start)
            let action = machine.attemptFinished(.answered(status: status, retryAfter: asked), at: start)
            #expect(action == .retry(at: start.advanced(by: .seconds(wait))), "\(status) with \(asked)")
        }
    }

    @Test func `ignores what the receiver asks where the contract says so`() {
        let schedule = RetrySchedule(attempts: 3, delays: [.seconds(60)], honoursRetryAfter: false)
        var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start)
        let action = machine.attemptFinished(.answered(status: 429, retryAfter: "120"), at: start)
        #expect(action == .retry(at: start.advanced(by: .seconds(60))))
    }

    @Test func `switches an endpoint off that is gone, unless the contract retries 4xx`() throws {
        var silent = DeliveryMachine(
            schedule: RetrySchedule(try ShippedContract.load("siteservicesnow")),
            firstStartedAt: start
        )
        #expect(
            silent.attemptFinished(.answered(status: 410, retryAfter: nil), at: start)
                == .disableEndpoint(reason: "the endpoint answered 410 Gone")
        )
        var stated = DeliveryMachine(
            schedule: RetrySchedule(try ShippedContract.load("oneclickcontractor")),
            firstStartedAt: start
        )
        #expect(
            stated.attemptFinished(.answered(status: 410, retryAfter: nil), at: start)
                == .retry(at: start.advanced(by: .seconds(300)))
        )
    }

    @Test func `retries only the failures that are listed`() {
        let schedule = RetrySchedule(attempts: 3, delays: [.seconds(1)], failures: [.timeout])
        var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start)
        #expect(machine.attemptFinished(.failed(.timeout), at: start) == .retry(at: start.advanced(by: .seconds(1))))
        guard case .giveUp(.failed, _) = machine.attemptFinished(.failed(.tls), at: start) else {
            Issue.record("a TLS failure is tried again")
            return
        }
    }

    @Test func `counts from the first attempt where the contract does, and is late rather than lost`() {
        let schedule = RetrySchedule(attempts: 3, delays: [.seconds(10), .seconds(20)], countedFrom: .firstAttempt)
        var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start)
        let end = start.advanced(by: .seconds(4))
        #expect(machine.attemptFinished(.failed(.network), at: end) == .retry(at: start.advanced(by: .seconds(10))))
        let lateEnd = start.advanced(by: .seconds(25))
        #expect(machine.attemptFinished(.failed(.network), at: lateEnd) == .retry(at: lateEnd))
    }

    @Test func `goes on where an earlier run stopped`() {
        let schedule = RetrySchedule(attempts: 3, delays: [.seconds(10), .seconds(20)])
        var machine = DeliveryMachine(schedule: schedule, firstStartedAt: start, attempts: 1)
        #expect(machine.attemptFinished(.failed(.network), at: start) == .retry(at: start.advanced(by: .seconds(20))))
    }
}
