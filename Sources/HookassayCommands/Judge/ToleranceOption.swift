import ArgumentParser
import ContractJudging
import Notation

/// What `--tolerance` says: how exactly times are held against promises.
struct ToleranceOption: ExpressibleByArgument, Sendable, Hashable {
    var tolerance = JudgingTolerance()

    init() {}

    init?(argument: String) {
        guard let tolerance = try? Self.parse(argument) else { return nil }
        self.tolerance = tolerance
    }

    var defaultValueDescription: String { "-2ms/+5%, and a second late is never too late" }

    /// Reads a tolerance such as `-10ms/+2%` or `± 500ms`.
    ///
    /// What is given as late replaces both the part and the second that are the default. A part of the time too early is
    /// nothing that the clock's error could excuse, so that the early side is a duration.
    ///
    /// - Throws: a `NotationError`.
    static func parse(_ text: String) throws(NotationError) -> JudgingTolerance {
        let parsed = try Tolerance.parse(text)
        var tolerance = JudgingTolerance()
        guard case .absolute(let early) = parsed.early else {
            throw NotationError(
                message: "the early side of '\(text)' is a part of the time",
                help: "write it as a duration, such as `-2ms/+5%`"
            )
        }
        tolerance.early = early
        switch parsed.late {
        case .absolute(let late):
            tolerance.late = late
            tolerance.lateShare = 0
        case .relative(let share):
            tolerance.late = .zero
            tolerance.lateShare = share
        }
        return tolerance
    }
}
