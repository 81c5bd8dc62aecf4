import ContractJudging
import DeliveryEvidence
package import DeliveryReports
package import Foundation
import Notation

/// The verdicts of a run as JSON: a stable form, the same bytes for the same evidence, contracts and scenarios.
///
/// It says nothing of the moment or the host at which it was written.
package struct VerdictDocument: Codable {
    /// The name of the file that `--out` gets.
    package static let name = "verdicts.json"
    /// The version of the form.
    private static let currentFormat = 1

    private var format: Int
    /// What is missing in the evidence; `nil` when nothing is.
    private var incomplete: String?
    private var scenarios: [Scenario]

    /// Everything that was judged, in the order of the scenarios' ids.
    package init(_ report: RunReport) {
        format = Self.currentFormat
        incomplete = report.run.incompleteEvidence
        scenarios = report.scenarios.map(Scenario.init)
    }

    /// The bytes, with a line feed at the end.
    package func bytes() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    private struct Scenario: Codable {
        var id: String
        var title: String
        var provider: String
        var file: String
        /// `judged`, `skipped`, `broken` or `not reached`.
        var state: String
        /// Why it was not judged, or what is wrong with its file.
        var reason: String?
        /// The heaviest outcome of a judged one.
        var outcome: String?
        var failure: Failure?
        var verdicts: [Single]?

        init(_ report: ScenarioReport) {
            id = report.id
            title = report.title
            provider = report.provider
            file = report.file
            switch report.result {
            case .judged(let verdict):
                state = "judged"
                outcome = verdict.overall.rawValue
                failure = verdict.failure.map { Failure(component: $0.component, message: $0.message) }
                verdicts = verdict.verdicts.map(Single.init)
            case .skipped(let why):
                state = "skipped"
                reason = why
            case .broken(let problems):
                state = "broken"
                reason = problems
            case .notReached: state = "not reached"
            }
        }
    }

    private struct Failure: Codable {
        var component: String
        var message: String
    }

    private struct Single: Codable {
        var check: String
        var outcome: String
        var subject: String?
        var summary: String
        var details: [String]
        var source: String?
        var file: String?
        var line: Int?
        var column: Int?

        init(_ verdict: Verdict) {
            check = verdict.check.rawValue
            outcome = verdict.outcome.rawValue
            subject = verdict.subject
            summary = verdict.summary
            details = verdict.details
            source = verdict.source
            file = verdict.file
            line = verdict.position?.line
            column = verdict.position?.column
        }
    }
}
