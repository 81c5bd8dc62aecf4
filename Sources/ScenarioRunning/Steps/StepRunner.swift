import DeliveryEvidence
import DeliveryScenarios
import DispatcherControl
import MockReceivers
import Notation
import RunClocks
import WebhookContracts

/// Carries out the steps of one scenario, in order.
struct StepRunner {
    /// How many events of a burst are handed over at the same time.
    static let burstWidth = 32

    let run: ScenarioRun
    let sink: any EvidenceSink
    let dispatcher: DispatcherUnderTest
    let receivers: OpenReceivers
    private var events: EventMaker
    /// How often the secret of each endpoint was changed.
    private var rotated: [String: Int] = [:]

    init(run: ScenarioRun, sink: any EvidenceSink, dispatcher: DispatcherUnderTest, receivers: OpenReceivers) {
        self.run = run
        self.sink = sink
        self.dispatcher = dispatcher
        self.receivers = receivers
        events = EventMaker(contract: run.plan.contract, wallClock: run.session.wallClock)
    }

    /// Runs every step and says when the observation ended.
    ///
    /// - Throws: `ScenarioRunError` or `DispatcherError` when a step cannot be carried out.
    mutating func runAll() async throws {
        var outcome = StepOutcome()
        do {
            for (index, step) in run.plan.scenario.steps.enumerated() {
                sink.record(.stepBegan(StepBegan(step: index + 1, text: step.action.summary)), at: run.session.now)
                outcome = try await carryOut(step.action)
                sink.record(.stepEnded(StepEnded(step: index + 1, note: outcome.note)), at: run.session.now)
            }
        } catch {
            endObservation(complete: false, quietFor: nil, why: "a step could not be carried out")
            throw error
        }
        endObservation(complete: true, quietFor: outcome.quietFor, why: "every step was carried out")
    }

    private func endObservation(complete: Bool, quietFor: Duration?, why: String) {
        let quiet = quietFor.map { Stamp(sinceStart: $0) }
        let ended = ObservationEnded(complete: complete, quietFor: quiet, why: why)
        sink.record(.observationEnded(ended), at: run.session.now)
    }

    /// What a step leaves behind for the records.
    private struct StepOutcome {
        /// How long it was quiet, when that is what the step was about.
        var quietFor: Duration?
        var note: String?
    }

    private mutating func carryOut(_ action: StepAction) async throws -> StepOutcome {
        switch action {
        case .emit(let emission):
            try await dispatcher.emit(try events.make(emission))
        case .burst(let emission, let count):
            try await burst(emission, count: count)
        case .wait(let duration):
            try await run.session.clock.sleep(for: duration)
        case .awaitAttempts(let count, let endpoint, let within):
            return StepOutcome(note: try await awaitAttempts(count, at: endpoint, within: within))
        case .quiet(let atLeast):
            let window = atLeast ?? run.plan.quietWindow
            try await quietWatch.wait(for: window)
            return StepOutcome(quietFor: window)
        case .enable(let endpoint): try await dispatcher.change(endpoint, .enabled)
        case .disable(let endpoint): try await dispatcher.change(endpoint, .disabled)
        case .delete(let endpoint): try await dispatcher.change(endpoint, .deleted)
        case .rotate(let endpoint): try await rotate(endpoint)
        case .test(let endpoint): try await dispatcher.test(endpoint)
        case .readdress(let endpoint, let target): try await readdress(endpoint, to: target)
        case .redeliver(let event, let endpoint): try await dispatcher.redeliver("e\(event)", to: endpoint)
        case .readLog: await dispatcher.readDeliveryLog()
        case .kill: await dispatcher.kill()
        case .stop(let within): await dispatcher.stop(within: within)
        case .restart: try await dispatcher.start()
        case .at(let point): return StepOutcome(note: try await reach(point))
        case .pause(let service): try await dispatcher.pause(service)
        case .resume(let service): try await dispatcher.resume(service)
        case .store(let isAvailable): try await dispatcher.setStore(isAvailable: isAvailable)
        case .secondInstance: try await dispatcher.startAnotherInstance()
        }
        return StepOutcome()
    }

    /// Gives an endpoint another target at the same receiver.
    private func readdress(_ endpoint: String, to target: String) async throws {
        guard let receiver = receivers[endpoint], let opened = run.plan.scenario.endpoint(named: endpoint) else {
            throw ScenarioRunError("there is no receiver of the endpoint '\(endpoint)'")
        }
        let origin = receiver.url.hasSuffix(opened.target) ? receiver.url.dropLast(opened.target.count) : ""
        guard !origin.isEmpty else { throw ScenarioRunError("the URL of '\(endpoint)' does not end with its target") }
        try await dispatcher.update(endpoint, url: origin + target)
    }

    /// Gives an endpoint the next of the secrets that were drawn for it.
    private mutating func rotate(_ endpoint: String) async throws {
        let next = run.secrets[endpoint]?.next ?? []
        let turn = rotated[endpoint, default: 0]
        guard turn < next.count else {
            throw ScenarioRunError("no further secret was drawn for the endpoint '\(endpoint)'")
        }
        rotated[endpoint] = turn + 1
        try await dispatcher.rotate(endpoint, to: next[turn].secret)
    }

    private var quietWatch: QuietWatch {
        let pace = run.session.pace
        return QuietWatch(clock: pace.clock) { [activity = receivers.activity] limit in
            if activity.inFlight > 0 {
                _ = await activity.waitForAnswers(until: limit)
                try Task.checkCancellation()
            } else {
                // The end of a one-shot program is looked for: nothing of it comes here.
                let pause = pace.isVirtual ? Duration.seconds(1) : .milliseconds(25)
                try await pace.clock.sleep(until: min(limit, pace.clock.now.advanced(by: pause)), tolerance: nil)
            }
        } look: { [dispatcher, activity = receivers.activity] in
            let seen = activity.reading
            let programs = await dispatcher.runningPrograms
            return QuietWatch.Look(underWay: seen.inFlight + programs, lastActivity: seen.lastActivity)
        }
    }

    private mutating func burst(_ emission: Emission, count: Int) async throws {
        var facts: [EventFacts] = []
        for _ in 0..<count { facts.append(try events.make(emission)) }
        try await withThrowingTaskGroup(of: Void.self) { [dispatcher] group in
            for (index, event) in facts.enumerated() {
                if index >= Self.burstWidth { try await group.next() }
                group.addTask { try await dispatcher.emit(event) }
            }
            try await group.waitForAll()
        }
    }

    /// Waits until an attempt has come to a point; a note tells when it did not.
    private func reach(_ point: NamedPoint) async throws -> String? {
        let activity = point.endpoint.flatMap { receivers[$0]?.activity } ?? receivers.activity
        let clock = run.session.clock
        let deadline = clock.now.advanced(by: point.within)
        var came = await activity.waitForAttempts(point.attempt, until: deadline)
        if came, point.point != .received { came = await activity.waitForEnds(point.attempt, until: deadline) }
        try Task.checkCancellation()
        guard came else {
            let limit = DurationNotation.text(point.within)
            return "attempt \(point.attempt) was not \(point.point.rawValue) within \(limit)"
        }
        if point.point == .waiting {
            let promised = run.plan.contract.retry.delays.value?.min() ?? NamedPoint.reading * 2
            try await clock.sleep(for: min(NamedPoint.reading, promised / 2))
        }
        let early = point.point == .received && activity.reading.attemptsEnded >= point.attempt
        return early ? point.missed : nil
    }

    /// Returns a note when the attempts did not come: that is for the judge to weigh, not an error.
    private func awaitAttempts(_ count: Int, at endpoint: String?, within: Duration) async throws -> String? {
        let activity = endpoint.flatMap { receivers[$0]?.activity } ?? receivers.activity
        let deadline = run.session.clock.now.advanced(by: within)
        let came = await activity.waitForAttempts(count, until: deadline)
        try Task.checkCancellation()
        guard !came else { return nil }
        return "saw \(activity.attemptsArrived) of \(count) attempts within \(DurationNotation.text(within))"
    }
}
