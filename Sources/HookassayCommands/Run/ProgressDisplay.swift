import ContractJudging
import DeliveryReports
import Foundation
import Glibc
import Notation

/// Shows how a run goes on: a line that changes on a terminal, a line for each scenario elsewhere.
actor ProgressDisplay {
    private let isMoving: Bool
    private let isSilent: Bool
    private let total: Int
    private var done = 0
    private var running: [String] = []
    private var isLineOpen = false

    init(style: ProgressStyle, total: Int) {
        isSilent = style == .none
        isMoving = style == .auto && isatty(STDERR_FILENO) == 1
        self.total = total
    }

    /// A scenario began.
    func began(_ id: String, expected: Duration) {
        running.append(id)
        if isMoving {
            draw()
        } else if !isSilent, expected > .seconds(20) {
            StandardStreams.complain(
                "[    ] \(id): takes about \(DurationNotation.text(.seconds(expected.components.seconds)))"
            )
        }
    }

    /// A scenario ended and was judged.
    func ended(_ report: ScenarioReport) {
        done += 1
        running.removeAll { $0 == report.id }
        guard !isSilent else { return }
        if isMoving { clear() }
        let word = report.verdict.map { $0.failure == nil ? $0.overall.rawValue : "failed" } ?? "skipped"
        let time = DurationNotation.text(.milliseconds(Int(report.duration / .milliseconds(1))))
        let count = "\(done)/\(total)"
        if !isMoving || word != Outcome.held.rawValue {
            StandardStreams.complain("[\(count)] \(word.uppercased()) \(report.id) (\(time))")
        }
        if isMoving { draw() }
    }

    /// The run is over.
    func finish() {
        if isMoving { clear() }
    }

    private func draw() {
        clear()
        let line = ProgressLine.text(done: done, total: total, running: running, width: TerminalWidth.ofStandardError())
        StandardStreams.writeToError(line)
        isLineOpen = true
    }

    private func clear() {
        guard isLineOpen else { return }
        StandardStreams.writeToError("\r\u{1B}[K")
        isLineOpen = false
    }
}
