package import Notation

/// How exactly times are held against promises.
package struct JudgingTolerance: Sendable, Hashable {
    /// How much before its time something may come: the error of the clock alone.
    package var early: Duration
    /// The least that something may be late.
    package var late: Duration
    /// How late something may be as a part of the time that was promised; the larger of this and `late` counts.
    package var lateShare: Double
    /// How near to the response limit an answer leaves open which side of it the dispatcher saw.
    package var limit: Duration

    package init(
        early: Duration = .milliseconds(2),
        late: Duration = .seconds(1),
        lateShare: Double = 0.05,
        limit: Duration = .milliseconds(50)
    ) {
        self.early = early
        self.late = late
        self.lateShare = lateShare
        self.limit = limit
    }

    /// The window that opens around a promised duration.
    package func window(around nominal: Duration) -> TimeWindow {
        let share = Tolerance.Bound.relative(max(0, min(lateShare, 10))).duration(of: nominal)
        return TimeWindow(
            earliest: max(.zero, nominal - early),
            latest: nominal + max(late, share),
            nominal: nominal
        )
    }
}
