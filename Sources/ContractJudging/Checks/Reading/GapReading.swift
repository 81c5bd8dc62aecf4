import DeliveryEvidence
import Notation

extension JudgingContext {
    /// Judges the wait between something the receiver did and something the dispatcher did next.
    ///
    /// A stamp can only be late. A wait can thus look too short when its start was stamped late, and too long when
    /// anything stalled, or the clock was forced, on the way.
    func judgeGap(from start: Stamp, to end: Stamp, window: TimeWindow) -> WindowJudgement {
        var window = window
        window.earliest = max(.zero, window.earliest - unrecordedStall)
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
}
