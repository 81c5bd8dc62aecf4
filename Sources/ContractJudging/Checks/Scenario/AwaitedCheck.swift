import DeliveryEvidence
import DeliveryScenarios

/// The attempts that the scenario waits for come in time.
enum AwaitedCheck {
    static let check = Check(
        "scenario.awaited",
        codes: [],
        title: "The attempts that the scenario waits for come in the time it gives them.",
        asks: "Every `await` and every `at` ended with its attempts, and not with its time."
    ) { context in
        context.history.steps.compactMap { record in
            guard context.scenario.steps.indices.contains(record.step - 1) else { return nil }
            let step = context.scenario.steps[record.step - 1]
            switch step.action {
            case .awaitAttempts(let count, let endpoint, _): return judge(record, step, count, endpoint, context)
            case .at(let point): return judge(record, step, point.attempt, point.endpoint, context)
            default: return nil
            }
        }
    }

    private static func judge(
        _ record: StepHistory,
        _ step: Step,
        _ count: Int,
        _ endpoint: String?,
        _ context: JudgingContext
    ) -> Finding {
        let basis = Basis.scenario(step.position)
        let subject = "step \(record.step)"
        guard let ended = record.ended else {
            return .inconclusive(subject, "\(record.text): it was not carried to its end.", by: basis)
        }
        guard let note = record.note else { return .held(subject, "\(record.text): they came.", by: basis) }
        let text = "\(record.text): \(note)."
        if case .at(let point) = step.action, note == point.missed {
            return .inconclusive(subject, "\(text) What follows it happened later than it was meant to.", by: basis)
        }
        // A clock that cannot be trusted may keep something back for longer than the step lasted.
        let until = context.history.clock.isWarped ? max(ended, context.observedEnd) : ended
        let doubt = context.uncertainty(from: record.began, to: until)
        let seen = context.attempts.filter { attempt in
            endpoint.map { $0 == attempt.arrived.endpoint } ?? true && attempt.began <= ended + doubt.amount
        }
        // A stall can have kept back what came within its length, and nothing that came later or never.
        guard doubt.isNone || seen.count < count && context.observedEnd >= ended + doubt.amount else {
            return .inconclusive(subject, "\(text) \(doubt.sentence)", by: basis)
        }
        guard context.isObservationComplete, context.history.dropped == 0 else {
            return .inconclusive(subject, "\(text) The observation is not complete.", by: basis)
        }
        let never = context.nothingEver(since: record.began)
        let details = never.isEmpty ? [] : ["They did not come\(never)."]
        return .violated(subject, text, details: details + context.timeline(of: seen), by: basis)
    }
}
