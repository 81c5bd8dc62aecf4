import DeliveryEvidence
import DispatcherControl
import Foundation
import Notation
import RunClocks
import Synchronization

/// Prints what happens under the warped clock, as it happens, each line with its virtual time.
final class ClockTimeline: Sendable {
    /// Shorter jumps are only counted: an event loop makes many of no interest.
    private static let worthALine = Duration.milliseconds(100)

    private let isShown: Bool
    private let splitter = Mutex(LineSplitter())

    /// - Parameter isShown: false leaves only the program's own output, on standard error.
    init(isShown: Bool) {
        self.isShown = isShown
    }

    func headline(_ engine: WarpEngineKind, _ reason: String?) {
        let why = reason.map { " (\($0))" } ?? ""
        show("clock: warped by \(engine.rawValue)\(why)")
    }

    func started(_ command: [String], process: Int32, at now: RunInstant) {
        line(now.sinceStart, "started \(command.joined(separator: " ")) (process \(process))")
    }

    func wrote(_ bytes: [UInt8], at now: RunInstant) {
        for text in splitter.withLock({ $0.take(bytes) }) {
            if isShown { line(now.sinceStart, "  | \(text)") } else { StandardStreams.complain(text) }
        }
    }

    func tell(_ news: WarpNews, at now: RunInstant) {
        switch news {
        case .jumped(let jump):
            let length = jump.from.duration(to: jump.to)
            guard length >= Self.worthALine || !jump.isExact else { return }
            let kind = jump.isExact ? "jump" : "forced step"
            line(now.sinceStart, "  \(kind) of \(DurationNotation.text(rounded(length))): \(jump.due)")
        case .held(let time, let why):
            line(now.sinceStart, "  held for \(DurationNotation.text(rounded(time))) of real time: \(why)")
        case .doubted(let what): line(now.sinceStart, "  in doubt: \(what)")
        case .idle, .reachedHorizon, .refused, .stuck: break
        }
    }

    func arrived(_ arrived: AttemptArrived, at stamp: Stamp) {
        line(elapsed(stamp), "attempt \(arrived.attempt) arrived: \(arrived.method) \(arrived.target)")
    }

    func ended(_ ended: AttemptEnded, at stamp: Stamp) {
        let what =
            if ended.answerEnded != nil, let status = ended.status {
                "answered \(status)"
            } else if ended.closing?.by == .dispatcher {
                "given up by the program"
            } else {
                "ended: \(ended.asked)"
            }
        line(elapsed(ended.closing?.at ?? stamp), "attempt \(ended.attempt) \(what)")
    }

    func summary(_ outcome: ClockOutcome) {
        if let rest = splitter.withLock({ $0.finish() }) { line(outcome.virtual, "  | \(rest)") }
        let jumps = outcome.jumps
        var parts = ["\(jumps.exact) \(jumps.exact == 1 ? "jump" : "jumps")"]
        if jumps.forced > 0 { parts.append("\(jumps.forced) forced \(jumps.forced == 1 ? "step" : "steps")") }
        if jumps.skippedTicks > 0 { parts.append("\(jumps.skippedTicks) ticks skipped") }
        let virtual = DurationNotation.text(rounded(outcome.virtual))
        let real = DurationNotation.text(rounded(outcome.real))
        line(outcome.virtual, outcome.ended)
        show("\(virtual) of virtual time in \(real) of real time; \(parts.joined(separator: ", "))")
    }

    private func line(_ time: Duration, _ text: String) {
        show("\(Self.stamp(time))  \(text)")
    }

    private func show(_ text: String) {
        if isShown { StandardStreams.print(text) }
    }

    private func elapsed(_ stamp: Stamp) -> Duration { .nanoseconds(stamp.nanoseconds) }

    private func rounded(_ duration: Duration) -> Duration {
        let milliseconds = (duration / .milliseconds(1)).rounded()
        return .milliseconds(Int(milliseconds))
    }

    /// Hours, minutes and seconds to the millisecond, such as `0:05:00.041`.
    static func stamp(_ time: Duration) -> String {
        let milliseconds = Int(time / .milliseconds(1))
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let text = [seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        let fraction = String(repeating: "0", count: 3 - "\(rest)".count) + "\(rest)"
        return "\(seconds / 3600):\(text).\(fraction)"
    }
}
