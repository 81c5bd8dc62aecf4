import DeliveryEvidence
import Notation
import WebhookContracts

/// One wait between two attempts that is not the promised one, and other readings of the promise that would make it right.
struct RetryGap {
    let before: AttemptView
    let after: AttemptView
    /// From when the contract counts.
    let origin: Stamp
    let delivery: Delivery
    let context: JudgingContext

    /// The nearest explanations, the likeliest first; empty when none fits.
    func explanations() -> [NearestReading] {
        guard let delay = context.promise.delay(after: before.ordinal) else { return [] }
        let otherOrigins = origins(delay)
        let found = otherOrigins + ladder(delay) + slips(delay) + rounding(delay) + polling(delay)
        // Every wait lies inside some jitter, so that this says something only where nothing else does.
        return found.isEmpty ? jitter(delay) : found
    }

    private func fits(_ start: Stamp, _ nominal: Duration) -> Bool {
        context.judgeGap(from: start, to: after.began, window: context.window(of: nominal)).outcome == .held
    }

    private func origins(_ delay: Duration) -> [NearestReading] {
        guard let first = delivery.attempts.first else { return [] }
        var readings: [(start: Stamp, rule: String, what: String)] = [
            (before.began, "the start of the attempt", "the start of attempt \(before.ordinal)")
        ]
        if before.ordinal > 1 {
            readings.append((first.began, "the first attempt", "the start of the first attempt"))
            if let failed = first.ended { readings.append((failed, "the first failure", "the first failure")) }
        }
        if let ended = before.ended {
            readings.append((ended, "the end of the attempt", "the end of attempt \(before.ordinal)"))
        }
        readings.append((delivery.emission.at, "the event", "the event itself"))
        for (start, rule, what) in readings where start != origin && fits(start, delay) {
            let wait = SecondsText.of(after.began - start)
            let text = "counted from \(what) the wait is \(wait), which is right for \(TimeText.of(delay))"
            return [NearestReading(text, rule: "counted from \(rule)")]
        }
        return []
    }

    private func ladder(_ delay: Duration) -> [NearestReading] {
        let steps = [
            (before.ordinal + 1, "a step of the ladder was left out"), (before.ordinal - 1, "a step was made twice"),
        ]
        return steps.compactMap { step, words in
            guard let other = context.promise.delay(after: step), other != delay, fits(origin, other) else {
                return nil
            }
            return NearestReading("\(TimeText.of(other)) is the wait after attempt \(step): \(words)", rule: words)
        }
    }

    private func slips(_ delay: Duration) -> [NearestReading] {
        UnitSlip.nearest(to: after.began - origin, promised: delay, early: context.tolerance.early)
    }

    /// The promised wait, cut or rounded to a coarser unit.
    private func rounding(_ delay: Duration) -> [NearestReading] {
        let units = [(Duration.seconds(1), "seconds"), (.seconds(60), "minutes"), (.seconds(3600), "hours")]
        return units.compactMap { unit, name in
            let whole = Int(delay / unit)
            let rest = delay - unit * whole
            guard rest > .zero else { return nil }
            for nominal in [unit * whole, unit * (whole + 1)] where nominal > .zero && fitsExactly(nominal) {
                let way = nominal < delay ? "cut" : "rounded up"
                return NearestReading(
                    "\(TimeText.of(delay)) was \(way) to whole \(name): \(TimeText.of(nominal))",
                    rule: "whole \(name)"
                )
            }
            return nil
        }
    }

    /// Rounding is a matter of small amounts, for which the usual room is too much.
    private func fitsExactly(_ nominal: Duration) -> Bool {
        let wait = after.began - origin
        return wait >= nominal - context.tolerance.early && wait <= nominal + max(.milliseconds(50), nominal / 100)
    }

    /// A retry that comes late and on a whole minute of the clock was found by a job that looks once a minute.
    private func polling(_ delay: Duration) -> [NearestReading] {
        guard let start = context.history.startedAt.flatMap({ WallTime($0) }), after.began - origin > delay else {
            return []
        }
        let moment = start.sinceEpoch + (after.began - Stamp(nanoseconds: 0))
        for (unit, name) in [(Duration.seconds(3600), "hour"), (.seconds(60), "minute")] {
            let (seconds, attoseconds) = moment.components
            let past = Duration(secondsComponent: seconds % unit.components.seconds, attosecondsComponent: attoseconds)
            if past < .milliseconds(200), after.began - origin - delay < unit {
                return ["it came on a whole \(name) of the clock, as if a job looked once a \(name) for what is due"]
            }
        }
        return []
    }

    /// The smallest common share within which all waits of the delivery lie.
    private func jitter(_ delay: Duration) -> [NearestReading] {
        guard context.contract.retry.jitter.value == nil else { return [] }
        var worst = 0.0
        var waits = 0
        for (before, after) in zip(delivery.attempts, delivery.attempts.dropFirst()) {
            guard before.receiverResult.isFailure, let delay = context.promise.delay(after: before.ordinal),
                let origin = context.promise.origin(of: before, in: delivery), delay > .zero
            else { continue }
            waits += 1
            worst = max(worst, Swift.abs((after.began - origin) / delay - 1))
        }
        guard let share = [5, 10, 20, 25, 30, 50].first(where: { worst <= Double($0) / 100 }) else { return [] }
        let all = waits > 1 ? "all \(waits) waits of the delivery lie" : "it lies"
        let text = "\(all) within ±\(share) % of the promised ones: a jitter of that size, and none is promised"
        return [NearestReading(text, rule: "jitter")]
    }
}
