package import Foundation
package import RunClocks
package import WebhookContracts

/// Wall-clock times of a run, counted from its start on the run's own clock, so that they hold for a virtual clock too.
package struct WallClock: Sendable {
    package let startedAt: Date
    private let clock: any RunClock

    /// Ties the start of `clock` to `startedAt`.
    package init(startedAt: Date, clock: any RunClock) {
        self.startedAt = startedAt
        self.clock = clock
    }

    /// The present time as RFC 3339.
    package func now(as form: TimeForm) -> String {
        let (seconds, attoseconds) = clock.now.sinceStart.components
        let elapsed = Double(seconds) + Double(attoseconds) / 1e18
        return Self.text(startedAt.addingTimeInterval(elapsed), as: form)
    }

    /// `date` as RFC 3339: UTC with milliseconds, or with a numeric offset and whole seconds.
    package static func text(_ date: Date, as form: TimeForm) -> String {
        switch form {
        case .utc:
            return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        case .offset:
            // Six hours behind UTC, so that an offset which gets lost on the way shows.
            let zone = TimeZone(secondsFromGMT: -6 * 3600) ?? .gmt
            return date.formatted(Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone))
        }
    }
}
