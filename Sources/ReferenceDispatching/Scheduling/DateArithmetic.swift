package import FoundationEssentials

extension Date {
    /// The time that is `duration` later, to about a microsecond.
    package func advanced(by duration: Duration) -> Date {
        addingTimeInterval(duration.seconds)
    }

    /// How long it is from `earlier` to this time, to about a microsecond; negative when this is the earlier one.
    package func duration(since earlier: Date) -> Duration {
        .seconds(timeIntervalSince(earlier))
    }
}

extension Duration {
    /// The duration in seconds.
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
