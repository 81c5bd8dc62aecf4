import ContractJudging
import Notation

/// The line that leads readers of JUnit reports to a file, in the form of a frame of a Java stack trace.
///
/// GitHub's test reporters find a file by its name and by its parent folder in lower case; the part with a capital ends
/// the folder's name.
enum SourceFrame {
    /// Points at the place of the promise, or at the scenario when the promise has none.
    static func text(of verdict: Verdict, in scenario: ScenarioReport) -> String {
        let name = verdict.check.rawValue.replacing(".", with: "_").replacing("-", with: "_")
        guard let file = verdict.file, let position = verdict.position else {
            return text(name, scenario.file, line: 1)
        }
        return text(name, file, line: position.line)
    }

    /// Points at the scenario.
    static func text(of scenario: ScenarioReport) -> String { text("carried_through", scenario.file, line: 1) }

    private static func text(_ name: String, _ path: String, line: Int) -> String {
        let parts = path.split(separator: "/")
        let folder = parts.dropLast().last.map(String.init) ?? ""
        return "at \(folder.isEmpty ? "" : folder + ".")Check.\(name)(\(parts.last ?? ""):\(line))"
    }
}
