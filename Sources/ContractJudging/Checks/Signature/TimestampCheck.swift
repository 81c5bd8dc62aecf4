import DeliveryEvidence
import Notation
import WebhookContracts

/// S8: the time of an attempt is near the receiver's, and in seconds.
enum TimestampCheck {
    static let check = Check(
        "signature.timestamp",
        codes: ["S8"],
        title: "Every attempt's timestamp is in seconds and near the receiver's clock.",
        asks: """
            The header is a whole number of seconds since 1970 that lies within the tolerance of the moment at which the \
            attempt arrived, by the run's own clock, on retries as well.
            """
    ) { context in
        guard let terms = context.contract.header(carrying: .timestamp) else { return [] }
        let clause = context.contract.signature.timestampTolerance
        let start = context.history.startedAt.flatMap { WallTime($0) }
        return context.attempts.compactMap { attempt in
            guard attempt.arrived.malformed == nil, let text = attempt.header(terms.name) else { return nil }
            let subject = context.subject(of: attempt)
            guard let seconds = Self.seconds(text) else {
                let finding = "\(terms.name) is \(text.quoted), which is no whole number of seconds since 1970."
                return .violated(subject, finding, by: terms.value.basis)
            }
            guard let start else { return nil }
            let now = start.sinceEpoch + (attempt.began - Stamp(nanoseconds: 0))
            let reading = Reading(name: terms.name, seconds: seconds, now: now)
            if let slip = reading.unitSlip {
                return .violated(subject, "\(terms.name) is \(text.quoted): \(slip).", by: terms.value.basis)
            }
            guard seconds < latest else {
                let finding = "\(terms.name) is \(text.quoted), which is no time of this age."
                return .violated(subject, finding, by: terms.value.basis)
            }
            let unsure = context.uncertainty(from: Stamp(nanoseconds: 0), to: attempt.began)
            return judge(reading, clause, unsure, subject)
        }
    }

    /// Seconds of the year 5138; more than that are none that anybody means.
    private static let latest = 100_000_000_000

    /// A timestamp beside the time at which it came.
    private struct Reading {
        let name: String
        let seconds: Int
        /// What the receiver's clock said, since 1970.
        let now: Duration

        /// How far the timestamp lies from the clock; a fraction of a second is the rounding's.
        var distance: Duration {
            let gap = now - .seconds(seconds)
            return gap < .zero ? .zero - gap : max(.zero, gap - .seconds(1))
        }

        var words: String {
            let gap = now - .seconds(seconds)
            return gap < .zero ? "\(TimeText.of(.zero - gap)) ahead of" : "\(TimeText.of(gap)) behind"
        }

        /// The unit that would make it right, where seconds do not.
        var unitSlip: String? {
            let nowSeconds = Int(now.components.seconds)
            for (unit, factor) in [("milliseconds", 1000), ("microseconds", 1_000_000), ("nanoseconds", 1_000_000_000)]
            where abs(seconds / factor - nowSeconds) <= 86400 {
                return "\(unit) where seconds are promised"
            }
            return nil
        }
    }

    /// At most nineteen digits are read: nanoseconds of this age, which are told from seconds.
    private static func seconds(_ text: String) -> Int? {
        guard (1...19).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    private static func judge(
        _ reading: Reading,
        _ clause: Clause<Duration>,
        _ unsure: Uncertainty,
        _ subject: String
    ) -> Finding? {
        let saw = "\(reading.name) is \(reading.words) the receiver's clock"
        guard let tolerance = clause.value else {
            guard clause.isUnstated else { return nil }
            return .unstated(subject, "How far a timestamp may lie off is not stated; \(saw).")
        }
        if reading.distance <= tolerance {
            return .held(subject, "\(saw), within \(TimeText.of(tolerance)).", by: clause.basis)
        }
        guard reading.distance - unsure.amount > tolerance else {
            return .inconclusive(subject, "\(saw), but \(unsure.why).", by: clause.basis)
        }
        return .violated(subject, "\(saw); \(TimeText.of(tolerance)) are tolerated.", by: clause.basis)
    }
}
