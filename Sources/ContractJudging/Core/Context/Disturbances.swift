package import DeliveryEvidence

/// What keeps the stamps of a scenario from being exact.
///
/// There are four causes, and all make stamps late and never early: the host stalled and the real clock went on; the
/// warped clock was forced on while something ran; the warped clock may have gone on while something it cannot see was
/// still to come; the scenario itself kept the dispatcher or its store from going on.
extension ScenarioHistory {
    /// By how much a stamp may be late without a recorded stall.
    ///
    /// Under the real clock the heartbeat records stalls from 100 ms on and looks every 25 ms, and what was measured when the
    /// run began may have been later still; a warped clock stands still while anything is late.
    var unrecordedStall: Duration {
        guard !clock.isWarped else { return .zero }
        let measured = calibration.map { $0.latest - Self.zero } ?? .zero
        // Nobody measures a minute of lateness and goes on; evidence can say anything.
        return min(max(measured, .milliseconds(125)), .seconds(60))
    }

    /// By how much a time measured between two moments may be too long.
    func uncertainty(from start: Stamp, to end: Stamp) -> Uncertainty {
        let stalled = stalls.reduce(Duration.zero) { sum, stall in
            sum + Self.overlap(of: stall.value.began, stall.at, with: start, end)
        }
        let most = max(stalled, max(.zero, end - start))
        return Self.stall(stalled)
            .adding(standstill(from: start, to: end), atMost: most)
            .adding(clockUncertainty(from: start, to: end), atMost: most)
    }

    /// The part of ``uncertainty(from:to:)`` that the scenario itself is the cause of, by pausing the dispatcher or its store.
    func standstill(from start: Stamp, to end: Stamp) -> Uncertainty {
        var amount = Duration.zero
        var words: [String] = []
        // Where several overlap, what counts is that nothing could go on.
        var counted = start
        for pause in standstills.sorted(by: { $0.began < $1.began }) {
            let over = pause.ended ?? end
            let overlap = Self.overlap(of: max(pause.began, counted), over, with: start, end)
            guard overlap > .zero else { continue }
            amount += overlap
            counted = max(counted, over)
            words.append("\(pause.what.words) for \(TimeText.of(over - pause.began))")
        }
        guard amount > .zero else { return .none }
        return Uncertainty(amount: amount, why: words.prefix(3).joined(separator: ", and ") + " meanwhile")
    }

    /// The part of ``uncertainty(from:to:)`` that a warped clock is the cause of; none on the real clock.
    func clockUncertainty(from start: Stamp, to end: Stamp) -> Uncertainty {
        var forcedFor = Duration.zero
        var steps = 0
        for stretch in clock.forced {
            let overlap = Self.overlap(of: stretch.span.lowerBound, stretch.span.upperBound, with: start, end)
            guard overlap > .zero else { continue }
            forcedFor += overlap
            steps += stretch.steps
        }
        return Self.forced(steps, for: forcedFor)
            .adding(hidden(from: start, to: end), atMost: max(.zero, end - start))
    }

    /// By how much a stamp may be late.
    func uncertainty(at stamp: Stamp) -> Uncertainty {
        let stalled = stalls.reduce(Duration.zero) { sum, stall in
            let isTouched = stall.value.began <= stamp + unrecordedStall && stamp <= stall.at + unrecordedStall
            return isTouched ? sum + max(.zero, stall.at - stall.value.began) : sum
        }
        return Self.stall(stalled).adding(clockUncertainty(at: stamp), atMost: max(stalled, stamp - Self.zero))
    }

    /// The part of ``uncertainty(at:)`` that a warped clock is the cause of; none on the real clock.
    func clockUncertainty(at stamp: Stamp) -> Uncertainty {
        // Nothing that happened in a forced stretch happened before it began.
        let touching = clock.forced.filter { $0.span.lowerBound < stamp && stamp <= $0.span.upperBound }
        let late = touching.map { stamp - $0.span.lowerBound }.max() ?? .zero
        return Self.forced(touching.reduce(0) { $0 + $1.steps }, for: late)
            .adding(hidden(from: Self.zero, to: stamp), atMost: max(.zero, stamp - Self.zero))
    }

    /// For how long something may have gone on between two moments that the clock did not see.
    private func hidden(from start: Stamp, to end: Stamp) -> Uncertainty {
        guard let first = clock.doubts.min(by: { $0.at < $1.at }), first.at < end else { return .none }
        let more = clock.doubts.count > 1 ? ", and \(clock.doubts.count - 1) more" : ""
        let amount = end - max(first.at, start)
        guard amount > .zero else { return .none }
        return Uncertainty(
            amount: amount,
            why: "something was hidden from the clock meanwhile (\(first.value.what)\(more))"
        )
    }

    private static let zero = Stamp(nanoseconds: 0)

    private static func overlap(of began: Stamp, _ ended: Stamp, with start: Stamp, _ end: Stamp) -> Duration {
        max(.zero, min(ended, end) - max(began, start))
    }

    private static func stall(_ amount: Duration) -> Uncertainty {
        guard amount > .zero else { return .none }
        return Uncertainty(amount: amount, why: "the host stalled for \(TimeText.of(amount)) meanwhile")
    }

    private static func forced(_ steps: Int, for amount: Duration) -> Uncertainty {
        guard amount > .zero else { return .none }
        let count = steps == 1 ? "once" : steps == 2 ? "twice" : "\(steps) times"
        let why =
            "the clock was forced \(count) meanwhile, over \(TimeText.of(amount)), because a thread of the dispatcher never"
            + " slept"
        return Uncertainty(amount: amount, why: why)
    }
}

extension JudgingContext {
    /// By how much a stamp may be late without a recorded stall.
    var unrecordedStall: Duration { history.unrecordedStall }

    /// By how much a time measured between two moments may be too long.
    package func uncertainty(from start: Stamp, to end: Stamp) -> Uncertainty {
        history.uncertainty(from: start, to: end)
    }

    /// By how much a stamp may be late.
    package func uncertainty(at stamp: Stamp) -> Uncertainty { history.uncertainty(at: stamp) }

    /// The part of ``uncertainty(from:to:)`` that a warped clock is the cause of; none on the real clock.
    func clockUncertainty(from start: Stamp, to end: Stamp) -> Uncertainty {
        history.clockUncertainty(from: start, to: end)
    }

    /// The part of ``uncertainty(at:)`` that a warped clock is the cause of; none on the real clock.
    func clockUncertainty(at stamp: Stamp) -> Uncertainty { history.clockUncertainty(at: stamp) }
}
