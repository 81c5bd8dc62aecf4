import DeliveryEvidence
import FoundationEssentials

/// How the records of one endpoint are looked at: its wall clock, its signature, its secrets.
final class JournalLens: Sendable {
    /// The time on the wall clock at stamp 0.
    let startedAt: Date
    let inspect: SignatureInspection?
    /// Takes the endpoint's secrets out of whatever is shown.
    let redactor: Redactor

    init(startedAt: Date, inspect: SignatureInspection?, redactor: Redactor) {
        self.startedAt = startedAt
        self.inspect = inspect
        self.redactor = redactor
    }

    func wallTime(at stamp: Stamp) -> Date {
        startedAt.addingTimeInterval(Double(stamp.nanoseconds) / 1_000_000_000)
    }
}
