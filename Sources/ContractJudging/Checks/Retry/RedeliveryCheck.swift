import DeliveryEvidence
import Notation
import WebhookContracts

/// Y11: a delivery that somebody has sent again by hand.
enum RedeliveryCheck {
    static let check = Check(
        "retry.redelivery",
        codes: ["Y11"],
        title:
            "Sending a delivery again by hand makes one attempt of it, and does with the waiting retry as promised.",
        asks: """
            After the request an attempt comes that carries the same event id and has a record of its own in the log. The \
            retry that was waiting comes or stays away as stated, and the attempts are no more than the contract gives.
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        return context.redelivered.compactMap { delivery in
            let asked = context.history.redeliveries.filter {
                $0.value.accepted && $0.value.event == delivery.emission.event
                    && $0.value.endpoint == delivery.endpoint.name
            }
            guard let first = asked.first, context.death(from: first.value.asked, to: context.observedEnd) == nil else {
                return nil
            }
            return judge(delivery, asked, first, log, context)
        }
    }

    private static func judge(
        _ delivery: Delivery,
        _ asked: [Timed<RedeliveryAsked>],
        _ first: Timed<RedeliveryAsked>,
        _ log: DeliveryLogIndex,
        _ context: JudgingContext
    ) -> Finding? {
        let clause = context.contract.retry.redelivery
        let reading = RedeliveryReading(delivery, asked: first, context)
        guard let manual = reading.manual else { return missing(reading, clause, context) }
        let wait = TimeText.of(max(.zero, manual.began - first.value.asked))
        if clause.isUnstated {
            let text = "What sending a delivery again does is not stated; an attempt came after \(wait)."
            return .unstated(delivery.subject, text)
        }
        guard let terms = clause.value else { return nil }
        let problems = [
            identity(manual, reading, context), record(delivery, log),
            budget(delivery, asked, terms, context), reading.afterSuccess(context),
        ].compactMap(\.self)
        if let problem = problems.first {
            return .violated(delivery.subject, problem, details: Array(problems.dropFirst()), by: clause.basis)
        }
        switch asked.count == 1 ? reading.pendingRetry(context) : nil {
        case .came(let retry)? where terms.pending == .cancelled:
            let text =
                "The retry that was waiting came all the same, at \(context.text(retry.began)); it was to be cancelled."
            return .violated(delivery.subject, text, by: clause.basis)
        case .missing(let due)? where terms.pending == .kept:
            let text = "The retry that was waiting did not come by \(context.text(due)); it was to be kept."
            return .violated(delivery.subject, text, by: clause.basis)
        case .doubtful(let why)?:
            let text = "An attempt came after \(wait); what became of the waiting retry is open, for \(why)."
            return .inconclusive(delivery.subject, text, by: clause.basis)
        case .came?, .missing?:
            let text =
                "An attempt with the same event id came after \(wait), and the waiting retry was \(terms.pending.rawValue)."
            return .held(delivery.subject, text, by: clause.basis)
        case .open?, .undated?, nil:
            return .held(delivery.subject, "An attempt with the same event id came after \(wait).", by: clause.basis)
        }
    }

    private static func missing(
        _ reading: RedeliveryReading,
        _ clause: Clause<RedeliveryTerms>,
        _ context: JudgingContext
    ) -> Finding? {
        let subject = reading.delivery.subject
        let saw = "The dispatcher took the request to send it again at \(context.text(reading.asked.at))"
        guard clause.value != nil else { return nil }
        switch context.silence(since: reading.asked.at, needed: context.timeToStart) {
        case .proven(let watched):
            let text = "\(saw), and no attempt of it came within \(TimeText.of(watched))."
            return .violated(subject, text, by: clause.basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(subject, "\(saw), and no attempt came; but \(why).", by: clause.basis)
        }
    }

    /// Receivers tell by the id that they have seen the event before.
    private static func identity(
        _ manual: AttemptView,
        _ reading: RedeliveryReading,
        _ context: JudgingContext
    ) -> String? {
        guard let before = reading.before.first else { return nil }
        let names = [context.contract.header(carrying: .eventID)?.name, context.contract.dedup.value?.header]
        for name in Set(names.compactMap(\.self)).sorted() {
            let (old, new) = (before.arrived.values(of: name), manual.arrived.values(of: name))
            guard old != new, !old.isEmpty else { continue }
            return
                "The attempt that was asked for has \(name) \((new.first ?? "").quoted); the event's is \(old[0].quoted)."
        }
        return nil
    }

    private static func record(_ delivery: Delivery, _ log: DeliveryLogIndex) -> String? {
        guard let records = log.records(of: delivery), !records.isEmpty else { return nil }
        let logged = records.reduce(0) { $0 + $1.attempts.count }
        guard logged > 0, logged < delivery.attempts.count else { return nil }
        return
            "\(delivery.attempts.count) requests came, and the log has \(logged) attempts: one has no record of its own."
    }

    private static func budget(
        _ delivery: Delivery,
        _ asked: [Timed<RedeliveryAsked>],
        _ terms: RedeliveryTerms,
        _ context: JudgingContext
    ) -> String? {
        guard let most = context.promise.most, let last = asked.last else { return nil }
        let before = delivery.attempts.count { $0.began < last.value.asked }
        let allowed = terms.counts ? max(most, before + 1) : most + asked.count
        guard delivery.attempts.count > allowed else { return nil }
        let how = terms.counts ? "one asked for by hand counted" : "those asked for by hand not counted"
        return "\(delivery.attempts.count) attempts came; no more than \(allowed) are promised, \(how)."
    }
}

/// The attempts of a delivery before and after somebody asked for it again.
struct RedeliveryReading {
    let delivery: Delivery
    let asked: Timed<RedeliveryAsked>
    let before: [AttemptView]
    /// The attempt that was asked for; `nil` when it did not come before the retry that was due anyway.
    let manual: AttemptView?
    /// When the retry was due that was waiting, counted from the last attempt before; `nil` when none was.
    private let due: (origin: Stamp, window: TimeWindow)?

    init(_ delivery: Delivery, asked: Timed<RedeliveryAsked>, _ context: JudgingContext) {
        self.delivery = delivery
        self.asked = asked
        before = delivery.attempts.filter { $0.began < asked.value.asked }
        due = before.last.flatMap { last in
            guard case .failure(let kind, let status) = last.receiverResult,
                context.promise.retries(kind, status: status) == true,
                let delay = context.promise.delay(after: last.ordinal),
                context.promise.most.map({ last.ordinal < $0 }) ?? true,
                let origin = context.promise.origin(of: last, in: delivery)
            else { return nil }
            let window = context.window(after: last, scheduled: delay)
            return origin + window.latest > asked.value.asked ? (origin, window) : nil
        }
        let next = delivery.attempts.first { $0.began >= asked.value.asked }
        let dueAt = due.map { $0.origin + $0.window.earliest }
        manual = next.flatMap { attempt in dueAt.map { attempt.began < $0 } ?? true ? attempt : nil }
    }

    /// A further attempt after the one that was asked for had succeeded.
    func afterSuccess(_ context: JudgingContext) -> String? {
        guard let manual, manual.receiverResult.isSuccess,
            let later = delivery.attempts.first(where: { $0.began > manual.ended ?? manual.began })
        else { return nil }
        return "The attempt that was asked for succeeded, and another one came at \(context.text(later.began))."
    }

    /// What became of the retry that was waiting; `nil` when nothing would show it.
    func pendingRetry(_ context: JudgingContext) -> RetryCourse? {
        guard let due, let manual, manual.receiverResult.isFailure, let ended = manual.ended else { return nil }
        // A stamp of the receiver can be late, so that a wait can look a little short.
        let earliest = max(.zero, due.window.earliest - context.unrecordedStall)
        let span = due.origin + earliest...due.origin + due.window.latest
        // What would come by the schedule anyway, counted from the attempt that was asked for, proves nothing.
        for ordinal in [manual.ordinal, manual.ordinal - 1] {
            guard let delay = context.promise.delay(after: ordinal) else { continue }
            let window = context.window(after: manual, scheduled: delay)
            guard !span.overlaps(ended + window.earliest...ended + window.latest) else { return nil }
        }
        let later = delivery.attempts.filter { $0.number != manual.number }
        if let retry = later.first(where: { span.contains($0.began) }) { return .came(retry) }
        guard span.upperBound <= context.observedEnd else { return nil }
        guard context.isObservationComplete, context.history.dropped == 0 else {
            return .doubtful("the observation is not complete")
        }
        let doubt = context.uncertainty(from: asked.at, to: span.upperBound)
        return doubt.isNone ? .missing(since: span.upperBound) : .doubtful(doubt.why)
    }
}
