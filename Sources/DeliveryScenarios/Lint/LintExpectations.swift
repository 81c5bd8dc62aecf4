import Notation
import WebhookContracts

/// An expectation has to be able to fail, and to be met.
extension LintRun {
    mutating func checkExpectations() {
        let expectations = scenario.expectations
        if let attempts = expectations.attempts {
            check(attempts, at: scenario.endpoints, what: "the scenario")
        }
        for endpoint in scenario.endpoints {
            guard let attempts = expectations.attemptsByEndpoint[endpoint.name] else { continue }
            check(attempts, at: [endpoint], what: "the endpoint `\(endpoint.name)`")
        }
        checkGaps()
        if let emission = expectations.emission, emissions.isEmpty {
            let help = "add a step `- emit: <event>`"
            error("nothing is emitted, so this is always met", at: emission.position, help: help)
        }
    }

    private mutating func check(_ attempts: Expected<CountRange>, at endpoints: [ScenarioEndpoint], what: String) {
        let range = attempts.value
        if range.lowest == 0, range.highest == nil {
            let help = "write `exactly 1`, for example"
            error("any number of attempts meets this", at: attempts.position, help: help)
            return
        }
        checkObserved(range, at: attempts.position)
        guard let most = mostAttempts(at: endpoints), range.lowest > most else { return }
        warning(
            "\(what) cannot get \(range.lowest) attempts: its answers end in success after \(most)",
            at: attempts.position,
            help: "let more of the replies fail, or expect `exactly \(most)`"
        )
    }

    /// What is expected about the number of attempts shows only while someone watches for more.
    private mutating func checkObserved(_ range: CountRange, at position: SourcePosition?) {
        switch scenario.steps.last?.action {
        case .quiet: return
        case .awaitAttempts:
            guard let highest = range.highest else { return }
            warning(
                "the scenario ends as soon as attempts arrive, so `at most \(highest)` is hardly watched",
                at: position,
                help: "end with `- quiet`"
            )
        default:
            error(
                "the scenario ends before this can be seen",
                at: position,
                help: "end with `- quiet`, or with `- await:`"
            )
        }
    }

    /// How many attempts the scripted answers allow before they succeed; `nil` when nothing limits them.
    ///
    /// Deliveries on activation and the repeats after a death of the dispatcher are not counted, so with either there is
    /// no limit.
    private func mostAttempts(at endpoints: [ScenarioEndpoint]) -> Int? {
        guard !endsALife, contract.endpoint.activationDelivery.value != true else { return nil }
        var most = 0
        for endpoint in endpoints {
            guard let failures = forecast.course(at: endpoint.name)?.failures else { return nil }
            let events = emissions.filter { endpoint.events?.contains($0.emission.event) ?? true }
            most += events.count * (failures + 1)
        }
        return most
    }

    private mutating func checkGaps() {
        let expectations = scenario.expectations
        guard let first = expectations.gaps.first else { return }
        let deliveries = emissions.count * scenario.endpoints.count
        if deliveries > 1 {
            error(
                "`gaps` needs a scenario with one delivery, and this one has up to \(deliveries)",
                at: first.position,
                help: "emit one event to one endpoint"
            )
        }
        checkObserved(CountRange(lowest: expectations.gaps.count + 1, highest: nil), at: first.position)
        guard let attempts = expectations.attempts, let highest = attempts.value.highest else { return }
        if highest <= expectations.gaps.count {
            error(
                "\(expectations.gaps.count) gaps need \(expectations.gaps.count + 1) attempts, but `attempts` allows"
                    + " \(highest)",
                at: first.position,
                help: "leave out a gap, or expect `exactly \(expectations.gaps.count + 1)` attempts"
            )
        }
    }
}
