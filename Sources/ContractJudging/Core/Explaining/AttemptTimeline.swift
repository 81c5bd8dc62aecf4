/// The attempts of one delivery on an axis of time, ready to be drawn.
///
/// All moments count from `zero`; those before it are negative.
package struct AttemptTimeline: Sendable, Hashable {
    /// What the zero of the axis is, such as `attempt 1 arrived`.
    package var zero: String
    package var bars: [Bar]
    /// When something had to happen.
    package var windows: [Window]
    /// Single moments, such as the death of the dispatcher.
    package var marks: [Mark]

    /// Makes a timeline from its parts.
    package init(zero: String, bars: [Bar], windows: [Window], marks: [Mark]) {
        self.zero = zero
        self.bars = bars
        self.windows = windows
        self.marks = marks
    }

    /// One attempt: from its arrival for as long as the receiver held it.
    package struct Bar: Sendable, Hashable {
        package var ordinal: Int
        package var began: Duration
        /// `nil` when it was still open at the end.
        package var ended: Duration?
        /// What became of it in a word, such as `500` or `reset`.
        package var caption: String

        package init(ordinal: Int, began: Duration, ended: Duration?, caption: String) {
            self.ordinal = ordinal
            self.began = began
            self.ended = ended
            self.caption = caption
        }
    }

    /// A span in which something had to happen.
    package struct Window: Sendable, Hashable {
        package var opens: Duration
        package var closes: Duration
        /// Says that the verdict is about it, so that it is drawn over whatever else is there.
        package var isMeasured: Bool

        package init(opens: Duration, closes: Duration, isMeasured: Bool) {
            self.opens = opens
            self.closes = closes
            self.isMeasured = isMeasured
        }
    }

    /// A moment.
    package struct Mark: Sendable, Hashable {
        package var at: Duration
        package var kind: Kind

        package init(at: Duration, kind: Kind) {
            self.at = at
            self.kind = kind
        }

        package enum Kind: Sendable, Hashable, CaseIterable {
            /// The event was handed over.
            case emission
            /// The dispatcher's process ended.
            case death
            /// The observation ended.
            case end
        }
    }
}
