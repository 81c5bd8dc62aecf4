import DeliveryEvidence
import Foundation
import Glibc

/// Turns the stamps of a run into times that people and programs read.
struct ShownTime: Sendable {
    /// The wall-clock time at stamp 0.
    let startedAt: Date

    private func date(_ stamp: Stamp) -> Date {
        startedAt.addingTimeInterval(Double(stamp.nanoseconds) / 1e9)
    }

    /// The time of day where this host is, such as `14:03:22.123`.
    func ofDay(_ stamp: Stamp) -> String {
        let milliseconds = Int((date(stamp).timeIntervalSince1970 * 1000).rounded(.down))
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { Self.padded(Int($0), to: 2) }
        return clock.joined(separator: ":") + "." + Self.padded(milliseconds % 1000, to: 3)
    }

    /// RFC 3339 in UTC with milliseconds.
    func utc(_ stamp: Stamp) -> String {
        date(stamp).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// A duration to read at a glance: `0.4ms`, `12ms`, `1.24s`, `5m 0.2s`, `2h 3m 4s`.
    static func text(_ duration: Duration) -> String {
        if duration < .zero { return "-" + text(.zero - duration) }
        let seconds = duration / .seconds(1)
        // Decided on what is shown, so that no `1000ms` or `60.00s` is.
        if seconds < 0.009_95 { return "\(decimal(seconds * 1000, places: 1))ms" }
        if seconds < 0.999_5 { return "\(decimal(seconds * 1000, places: 0))ms" }
        if seconds < 59.995 { return "\(decimal(seconds, places: 2))s" }
        let tenths = Int((seconds * 10).rounded())
        let hours = tenths / 36000
        guard hours > 0 else { return "\(tenths / 600)m \(tenths % 600 / 10).\(tenths % 10)s" }
        let (days, hour) = hours.quotientAndRemainder(dividingBy: 24)
        return (days > 0 ? "\(days)d " : "") + "\(hour)h \(tenths % 36000 / 600)m \(tenths % 600 / 10)s"
    }

    private static func decimal(_ number: Double, places: Int) -> String {
        let scale = places == 0 ? 1 : places == 1 ? 10 : 100
        let scaled = Int((number * Double(scale)).rounded())
        guard places > 0 else { return "\(scaled)" }
        return "\(scaled / scale).\(padded(scaled % scale, to: places))"
    }

    private static func padded(_ number: Int, to places: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, places - digits.count)) + digits
    }
}
