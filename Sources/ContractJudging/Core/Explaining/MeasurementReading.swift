import DeliveryEvidence

/// Says how exactly a verdict's times were measured, and whether that could turn it.
struct MeasurementReading {
    let context: JudgingContext

    /// One sentence without a full stop; `nil` where the verdict rests on no time and nothing is doubtful.
    ///
    /// - Parameters:
    ///   - comparison: the time the verdict rests on; `nil` when it rests on none.
    ///   - span: from when to when the attempts in question went.
    func sentence(_ comparison: Comparison?, _ outcome: Outcome, over span: ClosedRange<Stamp>?) -> String? {
        let range = comparison?.measured ?? span
        let doubt = range.map { worst(in: $0) } ?? .none
        let clock = clock(doubt)
        guard let margin = comparison?.margin else { return doubt.isNone ? nil : clock }
        let error = max(doubt.amount, context.unrecordedStall)
        let distance = TimeText.of(margin)
        if outcome == .inconclusive, !doubt.isNone, doubt.amount >= margin {
            return "\(clock); the edge of the window is only \(distance) away, so that nothing is proven"
        }
        if error == .zero { return "\(clock); the edge of the window is \(distance) away" }
        if error < margin {
            return "\(clock); the edge of the window is \(distance) away, so that this cannot turn the verdict"
        }
        return clock
    }

    /// The larger of what may have made the measured time too long and what may have stamped its ends late.
    private func worst(in range: ClosedRange<Stamp>) -> Uncertainty {
        let candidates = [
            context.uncertainty(from: range.lowerBound, to: range.upperBound),
            context.uncertainty(at: range.lowerBound), context.uncertainty(at: range.upperBound),
        ]
        return candidates.max { $0.amount < $1.amount } ?? .none
    }

    private func clock(_ doubt: Uncertainty) -> String {
        if context.history.clock.isWarped {
            return doubt.isNone ? "warped clock, exact" : "warped clock, ±\(TimeText.of(doubt.amount)): \(doubt.why)"
        }
        let unrecorded = "±\(TimeText.of(context.unrecordedStall)) for stalls too short to be recorded"
        return doubt.isNone
            ? "real clock, \(unrecorded)" : "real clock, ±\(TimeText.of(doubt.amount)): \(doubt.why); and \(unrecorded)"
    }
}
