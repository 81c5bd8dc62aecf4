import DeliveryEvidence
import DeliveryScenarios
import Notation

extension JudgingContext {
    /// By how much a stamp may be late without a recorded stall.
    ///
    /// Under the real clock the heartbeat records stalls from 100 ms on and looks every 25 ms; a warped clock stands still
    /// while anything is late.
    var unrecordedStall: Duration { scenario.clock == .real ? .milliseconds(125) : .zero }

    /// The stalls during which a stamp was taken: by so much may it be late.
    func stall(at stamp: Stamp) -> Duration {
        history.stalls.reduce(.zero) { sum, stall in
            let isTouched = stall.value.began <= stamp + unrecordedStall && stamp <= stall.at + unrecordedStall
            return isTouched ? sum + max(.zero, stall.at - stall.value.began) : sum
        }
    }

    /// Judges the wait between something the receiver did and something the dispatcher did next.
    ///
    /// A stamp can only be late. A wait can thus look too short when its start was stamped late, and too long when
    /// anything stalled on the way.
    func judgeGap(from start: Stamp, to end: Stamp, window: TimeWindow) -> WindowJudgement {
        var window = window
        window.earliest = max(.zero, window.earliest - unrecordedStall)
        let observed = end - start
        if observed < window.earliest {
            return WindowJudgement.judge(observed: observed, window: window, uncertainty: stall(at: start))
        }
        if observed > window.latest {
            return WindowJudgement.judge(observed: observed, window: window, uncertainty: stall(from: start, to: end))
        }
        let late = stall(at: end)
        let couldBeEarly = late > .zero && observed - late < window.earliest
        return WindowJudgement.judge(observed: observed, window: window, uncertainty: couldBeEarly ? late : .zero)
    }
}
