import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Explains the findings that decided a verdict, from the evidence and the files.
struct ExplanationMaker {
    let context: JudgingContext

    /// The most deliveries whose story is told for one verdict.
    private static let mostStories = 3

    /// Explains a verdict by the first of the findings that decided it.
    ///
    /// - Parameter findings: those that share the verdict's outcome; not empty.
    func explanation(of findings: [Finding]) -> Explanation {
        guard let first = findings.first else { return Explanation() }
        let subjects = subjects(of: first)
        let comparison = first.comparison
        let span = span(of: subjects.flatMap(\.attempts))
        return Explanation(
            quote: quote(first.basis),
            comparison: comparison.map(visible),
            nearest: first.nearest.prefix(3).map { VisibleText.of($0.words, atMost: 300) },
            agreement: agreement(findings),
            measurement: MeasurementReading(context: context).sentence(comparison, first.outcome, over: span).map {
                VisibleText.of($0, atMost: 400)
            },
            stories: subjects.enumerated().map { story($1, $0 == 0 ? comparison : nil) },
            why: context.scenario.why.map { VisibleText.of($0, atMost: 300) },
            variants: context.scenario.variants.map { VisibleText.of($0, atMost: 60) }
        )
    }

    /// The details of a finding without the lines about single attempts that its story tells better.
    func details(of finding: Finding) -> [String] {
        guard !finding.details.isEmpty else { return [] }
        let told = Set(subjects(of: finding).flatMap { context.timeline(of: $0.attempts) })
        return finding.details.filter { !told.contains($0) }
    }

    /// What a finding is about: the requests and, where they make one, the delivery.
    private struct Subject {
        var name: String
        var attempts: [AttemptView]
        var delivery: Delivery?
    }

    private func subjects(of finding: Finding) -> [Subject] {
        let names = [finding.subject].compactMap(\.self) + finding.alsoAbout
        var found: [Subject] = []
        for name in names {
            if let subject = subject(named: name), !found.contains(where: { $0.name == subject.name }) {
                found.append(subject)
            }
        }
        if names.isEmpty || found.isEmpty {
            // Where there is but one delivery, that is the one.
            let tried = context.deliveries.filter { !$0.attempts.isEmpty }
            if tried.count == 1 {
                found = tried.map { Subject(name: $0.subject, attempts: $0.attempts, delivery: $0) }
            }
        }
        return Array(found.prefix(Self.mostStories))
    }

    /// Finds what `main · e1`, `main · e1 #2`, `main · activation` and `main · request 7` name.
    private func subject(named name: String) -> Subject? {
        let isAbout = { (whole: String) in name == whole || name.hasPrefix(whole + " #") }
        for delivery in context.deliveries + context.barred + context.tangled where isAbout(delivery.subject) {
            return Subject(name: delivery.subject, attempts: delivery.attempts, delivery: delivery)
        }
        for activation in context.activations where isAbout(activation.subject) {
            return Subject(name: activation.subject, attempts: activation.attempts, delivery: nil)
        }
        for stray in context.strayAttempts where context.subject(of: stray) == name {
            return Subject(name: name, attempts: [stray], delivery: nil)
        }
        return nil
    }

    private func story(_ subject: Subject, _ comparison: Comparison?) -> DeliveryStory {
        let reading = AttemptFactsReading(context)
        let told = subject.attempts.prefix(DeliveryStory.mostAttempts)
        return DeliveryStory(
            subject: VisibleText.of(subject.name, atMost: 120),
            timeline: TimelineReading(context: context).timeline(subject.attempts, of: subject.delivery, comparison),
            attempts: told.enumerated().map { index, attempt in
                reading.facts(
                    of: attempt,
                    after: index > 0 ? subject.attempts[index - 1] : nil,
                    first: subject.attempts[0]
                )
            },
            omitted: subject.attempts.count - told.count
        )
    }

    private func span(of attempts: [AttemptView]) -> ClosedRange<Stamp>? {
        guard let start = attempts.map(\.began).min(), let end = attempts.map({ $0.ended ?? $0.began }).max() else {
            return nil
        }
        return start...max(start, end)
    }

    private func quote(_ basis: Basis) -> SourceQuote? {
        guard let position = basis.position else { return nil }
        let source = basis.file == .contract ? context.contract.text : context.scenario.text
        return source.flatMap { SourceQuote($0, at: position) }
    }

    private func agreement(_ findings: [Finding]) -> Agreement? {
        guard let rule = findings.first?.nearest.first?.rule, findings.count > 1 else { return nil }
        let alike = findings.count { finding in finding.nearest.contains { $0.rule == rule } }
        return Agreement(alike: alike, all: findings.count)
    }

    private func visible(_ comparison: Comparison) -> Comparison {
        var comparison = comparison
        comparison.promised = VisibleText.of(comparison.promised, atMost: 200)
        comparison.observed = VisibleText.of(comparison.observed, atMost: 200)
        return comparison
    }
}
