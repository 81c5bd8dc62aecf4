import DeliveryEvidence
import Notation

extension JudgingContext {
    /// Judges the wait between something the receiver did and something the dispatcher did next.
    ///
    /// A stamp can only be late. A wait can thus look too short when its start was stamped late, and too long when
    /// anything stalled, or the clock was forced, on the way.
    func judgeGap(from start: Stamp, to end: Stamp, window: TimeWindow) -> WindowJudgement {
        let window = judged(window, from: start)
        let observed = end - start
        if observed < window.earliest {
            return WindowJudgement.judge(observed: observed, window: window, uncertainty: uncertainty(at: start))
        }
        if observed > window.latest {
            let uncertainty = uncertainty(from: start, to: end)
            return WindowJudgement.judge(observed: observed, window: window, uncertainty: uncertainty)
        }
        let late = uncertainty(at: end)
        let couldBeEarly = !late.isNone && observed - late.amount < window.earliest
        return WindowJudgement.judge(observed: observed, window: window, uncertainty: couldBeEarly ? late : .none)
    }

    /// The window that a wait from `start` is really held against: wider by what the stamps may be wrong unnoticed, and by what
    /// the scenario kept the dispatcher from.
    func judged(_ window: TimeWindow, from start: Stamp) -> TimeWindow {
        TimeWindow(
            earliest: max(.zero, window.earliest - unrecordedStall),
            latest: latest(window.latest, from: start),
            nominal: window.nominal
        )
    }

    /// The end of a window counted from `start` within which something must be done.
    ///
    /// What falls due while the dispatcher cannot go on, because the scenario paused it or its store, has to be done when it can
    /// again.
    func latest(_ latest: Duration, from start: Stamp) -> Duration {
        var latest = latest
        for pause in history.standstills.sorted(by: { $0.began < $1.began }) {
            let due = start + latest
            guard pause.began <= due, let ended = pause.ended, ended >= start else { continue }
            // Right after it there is more to do than at other times.
            latest = max(latest, ended - start + max(tolerance.late, Self.patience) * 2)
        }
        return latest
    }
}
