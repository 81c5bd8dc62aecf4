/// A unit of time taken for another one.
struct UnitSlip: Sendable {
    /// Such as `seconds were taken for milliseconds`.
    let words: String
    /// What a promised time is multiplied by, and divided by.
    private let factor: Int
    private let divisor: Int

    /// Every slip between neighbouring units.
    static let all = [
        UnitSlip(words: "seconds were taken for milliseconds", factor: 1, divisor: 1000),
        UnitSlip(words: "minutes were taken for seconds", factor: 1, divisor: 60),
        UnitSlip(words: "hours were taken for seconds", factor: 1, divisor: 3600),
        UnitSlip(words: "milliseconds were taken for seconds", factor: 1000, divisor: 1),
        UnitSlip(words: "seconds were taken for minutes", factor: 60, divisor: 1),
        UnitSlip(words: "seconds were taken for hours", factor: 3600, divisor: 1),
    ]

    /// The slip that makes an observed time right, if there is one: to within five percent, so that of a short time and a
    /// still shorter one only the right one fits.
    static func nearest(to observed: Duration, promised: Duration, early: Duration) -> [NearestReading] {
        let slip = all.first { slip in
            guard let other = slip.applied(to: promised) else { return false }
            return observed >= other - early && observed <= other + max(other / 20, .milliseconds(20))
        }
        guard let slip, let other = slip.applied(to: promised) else { return [] }
        let text = "\(slip.words): \(TimeText.of(promised)) became \(TimeText.of(other))"
        return [NearestReading(text, rule: slip.words)]
    }

    /// What becomes of a promised time; `nil` when that is nothing anybody would wait.
    private func applied(to promised: Duration) -> Duration? {
        let slipped = promised * factor / divisor
        return slipped >= .milliseconds(1) && slipped <= .seconds(36500 * 86400) ? slipped : nil
    }
}
