import ContractJudging
import Foundation

/// Renders a run as JUnit XML: one suite a scenario, one case a check.
///
/// The output is valid against the schema of Jenkins' xunit plugin. A broken promise is a `failure`; what could not be
/// judged is an `error`; what the provider never promised, and what was not run, is `skipped` with the reason.
package enum JUnitReport {
    /// The most bytes of text a case holds, counted before escaping; more is cut, and says so.
    static let longestText = 64_000
    /// From this size on, in bytes, cases keep only the first line of their text: readers refuse larger files
    /// (GitLab at 30 MB).
    static let fullReport = 20_000_000

    /// The report as a document.
    package static func render(_ report: RunReport) -> String {
        var seen: [String: Int] = [:]
        let suites = report.scenarios.map { scenario in
            seen[scenario.id, default: 0] += 1
            return JUnitSuite(scenario, occurrence: seen[scenario.id] ?? 1, run: report.run)
        }
        var writer = XMLWriter()
        writer.element(
            "testsuites",
            [
                ("name", "hookassay"),
                ("time", seconds(report.run.duration)),
                ("tests", String(suites.reduce(0) { $0 + $1.cases.count })),
                ("failures", String(suites.reduce(0) { $0 + $1.failures })),
                ("errors", String(suites.reduce(0) { $0 + $1.errors })),
            ]
        ) { writer in
            for suite in suites { suite.write(to: &writer) }
        }
        return writer.text
    }

    /// Plain decimal seconds with three decimals and a point, whatever the locale.
    static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = max(duration, .zero).components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        let digits = String(milliseconds)
        return "\(seconds)." + String(repeating: "0", count: 3 - digits.count) + digits
    }

    /// `text` as far as the report still has room for it.
    ///
    /// - Parameter written: How many bytes the report has so far.
    static func capped(_ text: String, written: Int) -> String {
        PlainText.capped(text, limit: written < fullReport ? longestText : 200)
    }
}
