import DeliveryEvidence
import DeliveryScenarios
import Notation

/// The checks of what a scenario itself expects, beyond the contract.
enum ExpectationChecks {
    static let all: [Check] = [AwaitedCheck.check, attempts, attemptsAtEndpoint, gaps, registration, emission]

    static let attempts = Check(
        "scenario.attempts",
        codes: [],
        title: "As many attempts come as the scenario expects.",
        asks: "The requests at all endpoints together, until the observation ended."
    ) { context in
        guard let expected = context.scenario.expectations.attempts else { return [] }
        let seen = context.attempts.filter { $0.began <= context.observedEnd }
        return [count(seen, expected, "all endpoints", nil, context)]
    }

    static let attemptsAtEndpoint = Check(
        "scenario.attempts-at-endpoint",
        codes: [],
        title: "As many attempts come to an endpoint as the scenario expects.",
        asks: "The requests at each endpoint that the scenario names, until the observation ended."
    ) { context in
        context.scenario.expectations.attemptsByEndpoint.sorted { $0.key < $1.key }.map { name, expected in
            let seen = context.attempts.filter { $0.arrived.endpoint == name && $0.began <= context.observedEnd }
            return count(seen, expected, name, name, context)
        }
    }

    private static func count(
        _ attempts: [AttemptView],
        _ expected: Expected<CountRange>,
        _ place: String,
        _ subject: String?,
        _ context: JudgingContext
    ) -> Finding {
        let basis = Basis.scenario(expected.position)
        let wanted = expected.value.text
        let text = "\(attempts.count) attempts came to \(place); the scenario expects \(wanted)."
        let isOver = expected.value.highest.map { attempts.count > $0 } ?? false
        let comparison = Comparison(promised: "\(wanted) attempts", observed: "\(attempts.count)")
        if isOver {
            return .violated(subject, text, details: context.timeline(of: attempts), comparison: comparison, by: basis)
        }
        let isCertain = context.isObservationComplete && context.history.dropped == 0
        guard isCertain else {
            return .inconclusive(subject, "\(text) More may have come: the observation is not complete.", by: basis)
        }
        // More could not spoil what is as many as at least wanted.
        let isSafe = expected.value.highest == nil && expected.value.contains(attempts.count)
        if !isSafe, let doubt = doubtAboutMore(context) {
            return .inconclusive(subject, "\(text) More may have come: \(doubt).", by: basis)
        }
        guard expected.value.contains(attempts.count) else {
            let details = absent(context) + context.timeline(of: attempts)
            return .violated(subject, text, details: details, comparison: comparison, by: basis)
        }
        return .held(subject, text, by: basis)
    }

    /// Why the warped clock may have kept more from coming while it was watched; `nil` when it did not for long enough.
    ///
    /// A scenario says how many attempts it expects and not when, so that any delay that is longer than what is allowed to
    /// every attempt may be one too long.
    private static func doubtAboutMore(_ context: JudgingContext) -> String? {
        let start = context.emissions.map(\.emitted.asked).min() ?? Stamp(nanoseconds: 0)
        let doubt = context.clockUncertainty(from: start, to: context.observedEnd)
        return doubt.amount > context.tolerance.late ? doubt.why : nil
    }

    /// A line that says that what is missing never would have come, where that is proven.
    private static func absent(_ context: JudgingContext) -> [String] {
        let words = context.nothingEver(since: context.emissions.last?.at ?? Stamp(nanoseconds: 0))
        return words.isEmpty ? [] : ["No more came\(words)."]
    }

    static let gaps = Check(
        "scenario.gaps",
        codes: [],
        title: "The waits between attempts are those the scenario expects.",
        asks: "Of the only delivery, from the end of each attempt to the first byte of the next."
    ) { context in
        let expected = context.scenario.expectations.gaps
        guard let first = expected.first else { return [] }
        let deliveries = context.deliveries.filter { !$0.attempts.isEmpty }
        guard deliveries.count == 1, let delivery = deliveries.first else {
            let text = "The scenario expects waits of one delivery, and \(deliveries.count) were attempted."
            let isNone = deliveries.isEmpty && context.tangled.isEmpty
            let outcome: Outcome = isNone && context.isObservationComplete ? .violated : .inconclusive
            return [Finding(outcome, nil, text, by: .scenario(first.position))]
        }
        return expected.enumerated().map { index, window in judge(window, index, delivery, context) }
    }

    private static func judge(
        _ expected: Expected<TimeWindow>,
        _ index: Int,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> Finding {
        let basis = Basis.scenario(expected.position)
        guard delivery.attempts.count > index + 1 else {
            let text =
                "Attempt \(index + 2) did not come; the scenario expects it \(expected.value.text) after the one before."
            guard context.isObservationComplete else {
                return .inconclusive(delivery.subject, "\(text) The observation ended early.", by: basis)
            }
            if let doubt = doubtAboutMore(context) {
                return .inconclusive(delivery.subject, "\(text) It may have been kept back: \(doubt).", by: basis)
            }
            let details = absent(context) + context.timeline(of: delivery)
            return .violated(delivery.subject, text, details: details, by: basis)
        }
        let next = delivery.attempts[index + 1]
        guard let ended = delivery.attempts[index].ended else {
            let text = "Attempt \(index + 1) was still open when attempt \(index + 2) came."
            return .violated(delivery.subject(next), text, details: context.timeline(of: delivery), by: basis)
        }
        let judged = context.judgeGap(from: ended, to: next.began, window: expected.value)
        return Finding(
            judged.outcome,
            delivery.subject(next),
            "The wait before it was \(judged.sentence).",
            comparison: Comparison(
                next.began,
                in: expected.value,
                from: ended,
                "after attempt \(index + 1) was over"
            ),
            by: basis
        )
    }

    static let registration = Check(
        "scenario.registration",
        codes: [],
        title: "The dispatcher takes the endpoint on, or refuses it, as the scenario expects.",
        asks: "The dispatcher's answer to every registration."
    ) { context in
        guard let expected = context.scenario.expectations.registration else { return [] }
        return context.history.registrations.map { record in
            acceptance(
                record.value.accepted,
                expected,
                subject: record.value.endpoint,
                "The registration",
                answer: answer(record.value.status, record.value.detail)
            )
        }
    }

    static let emission = Check(
        "scenario.emission",
        codes: [],
        title: "The dispatcher takes the events on, or refuses them, as the scenario expects.",
        asks: "The dispatcher's answer to every event that was handed over."
    ) { context in
        guard let expected = context.scenario.expectations.emission else { return [] }
        return context.emissions.map { emission in
            acceptance(
                emission.emitted.accepted,
                expected,
                subject: emission.event,
                "The event",
                answer: answer(emission.emitted.status, emission.emitted.detail)
            )
        }
    }

    private static func acceptance(
        _ accepted: Bool,
        _ expected: Expected<Acceptance>,
        subject: String,
        _ thing: String,
        answer: String
    ) -> Finding {
        let basis = Basis.scenario(expected.position)
        let text = "\(thing) was \(accepted ? "accepted" : "refused") (\(answer))"
        if accepted == (expected.value == .accepted) { return .held(subject, "\(text).", by: basis) }
        return .violated(subject, "\(text); the scenario expects it to be \(expected.value.rawValue).", by: basis)
    }

    private static func answer(_ status: Int?, _ detail: String) -> String {
        [status.map { "\($0)" }, detail.isEmpty ? nil : detail.quoted].compactMap(\.self).joined(separator: " ")
    }
}
