/// A moment of a run: nanoseconds since the run began, or since the scenario began where its clock is virtual.
package struct Stamp: Sendable, Hashable, Comparable, Codable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Makes the stamp `duration` after the start of the clock.
    package init(sinceStart duration: Duration) {
        let (seconds, attoseconds) = duration.components
        nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    package init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }

    package static func < (left: Stamp, right: Stamp) -> Bool { left.nanoseconds < right.nanoseconds }

    package static func - (left: Stamp, right: Stamp) -> Duration {
        .nanoseconds(left.nanoseconds - right.nanoseconds)
    }

    package static func + (left: Stamp, right: Duration) -> Stamp {
        Stamp(nanoseconds: left.nanoseconds + Stamp(sinceStart: right).nanoseconds)
    }
}
