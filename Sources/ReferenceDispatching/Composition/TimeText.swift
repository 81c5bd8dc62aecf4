package import FoundationEssentials
package import WebhookContracts

/// Writes times as contracts want them (RFC 3339).
package enum TimeText {
    /// Writes a time: `utc` with `Z` and milliseconds, `offset` with `+00:00` and whole seconds.
    package static func text(_ time: Date, form: TimeForm) -> String {
        switch form {
        case .utc: time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        case .offset: time.formatted(Date.ISO8601FormatStyle()).dropLast() + "+00:00"
        }
    }
}
