import DeliveryEvidence
import Notation
import WebhookContracts

/// V7: the log says rightly when the next attempt is due.
enum NextAttemptCheck {
    static let check = Check(
        "log.next-attempt",
        codes: ["V7"],
        title: "The time that the log shows for the next attempt is when it comes.",
        asks: """
            While a retry is waited for, the log shows when it is due, and it comes then: not more than a second before, and not \
            later than a retry may be. What is shown without a retry that follows counts when it was watched for.
            """
    ) { context in
        let clause = context.contract.deliveryLog
        guard let start = context.history.startedAt.flatMap({ WallTime($0)?.sinceEpoch }) else { return [] }
        let isStated = clause.value.map { ($0.attempt + $0.event).contains(.nextAttemptAt) } ?? false
        var findings: [Finding] = []
        for (place, read) in context.history.logReads.enumerated() where read.value.available {
            let isLast = place == context.history.logReads.count - 1
            let log = DeliveryLogIndex(context, read: read.value)
            for delivery in context.deliveries {
                guard let records = log.records(of: delivery), let record = records.last, records.count == 1 else {
                    continue
                }
                let shown = NextAttemptReading(record, delivery, readAt: read.at, isLast: isLast, startedAt: start)
                findings += shown.judged(isStated, context)
            }
        }
        return findings
    }
}

/// What one reading of the log shows of when the attempts of a delivery are due, and when they came.
private struct NextAttemptReading {
    let record: LoggedDelivery
    let delivery: Delivery
    let readAt: Stamp
    /// Says that it is the reading at the end, which shows nothing that was still to come.
    let isLast: Bool
    /// The wall-clock time at stamp 0, since 1970.
    let startedAt: Duration

    init(_ record: LoggedDelivery, _ delivery: Delivery, readAt: Stamp, isLast: Bool, startedAt: Duration) {
        self.record = record
        self.delivery = delivery
        self.readAt = readAt
        self.isLast = isLast
        self.startedAt = startedAt
    }

    func judged(_ isStated: Bool, _ context: JudgingContext) -> [Finding] {
        let known = delivery.attempts.filter { ($0.ended ?? context.observedEnd) < readAt }
        // Attempts that the log lacks, or that never became a request, leave open which of them is which.
        let begun = delivery.attempts.filter { $0.began < readAt }.count
        guard record.attempts.count == known.count, known.count == begun else { return [] }
        var findings: [Finding] = []
        for (attempt, entry) in zip(known, record.attempts) {
            let isLatest = attempt.ordinal == known.count
            let text = entry.nextAttemptAt ?? (isLatest ? record.nextAttemptAt : nil)
            if let finding = judge(text, after: attempt, isLatest, isStated, context) { findings.append(finding) }
        }
        return findings
    }

    private func judge(
        _ shown: String?,
        after attempt: AttemptView,
        _ isLatest: Bool,
        _ isStated: Bool,
        _ context: JudgingContext
    ) -> Finding? {
        guard attempt.receiverResult.isFailure else { return nil }
        let clause = context.contract.deliveryLog
        let next = context.next(after: attempt, in: delivery)
        let subject = delivery.subject(attempt)
        guard let next, context.death(from: attempt.began, to: next.began) == nil else {
            return withoutNext(shown, after: attempt, isStated, subject, context)
        }
        let came = startedAt + (next.began - Stamp(nanoseconds: 0))
        guard let shown else {
            // A log of which only the present state shows when something is due has forgotten it by the end.
            guard isStated, isLatest, !isLast, next.began > readAt else { return nil }
            return .violated(
                subject,
                "A retry was waited for, and the log does not show when it is due.",
                by: clause.basis
            )
        }
        guard let due = WallTime(shown)?.sinceEpoch else {
            guard isStated else { return nil }
            return .violated(subject, "The log shows \(shown.quoted), which is no time of RFC 3339.", by: clause.basis)
        }
        let late = came - due
        let text = "The log shows that the next attempt is due at \(shown); it came \(difference(late))"
        guard isStated else { return .unstated(subject, "\(text). That the log shows it is not stated.") }
        let ended = attempt.ended ?? attempt.began
        let promised = max(.zero, due - startedAt - (ended - Stamp(nanoseconds: 0)))
        let window = context.tolerance.window(around: promised)
        // Logs write whole seconds, too.
        let early = Duration.seconds(1) + context.tolerance.early + context.unrecordedStall
        let latest = context.latest(window.latest, from: ended) - promised
        guard late < .zero - early || late > latest else { return .held(subject, "\(text).", by: clause.basis) }
        // What the scenario itself kept the dispatcher from doing in time is no occasion.
        guard context.history.standstill(from: ended, to: next.began).isNone else { return nil }
        let doubt = context.uncertainty(from: ended, to: next.began)
        let excess = late > latest ? late - latest : .zero - early - late
        guard doubt.isNone || doubt.amount < excess else {
            return .inconclusive(subject, "\(text), but \(doubt.why).", by: clause.basis)
        }
        return .violated(subject, "\(text).", by: clause.basis)
    }

    /// A time is shown, and nothing came.
    private func withoutNext(
        _ shown: String?,
        after attempt: AttemptView,
        _ isStated: Bool,
        _ subject: String,
        _ context: JudgingContext
    ) -> Finding? {
        guard isStated, let shown, let due = WallTime(shown)?.sinceEpoch,
            !context.isLifted(delivery, since: attempt.began)
        else { return nil }
        let moment = due - startedAt
        let observed = context.observedEnd - Stamp(nanoseconds: 0)
        let ended = (attempt.ended ?? attempt.began) - Stamp(nanoseconds: 0)
        let latest = context.tolerance.window(around: max(.zero, moment - ended)).latest + ended
        guard context.isObservationComplete, context.history.dropped == 0, latest < observed else { return nil }
        let doubt = context.uncertainty(from: attempt.began, to: context.observedEnd)
        guard doubt.isNone || doubt.amount < observed - latest else { return nil }
        let text =
            "The log shows that the next attempt is due at \(shown), and none came by \(context.text(context.observedEnd))."
        return .violated(subject, text, by: context.contract.deliveryLog.basis)
    }

    private func difference(_ late: Duration) -> String {
        late >= .zero ? "\(TimeText.of(late)) later" : "\(TimeText.of(.zero - late)) before"
    }
}
