import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

extension HistoryMaker {
    /// Reads the delivery log of a dispatcher that logs everything as it was.
    mutating func log() {
        let context = context
        var rows: [LoggedDelivery] = []
        for delivery in context.deliveries where !delivery.attempts.isEmpty {
            rows.append(
                LoggedDelivery(
                    id: "d\(rows.count + 1)",
                    eventID: delivery.emission.emitted.dispatcherID,
                    eventType: delivery.emission.type,
                    createdAt: "2026-03-03T14:00:01Z",
                    url: delivery.endpoint.opened?.url,
                    latestStatus: delivery.attempts.last?.receipt?.status,
                    payload: Bytes(delivery.attempts[0].body.bytes),
                    attempts: delivery.attempts.map { logged($0) }
                )
            )
        }
        history.deliveryLog = DeliveryLogRead(available: true, deliveries: rows, detail: "\(rows.count) deliveries")
    }

    private func logged(_ attempt: AttemptView) -> LoggedAttempt {
        let status =
            attempt.receiverResult.isFailure && attempt.receipt?.answerEnded == nil ? nil : attempt.receipt?.status
        return LoggedAttempt(
            number: attempt.ordinal,
            outcome: attempt.receiverResult.isSuccess ? "succeeded" : "failed",
            attemptedAt: "2026-03-03T14:00:02Z",
            responseCode: status,
            responseHeaders: status.map { _ in Bytes(text: "[]") },
            responseBody: status.map { _ in Bytes([]) },
            error: status == nil ? "no answer" : nil
        )
    }

    /// Changes the logged attempt (0-based) of a logged delivery (0-based).
    mutating func doctorLog(_ row: Int = 0, attempt: Int = 0, _ change: (inout LoggedAttempt) -> Void) {
        guard var log = history.deliveryLog else { return }
        change(&log.deliveries[row].attempts[attempt])
        history.deliveryLog = log
    }

    /// Changes a logged delivery (0-based).
    mutating func doctorRow(_ row: Int = 0, _ change: (inout LoggedDelivery) -> Void) {
        guard var log = history.deliveryLog else { return }
        change(&log.deliveries[row])
        history.deliveryLog = log
    }

    /// The host did not let the harness run for a while.
    mutating func stall(from start: Duration, to end: Duration) {
        let stalled = HostStalled(began: Stamp(sinceStart: start))
        history.stalls.append(Timed(at: Stamp(sinceStart: end), value: stalled))
    }

    /// The warped clock goes on by force while a thread of the dispatcher runs.
    mutating func force(from start: Duration, to end: Duration, steps: Int = 3) {
        let span = Stamp(sinceStart: start)...Stamp(sinceStart: end)
        history.clock.forced.append(ForcedTime(span: span, steps: steps))
    }

    /// The warped clock cannot see something from a moment on.
    mutating func doubt(_ what: String = "a peer on /run/db.sock outside the session", at time: Duration) {
        history.clock.doubts.append(Timed(at: Stamp(sinceStart: time), value: ClockDoubted(what: what)))
    }

    /// From a moment on nothing would ever happen.
    mutating func idle(at time: Duration) {
        history.clock.idle.append(Timed(at: Stamp(sinceStart: time), value: ClockIdle(why: "all wait")))
    }

    /// The dispatcher is told to end in an orderly way, does so, and is started again.
    mutating func stop(at time: Duration, restart: Duration) {
        kill(at: time, restart: restart)
        for index in history.lives.indices where !history.lives[index].signals.isEmpty {
            history.lives[index].signals = history.lives[index].signals.map { signal in
                var signal = signal
                signal.value.signal = "TERM"
                return signal
            }
        }
    }

    /// A run in which an event fails as often as `answers` says, attempts coming as the sample contract wants them.
    static func failing(
        _ answers: [Answer],
        endpoints: [ScenarioEndpoint] = [HistoryMaker.endpoint("main")],
        _ change: (inout Contract) throws -> Void = { _ in }
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        try change(&contract)
        var maker = HistoryMaker(contract: contract, endpoints: endpoints)
        let event = maker.emit()
        var at = Duration.seconds(2)
        for (index, answer) in answers.enumerated() {
            maker.attempt(event, at: at, number: index + 1, answer: answer)
            switch answer {
            case .status(_, let after): at += after
            case .hang(let until): at += until
            case .reset: break
            }
            at += index == 0 ? .seconds(300) : .seconds(600)
        }
        return maker
    }

    /// A contract in which nothing is tried again.
    static func fireAndForget(_ contract: inout Contract) {
        contract.retry = RetryTerms(
            attempts: SampleContract.stated(CountRange(lowest: 1, highest: 1)),
            delays: Clause(standing: .none),
            countedFrom: Clause(standing: .none),
            failures: Clause(standing: .none)
        )
        contract.guarantee = SampleContract.stated(.bestEffort)
    }

    /// A contract that says nothing of retries.
    static func silentRetries(_ contract: inout Contract) {
        contract.retry = RetryTerms()
        contract.guarantee = SampleContract.stated(.atLeastOnce)
    }
}
