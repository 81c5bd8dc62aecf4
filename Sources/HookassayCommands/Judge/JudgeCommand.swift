import ArgumentParser
import ContractJudging
import Notation

/// `hookassay judge`: judges a recorded run again.
struct JudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judges a recorded run again, without running anything.",
        discussion: """
            Reads the evidence, the scenarios and contracts that it names, and the keys beside it, and comes to the same \
            verdicts and the same exit code as the run did.
            """
    )

    @Argument(help: "The evidence of a run, such as reports/evidence.ndjson.")
    var evidence: String

    @Option(help: "Only this scenario, by its id; may be repeated.")
    var scenario: [String] = []

    @Option(help: "Only the verdicts of this check, by its id; may be repeated.")
    var check: [String] = []

    @Option(help: "Judge by this contract instead of the recorded one.")
    var contract: String?

    @Option(help: "How exactly times are held against promises, such as -2ms/+2%.")
    var tolerance = ToleranceOption()

    @Option(help: "The file with the keys of the run; keyring.json beside the evidence if it is not given.")
    var keys: String?

    @Option(help: "How the verdicts are shown: text, or json, which is the same to the byte for the same evidence.")
    var format = JudgeFormat.text

    @Option(name: .shortAndLong, help: "Write the reports into this folder too.")
    var out: String?

    @Flag(help: "List every clause of the contracts that no scenario put to the test.")
    var coverage = false

    @Flag(help: "Say on standard error how long reading and judging took, and how much memory.")
    var timing = false

    func validate() throws {
        for id in check where CheckCatalogue.description(of: CheckID(rawValue: id)) == nil {
            let near = Suggestion.closest(to: id, in: CheckCatalogue.all.map(\.description.id.rawValue))
            let hint = near.map { "; did you mean '\($0)'?" } ?? ""
            throw ValidationError("there is no check '\(id)'\(hint)")
        }
        if let out, out.isEmpty { throw ValidationError("--out wants the name of a folder") }
    }

    func run() async throws {
        let status = try JudgeExecution(
            path: evidence,
            scenarios: scenario,
            checks: check.map { CheckID(rawValue: $0) },
            contract: contract,
            tolerance: tolerance.tolerance,
            keys: keys,
            format: format,
            out: out,
            tellsTiming: timing,
            listsCoverage: coverage
        ).run()
        if status != .held { throw status.exit }
    }
}

/// How `judge` shows verdicts.
enum JudgeFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people, as `run` shows them.
    case text
    /// For programs; see ``VerdictDocument``.
    case json
}
