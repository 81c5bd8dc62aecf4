import DeliveryEvidence

extension JudgingContext {
    /// Says where something is missing that it never would have come, when the warped clock has proven that.
    ///
    /// Words to be put at the end of a sentence; empty where nothing is proven: when the proof is older than `since`, or
    /// something was seen or done after it.
    func nothingEver(since start: Stamp) -> String {
        let signals = history.lives.flatMap { $0.signals.map(\.at) + [$0.started.at] + ($0.ready.map { [$0] } ?? []) }
        // What is paused waits for no time, and goes on all the same.
        let pauses = history.standstills.flatMap { [$0.began, $0.ended ?? observedEnd] }
        let seen = attempts.map(\.began) + emissions.map(\.at) + history.changes.map(\.at) + signals + pauses
        let last = seen.max() ?? start
        guard let idle = history.clock.idle.map(\.at).filter({ $0 >= start && $0 >= last }).min() else { return "" }
        return ", and nothing would ever have happened: "
            + "from \(text(idle)) on every thread of the dispatcher waited, none for a time"
    }
}
