/// How far a moment may be from the one that was promised.
///
/// Written `± 2%`, `+/- 500ms`, `-1s/+30s` or `-0s/+2%`. Early and late are told apart because a retry before its time is
/// a broken promise while one a little after it is ordinary.
package struct Tolerance: Sendable, Hashable {
    /// How far on one side.
    package enum Bound: Sendable, Hashable {
        /// A fixed duration, not negative.
        case absolute(Duration)
        /// A part of the nominal duration: 0.02 is 2 %. Not negative.
        case relative(Double)
    }

    /// How much too early is still right.
    package var early: Bound
    /// How much too late is still right.
    package var late: Bound

    /// Makes a tolerance from its two sides.
    package init(early: Bound, late: Bound) {
        self.early = early
        self.late = late
    }

    /// The window this tolerance opens around a nominal duration; it never starts below zero.
    package func window(around nominal: Duration) -> TimeWindow {
        TimeWindow(
            earliest: max(.zero, nominal - early.duration(of: nominal)),
            latest: nominal + late.duration(of: nominal),
            nominal: nominal
        )
    }

    /// Reads a tolerance; spaces around the signs do not matter.
    ///
    /// - Throws: a ``NotationError`` when a sign or a unit is missing or a part is over 1000 %.
    package static func parse(_ text: String) throws(NotationError) -> Tolerance {
        let trimmed = text.trimmingSpaces
        for sign in ["±", "+/-", "+-"] where trimmed.hasPrefix(sign) {
            let bound = try Bound.parse(trimmed.dropFirst(sign.count).trimmingSpaces)
            return Tolerance(early: bound, late: bound)
        }
        let sides = trimmed.split(separator: "/", omittingEmptySubsequences: false).map(\.trimmingSpaces)
        guard sides.count == 2, let first = sides[0].first, let second = sides[1].first else {
            throw unreadable(text)
        }
        let bounds = (try Bound.parse(sides[0].dropFirst()), try Bound.parse(sides[1].dropFirst()))
        switch (first, second) {
        case ("-", "+"), ("\u{2212}", "+"): return Tolerance(early: bounds.0, late: bounds.1)
        case ("+", "-"), ("+", "\u{2212}"): return Tolerance(early: bounds.1, late: bounds.0)
        default: throw unreadable(text)
        }
    }

    /// The canonical written form: `± 2%` when both sides are equal, else `-1s/+30s`.
    package var text: String {
        early == late ? "± \(early.text)" : "-\(early.text)/+\(late.text)"
    }

    private static func unreadable(_ text: String) -> NotationError {
        NotationError(
            message: "'\(text)' is not a tolerance",
            help: "write `± 2%`, `± 500ms` or `-1s/+30s`"
        )
    }
}
