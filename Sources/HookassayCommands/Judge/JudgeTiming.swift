import DeliveryEvidence
import Foundation
import Notation

/// How long judging takes, for whoever wants to know.
struct JudgeTiming {
    private let began = ContinuousClock.now
    private var read = ContinuousClock.now

    /// The evidence has been read.
    mutating func noteRead() { read = .now }

    /// What it took until now, in one line.
    func text(_ evidence: EvidenceRun) -> String {
        let attempts = evidence.histories.reduce(0) { $0 + $1.attempts.count }
        let reading = Self.text(began.duration(to: read))
        let judging = Self.text(read.duration(to: .now))
        return "\(attempts) attempts in \(evidence.recordCount) records: read in \(reading), judged in \(judging), "
            + "\(Self.mostMemory() / 1024) MiB at most"
    }

    private static func text(_ duration: Duration) -> String {
        DurationNotation.text(.milliseconds(Int64(duration / .milliseconds(1))))
    }

    /// The most memory that was resident at once, in KiB; 0 where the system does not tell.
    private static func mostMemory() -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }
}
