/// A unit of time as it is written after a number.
enum DurationUnit: String, CaseIterable {
    case day = "d"
    case hour = "h"
    case minute = "m"
    case second = "s"
    case millisecond = "ms"
    case microsecond = "us"
    case nanosecond = "ns"

    /// The unit's length.
    var nanoseconds: Int {
        switch self {
        case .day: 86_400_000_000_000
        case .hour: 3_600_000_000_000
        case .minute: 60_000_000_000
        case .second: 1_000_000_000
        case .millisecond: 1_000_000
        case .microsecond: 1000
        case .nanosecond: 1
        }
    }

    /// Other ways to say the unit, which are refused but understood well enough to be corrected.
    var alsoSaid: [String] {
        switch self {
        case .day: ["day", "days"]
        case .hour: ["hr", "hrs", "hour", "hours"]
        case .minute: ["min", "mins", "minute", "minutes"]
        case .second: ["sec", "secs", "second", "seconds"]
        case .millisecond: ["msec", "millis", "millisecond", "milliseconds"]
        case .microsecond: ["µs", "μs", "usec", "micros", "microsecond", "microseconds"]
        case .nanosecond: ["nsec", "nanos", "nanosecond", "nanoseconds"]
        }
    }
}
