import DeliveryEvidence
import Notation

/// Lays the attempts of one delivery on an axis.
struct TimelineReading {
    let context: JudgingContext

    /// The most windows on one axis.
    private static let mostWindows = 24

    /// - Parameters:
    ///   - attempts: in order of arrival.
    ///   - delivery: whose waits are promised; `nil` for requests that belong to none.
    ///   - comparison: the window the verdict is about.
    /// - Returns: `nil` when there is nothing to see: a single request that was answered at once.
    func timeline(_ attempts: [AttemptView], of delivery: Delivery?, _ comparison: Comparison?) -> AttemptTimeline? {
        guard let first = attempts.first else { return emptyTimeline(of: delivery, comparison) }
        let startsBefore = (comparison?.window?.lowerBound ?? first.began) < first.began
        let handed = startsBefore ? delivery?.emission.at : nil
        let zero = handed.map { min($0, first.began) } ?? first.began
        var timeline = AttemptTimeline(
            zero: handed == nil ? "attempt 1 came" : "the event was taken",
            bars: attempts.prefix(DeliveryStory.mostAttempts).map { bar($0, zero) },
            windows: [],
            marks: []
        )
        if handed != nil { timeline.marks.append(AttemptTimeline.Mark(at: .zero, kind: .emission)) }
        let scheduled = delivery.map { windows(of: $0, attempts, zero, apartFrom: comparison) } ?? []
        let isMissing = comparison?.window == nil && !scheduled.isEmpty && lacksRetry(delivery, attempts)
        timeline.windows = Array((measured(comparison, zero) + scheduled).prefix(Self.mostWindows))
        let last = (attempts.last?.began ?? first.began) - zero
        let closes = timeline.windows.map(\.closes).max() ?? .zero
        for death in context.deaths.map({ $0 - zero }) where death >= .zero && death <= max(last, closes) {
            timeline.marks.append(AttemptTimeline.Mark(at: death, kind: .death))
        }
        // How long it was watched matters where something is missing.
        if isMissing, context.observedEnd > first.began {
            timeline.marks.append(AttemptTimeline.Mark(at: context.observedEnd - zero, kind: .end))
        }
        let isDull = timeline.bars.count == 1 && timeline.windows.isEmpty && timeline.marks.isEmpty
        return isDull ? nil : timeline
    }

    /// Says that another attempt was promised after the last one and did not come.
    private func lacksRetry(_ delivery: Delivery?, _ attempts: [AttemptView]) -> Bool {
        guard let delivery, let last = attempts.last, last.receiverResult.isFailure else { return false }
        return context.promise.delay(after: last.ordinal) != nil && context.next(after: last, in: delivery) == nil
    }

    /// What an axis shows of a delivery that never came: when it had to.
    private func emptyTimeline(of delivery: Delivery?, _ comparison: Comparison?) -> AttemptTimeline? {
        guard let delivery, comparison?.window != nil else { return nil }
        let zero = delivery.emission.at
        let end = AttemptTimeline.Mark(at: max(.zero, context.observedEnd - zero), kind: .end)
        return AttemptTimeline(
            zero: "the event was taken",
            bars: [],
            windows: measured(comparison, zero),
            marks: [AttemptTimeline.Mark(at: .zero, kind: .emission), end]
        )
    }

    private func measured(_ comparison: Comparison?, _ zero: Stamp) -> [AttemptTimeline.Window] {
        comparison?.window.map {
            [AttemptTimeline.Window(opens: $0.lowerBound - zero, closes: $0.upperBound - zero, isMeasured: true)]
        } ?? []
    }

    private func bar(_ attempt: AttemptView, _ zero: Stamp) -> AttemptTimeline.Bar {
        let ended = attempt.ended.map { $0 - zero }
        return AttemptTimeline.Bar(
            ordinal: max(1, attempt.ordinal),
            began: attempt.began - zero,
            ended: ended ?? (context.observedEnd > attempt.began ? context.observedEnd - zero : nil),
            caption: caption(attempt)
        )
    }

    private func caption(_ attempt: AttemptView) -> String {
        guard let receipt = attempt.receipt else { return "?" }
        let closing = receipt.closing ?? attempt.connectionClosing
        if let status = receipt.status, let answered = receipt.answerEnded {
            let isCut = closing.map { $0.by == .dispatcher && $0.at < answered } ?? false
            return isCut ? "hung up" : "\(status)"
        }
        guard let closing else { return "open" }
        return closing.by == .dispatcher ? "hung up" : closing.how == .reset ? "reset" : "closed"
    }

    /// When each retry had to come, up to the end of the observation.
    private func windows(
        of delivery: Delivery,
        _ attempts: [AttemptView],
        _ zero: Stamp,
        apartFrom comparison: Comparison?
    ) -> [AttemptTimeline.Window] {
        attempts.compactMap { attempt in
            let isFollowed = context.next(after: attempt, in: delivery) != nil
            // Beside a window that was judged, one for what never came would only distract.
            guard isFollowed || comparison?.window == nil else { return nil }
            guard attempt.receiverResult.isFailure, let delay = context.promise.delay(after: attempt.ordinal),
                let origin = context.promise.origin(of: attempt, in: delivery)
            else { return nil }
            let window = context.window(after: attempt, scheduled: delay)
            let opens = origin + window.earliest
            guard opens <= context.observedEnd else { return nil }
            // The window that was judged is drawn as it was judged.
            if let judged = comparison?.window, judged.overlaps(opens...(origin + window.latest)) { return nil }
            return AttemptTimeline.Window(
                opens: opens - zero,
                closes: origin + window.latest - zero,
                isMeasured: false
            )
        }
    }
}
